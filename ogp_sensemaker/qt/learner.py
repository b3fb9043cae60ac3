"""After each decision the machine learns from it, beside the analyst's work: on a thread and a reader of its own."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ogp_sensemaker.app import learning
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import derived
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project, open_for_reading

PAUSE_MS = 150  # what is decided within it is learned together


class _Pupil:
    """What lives on the thread: the file, open for reading, and the sitting."""

    def __init__(self) -> None:
        self._project: Project | None = None
        self._sitting: learning.Sitting | None = None

    def learn(self, path: Path) -> learning.Learned | None:
        """What the decisions in this file change; None where nothing was suggested yet."""
        if self._project is None or self._project.path != path:
            self.close()
            self._project = open_for_reading(path)
        if self._sitting is None or self._sitting.basis.made != derived.basis_made(self._project):
            found = learning.basis(self._project)
            self._sitting = None if found is None else learning.Sitting(found)
        return None if self._sitting is None else self._sitting.learn(self._project)

    def close(self) -> None:
        """Let the file go."""
        if self._project is not None:
            self._project.close()
        self._project = self._sitting = None


class Learner(QObject):
    """Listens to the session; what was learned is written by the one writer, between two decisions."""

    _learned = Signal(object, int)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="learner")
        self._pupil = _Pupil()
        self._turn = 0  # of projects: what belongs to an earlier one is dropped
        self._busy = self._again = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._start)
        self._learned.connect(self._keep)
        session.changed.connect(self._on_changed)
        session.closed.connect(self._forget)

    @property
    def waiting(self) -> bool:
        """Whether there is something to learn, or to write."""
        return self._busy or self._timer.isActive()

    def close(self) -> None:
        """Stop, and wait until the file has been let go."""
        self._forget()
        self._pool.shutdown(wait=True)

    def _on_changed(self, changes: Changes) -> None:
        if changes.tables & learning.TABLES and changes.action_id:  # not after a job: it suggests anew by itself
            self._timer.start()

    def _start(self) -> None:
        if self._busy:
            self._again = True
        elif self._session.path is not None:
            self._busy, turn = True, self._turn
            future = self._pool.submit(self._pupil.learn, self._session.path)
            future.add_done_callback(lambda done: self._learned.emit(done, turn))

    @Slot(object, int)
    def _keep(self, future: "Future[learning.Learned | None]", turn: int) -> None:
        if turn != self._turn:
            return
        error = future.exception()
        if error is not None:
            self._end()
            if not isinstance(error, SensemakerError):
                raise error
            self._session.said.emit(str(error))
            return
        found = future.result()
        if found is None:
            self._end()
        else:
            self._session.jobs.ask(learning.keep, found, then=self._kept, otherwise=self._end)

    def _kept(self, changes: Changes) -> None:
        if changes.tables and self._session.is_open:
            self._session.jobs.changed.emit(changes)
        self._end()

    def _end(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self._start()

    def _forget(self) -> None:
        self._turn += 1
        self._timer.stop()
        self._busy = self._again = False
        self._pool.submit(self._pupil.close)
