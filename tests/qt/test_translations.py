"""Review of translations and the models behind it, by keys and mouse, with the file checked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ogp_sensemaker.app import models, translating
from ogp_sensemaker.app.models import Attempt, Translator
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.qt.main_window import MainWindow
from ogp_sensemaker.store import segments, translations
from ogp_sensemaker.store.project import Project
from tests.qt.conftest import Press, idle

File = Callable[[], Project]
BARE = 8  # its machine translation is taken away in some tests


@pytest.fixture
def view(window: MainWindow, press: Press):
    press("2", ctrl=True)
    return window.places.translations


def state(file: File, segment_id: int) -> str:
    with file() as project:
        found = translations.human(project, [segment_id]).get(segment_id)
        return found.state if found else "machine"


def test_doubtful_ones_come_first_and_approval_goes_on_to_the_next(
    window: MainWindow, view: QWidget, press: Press, file: File
) -> None:
    assert view.table.rowCount() == 15
    assert (window.session.current, view.desk.segment_id) == (4, 4)
    assert "far too short" in view.desk._doubts.text() or "too short" in view.desk._doubts.text()
    assert "1 doubtful" in view._about.text()
    press(Qt.Key.Key_Return)
    assert view.table.rowCount() == 14
    assert window.session.current == 8
    assert state(file, 4) == "approved"
    press("j", "j", "a")  # in the middle of the list: on to the next of the list, not to its beginning
    assert state(file, 16) == "approved"
    assert window.session.current == 20
    press("z", ctrl=True)
    press("z", ctrl=True)
    assert view.table.rowCount() == 15


def test_what_is_written_is_kept_when_the_box_is_left(
    window: MainWindow, view: QWidget, press: Press, file: File
) -> None:
    press("e")
    assert view.box.hasFocus()
    press("a", ctrl=True)
    press("Small subventions are needed")
    press(Qt.Key.Key_Tab)
    assert state(file, 4) == "edited"
    with file() as project:
        assert segments.get(project, 4).english == "Small subventions are needed"
        assert segments.ids(project, SegmentFilter(words="subventions"))[0] == 4
    press("z", ctrl=True)
    assert state(file, 4) == "machine"


def test_written_and_approved_in_one_step(view: QWidget, press: Press, file: File) -> None:
    press("e")
    press("a", ctrl=True)
    press("Small subventions")
    press(Qt.Key.Key_Return, ctrl=True)
    assert state(file, 4) == "approved"
    assert view.desk.segment_id == 8
    assert view.table.hasFocus()
    press("z", ctrl=True)
    assert state(file, 4) == "machine"


def test_esc_takes_back_what_was_typed(view: QWidget, press: Press, file: File) -> None:
    press("e", "Nonsense")
    assert view.desk._hint.text()
    press(Qt.Key.Key_Escape)
    assert view.box.toPlainText() == "English of comment 4"
    press(Qt.Key.Key_Escape)
    assert view.table.hasFocus()
    assert state(file, 4) == "machine"


def test_an_approval_is_taken_back(window: MainWindow, view: QWidget, press: Press, file: File) -> None:
    press("a")
    view.state_box.setCurrentIndex(view.state_box.findData("approved"))
    view._fill()
    assert view.table.keys() == [4]
    assert "approved by Ana" in view.desk._made.text()
    view.table.setFocus()
    press("a", shift=True)
    assert state(file, 4) == "machine"


def test_several_and_all_that_match(window: MainWindow, view: QWidget, press: Press, file: File) -> None:
    press(Qt.Key.Key_Down, shift=True)
    assert view.chosen() == [4, 8]
    press("a")
    assert state(file, 4) == state(file, 8) == "approved"
    view.language_box.setCurrentIndex(view.language_box.findData("ar"))
    view._fill()
    arabic = view.table.keys()
    press("a", ctrl=True, shift=True)
    assert "5 translations" in view._ask_words.text()
    press(Qt.Key.Key_Space)  # the button has the keyboard
    assert {state(file, id_) for id_ in arabic} == {"approved"}
    press("z", ctrl=True)
    assert {state(file, id_) for id_ in arabic} == {"machine"}


def test_a_language_and_a_doubt(view: QWidget) -> None:
    view.reason_box.setCurrentIndex(view.reason_box.findData("too short"))
    view._fill()
    assert view.table.keys() == [4]
    view.language_box.setCurrentIndex(view.language_box.findData("ar"))
    view._fill()
    assert view.table.rowCount() == 0
    assert "Nothing in this list" in view._about.text()
    assert not view.desk.isEnabled()


def test_without_a_model_a_person_translates_right_here(
    window: MainWindow, qtbot: QtBot, view: QWidget, press: Press, file: File
) -> None:
    def forget(project: Project):
        with project.action("Forget", "machine") as action:
            project.connection.execute("DELETE FROM machine_translation WHERE segment_id = ?", (BARE,))
        return action.changes

    window.jobs.run(forget)
    idle(qtbot, window)
    view._fill()
    qtbot.waitUntil(view._bare.isVisible)
    assert "No model on this computer translates these into English yet: Azerbaijani (1)" in view._bare_words.text()
    view.state_box.setCurrentIndex(view.state_box.findData(""))
    view._fill()
    assert view.table.keys() == [BARE]
    qtbot.waitUntil(lambda: bool(view.desk.offers._offers))  # the glossary knows its words
    view.table.setFocus()
    press("1")
    assert view.box.hasFocus()
    assert view.box.toPlainText() == view.desk.offers._offers[0].english
    press(Qt.Key.Key_Return, ctrl=True)
    assert state(file, BARE) == "approved"


def test_the_memory_offers_and_alt_takes_it(window: MainWindow, qtbot: QtBot, view: QWidget, press: Press) -> None:
    window.jobs.run(translating.edit, 4, "We need small grants for the communes.")
    idle(qtbot, window)
    other = next(
        id_ for id_ in list(view.table.keys()) if "subventions" in segments.get(window.session.project, id_).text
    )
    view.table.go(view.table.keys().index(other))
    view.desk._show_offers()
    assert "communes" in view.desk.offers._offers[0].english
    press("e")
    qtbot.keyClick(view.box, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert "communes" in view.box.toPlainText()


def test_where_the_words_stand_elsewhere(window: MainWindow, qtbot: QtBot, view: QWidget, press: Press) -> None:
    found = translating.Offers((), (), (), (translating.memory.Elsewhere(12), translating.memory.Elsewhere(16, "A")))
    view.desk.offers.show_offers(found)
    links = [b for b in view.desk.offers.findChildren(QPushButton) if b.text() == "#12"]
    qtbot.mouseClick(links[0], Qt.MouseButton.LeftButton)
    assert window.place == "comments"
    assert list(window.places.comments.model.ids) == [12]


def test_codes_are_not_given_where_they_are_not_seen(window: MainWindow, view: QWidget, press: Press) -> None:
    before = window.status.said.text()
    press("s", "t", "9")
    assert window.status.said.text() == before
    press("3", ctrl=True)
    assert window.detail.isVisible()


def test_nothing_is_cut_and_everything_has_a_name(view: QWidget) -> None:
    for widget in (view.state_box, view.language_box, view.reason_box, view.table, view.box, view.desk.original):
        assert widget.accessibleName()
    assert view.table.horizontalHeader().length() <= view.table.viewport().width() + 2
    inside = QRect(0, 0, view.width(), view.height())
    for found in (view.desk.approve_button, view.desk.correct_button, view._all):
        assert inside.contains(QRect(found.mapTo(view, found.rect().topLeft()), found.size()))


# Models ------------------------------------------------------------------------------------------


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two packages for Azerbaijani, of which the second is chosen, tried and removed."""
    chosen = ["a-az_en"]

    def known() -> list[Translator]:
        return [Translator(n, "az", "en", "1", n == "a-az_en", n == chosen[0]) for n in ("a-az_en", "b-az_en")]

    def choose(name: str) -> None:
        chosen[0] = name

    def try_out(texts, source, names, attempts, target="en") -> Iterator[Progress]:
        yield Progress(0, len(texts), "Trying models")
        attempts += [
            [Attempt(n, f"{n} {i}", 0.5, ("not English",) if i else ()) for n in names] for i in range(len(texts))
        ]

    monkeypatch.setattr(models, "translators", known)
    monkeypatch.setattr(models, "choose", choose)
    monkeypatch.setattr(models, "try_out", try_out)
    monkeypatch.setattr(models, "remove", chosen.append)
    return chosen


def test_models_are_chosen_tried_and_removed(
    window: MainWindow, qtbot: QtBot, view: QWidget, press: Press, two: list[str], file: File
) -> None:
    press("m", shift=True)
    panel = view.models
    qtbot.waitUntil(lambda: panel.table.rowCount() == 2)
    assert view._stack.currentWidget() is panel
    assert panel.gone.isHidden()
    panel.table.go(1)
    qtbot.mouseClick(panel.use, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert two[0] == "b-az_en"
    panel.sample.run()
    idle(qtbot, window)
    assert panel.sample.table.rowCount() == 5
    assert [panel.sample.table.item(1, n).text().split("\n")[0] for n in (1, 2)] == ["a-az_en 1", "b-az_en 1"]
    assert "4 of 5 doubtful" in panel.sample._told.text()
    with file() as project:
        assert translations.machine(project, [8])[8].english == "English of comment 8"
    panel.table.go(panel.table.keys().index("b-az_en"))
    panel.ask_to_remove()
    qtbot.mouseClick(panel.yes, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert two[-1] == "b-az_en"
    panel.back.setFocus()
    press(Qt.Key.Key_Escape)
    assert view._stack.currentIndex() == 0


def test_a_bad_file_is_refused_with_a_sentence(window: MainWindow, qtbot: QtBot, view: QWidget, tmp_path: Path) -> None:
    bad = tmp_path / "words.argosmodel"
    bad.write_text("words")
    view.show_models()
    view.models.install(bad)
    idle(qtbot, window)
    assert "not a zip file" in window.message.words.text()


def test_nothing_is_contacted_before_the_answer_is_yes(
    window: MainWindow, qtbot: QtBot, view: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def find(source: str, target: str, address: str = "") -> None:
        asked.append(source)
        raise SensemakerError("example.org could not be reached.")

    monkeypatch.setattr("ogp_sensemaker.app.fetching.find", find)
    monkeypatch.setattr("ogp_sensemaker.app.fetching.list_address", lambda: "https://example.org/index.json")
    view.show_models()
    idle(qtbot, window)
    box = view.models.fetch
    qtbot.mouseClick(box.look_button, Qt.MouseButton.LeftButton)
    assert box.ask.isVisible()
    assert "connect to example.org" in box.words.text()
    assert not asked
    no = next(b for b in box.ask.findChildren(QPushButton) if b.text() == "No")
    qtbot.mouseClick(no, Qt.MouseButton.LeftButton)
    assert not box.ask.isVisible()
    qtbot.mouseClick(box.look_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(box.yes, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert asked
    assert "could not be reached" in window.message.words.text()
