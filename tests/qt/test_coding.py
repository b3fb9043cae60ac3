"""Reading and coding by keys, with the file checked afterwards."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.qt.main_window import MainWindow
from ogp_sensemaker.store import codings, journal
from ogp_sensemaker.store.project import Project
from tests.qt.conftest import Press, idle

File = Callable[[], Project]


def coded(file: File, segment: int) -> list[tuple[int, Stance | None]]:
    with file() as project:
        return [(c.code_id, c.stance) for c in codings.of_segments(project, [segment]).get(segment, [])]


def test_j_and_k_read_the_next_and_the_previous(window: MainWindow, press: Press) -> None:
    assert window.session.current == 1
    press("j", "j")
    assert window.session.current == 3
    assert window.detail.original.toPlainText().startswith("Small grants")
    press("k")
    assert window.session.current == 2


def test_a_number_codes_and_once_more_takes_it_off(window: MainWindow, press: Press, file: File) -> None:
    press("j", "j", "2")
    assert coded(file, 3) == [(2, None)]
    press("2")
    assert coded(file, 3) == []


def test_a_code_has_its_own_key(window: MainWindow, press: Press, file: File) -> None:
    press("j", "j", "t")
    assert coded(file, 3) == [(5, None)]


def test_stance_keys_are_about_the_latest_code(window: MainWindow, press: Press, file: File) -> None:
    press("j", "j", "2", "3", "s")
    assert coded(file, 3) == [(2, None), (3, Stance.SUPPORT)]
    press("o")
    assert coded(file, 3) == [(2, None), (3, Stance.OPPOSE)]
    press("o")
    assert coded(file, 3) == [(2, None), (3, None)]


def test_a_stance_without_a_code_takes_the_suggestion(window: MainWindow, press: Press, file: File) -> None:
    press("j", "j", "m")
    assert coded(file, 3) == [(1, Stance.MIXED)]  # what the machine suggests for it


def test_a_stance_without_anything_says_what_to_do(window: MainWindow, press: Press, file: File) -> None:
    press("j", "j", "j", "n")
    assert coded(file, 4) == []
    assert "code first" in window.status.said.text()


def test_enter_accepts_and_x_rejects(window: MainWindow, press: Press, file: File) -> None:
    press("j", "j", Qt.Key.Key_Return)
    assert coded(file, 3) == [(1, None)]
    press("j", "j", "x")
    with file() as project:
        assert codings.rejections(project) == [(5, 3)]


def test_undo_and_redo(window: MainWindow, press: Press, file: File) -> None:
    press("j", "j", "2")
    press("z", ctrl=True)
    assert coded(file, 3) == []
    press("z", ctrl=True, shift=True)
    assert coded(file, 3) == [(2, None)]


def test_u_goes_to_the_next_uncoded(window: MainWindow, press: Press) -> None:
    press("u")
    assert window.session.current == 3
    press("2", "k", "k", "u")
    assert window.session.current == 4


def test_f_finds_a_code_by_typing(window: MainWindow, press: Press, file: File) -> None:
    press("j", "j", "f")
    assert window.finder.isVisible()
    press("contr", Qt.Key.Key_Return)
    assert coded(file, 3) == [(3, None)]
    assert not window.finder.isVisible()
    press("j")
    assert window.session.current == 4  # the keyboard is back where it was


def test_escape_leaves_the_finder_without_coding(window: MainWindow, press: Press, file: File) -> None:
    press("j", "j", "f", Qt.Key.Key_Escape)
    assert not window.finder.isVisible()
    assert coded(file, 3) == []


def test_selected_words_are_coded_as_a_span(window: MainWindow, press: Press, file: File) -> None:
    press("j", "j")
    window.detail.original.setFocus()
    cursor = window.detail.original.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(12, QTextCursor.MoveMode.KeepAnchor)  # with the space after it
    window.detail.original.setTextCursor(cursor)
    press("2")
    with file() as project:
        (coding,) = codings.of_segments(project, [3])[3]
    assert (coding.start, coding.end, coding.side) == (0, 12, "original")
    assert not window.detail.original.textCursor().hasSelection()


def test_a_span_after_an_emoji_counts_characters(qtbot: QtBot) -> None:
    from ogp_sensemaker.qt.reading_text import ReadingText

    text = ReadingText()
    qtbot.addWidget(text)
    text.show_text("👍 yes, do it", "en")
    cursor = text.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(6, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    assert text.selected_span() == (2, 5)


def test_overlapping_spans_stand_in_lanes_of_their_own() -> None:
    from PySide6.QtGui import QColor

    from ogp_sensemaker.qt.reading_text import Marked, _in_lanes

    marks = [
        Marked("a", QColor(), 0, 5),
        Marked("b", QColor(), 3, 9),
        Marked("c", QColor(), 6, 8),
        Marked("d", QColor()),
    ]
    assert {mark.name: lane for mark, lane in _in_lanes(marks)} == {"d": 0, "a": 1, "b": 2, "c": 1}


def test_many_are_coded_in_one_step(window: MainWindow, press: Press, file: File) -> None:
    press(Qt.Key.Key_A, ctrl=True)
    assert len(window.session.targets()) == 62
    press("3")
    with file() as project:
        assert len(codings.of_segments(project, range(1, 63))) == 62
        assert journal.undoable(project).summary == "Code 62 segments “Open contracts”"
    press("z", ctrl=True)
    assert coded(file, 40) == []


def test_a_stance_for_many_is_one_step(window: MainWindow, press: Press, file: File) -> None:
    press(Qt.Key.Key_Down, shift=True)
    assert len(window.session.targets()) == 2
    press("s")
    assert coded(file, 1) == [(1, Stance.SUPPORT)]
    assert coded(file, 2) == [(1, Stance.SUPPORT)]
    press("z", ctrl=True)
    assert coded(file, 2) == [(1, Stance.OPPOSE)]


def test_a_memo_is_saved_when_the_box_is_left(window: MainWindow, press: Press, file: File) -> None:
    press("e", "Ask them again", Qt.Key.Key_Tab)
    with file() as project:
        assert [(m.on_id, m.text) for m in codings.memos(project)] == [(1, "Ask them again")]
    assert coded(file, 1) == [(1, None)]  # letters in the box were letters


def test_a_memo_is_saved_when_the_window_is_closed(window: MainWindow, press: Press, file: File) -> None:
    press("e", "Later")
    window.close()
    with file() as project:
        assert [m.text for m in codings.memos(project)] == ["Later"]


def test_a_concern_is_marked(window: MainWindow, press: Press, file: File) -> None:
    press("w")
    with file() as project:
        assert codings.of_segments(project, [1])[1][0].concern


def test_arabic_runs_from_right_to_left_and_azerbaijani_does_not(window: MainWindow, press: Press) -> None:
    right, left = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
    for segment, way in ((12, right), (8, left), (24, right)):
        window.session.set_current(segment)
        block = window.detail.original.document().begin()
        assert block.blockFormat().layoutDirection() is way, segment
    assert window.detail.english.document().begin().blockFormat().layoutDirection() is left


def test_context_is_one_key_away(window: MainWindow, press: Press) -> None:
    press("j", "j", "j", "j", "j", "c")
    assert window.detail.context.is_open
    shown = [w.text() for w in window.detail.context.findChildren(type(window.detail._where)) if w.isVisible()]
    assert any("Publish every contract" in text for text in shown)


def test_the_suggestion_is_accepted_with_the_mouse(window: MainWindow, press: Press, file: File, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QPushButton

    press("j", "j")
    accept = next(b for b in window.detail.findChildren(QPushButton) if b.text() == "Accept")
    qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert coded(file, 3) == [(1, None)]


def test_a_stance_sign_is_clicked(window: MainWindow, file: File, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QToolButton

    sign = next(t for t in window.detail.codings.findChildren(QToolButton) if t.text() == "▲ support")
    qtbot.mouseClick(sign, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert coded(file, 1) == [(1, Stance.SUPPORT)]
