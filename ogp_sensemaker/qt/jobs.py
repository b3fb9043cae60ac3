"""The one writer thread, as signals: short operations, and long jobs step by step."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.errors import ProjectError, SensemakerError
from ogp_sensemaker.store.journal import DECISION_TABLES, Changes
from ogp_sensemaker.store.project import Project

EVERYTHING = frozenset({*DECISION_TABLES, "segment", "source", "cluster", "suggestion", "language", "vector"})
Then = Callable[[Any], None] | None


@dataclass(slots=True)
class _Job:
    """A generator under way, or waiting for its turn."""

    label: str
    make: Callable[[Project], Iterator[Progress]]
    then: Then
    steps: Generator[Progress, None, None] | None = None

    def close(self) -> None:
        """Let the generator put away what it has open; on the writer's thread."""
        if self.steps is not None:
            self.steps.close()


def _generator(found: Iterator[Progress]) -> Generator[Progress, None, None]:
    yield from found


class Jobs(QObject):
    """Owns the only writable project. Everything comes back on the thread that owns this object."""

    changed = Signal(object)  # Changes
    progressed = Signal(object)  # Progress
    started = Signal(str)  # label of a job
    ended = Signal(str, bool)  # label of a job, whether it ran to its end
    failed = Signal(str)  # a sentence
    waiting = Signal(int)  # operations on their way
    _delivered = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._project: Project | None = None  # touched on the writer's thread alone
        self._queue: deque[_Job] = deque()
        self._job: _Job | None = None
        self._stopping = False
        self._under_way = 0
        self._delivered.connect(self._deliver)

    # Short work ------------------------------------------------------------------------------------

    def open(self, opener: Callable[[], Project], then: Then, otherwise: Callable[[], None] | None = None) -> None:
        """Open (or make) a project on the writer's thread; `then` is given its path and who is coding."""

        def work() -> tuple[object, str]:
            if self._project is not None:
                self._project.close()
                self._project = None
            self._project = opener()
            return self._project.path, self._project.coder

        self._submit(work, then, otherwise)

    def run(self, operation: Callable[..., Changes], *args: object, then: Then = None, **kwargs: object) -> None:
        """Do an operation of `app`; `changed` follows, then `then` is given its Changes."""

        def done(changes: Changes) -> None:
            self._count(-1)
            self.changed.emit(changes)
            if then is not None:
                then(changes)

        self._count(1)
        self._submit(lambda: operation(self._open(), *args, **kwargs), done, lambda: self._count(-1))

    def ask(
        self,
        question: Callable[..., Any],
        *args: object,
        then: Then,
        otherwise: Callable[[], None] | None = None,
        **kwargs: object,
    ) -> None:
        """Ask something that takes too long for the screen's thread; `then` is given the answer."""
        self._submit(lambda: question(self._open(), *args, **kwargs), then, otherwise)

    def warm(self, work: Callable[[], Any], then: Then = None) -> None:
        """Something that needs no project, such as loading a model."""
        self._submit(work, then, None)

    # Long work -------------------------------------------------------------------------------------

    @property
    def busy(self) -> str:
        """The label of the job under way, or ""."""
        return self._job.label if self._job else ""

    def start(
        self, label: str, job: Callable[..., Iterator[Progress]], *args: object, then: Then = None, **kwargs: object
    ) -> None:
        """Run a job; one that is under way is ended first. `then` is told whether it ran to its end."""
        self._queue.append(_Job(label, lambda project: job(project, *args, **kwargs), then))
        if self._job is None:
            self._next_job()

    def cancel(self) -> None:
        """Ask for no further step, and start nothing that waits. What is saved stays."""
        self._queue.clear()
        self._stopping = self._job is not None

    def close(self) -> None:
        """Stop, close the file and wait for both."""
        self.cancel()
        job, self._job = self._job, None
        self._pool.submit(self._close, job).result()
        self._pool.shutdown(wait=True)

    def close_project(self, then: Then = None) -> None:
        """Close the file and stay ready for another."""
        self.cancel()
        job, self._job, self._stopping = self._job, None, False
        if job is not None:
            self.ended.emit(job.label, False)
        self._submit(lambda: self._close(job), then, None)

    def _close(self, job: _Job | None) -> None:
        if job is not None:
            job.close()
        if self._project is not None:
            self._project.close()
            self._project = None

    def _next_job(self) -> None:
        if not self._queue:
            return
        self._job = job = self._queue.popleft()
        self._stopping = False
        self.started.emit(job.label)
        self._step(job)

    def _step(self, job: _Job) -> None:
        def work() -> Progress | None:
            if job.steps is None:
                job.steps = _generator(job.make(self._open()))
            return next(job.steps, None)

        # One item of the queue for each step: what the analyst decides meanwhile goes in between.
        self._submit(work, lambda progress: self._stepped(job, progress), lambda: self._end(job, False))

    def _stepped(self, job: _Job, progress: Progress | None) -> None:
        if job is not self._job:
            return  # closed meanwhile
        if progress is None:
            self._end(job, True)
        elif self._stopping:
            self._submit(job.close, lambda _: self._end(job, False), None)
        else:
            self.progressed.emit(progress)
            self._step(job)

    def _end(self, job: _Job, complete: bool) -> None:
        self._job = None
        self.changed.emit(Changes(0, job.label, EVERYTHING))
        self.ended.emit(job.label, complete)
        if job.then is not None:
            job.then(complete)
        if self._job is None:
            self._next_job()

    # The thread ------------------------------------------------------------------------------------

    def _open(self) -> Project:
        if self._project is None:
            raise ProjectError("No project is open.")
        return self._project

    def _count(self, by: int) -> None:
        self._under_way += by
        self.waiting.emit(self._under_way)

    def _submit(self, work: Callable[[], Any], then: Then, otherwise: Callable[[], None] | None) -> None:
        future = self._pool.submit(work)
        future.add_done_callback(lambda done: self._delivered.emit(done, then, otherwise))

    @Slot(object, object, object)
    def _deliver(self, future: "Future[Any]", then: Then, otherwise: Callable[[], None] | None) -> None:
        error = future.exception()
        if error is not None:
            if otherwise is not None:
                otherwise()
            if not isinstance(error, SensemakerError):
                raise error  # ours: the report offers itself, and the job does not stay "busy"
            self.failed.emit(str(error))
            return
        outcome = future.result()
        if then is not None:
            then(outcome)
