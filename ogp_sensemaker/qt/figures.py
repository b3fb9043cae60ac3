"""The findings, counted once for all the views that show them, and again when something has changed."""

from PySide6.QtCore import QObject, Signal

from ogp_sensemaker.domain.findings import Findings
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store.journal import Changes


class Figures(QObject):
    """`ready` follows every `ask`; at once where nothing has changed since they were counted."""

    ready = Signal(object)  # Findings
    stale = Signal()  # what was shown no longer holds

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._found: Findings | None = None
        self._asked = False
        session.changed.connect(self._on_changed)
        session.opened.connect(self._forget)

    def ask(self) -> None:
        """Count, or give what was counted."""
        if self._found is not None:
            self.ready.emit(self._found)
        elif not self._asked:
            from ogp_sensemaker.app import findings

            self._asked = True
            self._session.jobs.ask(findings.findings, then=self._on_found)

    def _on_found(self, found: Findings) -> None:
        if self._asked:
            self._asked, self._found = False, found
            self.ready.emit(found)

    def _on_changed(self, changes: Changes) -> None:
        if changes.tables:
            self._forget()
            self.stale.emit()

    def _forget(self) -> None:
        self._found, self._asked = None, False
