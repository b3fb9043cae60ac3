"""The project file: create, open, lock, close; who is coding; the one transaction."""

import json
import os
import socket
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from ogp_sensemaker.domain.folding import fold
from ogp_sensemaker.errors import ProjectError
from ogp_sensemaker.store import journal

APPLICATION_ID = 0x4F475053  # "OGPS"
VERSION = 1
SUFFIX = ".ogps"
_SCHEMA = Path(__file__).with_name("schema.sql")


class Project:
    """An open project file. `connection` reads; writing happens inside `action` alone."""

    def __init__(self, path: Path, connection: sqlite3.Connection, coder: str, lock: FileLock | None) -> None:
        self.path = path
        self.connection = connection
        self.writable = lock is not None
        self._lock = lock
        self._coder = coder
        self.coder_id = 0  # of the person at work; known from their first action on

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def coder(self) -> str:
        """The name of the person who is working."""
        return self._coder

    def close(self) -> None:
        """Close the file and let others have it."""
        self.connection.close()
        if self._lock is not None:
            _let_go(self.path, self._lock)

    def action(
        self, summary: str, kind: str = "decision", undoes: int | None = None
    ) -> AbstractContextManager[journal.Action]:
        """One named step of work; see `journal.action`. Raises ProjectError in a project opened for reading."""
        if not self.writable:
            raise ProjectError(f"{self.path.name} is open for reading only, so nothing can be changed in it.")
        return journal.action(self, summary, kind, undoes)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction; rolled back on any error. What the disk or another program refused is a ProjectError."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise _sentence(error, self.path) from error
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException as error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError | sqlite3.DatabaseError) and _known(error):
                raise _sentence(error, self.path) from error
            raise

    def now(self) -> str:
        """The time that goes into the history: UTC, to the second.

        SOURCE_DATE_EPOCH (reproducible-builds.org) sets it, so that a demonstration can be made twice the same.
        """
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        moment = datetime.fromtimestamp(int(epoch), UTC) if epoch and epoch.isdigit() else datetime.now(UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def meta(self, key: str, default: str = "") -> str:
        """A setting of the project."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return default if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Write a setting; inside an action."""
        self.connection.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the project expects, as ISO 639-1 codes."""
        return tuple(json.loads(self.meta("languages", '["en"]')))

    def coder_named(self, name: str, machine: bool = False) -> int:
        """The id of a coder, made if there is none of this name; inside an action."""
        row = self.connection.execute(
            "SELECT id FROM coder WHERE name = ? AND machine = ?", (name, int(machine))
        ).fetchone()
        if row is not None:
            return int(row[0])
        cursor = self.connection.execute(
            "INSERT INTO coder (guid, name, machine) VALUES (?, ?, ?)",
            (str(uuid.uuid4()), name, int(machine)),
        )
        return int(cursor.lastrowid or 0)


DEFAULT_LANGUAGES = ("en", "az", "ar", "fr", "es", "ru", "tr", "pt")
DEFAULT_HOSTS = ("OGP Support Unit",)


def create(
    path: Path,
    coder: str,
    languages: tuple[str, ...] = DEFAULT_LANGUAGES,
    hosts: tuple[str, ...] = DEFAULT_HOSTS,
    name: str = "",
) -> Project:
    """A new, empty project file, open for writing; `name` is what reports are headed with (else the file's name).

    Raises ProjectError if the place is taken or not writable.
    """
    if path.exists():
        raise ProjectError(f"{path} is there already; choose another name, or open it.")
    if not path.parent.is_dir():
        raise ProjectError(f"The folder {path.parent} does not exist; make it first or choose another.")
    lock = _take(path)
    # Made beside its place and moved into it, so that what was cut off is never taken for a project.
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    try:
        connection = _connect(fresh)
        marks = f"BEGIN; PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION};"
        connection.executescript(marks + _SCHEMA.read_text(encoding="utf-8"))
        rows = [("name", name or path.stem), ("languages", json.dumps(languages)), ("hosts", json.dumps(hosts))]
        connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)
        connection.execute("COMMIT")
        connection.close()
        fresh.replace(path)
        connection = _connect(path)
        _prepare(connection)
        return Project(path, connection, coder, lock)
    except sqlite3.Error as error:
        _let_go(path, lock)
        fresh.unlink(missing_ok=True)
        raise _sentence(error, path) from error


def open_for_writing(path: Path, coder: str) -> Project:
    """Open a project and hold it. Raises ProjectError with one sentence for each way in which that can fail."""
    _must_exist(path)
    lock = _take(path)
    try:
        connection = _checked(path)
        if not os.access(path, os.W_OK):
            raise ProjectError(f"{path} is read-only; copy it to a folder where you may write.")
        _prepare(connection)
        return Project(path, connection, coder, lock)
    except BaseException as error:
        _let_go(path, lock)
        if isinstance(error, sqlite3.Error) and _known(error):
            raise _sentence(error, path) from error
        raise


def open_for_reading(path: Path) -> Project:
    """Open a project without holding it: others may write meanwhile, this connection never can."""
    _must_exist(path)
    try:
        connection = _checked(path)
        connection.create_function("fold", 1, fold, deterministic=True)
        connection.execute("PRAGMA query_only = ON")
    except sqlite3.Error as error:
        raise _sentence(error, path) from error
    return Project(path, connection, "", None)


def _must_exist(path: Path) -> None:
    if path.is_dir():
        raise ProjectError(f"{path} is a folder; name a project file that ends in {SUFFIX}.")
    if not path.exists():
        raise ProjectError(f"There is no project {path}; make one with “ogp-sensemaker new {path.name}”.")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    for pragma in (
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _checked(path: Path) -> sqlite3.Connection:
    """A connection to a file that is a sound project of this version."""
    connection = _connect(path)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION_ID:
            raise ProjectError(f"{path} is not an ogp-sensemaker project; choose a file that ends in {SUFFIX}.")
        if version > VERSION:
            raise ProjectError(
                f"{path} was made by a newer version of ogp-sensemaker (file version {version}, this program reads "
                f"{VERSION}); update the program to open it."
            )
        if _foreign_code(connection):
            raise ProjectError(f"{path} holds code that ogp-sensemaker did not write, so it was not opened.")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise ProjectError(f"{path} is damaged; go back to your last copy of it.")
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error):
            raise _sentence(error, path) from error
        raise
    return connection


def _foreign_code(connection: sqlite3.Connection) -> bool:
    """Whether a file that somebody sent has triggers, or views other than the one of our schema."""
    found = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')").fetchall()
    view = _SCHEMA.read_text(encoding="utf-8").partition("CREATE VIEW english")[2].partition(";")[0]
    return found != [("view", "english", f"CREATE VIEW english{view}")]


def _prepare(connection: sqlite3.Connection) -> None:
    """What only the writer needs: functions, the journal and the search index kept up by TEMP triggers."""
    # Triggers may only write to a virtual table when the schema is trusted; `_foreign_code` has seen to it that
    # the file brings none of its own.
    connection.execute("PRAGMA trusted_schema = ON")
    connection.create_function("fold", 1, fold, deterministic=True)
    journal.attach(connection)
    refresh = (
        "UPDATE words SET english = (SELECT fold(english) FROM english WHERE segment_id = {row}.segment_id) "
        "WHERE rowid = {row}.segment_id;"
    )
    for table in ("translation", "machine_translation"):
        for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
            connection.execute(
                f"CREATE TEMP TRIGGER {table}_words_{event.lower()} AFTER {event} ON main.{table} "
                f"BEGIN {refresh.format(row=row)} END"
            )
    connection.execute(
        "CREATE TEMP TRIGGER segment_words AFTER INSERT ON main.segment "
        "BEGIN INSERT INTO words (rowid, original, english) VALUES (new.id, fold(new.text), ''); END"
    )
    connection.execute(
        "CREATE TEMP TRIGGER segment_no_words AFTER DELETE ON main.segment "
        "BEGIN DELETE FROM words WHERE rowid = old.id; END"
    )


def _holder_path(path: Path) -> Path:
    return path.with_name(path.name + ".holder")


def _take(path: Path) -> FileLock:
    """Hold a project. The lock is the system's, so that a program that was killed leaves none behind."""
    lock = FileLock(path.with_name(path.name + ".lock"), timeout=0)
    holder = _holder_path(path)
    try:
        # First in our own words: a lock that cannot be made looks like one that is taken.
        os.close(os.open(lock.lock_file, os.O_CREAT | os.O_RDWR))
        lock.acquire()
        holder.write_text(f"{socket.gethostname()}, process {os.getpid()}", encoding="utf-8")
    except Timeout as error:
        who = holder.read_text(encoding="utf-8") if holder.exists() else "another program"
        raise ProjectError(f"{path} is open elsewhere ({who}); close it there first.") from error
    except OSError as error:
        lock.release()
        raise ProjectError(
            f"Nothing can be written in the folder {path.parent} ({error.strerror}); choose another folder."
        ) from error
    return lock


def _let_go(path: Path, lock: FileLock) -> None:
    """Give a project back, leaving no file beside it. Removed while still held: nobody else's is removed."""
    _holder_path(path).unlink(missing_ok=True)
    Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()


_SENTENCES = {
    sqlite3.SQLITE_FULL: "The disk is full; make room and try again. Nothing of this step was written to {path}.",
    sqlite3.SQLITE_IOERR: "The disk did not take the data of {path}; check it and try again. Nothing was written.",
    sqlite3.SQLITE_READONLY: "{path} is read-only; copy it to a folder where you may write.",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened; check that its folder exists and that you may write there.",
    sqlite3.SQLITE_BUSY: "{path} is busy in another program; close it there and try again.",
    sqlite3.SQLITE_LOCKED: "{path} is busy in another program; close it there and try again.",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged; go back to your last copy of it.",
    sqlite3.SQLITE_NOTADB: "{path} is not an ogp-sensemaker project; choose a file that ends in .ogps.",
    sqlite3.SQLITE_PERM: "{path} may not be read by you; ask whoever gave it to you.",
}


def _primary(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _known(error: sqlite3.Error) -> bool:
    return _primary(error) in _SENTENCES


def _sentence(error: sqlite3.Error, path: Path) -> Exception:
    """The analyst's sentence for what the disk or another program did; our own mistakes stay what they are."""
    found = _SENTENCES.get(_primary(error))
    return ProjectError(found.format(path=path)) if found else error
