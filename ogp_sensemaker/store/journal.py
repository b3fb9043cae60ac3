"""Undo and audit: TEMP triggers copy each decision row before and after, under the current action.

After sqlite.org's "Automatic Undo/Redo" technique, with whole rows as JSON instead of SQL text.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ogp_sensemaker.errors import NotFound, ProjectError

if TYPE_CHECKING:
    from ogp_sensemaker.store.project import Project

DECISION_TABLES = (
    "code", "coding", "rejection", "memo", "contested", "issue_text", "stance_rejection", "translation", "memory",
    "glossary", "pin", "regrouping",
)  # fmt: skip
UNDOABLE = "kind = 'decision'"


@dataclass(frozen=True, slots=True)
class Changes:
    """What an action did: its id, its summary and the tables it touched."""

    action_id: int
    summary: str
    tables: frozenset[str]
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history."""

    action_id: int
    made: str
    coder: str
    summary: str
    kind: str
    undoes: int | None
    undone_by: int | None
    changes: int


@dataclass(frozen=True, slots=True)
class Detail:
    """One row that an action altered."""

    action_id: int
    table: str
    row_id: int
    before: dict[str, object] | None
    after: dict[str, object] | None


class Action:
    """The action under way; `changes` is set once it has been committed."""

    def __init__(self, id_: int, summary: str) -> None:
        self.id = id_
        self.summary = summary
        self.changes = Changes(id_, summary, frozenset())


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The names of a table's columns."""
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def attach(connection: sqlite3.Connection) -> None:
    """Make the triggers from the live schema; they vanish with the connection."""
    connection.execute("CREATE TEMP TABLE current_action (id INTEGER NOT NULL)")
    for table in DECISION_TABLES:
        names = columns(connection, table)
        row = {side: _as_json(side, names) for side in ("old", "new")}
        # A NULL action id breaks the NOT NULL of change.action_id: writing outside an action fails.
        into = "INSERT INTO change (action_id, tbl, row_id, before, after) VALUES ((SELECT id FROM current_action),"
        connection.executescript(f"""
            CREATE TEMP TRIGGER {table}_inserted AFTER INSERT ON main.{table} BEGIN
                {into} '{table}', new.id, NULL, {row["new"]}); END;
            CREATE TEMP TRIGGER {table}_updated AFTER UPDATE ON main.{table} WHEN {row["old"]} IS NOT {row["new"]} BEGIN
                {into} '{table}', new.id, {row["old"]}, {row["new"]}); END;
            CREATE TEMP TRIGGER {table}_deleted AFTER DELETE ON main.{table} BEGIN
                {into} '{table}', old.id, {row["old"]}, NULL); END;
        """)


def _as_json(side: str, names: list[str]) -> str:
    pairs = ", ".join(f"'{name}', {side}.\"{name}\"" for name in names)
    return f"json_object({pairs})"


def _quoted(names: list[str], after: str = "") -> str:
    return ", ".join(f'"{name}"{after}' for name in names)


@contextmanager
def action(project: "Project", summary: str, kind: str, undoes: int | None = None) -> Iterator[Action]:
    """One named step of work in one transaction; rolled back as a whole if anything goes wrong."""
    connection = project.connection
    if connection.in_transaction:
        raise RuntimeError("an action is already under way")
    with project.writing():
        # Looked up each time: one that was made in an action that failed is gone with it.
        project.coder_id = project.coder_named(project.coder)
        cursor = connection.execute(
            "INSERT INTO action (made, coder_id, summary, kind, undoes) VALUES (?, ?, ?, ?, ?)",
            (project.now(), project.coder_id, summary, kind, undoes),
        )
        found = Action(int(cursor.lastrowid or 0), summary)
        connection.execute("INSERT INTO temp.current_action VALUES (?)", (found.id,))
        yield found
        connection.execute("DELETE FROM temp.current_action")
        if found.summary != summary:
            connection.execute("UPDATE action SET summary = ? WHERE id = ?", (found.summary, found.id))
        # Through the index on the action: grouping would tempt SQLite to read the whole history by table instead.
        touched = connection.execute(
            "SELECT tbl, count(*) FROM change INDEXED BY change_action WHERE action_id = ? GROUP BY tbl", (found.id,)
        ).fetchall()
        found.changes = Changes(found.id, found.summary, frozenset(t for t, _ in touched), sum(n for _, n in touched))


def revert(project: "Project", action_id: int, summary: str | None = None) -> Changes:
    """Apply an action's changes backwards, as a new action.

    Raises NotFound for an action that is not there, ProjectError where there is nothing to revert or a row
    has been changed since by an action that still stands.
    """
    connection = project.connection
    found = connection.execute("SELECT summary, kind FROM action WHERE id = ?", (action_id,)).fetchone()
    if found is None:
        raise NotFound(f"There is no action {action_id} in the history.")
    if found[1] not in ("decision", "undo"):
        raise ProjectError(
            f"“{found[0]}” cannot be undone: only decisions can. Remove the source or run again instead."
        )
    rows = connection.execute(
        "SELECT tbl, row_id, before, after FROM change WHERE action_id = ? ORDER BY id DESC", (action_id,)
    ).fetchall()
    if not rows:
        raise ProjectError(f"“{found[0]}” changed nothing, so there is nothing to undo.")
    _refuse_if_altered_since(connection, action_id, str(found[0]))
    with action(project, summary or f"Undo: {found[0]}", "undo", undoes=action_id) as done:
        # Rows come back in an order in which a parent may follow its child.
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for table, row_id, before, after in rows:
            _apply(connection, table, row_id, before, after)
    return done.changes


def _refuse_if_altered_since(connection: sqlite3.Connection, action_id: int, summary: str) -> None:
    """A row may only go back if it is as this action left it."""
    left: dict[str, dict[int, str | None]] = {}
    for table, row_id, after in connection.execute(
        "SELECT tbl, row_id, after FROM change WHERE action_id = ? ORDER BY id", (action_id,)
    ):
        left.setdefault(table, {})[row_id] = after
    for table, rows in left.items():
        now = _rows(connection, table, list(rows))
        if any(now.get(row_id) != after for row_id, after in rows.items()):
            raise ProjectError(
                f"“{summary}” cannot be undone on its own: what it changed has been changed since. "
                "Undo the later steps first."
            )


def _rows(connection: sqlite3.Connection, table: str, wanted: list[int]) -> dict[int, str]:
    """Rows of a decision table as the journal writes them, by id."""
    as_json = _as_json(table, columns(connection, table))
    sql = f"SELECT id, {as_json} FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(sql, (json.dumps(wanted),)).fetchall())


def _apply(connection: sqlite3.Connection, table: str, row_id: int, before: str | None, after: str | None) -> None:
    if table not in DECISION_TABLES:
        raise ProjectError(f"The history speaks of a table {table} that this version does not know.")
    if before is None:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        return
    row = json.loads(before)
    names = list(row)
    if after is None:
        marks = ", ".join("?" * len(names))
        sql = f"INSERT INTO {table} ({_quoted(names)}) VALUES ({marks})"
        connection.execute(sql, [row[n] for n in names])
    else:
        sql = f"UPDATE {table} SET {_quoted(names, ' = ?')} WHERE id = ?"
        connection.execute(sql, [*(row[n] for n in names), row_id])


def undoable(project: "Project") -> Entry | None:
    """The latest decision that still stands, or None."""
    stack, _ = _stacks(project.connection)
    return entry(project, stack[-1]) if stack else None


def redoable(project: "Project") -> Entry | None:
    """The undo that `redo` would take back, or None: a new decision clears it."""
    _, stack = _stacks(project.connection)
    return entry(project, stack[-1]) if stack else None


def _stacks(connection: sqlite3.Connection) -> tuple[list[int], list[int]]:
    """Ids of the decisions (or redos) that undo would take next, and of the undos that redo would; the last is next."""
    done: list[int] = []
    undone: list[int] = []
    sql = (
        "SELECT a.id, a.kind, a.undoes FROM action a WHERE a.kind IN ('decision', 'undo') "
        "AND EXISTS (SELECT 1 FROM change c WHERE c.action_id = a.id) ORDER BY a.id"
    )
    for id_, kind, undoes in connection.execute(sql):
        if kind == "decision":
            done.append(id_)
            undone.clear()
        elif undoes in done:  # an undo
            done.remove(undoes)
            undone.append(id_)
        elif undoes in undone:  # a redo: it stands where the decision stood
            undone.remove(undoes)
            done.append(id_)
    return done, undone


def undo(project: "Project") -> Changes:
    """Take back the latest decision that still stands. Raises ProjectError when there is none."""
    last = undoable(project)
    if last is None:
        raise ProjectError("There is nothing to undo.")
    return revert(project, last.action_id, f"Undo: {_plain(last.summary)}")


def redo(project: "Project") -> Changes:
    """Take back the latest undo. Raises ProjectError when there is none."""
    last = redoable(project)
    if last is None:
        raise ProjectError("There is nothing to redo.")
    return revert(project, last.action_id, f"Redo: {_plain(last.summary)}")


def _plain(summary: str) -> str:
    for prefix in ("Undo: ", "Redo: "):
        summary = summary.removeprefix(prefix)
    return summary


_ENTRY = (
    "SELECT a.id, a.made, c.name, a.summary, a.kind, a.undoes, "
    "(SELECT max(u.id) FROM action u WHERE u.undoes = a.id), "
    "(SELECT count(*) FROM change h WHERE h.action_id = a.id) "
    "FROM action a JOIN coder c ON c.id = a.coder_id "
)


def entry(project: "Project", action_id: int) -> Entry | None:
    """One line of the history."""
    row = project.connection.execute(_ENTRY + "WHERE a.id = ?", (action_id,)).fetchone()
    return None if row is None else Entry(*row)


def history(project: "Project", segment_id: int | None = None, limit: int | None = None) -> list[Entry]:
    """The actions, oldest first; of one segment: those that altered a decision on it, and its import."""
    if segment_id is None:
        sql = _ENTRY + "ORDER BY a.id DESC LIMIT ?"
        rows = project.connection.execute(sql, (-1 if limit is None else limit,)).fetchall()
        return [Entry(*row) for row in reversed(rows)]
    sql = _ENTRY + (
        "WHERE a.id IN (SELECT action_id FROM change WHERE "
        "json_extract(coalesce(after, before), '$.segment_id') = :segment AND tbl <> 'code') ORDER BY a.id"
    )
    return [Entry(*row) for row in project.connection.execute(sql, {"segment": segment_id})]


def details(project: "Project", action_id: int) -> list[Detail]:
    """The rows that an action altered, in order."""
    rows = project.connection.execute(
        "SELECT action_id, tbl, row_id, before, after FROM change WHERE action_id = ? ORDER BY id",
        (action_id,),
    )
    return [
        Detail(a, t, r, None if b is None else json.loads(b), None if f is None else json.loads(f))
        for a, t, r, b, f in rows
    ]


def last_work(project: "Project") -> tuple[str, int]:
    """Time and id of the last action that is no export; ("", 0) in an empty project."""
    made, id_ = project.connection.execute(
        "SELECT coalesce(max(made), ''), coalesce(max(id), 0) FROM action WHERE kind <> 'export'"
    ).fetchone()
    return str(made), int(id_)
