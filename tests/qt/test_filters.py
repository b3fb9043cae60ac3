"""Search and filter, by typing and by clicking."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.qt.main_window import MainWindow
from tests.qt.conftest import Press, idle


def listed(window: MainWindow) -> list[int]:
    return list(window.places.comments.model.ids)


def chip(window: MainWindow, words: str) -> QPushButton:
    found = [
        b
        for b in window.places.comments.bar.findChildren(QPushButton)
        if words in b.accessibleName() and not b.isHidden()
    ]
    assert found, words
    return found[0]


def test_typing_searches_without_accents(window: MainWindow, press: Press, qtbot: QtBot) -> None:
    press("/")
    qtbot.keyClicks(window.places.comments.bar.search, "vetendas")
    qtbot.waitUntil(lambda: listed(window) == [8, 32, 56])
    press(Qt.Key.Key_Return)
    assert window.places.comments.table.hasFocus()
    assert window.session.current == 8


def test_what_was_decided_by_typing_s_in_the_search_is_nothing(window: MainWindow, press: Press) -> None:
    press("/", "soon")
    assert window.places.comments.bar.search.text() == "soon"
    assert not window.jobs.busy
    assert window.session.project.connection.execute(
        "SELECT count(*) FROM coding WHERE stance = 'support'"
    ).fetchone() == (0,)


def test_quick_chips_narrow_and_widen(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(chip(window, "Not coded"), Qt.MouseButton.LeftButton)
    assert len(listed(window)) == 60
    qtbot.mouseClick(chip(window, "Unreviewed"), Qt.MouseButton.LeftButton)
    assert len(listed(window)) == 15
    qtbot.mouseClick(chip(window, "Not coded"), Qt.MouseButton.LeftButton)
    assert window.session.where == SegmentFilter(unreviewed=True)
    assert "15 of 62" in window.places.comments.count.text()


def test_the_menu_offers_what_the_project_holds(window: MainWindow) -> None:
    bar = window.places.comments.bar
    bar._fill()
    menus = {action.text(): action.menu() for action in bar.menu.actions() if action.menu()}
    languages = [a.text() for a in menus["Language"].actions()]
    assert languages[0].startswith("English")
    next(a for a in menus["Language"].actions() if a.text().startswith("Arabic")).trigger()
    assert listed(window) == [12, 24, 36, 48, 60]
    bar._fill()
    stance = next(a for a in bar.menu.actions() if a.text() == "Stance").menu()
    next(a for a in stance.actions() if a.text() == "Oppose").trigger()
    assert window.session.where.stances == (Stance.OPPOSE,)
    assert listed(window) == []
    assert window.places.comments._empty.isVisible()
    chip(window, "Arabic").click()
    assert listed(window) == [2]


def test_an_empty_list_says_why_and_offers_the_way_out(window: MainWindow, qtbot: QtBot) -> None:
    window.session.show(SegmentFilter(words="zzz"))
    assert "No comment matches" in window.places.comments._why_empty.text()
    qtbot.mouseClick(window.places.comments._clear, Qt.MouseButton.LeftButton)
    assert len(listed(window)) == 62


def test_every_field_of_a_filter_is_a_chip_that_takes_it_out(window: MainWindow) -> None:
    from ogp_sensemaker.qt.filter_words import chips

    full = SegmentFilter(
        words="grants", codes=(1,), suggested=(2,), stances=(Stance.MIXED,), languages=("az",), channels=("Platform",),
        sources=(1,), attributes=(("sector", "Government"),), about=(6,), cluster=1, coded=True, contested=True,
        unreviewed=True, flagged=True, duplicate=True, concern=True, voice=True, confidence=(0.7, 1.0),
    )  # fmt: skip
    window.session.show(full)
    found = list(chips(window.session))
    assert len(found) == 18
    for words, without in found:
        assert words
        assert without != full


def test_a_decision_does_not_pull_the_row_away(window: MainWindow, press: Press, qtbot: QtBot) -> None:
    qtbot.mouseClick(chip(window, "Not coded"), Qt.MouseButton.LeftButton)
    window.places.comments.table.setFocus()
    press("2")
    assert 3 in listed(window)  # still there, now with its code
    press(Qt.Key.Key_F5)
    assert 3 not in listed(window)


def test_search_by_meaning_ranks_by_nearness(window: MainWindow, qtbot: QtBot, monkeypatch: object) -> None:
    from ogp_sensemaker.app import searching
    from ogp_sensemaker.store import segments

    def nearest(project: object, words: str, limit: int) -> list[tuple[object, float]]:
        return [(s, 0.5) for s in segments.page(project, [7, 3, 5])]  # type: ignore[arg-type]

    monkeypatch.setattr(searching, "by_meaning", nearest)  # type: ignore[attr-defined]
    bar = window.places.comments.bar
    bar.meaning.click()
    qtbot.keyClicks(bar.search, "money for villages")
    qtbot.keyClick(bar.search, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert listed(window) == [7, 3, 5]
    chip(window, "Near in meaning").click()
    assert len(listed(window)) == 62


def test_the_context_of_a_code_opens_its_comments(window: MainWindow, press: Press) -> None:
    window.codebook.tree.setFocus()
    window.codebook.tree.setCurrentIndex(window.codebook.model.index_of(1))
    press(Qt.Key.Key_Return)
    assert listed(window) == [1, 2]
