"""The findings, counted once for all the views that show them, and again when something has changed."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from ogp_sensemaker.app.counting import Counted, count
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project

NOT_COUNTED = frozenset({"memo", "memory", "glossary"})  # tables that no figure rests on


class Figures(QObject):
    """`ready` follows every `ask`; at once where nothing has changed since they were counted.

    Counting goes step by step on the writer's thread: what the analyst decides meanwhile goes in between.
    """

    ready = Signal(object)  # Findings
    stale = Signal()  # what was shown no longer holds
    progressed = Signal(object)  # Progress
    stopped = Signal()  # counting was stopped, or failed

    def __init__(self, session: Session, *, machine: bool = False) -> None:
        super().__init__(session)
        self._session, self._machine = session, machine
        self.counted: Counted | None = None
        self._turn = 0  # steps of an earlier turn are dropped
        self._asked = False
        session.changed.connect(self._on_changed)
        session.opened.connect(self._forget)
        session.closed.connect(self._forget)

    @property
    def counting(self) -> bool:
        """Whether a count is under way."""
        return self._asked

    def ask(self) -> None:
        """Count, or give what was counted."""
        if self.counted is not None:
            self.ready.emit(self.counted.findings)
        elif not self._asked:
            self._asked = True
            self._step(self._turn, [], [])

    def cancel(self) -> None:
        """Ask for no further step."""
        if self._asked:
            self._forget()
            self.stopped.emit()

    def _step(self, turn: int, steps: list[Iterator[Progress]], kept: list[Counted]) -> None:
        def work(project: Project) -> Progress | None:
            if not steps:
                steps.append(iter(count(project, kept.append, machine=self._machine)))
            return next(steps[0], None)

        def then(progress: Progress | None) -> None:
            if turn != self._turn:
                return  # something has changed meanwhile
            if progress is None:
                self._asked, self.counted = False, kept[0]
                self.ready.emit(self.counted.findings)
            else:
                self.progressed.emit(progress)
                self._step(turn, steps, kept)

        self._session.jobs.ask(work, then=then, otherwise=self.cancel)

    def _on_changed(self, changes: Changes) -> None:
        if changes.tables - NOT_COUNTED:
            self._forget()
            self.stale.emit()

    def _forget(self) -> None:
        self.counted, self._asked = None, False
        self._turn += 1
