"""What each row of the table of actions does in the window."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from ogp_sensemaker.app import clustering, ideas, issues, process, stances, suggesting
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.qt.actions import SPECS, WHILE_TRANSLATING
from ogp_sensemaker.store import journal

if TYPE_CHECKING:
    from ogp_sensemaker.qt.main_window import MainWindow


class Commands(QObject):
    """One method for each name in `actions.SPECS`."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.codebook_wanted = True

    def _here(self, name: str, *given: object) -> bool:
        """Let the place on the screen do it, if it can."""
        does = getattr(self._window.places.get(self._window.place), name, None)
        if does is None:
            return False
        does(*given)
        return True

    def update(self) -> None:
        """Switch off what cannot be done now."""
        window = self._window
        is_open = window.session.is_open
        reading = window.detail.isVisibleTo(window)
        for spec in SPECS:
            here = reading or (window.place == "translations" and spec.name in WHILE_TRANSLATING)
            on = (is_open or not spec.needs_project) and (here or not spec.reading)
            on = on and (not spec.places or window.place in spec.places)
            window.actions_by_name[spec.name].setEnabled(on)
        window.rail.enable(is_open)
        if is_open:
            self._name("undo", self.tr("Undo"), journal.undoable(window.session.project))
            self._name("redo", self.tr("Redo"), journal.redoable(window.session.project))

    def _name(self, name: str, words: str, entry: journal.Entry | None) -> None:
        action = self._window.actions_by_name[name]
        summary = entry.summary.removeprefix("Undo: ").removeprefix("Redo: ") if entry else ""
        summary = summary if len(summary) < 60 else f"{summary[:58]} …"
        action.setText(f"{words}: {summary}".replace("&", "&&") if summary else words)
        action.setEnabled(entry is not None)

    # File ------------------------------------------------------------------------------------------

    def new(self) -> None:
        self._to_start()
        self._window.places.start.open_form()

    def open(self) -> None:
        found, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open a project"), "", self.tr("Projects (*.ogps)")
        )
        if found:
            self.open_path(Path(found))

    def open_path(self, path: Path) -> None:
        """Open a project file."""
        self._window.keep()
        self._window.furnishing.stop()  # the comments first
        self._window.session.open(path, self._window.settings.coder)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Files were dropped: a project is opened, anything else is imported."""
        project = next((p for p in paths if p.suffix == ".ogps"), None)
        if project is not None:
            self.open_path(project)
        elif not self._window.session.is_open:
            self._window.message.show_sentence(self.tr("Open or make a project first; then drop the files again."))
        elif paths:
            self._window.go("import")
            self._window.places.import_.take(paths)

    def _to_start(self) -> None:
        self._window.session.close()
        self._window.go("start")

    def close(self) -> None:
        self._window.keep()
        self._window.session.close()

    def quit(self) -> None:
        self._window.close()

    # Places ----------------------------------------------------------------------------------------

    def comments(self) -> None:
        self._window.go("comments")

    def translations(self) -> None:
        self._window.go("translations")

    def clusters(self) -> None:
        self._window.go("clusters")

    def contested(self) -> None:
        self._window.go("contested")

    def findings(self) -> None:
        self._window.go("findings")

    def history(self) -> None:
        self._window.places.history.show_all()
        self._window.go("history")

    def map(self) -> None:
        self._window.go("map")

    def story(self) -> None:
        if self._window.session.current is not None:
            self._window.places.history.show_segment(self._window.session.current)
            self._window.go("history")

    def import_files(self) -> None:
        self._window.go("import")

    def export(self) -> None:
        self._window.go("export")

    def preferences(self) -> None:
        self._window.go("preferences")

    def codebook(self) -> None:
        self.codebook_wanted = not self._window.dock.isVisible()
        self._window.dock.setVisible(self.codebook_wanted)

    def goto_codebook(self) -> None:
        self.codebook_wanted = True
        self._window.dock.show()
        self._window.codebook.tree.setFocus()

    def keys(self) -> None:
        self._window.cheat_sheet.switch()

    # Edit ------------------------------------------------------------------------------------------

    def undo(self) -> None:
        self._window.decisions.undo()

    def redo(self) -> None:
        self._window.decisions.redo()

    def search(self) -> None:
        self._window.go("comments")
        self._window.places.comments.bar.search.setFocus()
        self._window.places.comments.bar.search.selectAll()

    def filter(self) -> None:
        if self._here("narrow"):
            return
        self._window.go("comments")
        self._window.places.comments.bar.open_menu()

    def refresh(self) -> None:
        self._window.session.filter_changed.emit()

    # Code ------------------------------------------------------------------------------------------

    def find_code(self) -> None:
        count = len(self._window.session.targets())
        if count:
            title = self.tr("Code this comment") if count == 1 else self.tr("Code {0} comments").format(f"{count:,}")
            if self._window.decisions.span() is not None and count == 1:
                title = self.tr("Code the selected words")
            self._window.finder.ask(title, self._window.decisions.apply)

    def support(self) -> None:
        self._window.decisions.stance(Stance.SUPPORT)

    def oppose(self) -> None:
        self._window.decisions.stance(Stance.OPPOSE)

    def mixed(self) -> None:
        self._window.decisions.stance(Stance.MIXED)

    def neutral(self) -> None:
        self._window.decisions.stance(Stance.NEUTRAL)

    def concern(self) -> None:
        self._window.decisions.concern()

    def accept(self) -> None:
        if not self._here("enter"):
            self._window.decisions.accept()

    def accept_next(self) -> None:
        self._window.decisions.accept()
        self._window.places.comments.next_uncoded()

    def reject(self) -> None:
        self._window.decisions.reject()

    def queue(self) -> None:
        self._window.go("comments")
        self._window.places.comments.queue.open_menu()

    def accept_surest(self) -> None:
        self._window.go("comments")
        self._window.places.comments.accepting.open()

    def approve(self) -> None:
        if not self._here("approve"):
            self._window.detail.approve()

    def number(self, number: int) -> None:
        """A number without Ctrl: the recent code under it, or what the place on the screen offers under it."""
        if not self._here("take", number) and self._window.detail.isVisibleTo(self._window):
            self._window.decisions.apply_recent(number)

    def code(self, code_id: int) -> None:
        """The key of a code; nobody codes what they do not see the codes of."""
        if self._window.detail.isVisibleTo(self._window):
            self._window.decisions.apply(code_id)

    # Translations ----------------------------------------------------------------------------------

    def translation_settle(self) -> None:
        self._here("settle")

    def translation_back(self) -> None:
        self._here("unapprove")

    def translation_all(self) -> None:
        self._here("approve_all")

    def translation_models(self) -> None:
        self._here("show_models")

    # Read ------------------------------------------------------------------------------------------

    def next(self) -> None:
        self._here("step", 1)

    def previous(self) -> None:
        self._here("step", -1)

    def next_uncoded(self) -> None:
        self._window.go("comments")
        self._window.places.comments.next_uncoded()

    def context(self) -> None:
        self._window.detail.context.switch()

    def memo(self) -> None:
        if not self._here("edit"):
            self._window.detail.memo.setFocus()

    # Clusters --------------------------------------------------------------------------------------

    def cluster_code(self) -> None:
        self._here("choose")

    def cluster_rename(self) -> None:
        self._here("rename")

    def cluster_merge(self) -> None:
        self._here("merge")

    def cluster_split(self) -> None:
        self._here("split")

    def cluster_pin(self) -> None:
        self._here("pin")

    def cluster_dismiss(self) -> None:
        self._here("dismiss")

    def cluster_all(self) -> None:
        self._window.places.clusters.card.switch()

    def cluster_move(self) -> None:
        self._window.places.clusters.hands.move(self._window.session.targets())

    # Issues ----------------------------------------------------------------------------------------

    def issue_attach(self) -> None:
        wanted = self._window.session.targets()
        jobs = self._window.jobs

        def then(issue: int | str, stance: Stance | None) -> None:
            if isinstance(issue, int):
                jobs.run(issues.attach, issue, wanted, stance)
            else:
                jobs.run(ideas.make_code, issue, CodeKind.ISSUE, wanted, stance=stance)

        if wanted:
            many = self.tr("Attach {0} comments to an issue").format(f"{len(wanted):,}")
            self._window.places.issue_finder.ask_issue(
                self.tr("Attach this comment to an issue") if len(wanted) == 1 else many, then
            )

    def issue_write(self) -> None:
        self._window.places.contested.write()

    def mark_contested(self) -> None:
        self._here("mark", "contested")

    def mark_watch(self) -> None:
        self._here("mark", "to watch")

    def mark_not(self) -> None:
        self._here("mark", "not contested")

    def mark_none(self) -> None:
        self._here("mark", "")

    def issue_statement(self) -> None:
        self._here("word", "statement")

    def issue_views(self) -> None:
        self._here("word", "views")

    def issue_ways(self) -> None:
        self._here("word", "ways")

    def issue_list(self) -> None:
        self._here("next_list")

    def issue_machine(self) -> None:
        self._here("switch_machine")

    # Machines --------------------------------------------------------------------------------------

    def process(self) -> None:
        self._window.jobs.start(self.tr("Language, translation, vectors"), process.process)

    def cluster(self) -> None:
        self._window.jobs.start(self.tr("Clusters"), clustering.run)

    def suggest(self) -> None:
        self._window.jobs.start(self.tr("Suggestions"), suggesting.suggest)

    def stances(self) -> None:
        self._window.jobs.start(self.tr("Stances"), stances.suggest_stances)

    def everything(self) -> None:
        self.process()
        self.cluster()
        self.suggest()

    def stop(self) -> None:
        self._window.jobs.cancel()
        self._here("stop")
