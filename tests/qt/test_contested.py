"""Contested issues: read, marked, worded, attached and found, by keys and by mouse, with the file checked."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.issue import MachineStance
from ogp_sensemaker.qt.contested_lists import Which
from ogp_sensemaker.qt.contested_view import ContestedView
from ogp_sensemaker.qt.main_window import MainWindow
from ogp_sensemaker.store import codebook, codings, derived, issues
from ogp_sensemaker.store.project import Project
from tests.qt.conftest import Press, idle

File = Callable[[], Project]
LEND = 6  # the proposal "Lend telephones": six people for it, four against


@pytest.fixture
def view(window: MainWindow, press: Press, qtbot: QtBot) -> ContestedView:
    """The place, counted, on the proposal."""
    press("5", ctrl=True)
    counted(window, qtbot)
    assert window.places.contested.list.choose(LEND)
    idle(qtbot, window)
    qtbot.wait(200)  # both sides are looked up when the choice has come to rest
    idle(qtbot, window)
    return window.places.contested


def counted(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.places.contested.figures.counted is not None, timeout=20_000)
    idle(qtbot, window)


def test_the_most_dividing_issue_comes_first_with_its_figures(view: ContestedView) -> None:
    found = view.figures.counted
    assert found is not None
    first = found.findings.issues[0]
    assert view.list.item(0).data(Qt.ItemDataRole.UserRole).key == first.code_id
    assert view.page.issue is not None
    assert view.page.issue.contest.supporting == 6
    assert view.page.groups.histogram._counts == [0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 6]
    names = {row.about.value for row in view.page.groups.rows()}
    assert "Government" in names
    assert "10 opinions" in view.page.groups.why.text()


def test_both_sides_are_quoted_in_their_own_columns(view: ContestedView, window: MainWindow) -> None:
    assert [card.id for card in view.page.sides.against.cards] == [62]
    assert view.page.sides.favour.cards == []
    assert window.session.current == 62


def test_a_mark_without_a_reason_waits_for_it(
    view: ContestedView, window: MainWindow, press: Press, file: File, qtbot: QtBot
) -> None:
    press("c", shift=True)
    assert view.page.reason.hasFocus()
    with file() as project:
        assert LEND not in codings.marks(project)
    press("They get lost.")
    press(Qt.Key.Key_Return, ctrl=True)
    assert view.list.hasFocus()
    with file() as project:
        assert (codings.marks(project)[LEND].state, codings.marks(project)[LEND].reason) == (
            "contested",
            "They get lost.",
        )
    counted(window, qtbot)
    press("w", shift=True)  # the reason is there already
    with file() as project:
        assert codings.marks(project)[LEND].state == "to watch"
    press("z", ctrl=True)
    press("z", ctrl=True)
    with file() as project:
        assert LEND not in codings.marks(project)
    assert view.page.reason.words() == ""


def test_a_mark_that_waits_is_still_there_after_looking_elsewhere(
    view: ContestedView, press: Press, file: File, qtbot: QtBot, window: MainWindow
) -> None:
    press("n", shift=True)
    press(Qt.Key.Key_Escape)
    view.list.choose(1)
    idle(qtbot, window)
    assert view.page.marks.state == "contested"
    view.list.choose(LEND)
    idle(qtbot, window)
    assert view.page.marks.state == "not contested"
    press(Qt.Key.Key_Return)
    press("Both sides said so.")
    press(Qt.Key.Key_Return, ctrl=True)
    with file() as project:
        assert codings.marks(project)[LEND].state == "not contested"


def test_the_mark_is_clicked_and_taken_off(view: ContestedView, press: Press, file: File, qtbot: QtBot) -> None:
    view.list.choose(1)
    press("x", shift=True)
    with file() as project:
        assert 1 not in codings.marks(project)
    view.list.choose(LEND)
    qtbot.mouseClick(view.page.marks.buttons["to watch"], Qt.MouseButton.LeftButton)
    assert view.page.reason.hasFocus()


def test_a_reason_alone_is_kept_until_there_is_a_mark(
    view: ContestedView, press: Press, file: File, window: MainWindow, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Return)
    press("Nobody asked the villages.")
    view.list.choose(1)
    view.list.choose(LEND)
    assert view.page.reason.words() == "Nobody asked the villages."
    view.list.setFocus()
    press("c", shift=True)
    with file() as project:
        assert codings.marks(project)[LEND].reason == "Nobody asked the villages."


def test_a_reason_that_is_emptied_leaves_the_mark(view: ContestedView, press: Press, file: File) -> None:
    view.list.choose(1)
    press(Qt.Key.Key_Return)
    view.page.reason.selectAll()
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Return, ctrl=True)
    with file() as project:
        assert codings.marks(project)[1].reason == "Some say compulsory, some do not."
    assert view.page.reason.words() == "Some say compulsory, some do not."


def test_what_is_typed_is_saved_on_going_to_another_issue(
    view: ContestedView, press: Press, file: File, window: MainWindow, qtbot: QtBot
) -> None:
    press("s", shift=True)
    assert view.page.statement.hasFocus()
    press("Telephones should be lent.")
    view.list.choose(1)  # while the keyboard is still in the box
    idle(qtbot, window)
    assert view.page.statement.words() == ""
    with file() as project:
        assert issues.texts(project)[LEND].statement == "Telephones should be lent."
        assert 1 not in issues.texts(project)
    counted(window, qtbot)
    view.list.choose(LEND)
    assert view.page.statement.words() == "Telephones should be lent."
    view.list.setFocus()
    press("z", ctrl=True)
    assert view.page.statement.words() == ""
    with file() as project:
        assert LEND not in issues.texts(project)


@pytest.mark.parametrize(("key", "field"), [("v", "views"), ("p", "ways")])
def test_views_and_ways_forward_have_a_key(view: ContestedView, press: Press, file: File, key: str, field: str) -> None:
    press(key, shift=True)
    press("A pilot in three villages.")
    press(Qt.Key.Key_Return, ctrl=True)
    with file() as project:
        assert getattr(issues.texts(project)[LEND], field) == "A pilot in three villages."


def test_tab_goes_from_one_side_to_the_other(view: ContestedView, press: Press, file: File) -> None:
    view.page.to(view.page.sides.side_for)
    press("Villages need them.", Qt.Key.Key_Tab)
    assert not view.page.sides.side_for.hasFocus()
    view.page.to(view.page.sides.side_against)
    press("They get lost.")
    press(Qt.Key.Key_Return, ctrl=True)
    with file() as project:
        text = issues.texts(project)[LEND]
        assert (text.side_for, text.side_against) == ("Villages need them.", "They get lost.")


def test_escape_puts_back_what_was_there(view: ContestedView, press: Press, file: File) -> None:
    press("v", shift=True)
    press("Nonsense", Qt.Key.Key_Escape)
    assert view.list.hasFocus()
    assert view.page.views.words() == ""
    with file() as project:
        assert issues.texts(project) == {}


def test_a_memo_on_the_issue(view: ContestedView, press: Press, file: File) -> None:
    press("e")
    assert view.page.memo.hasFocus()
    press("Ask the ministry.")
    press(Qt.Key.Key_Return, ctrl=True)
    with file() as project:
        (memo,) = [m for m in codings.memos(project) if m.on == "code"]
        assert (memo.on_id, memo.text) == (LEND, "Ask the ministry.")


def test_closing_the_project_saves_what_is_typed(view: ContestedView, press: Press, file: File) -> None:
    press("e")
    press("Half a thought")
    press("w", ctrl=True)
    with file() as project:
        assert [m.text for m in codings.memos(project)] == ["Half a thought"]


def test_arrows_go_from_quotation_to_quotation(
    view: ContestedView, window: MainWindow, press: Press, file: File, qtbot: QtBot
) -> None:
    window.session.set_current(1)
    press(Qt.Key.Key_Right)
    assert view.page.sides.against.cards[0].hasFocus()
    assert window.session.current == 62
    press("m")  # the stance keys are about the issue that is shown
    with file() as project:
        assert [(c.code_id, c.stance) for c in codings.of_segments(project, [62])[62]] == [(LEND, Stance.MIXED)]
    press(Qt.Key.Key_Left)
    assert view.list.hasFocus()


def test_a_quotation_is_detached_and_undone(
    view: ContestedView, window: MainWindow, press: Press, file: File, qtbot: QtBot
) -> None:
    from ogp_sensemaker.app import coding

    window.jobs.run(coding.code_segments, [5], LEND, stance=Stance.SUPPORT)
    idle(qtbot, window)
    counted(window, qtbot)
    qtbot.waitUntil(lambda: [c.id for c in view.page.sides.favour.cards] == [5])
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Delete)
    with file() as project:
        assert 5 not in codings.of_segments(project, [5])
    counted(window, qtbot)
    qtbot.waitUntil(lambda: view.page.sides.favour.cards == [])
    view.list.setFocus()
    press("z", ctrl=True)
    with file() as project:
        assert [c.stance for c in codings.of_segments(project, [5])[5]] == [Stance.SUPPORT]


def test_what_an_author_wrote_under_a_proposal_is_not_detached(
    view: ContestedView, window: MainWindow, press: Press
) -> None:
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Delete)
    assert "not coded" in window.message.words.text()
    assert view.page.sides.against.cards


def test_a_quotation_is_clicked(view: ContestedView, window: MainWindow, qtbot: QtBot) -> None:
    window.session.set_current(1)
    qtbot.mouseClick(view.page.sides.against.cards[0], Qt.MouseButton.LeftButton)
    assert window.session.current == 62


def test_numbers_lead_to_the_comments_behind_them(view: ContestedView, window: MainWindow, qtbot: QtBot) -> None:
    row = next(r for r in view.page.groups.rows() if r.about.value == "Private sector")
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert window.place == "comments"
    assert window.session.where == SegmentFilter(about=(LEND,), attributes=(("sector", "Private sector"),))
    assert list(window.places.comments.model.ids) == [62]
    window.go("contested")
    qtbot.mouseClick(view.page.marks._sides[-1], Qt.MouseButton.LeftButton)
    assert list(window.places.comments.model.ids) == [62]


def test_a_bar_leads_to_the_comments_of_its_people(
    view: ContestedView, window: MainWindow, press: Press, qtbot: QtBot
) -> None:
    bars = view.page.groups.histogram
    bars.setFocus()
    press(*[Qt.Key.Key_Right] * 10)
    press(Qt.Key.Key_Return)  # the six people for it; two of them wrote something under it
    assert list(window.places.comments.model.ids) == [61, 62]
    window.go("contested")
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(bars.width() * 3 // 22, 10))
    assert window.place == "contested"
    assert "wrote nothing" in window.status.said.text()


def test_space_lists_the_comments(view: ContestedView, window: MainWindow, press: Press) -> None:
    view.list.setFocus()
    press(Qt.Key.Key_Space)
    assert list(window.places.comments.model.ids) == [61, 62]


def test_words_are_narrowed_by_group_and_the_figures_are_not(
    view: ContestedView, window: MainWindow, qtbot: QtBot
) -> None:
    view.page.filter.menu.aboutToShow.emit()
    titles = [action.text() for action in view.page.filter.menu.actions()]
    assert "Sector" in titles
    assert "Region" not in titles  # everybody is of one region
    view.page.filter.show_filter(SegmentFilter(attributes=(("sector", "Government"),)))
    qtbot.waitUntil(lambda: view.page.sides.against.cards == [])
    assert view.page.issue is not None
    assert view.page.issue.contest.n == 10
    view.page.filter.show_filter(SegmentFilter(channels=("Platform",)))
    qtbot.waitUntil(lambda: [c.id for c in view.page.sides.against.cards] == [62])


def test_comments_are_attached_for_and_against(window: MainWindow, press: Press, file: File, qtbot: QtBot) -> None:
    press("j", "j", "i")
    finder = window.places.issue_finder
    assert finder.isVisible()
    press("telephones")
    assert finder.list.item(0).text() == "Telephones"  # issues come before proposals
    press(Qt.Key.Key_Return)
    press("j", "i")
    press("lend")
    press(Qt.Key.Key_Return, shift=True)
    with file() as project:
        found = codings.of_segments(project, [3, 4])
        assert [(c.code_id, c.stance) for c in found[3]] == [(5, Stance.SUPPORT)]
        assert [(c.code_id, c.stance) for c in found[4]] == [(LEND, Stance.OPPOSE)]
    assert not finder.isVisible()
    press("z", ctrl=True)
    with file() as project:
        assert 4 not in codings.of_segments(project, [4])


def test_comments_are_attached_by_mouse(window: MainWindow, press: Press, file: File, qtbot: QtBot) -> None:
    press("j", "j", "i")
    finder = window.places.issue_finder
    qtbot.mouseClick(finder.list.viewport(), Qt.MouseButton.LeftButton, pos=finder.list.visualItemRect(finder.list.item(0)).center())  # fmt: skip  # noqa: E501
    assert finder.isVisible()  # a click chooses
    qtbot.mouseClick(finder.sides[None], Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    with file() as project:
        assert [(c.code_id, c.stance) for c in codings.of_segments(project, [3])[3]] == [(5, None)]


def test_selected_comments_make_a_new_issue_in_one_step(window: MainWindow, press: Press, file: File) -> None:
    press(Qt.Key.Key_Down, shift=True)
    press("i")
    press("Weekend courses", Qt.Key.Key_End)
    press(Qt.Key.Key_Return, shift=True)
    with file() as project:
        code = max(codebook.codes(project).values(), key=lambda c: c.id)
        assert (code.name, code.kind) == ("Weekend courses", CodeKind.ISSUE)
        found = codings.of_segments(project, [1, 2])
        assert [c.stance for s in (1, 2) for c in found[s] if c.code_id == code.id] == [Stance.OPPOSE] * 2
    press("z", ctrl=True)
    with file() as project:
        assert code.id not in codebook.codes(project)


def test_an_issue_is_written_and_undone_in_one_step(
    view: ContestedView, window: MainWindow, press: Press, file: File, qtbot: QtBot
) -> None:
    press("i", shift=True)
    form = window.places.issue_form
    press("Compulsory courses", Qt.Key.Key_Return)
    press("Courses should be compulsory.", Qt.Key.Key_Tab)
    press("Otherwise nobody comes.", Qt.Key.Key_Tab)
    press("People have no time.")
    press(Qt.Key.Key_Return, ctrl=True)
    assert not form.isVisible()
    with file() as project:
        code = max(codebook.codes(project).values(), key=lambda c: c.id)
        text = issues.texts(project)[code.id]
    assert code.name == "Compulsory courses"
    assert (text.statement, text.side_for) == ("Courses should be compulsory.", "Otherwise nobody comes.")
    assert text.side_against == "People have no time."
    counted(window, qtbot)
    assert view.list.key() == code.id
    assert view.page.statement.words() == "Courses should be compulsory."
    view.list.setFocus()
    press("z", ctrl=True)
    with file() as project:
        assert code.id not in codebook.codes(project)
        assert issues.texts(project) == {}


def test_a_name_that_is_taken_loses_nothing(view: ContestedView, window: MainWindow, press: Press) -> None:
    press("i", shift=True)
    form = window.places.issue_form
    press("Telephones", Qt.Key.Key_Return)
    press("They should be lent.")
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.isVisible()
    assert "Telephones" in window.message.words.text()
    press(Qt.Key.Key_Escape)
    press("i", shift=True)
    assert form.statement.toPlainText() == "They should be lent."


def test_new_ideas_become_a_theme(
    view: ContestedView, window: MainWindow, press: Press, file: File, qtbot: QtBot
) -> None:
    view.show_list(Which.IDEAS)
    assert view.list.count() > 0
    ids = view.idea.ids
    assert window.session.current in ids
    press(Qt.Key.Key_Return)
    form = window.places.issue_form
    assert form.isVisible()
    assert not form.statement.isVisible()
    form.name.setText("Something new")
    press(Qt.Key.Key_Return)
    with file() as project:
        code = max(codebook.codes(project).values(), key=lambda c: c.id)
        assert (code.name, code.kind) == ("Something new", CodeKind.THEME)
        assert set(codings.of_segments(project, ids)) == set(ids)
    counted(window, qtbot)
    view.list.setFocus()
    press("z", ctrl=True)
    with file() as project:
        assert codings.of_segments(project, ids) == {}
        assert code.id not in codebook.codes(project)


def test_a_new_idea_is_read_in_place_and_listed(view: ContestedView, window: MainWindow, press: Press) -> None:
    view.show_list(Which.IDEAS)
    press(Qt.Key.Key_Right)
    assert view.idea._quotes.cards[0].hasFocus()
    press(Qt.Key.Key_Escape, Qt.Key.Key_Space)
    assert window.place == "comments"
    assert set(window.places.comments.model.ids) == set(view.idea.ids)


def test_a_group_whose_stances_split_becomes_an_issue(
    window: MainWindow, press: Press, file: File, qtbot: QtBot
) -> None:
    from ogp_sensemaker.app import coding

    for ids, stance in (([1, 9, 17], Stance.SUPPORT), ([25, 33, 41], Stance.OPPOSE)):
        window.jobs.run(coding.code_segments, ids, 4, stance=stance)
    press("5", ctrl=True)
    counted(window, qtbot)
    view = window.places.contested
    view.show_list(Which.SUGGESTED)
    assert view.list.count() == 1
    assert view.idea.cluster == 1
    press("i", shift=True)
    press("How long courses are", Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, ctrl=True)
    with file() as project:
        code = max(codebook.codes(project).values(), key=lambda c: c.id)
        assert (code.name, code.kind) == ("How long courses are", CodeKind.ISSUE)
        found = codings.of_segments(project, [9, 25])
        assert [c.stance for s in (9, 25) for c in found[s] if c.code_id == code.id] == [Stance.SUPPORT, Stance.OPPOSE]
    press("z", ctrl=True)
    with file() as project:
        assert code.id not in codebook.codes(project)


def test_shift_l_goes_to_the_next_list_that_holds_something(view: ContestedView, press: Press) -> None:
    press("l", shift=True)
    assert view._which is not Which.DIVIDED
    for _ in Which:
        assert view._lists.size(view._which)
        press("l", shift=True)


def machine_says(path: object, segment: int, code: int, stance: Stance) -> None:
    """A stance as the machine would suggest it, without the machine."""
    from pathlib import Path

    from ogp_sensemaker.app.gathered import gather
    from ogp_sensemaker.store.project import open_for_writing

    with open_for_writing(Path(str(path)), "Ana") as project, project.writing():
        target = gather(project).target(code)
        words = derived.words_hash(f"{target}\n{gather(project).segments[segment].reading}")
        made = MachineStance(segment, code, stance, 0.83, 0.8 if stance is Stance.SUPPORT else -0.8, words, "test+0")
        issues.save_machine_stances(project, [made])
        project.set_meta("stances_made", "test+0")


def test_the_machines_stances_are_off_marked_and_decided(
    empty_window: MainWindow, path: object, qtbot: QtBot, file: File
) -> None:
    from pathlib import Path

    machine_says(path, 1, 1, Stance.SUPPORT)
    window = empty_window
    with qtbot.waitSignal(window.session.opened):
        window.commands.open_path(Path(str(path)))
    idle(qtbot, window)
    window.go("contested")
    counted(window, qtbot)
    view = window.places.contested
    view.list.choose(1)
    assert not view.machine.isChecked()
    assert not view._notice.isVisible()
    assert view.page.sides.favour.cards == []
    qtbot.keyClick(view.list, "b", Qt.KeyboardModifier.ShiftModifier)
    assert view.machine.isChecked()
    assert view._notice.isVisible()
    counted(window, qtbot)
    qtbot.waitUntil(lambda: [c.id for c in view.page.sides.favour.cards] == [1])
    card = view.page.sides.favour.cards[0]
    assert card.is_machine
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_X)
    idle(qtbot, window)
    with file() as project:
        assert issues.rejected(project) == {(1, 1, "support")}
    counted(window, qtbot)
    qtbot.waitUntil(lambda: view.page.sides.favour.cards == [])
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, window)
    counted(window, qtbot)
    qtbot.waitUntil(lambda: [c.id for c in view.page.sides.favour.cards] == [1])
    view.page.sides.favour.cards[0].setFocus()
    qtbot.keyClick(view.page.sides.favour.cards[0], Qt.Key.Key_Return)
    idle(qtbot, window)
    with file() as project:
        assert [(c.code_id, c.stance, c.coder) for c in codings.of_segments(project, [1])[1]] == [
            (1, Stance.SUPPORT, "Ana")
        ]


def test_counting_is_stopped_and_taken_up_again(window: MainWindow, press: Press, qtbot: QtBot) -> None:
    view = window.places.contested
    window.go("contested")
    assert view.figures.counting
    view.stop()
    assert not view.figures.counting
    assert "Not counted" in view._about.text()
    view._on_stop()  # the button says "Count again"
    counted(window, qtbot)
    assert view.list.count() > 0


def test_decisions_go_in_between_the_steps_of_a_count(window: MainWindow, file: File, qtbot: QtBot) -> None:
    window.go("contested")
    window.decisions.memo("Meanwhile", 1)  # touches no figure: the count goes on
    assert window.places.contested.figures.counting
    counted(window, qtbot)
    with file() as project:
        assert [m.text for m in codings.memos(project)] == ["Meanwhile"]


def test_figures_are_counted_once_until_something_changes(
    view: ContestedView, window: MainWindow, press: Press
) -> None:
    before = view.figures.counted
    press("6", ctrl=True)
    press("5", ctrl=True)
    assert view.figures.counted is before
    window.decisions.memo("No figure rests on it", 1)
    assert view.figures.counted is before


def test_without_positions_a_sentence_says_what_to_do(empty_window: MainWindow, tmp_path: object, qtbot: QtBot) -> None:
    from pathlib import Path

    from ogp_sensemaker.store.project import create

    path = Path(str(tmp_path)) / "empty.ogps"
    create(path, "Ana", ("en",)).close()
    with qtbot.waitSignal(empty_window.session.opened):
        empty_window.commands.open_path(path)
    empty_window.go("contested")
    counted(empty_window, qtbot)
    assert "Nobody has taken a position" in empty_window.places.contested._nothing.text()
    assert not empty_window.places.contested._frame.isVisible()
