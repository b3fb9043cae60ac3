"""Pictures of every screen on the sample project, for the manual."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QApplication

from ogp_sensemaker import paths
from ogp_sensemaker.app import codebook, coding, issues, models, regrouping
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.filter import SegmentFilter, Sort
from ogp_sensemaker.qt.app import application
from ogp_sensemaker.qt.contested_lists import Which
from ogp_sensemaker.qt.main_window import MainWindow, remember
from ogp_sensemaker.qt.start_view import make, prepare_sample
from ogp_sensemaker.settings import Settings
from ogp_sensemaker.store import codings, segments, translations
from ogp_sensemaker.store.codings import Span
from ogp_sensemaker.store.project import DEFAULT_LANGUAGES, Project, open_for_writing

SIZE = (1440, 900)
LOOKS = {
    "light": Settings(name="Leyla", theme="light"),
    "dark": Settings(name="Leyla", theme="dark"),
    "rtl": Settings(name="Leyla", theme="light", direction="rtl"),
}


def render(target: Path, project: Path | None = None) -> Iterator[Path]:
    """Write the pictures into `target`, looks one after the other; yields each as it is written.

    `project` is a project of the sample that has been through the machines already; without it one is made.
    """
    target.mkdir(parents=True, exist_ok=True)
    application(["screens"])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder  # no folder of whoever runs this belongs in a picture
        path = Path(folder) / "Documents" / "Strategy consultation.ogps"
        path.parent.mkdir()
        if project is not None:
            shutil.copy(project, path)
        else:
            with make(path, "Leyla", DEFAULT_LANGUAGES, codebook.read()) as made:
                for _ in prepare_sample(made, paths.sample_dir()):
                    pass
        with open_for_writing(path, "Leyla") as opened:
            decide(opened)
        for look, settings in LOOKS.items():
            yield from _look(target, look, settings, path)


def decide(project: Project) -> None:
    """Some decisions, so that the pictures show a project at work."""
    found = segments.search(project, "grants", 12)
    local = codebook_id(project, "7")
    coding.code_segments(project, found[:9], local)
    coding.code_segments(project, found[:5], local, stance=Stance.SUPPORT)
    coding.code_segments(project, found[5:7], local, stance=Stance.OPPOSE, concern=True)
    words = segments.get(project, found[0]).text
    half = words.find(" ", len(words) // 2)
    coding.code_segments(project, found[:1], codebook_id(project, "3"), span=Span(0, half, "original"))
    later = Span(words.find(" ", half // 2) + 1, len(words), "original")
    coding.code_segments(project, found[:1], codebook_id(project, "5"), span=later)
    coding.write_memo(project, "Ask which groups they mean: registered ones only?", segment_id=found[0])
    sanctions = proposal_id(project, "sanctions")
    coding.mark_contested(
        project, sanctions, "contested", "Civil society wants a cost for walking away; governments do not."
    )
    issues.describe_issue(
        project, sanctions,
        statement="Members that do not keep their commitments should face an escalating series of sanctions.",
        side_for="Without a cost for walking away, signing is free.",
        side_against="We joined of our own will; a reprimand weakens the reformers inside.",
        views="Civil society is for it in all regions, national governments are against it.",
        ways="Publish the steps beforehand, and begin with help before any reprimand.",
    )  # fmt: skip
    _as_if_translated(project)
    top = sorted(coding.undecided(project).items(), key=lambda item: -item[1][0][1])[:40]
    coding.accept_suggestions(project, [(segment, listed[0][0]) for segment, listed in top])


# Written for the pictures, mistakes included: no model comes along that could make them.
_ENGLISH = {
    "Kiçik qrant olmasa": ("Without a small grant local groups cannot work with the municipality.", 0.66, ""),
    "Cəza yox": ("Punishment, punishment, punishment, punishment moves people.", 0.31, "repeats itself"),
    "القانون وحده": ("The law alone is not enough; we have 12 committees that never meet.", 0.62, "numbers differ"),
    "Vətəndaş cəmiyyəti ilə": ("Contact with civil society should not exist in the capital alone.", 0.7, ""),
    "المسؤولون": ("Officials do not always oppose participation; they do not know how it is run.", 0.77, ""),
    "OGP yerli QHT": ("OGP should set aside small grants for local NGOs.", 0.75, "too short or too long"),
}


def _as_if_translated(project: Project) -> None:
    found = []
    for start, (english, score, flags) in _ENGLISH.items():
        for segment in segments.page(project, segments.search(project, start, 1)):
            version = f"translate-{segment.language}_en 0.1"
            found.append(translations.MachineTranslation(segment.id, english, score, flags, version))
    with project.action(f"Translated {len(found)} segments", "machine"):
        translations.save_machine(project, found)


def codebook_id(project: Project, number: str) -> int:
    """The direction of a number."""
    from ogp_sensemaker.store.codebook import codes

    return next(id_ for id_, code in codes(project).items() if code.number == number)


def proposal_id(project: Project, word: str) -> int:
    """The proposal with a word in its name."""
    from ogp_sensemaker.store.codebook import codes

    return next(c.id for c in codes(project).values() if c.kind is CodeKind.PROPOSAL and word in c.name)


def wait(window: MainWindow, milliseconds: int = 150) -> None:
    """Let the window come to rest."""
    loop = QEventLoop()
    window.jobs.warm(lambda: None, lambda _: QTimer.singleShot(milliseconds, loop.quit))
    loop.exec()
    if window.jobs.busy:
        wait(window, milliseconds)


def _look(target: Path, look: str, settings: Settings, path: Path) -> Iterator[Path]:
    remember(path)
    window = MainWindow(settings)
    window.resize(*SIZE)
    window.show()
    window.jobs.warm(models.states, window.places.preferences.show_models)
    wait(window)
    scenes: dict[str, Callable[[], object]] = {
        "start": lambda: window.go("start"),
        "comments": lambda: _open(window, path),
        "reading": lambda: _reading(window),
        "arabic": lambda: _arabic(window),
        "many": lambda: _many(window),
        "find-code": lambda: _find(window),
        "codebook": lambda: _codebook(window),
        "translations": lambda: _translations(window),
        "by-hand": lambda: _by_hand(window),
        "translators": lambda: _translators(window),
        "queue": lambda: _queue(window),
        "clusters": lambda: _at(window, "clusters"),
        "cluster-comments": lambda: _cluster(window),
        "map": lambda: _map(window),
        "contested": lambda: _issue(window),
        "both-sides": lambda: _sides(window),
        "write-issue": window.places.contested.write,
        "new-ideas": lambda: _ideas(window),
        "attach": lambda: _attach(window),
        "findings": lambda: _findings(window, 0),
        "poll": lambda: _findings(window, -1),
        "history": lambda: _at(window, "history"),
        "import": lambda: _import(window),
        "export": lambda: _at(window, "export"),
        "preferences": lambda: _at(window, "preferences"),
        "keys": lambda: _keys(window),
    }
    for name, arrange in scenes.items():
        arrange()
        wait(window)
        picture = target / f"{look}-{name}.png"
        _small(window.grab().toImage()).save(str(picture))
        window.finder.hide()
        window.places.issue_form.hide()
        window.places.issue_finder.hide()
        window.codebook.editor.shut()
        window.cheat_sheet.hide()
        yield picture
    window.close()
    window.deleteLater()
    QApplication.processEvents()


def _open(window: MainWindow, path: Path) -> None:
    window.commands.open_path(path)
    wait(window)
    coded = min(segments.ids(window.session.project, SegmentFilter(coded=True)))
    place = window.places.comments.model.place(coded)
    window.places.comments.go(place + 8)
    wait(window)
    window.places.comments.go(place)


def _translations(window: MainWindow) -> None:
    _at(window, "translations")
    view = window.places.translations
    view.table.go(min(2, view.table.rowCount() - 1))
    wait(window)


def _by_hand(window: MainWindow) -> None:
    view = window.places.translations
    view.state_box.setCurrentIndex(view.state_box.findData(""))
    view.arrive()
    view.edit()


def _translators(window: MainWindow) -> None:
    window.places.translations.show_models()
    wait(window)
    fetch = window.places.translations.models.fetch
    fetch.address.setText("https://models.example.org/index.json")
    fetch.ask_to_look()


def _at(window: MainWindow, place: str) -> None:
    window.go(place)
    wait(window)


def _issue(window: MainWindow) -> None:
    """The issue of the sanctions, counted and quoted."""
    window.go("contested")
    view = window.places.contested
    view.show_issue(proposal_id(window.session.project, "sanctions"))
    wait(window)
    while view.figures.counting:
        wait(window)
    wait(window, 500)


def _sides(window: MainWindow) -> None:
    page = window.places.contested.page
    page.area.verticalScrollBar().setValue(page.statement.mapTo(page.area.viewport(), QPoint()).y())


def _ideas(window: MainWindow) -> None:
    window.places.contested.show_list(Which.IDEAS)
    window.places.contested.step(8)


def _attach(window: MainWindow) -> None:
    window.session.show_comments(SegmentFilter(words="sanctions"))
    window.commands.issue_attach()
    window.places.issue_finder.box.setText("sanctions")


def _keys(window: MainWindow) -> None:
    _at(window, "comments")
    window.cheat_sheet.switch()


def _reading(window: MainWindow) -> None:
    memo = codings.memos(window.session.project)[0]
    window.session.show_comments(SegmentFilter(words="grants"))
    window.session.set_current(memo.on_id)
    window.detail.context.switch()


def _arabic(window: MainWindow) -> None:
    window.detail.context.switch()
    window.session.show_comments(SegmentFilter(languages=("ar",)))
    wait(window)
    text = window.detail.original
    cursor = text.textCursor()
    cursor.setPosition(0)
    cursor.movePosition(QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor, 3)
    text.setTextCursor(cursor)


def _many(window: MainWindow) -> None:
    window.session.show_comments(SegmentFilter(words="local"))
    window.places.comments.table.selectAll()


def _find(window: MainWindow) -> None:
    window.session.show_comments(SegmentFilter())
    window.commands.find_code()
    window.finder.box.setText("learn")


def _codebook(window: MainWindow) -> None:
    tree, model = window.codebook.tree, window.codebook.model
    tree.expand(model.index_of(codebook_id(window.session.project, "1")))
    tree.setCurrentIndex(model.index_of(codebook_id(window.session.project, "1")))
    window.codebook.editor.open()


def _queue(window: MainWindow) -> None:
    window.session.show_comments(SegmentFilter())
    window.places.comments.queue.line_up(Sort.LEARN)
    window.places.comments.accepting.open()


def _cluster(window: MainWindow) -> None:
    window.places.comments.accepting.hide()
    window.places.comments.queue.line_up(Sort.POSITION)
    view = window.places.clusters
    window.session.jobs.run(regrouping.rename, view.table.keys()[3], "Small grants")
    window.session.jobs.run(regrouping.pin, view.table.keys()[3])
    wait(window)
    view.go_to(view.table.keys()[3])
    view.card.switch()


def _map(window: MainWindow) -> None:
    window.places.clusters.card.switch()
    _at(window, "map")
    wait(window, 400)
    view = window.places.map
    row = int(view.canvas.spots()[:, 1].argmax())
    view.canvas.hovered.emit(row)


def _findings(window: MainWindow, row: int) -> None:
    window.go("findings")
    wait(window, 300)
    view = window.places.findings
    view.list.setCurrentRow(row if row >= 0 else view.list.count() + row)


def _import(window: MainWindow) -> None:
    window.go("import")
    window.places.import_.take([paths.sample_dir() / "discuto" / "comments.csv"])
    wait(window)


def _small(image: QImage) -> QImage:
    """The picture with its 256 commonest colours: a quarter of the size, and nobody sees it."""
    import numpy as np

    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    values, counts = np.unique(np.frombuffer(plain.constBits(), np.uint32), return_counts=True)
    table = [int(value) for value in values[np.argsort(-counts)[:256]]]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table)
