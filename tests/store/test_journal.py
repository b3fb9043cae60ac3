"""Undo and audit: whatever is done, in whatever order, can be taken back, and stays to be seen."""

import json
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogp_sensemaker.app import codebook as codes
from ogp_sensemaker.app import coding, history, ingest
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.errors import NotFound, ProjectError, SensemakerError
from ogp_sensemaker.store import codebook, codings, journal
from ogp_sensemaker.store.journal import DECISION_TABLES
from ogp_sensemaker.store.project import Project, create, open_for_writing
from tests.conftest import intake


def decisions(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every decision table."""
    return {t: project.connection.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in DECISION_TABLES}


def test_writing_outside_an_action_fails(consultation: Project) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"change\.action_id"):
        codings.add(consultation, [1], 1)
    assert consultation.connection.execute("SELECT count(*) FROM coding").fetchone() == (0,)


def test_an_action_that_fails_leaves_nothing(consultation: Project) -> None:
    def half() -> None:
        with consultation.action("Half"):
            codings.add(consultation, [1], 1)
            raise RuntimeError("our own mistake")

    with pytest.raises(RuntimeError, match="our own mistake"):
        half()
    assert decisions(consultation)["coding"] == []
    assert all(entry.summary != "Half" for entry in journal.history(consultation))


def test_undo_and_redo_survive_closing(consultation: Project) -> None:
    coding.code_segments(consultation, [1, 2], 1, stance=Stance.SUPPORT)
    coding.write_memo(consultation, "Who is this?", segment_id=2)
    before = decisions(consultation)
    path = consultation.path
    consultation.close()
    with open_for_writing(path, "Ben") as again:
        history.undo(again)
        assert again.connection.execute("SELECT count(*) FROM memo").fetchone() == (0,)
        history.undo(again)
        assert decisions(again)["coding"] == []
    with open_for_writing(path, "Ana") as again:
        history.redo(again)
        history.redo(again)
        assert decisions(again) == before
        with pytest.raises(ProjectError, match="nothing to redo"):
            history.redo(again)
        trail = [(e.coder, e.kind, e.undone_by is not None) for e in journal.history(again)][-6:]
    assert trail[2] == ("Ben", "undo", True)  # who undid it is still to be seen


def test_a_new_decision_clears_redo(consultation: Project) -> None:
    coding.code_segments(consultation, [1], 1)
    history.undo(consultation)
    coding.code_segments(consultation, [2], 1)
    assert journal.redoable(consultation) is None
    with pytest.raises(ProjectError, match="nothing to redo"):
        history.redo(consultation)


def test_imports_and_machine_runs_are_not_undone(consultation: Project) -> None:
    with pytest.raises(ProjectError, match="nothing to undo"):
        history.undo(consultation)


def test_an_old_action_can_be_reverted_only_while_nothing_rests_on_it(consultation: Project) -> None:
    first = coding.code_segments(consultation, [1], 1)
    coding.code_segments(consultation, [2], 1)
    history.revert(consultation, first.action_id)
    assert [row[1] for row in decisions(consultation)["coding"]] == [2]
    second = coding.code_segments(consultation, [3], 1)
    coding.set_stance(consultation, [3], 1, Stance.OPPOSE)
    with pytest.raises(ProjectError, match="changed since"):
        history.revert(consultation, second.action_id)
    with pytest.raises(NotFound, match="no action 999"):
        history.revert(consultation, 999)


def test_deleting_a_code_brings_back_its_tree_and_codings(consultation: Project) -> None:
    coding.code_segments(consultation, [1, 2, 3], 2, stance=Stance.MIXED, concern=True)
    coding.write_memo(consultation, "Broad.", code_id=1)
    before = decisions(consultation)
    codes.delete_code(consultation, 1)
    assert [row[4] for row in decisions(consultation)["code"]] == ["Local"]
    assert decisions(consultation)["coding"] == []
    history.undo(consultation)
    assert decisions(consultation) == before
    assert consultation.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_history_of_a_segment_names_each_decision(consultation: Project) -> None:
    coding.code_segments(consultation, [1], 2, stance=Stance.SUPPORT)
    coding.set_stance(consultation, [1], 2, Stance.OPPOSE)
    coding.code_segments(consultation, [2], 2)
    history.undo(consultation)
    steps = history.story(consultation, 1)
    assert "Import notes/a.txt" in steps[0].what
    assert [s.what.split(": ")[-1] for s in steps[1:]] == [
        "coding “Learning > Courses”, support made",
        "coding changed from “Learning > Courses”, support to “Learning > Courses”, oppose",
    ]
    assert [s.who for s in steps[1:]] == ["Ana", "Ana"]


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "add",
                "code",
                "stance",
                "uncode",
                "rename",
                "move",
                "merge",
                "split",
                "delete",
                "memo",
                "mark",
                "undo",
                "redo",
            ]
        ),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=25,
)


def perform(project: Project, name: str, a: int, b: int) -> None:
    """One operation on whatever is there; what it refuses, it refuses in words."""
    known = list(codebook.codes(project))
    segment = 1 + a % 6
    code = known[b % len(known)] if known else 0
    other = known[a % len(known)] if known else 0
    match name:
        case "add":
            codes.add_code(project, f"Code {a}{b}", CodeKind.THEME, code or None)
        case "code":
            coding.code_segments(project, [segment, 1 + b % 6], code, stance=list(Stance)[a % 4])
        case "stance":
            coding.set_stance(project, [segment], code, list(Stance)[a % 4] if a % 2 else None)
        case "uncode":
            coding.uncode_segments(project, [segment], code)
        case "rename":
            codes.rename_code(project, code, f"Name {a}")
        case "move":
            codes.move_code(project, code, None if a % 3 == 0 else other)
        case "merge":
            codes.merge_codes(project, code, other)
        case "split":
            codes.split_code(project, code, f"Split {a}{b}", [segment])
        case "delete":
            codes.delete_code(project, code)
        case "memo":
            coding.write_memo(project, "" if a % 4 == 0 else f"Memo {a}", segment_id=segment)
        case "mark":
            coding.mark_contested(project, code, coding.MARKS[a % 3] if a % 4 else "", "because")
        case "undo":
            history.undo(project)
        case "redo":
            history.redo(project)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(OPERATIONS)
def test_undoing_everything_and_redoing_it(operations: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder, create(Path(folder) / "p.ogps", "Ana") as project:
        ingest.save(project, intake(*(f"Remark number {n}." for n in range(6))))
        with project.action("Codebook", "import"):
            top = codebook.add(project, "Top", CodeKind.DIRECTION)
            codebook.add(project, "Below", CodeKind.THEME, top)
        start = decisions(project)
        refusals: list[str] = []
        for name, a, b in operations:
            try:
                perform(project, name, a, b)
            except SensemakerError as refused:
                refusals.append(str(refused))
        end = decisions(project)
        assert all(refusals)
        steps = 0
        while journal.undoable(project):
            history.undo(project)
            steps += 1
        assert decisions(project) == start
        for _ in range(steps):
            history.redo(project)
        assert decisions(project) == end
        assert project.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert_complete(project)


def assert_complete(project: Project) -> None:
    """The trail alone gives today's rows: nothing was altered that it does not tell."""
    state: dict[tuple[str, int], object] = {}
    for table, row, after in project.connection.execute("SELECT tbl, row_id, after FROM change ORDER BY id"):
        state[table, row] = json.loads(after) if after else None
    for table in DECISION_TABLES:
        names = journal.columns(project.connection, table)
        quoted = ", ".join(f'"{name}"' for name in names)
        for values in project.connection.execute(f"SELECT {quoted} FROM {table}"):
            assert state.pop((table, values[0])) == dict(zip(names, values, strict=True))
    assert all(row is None for row in state.values())
