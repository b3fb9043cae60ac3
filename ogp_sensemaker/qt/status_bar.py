"""The line at the bottom: what was just done, what is running, what the models are doing."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QStatusBar

from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.parts import button, label
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store.journal import Changes

LATE_MS = 400  # before a decision that waits behind a machine is mentioned


class StatusBar(QStatusBar):
    """Sentences come and stay until the next one: nobody has to hurry to read them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setSizeGripEnabled(False)
        margin = 2 * theme.unit()
        self.setContentsMargins(margin, 0, margin, 0)
        self.said = label("")
        self.said.setAccessibleName(self.tr("What was done last"))
        self.work = label("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(theme.unit() * 32)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop = button(
            self.tr("Stop"), self._on_stop, tip=self.tr("After the step under way; what is saved stays (Ctrl+.)")
        )
        self.queue = label("")
        self.models = label("")
        self.models.setAccessibleName(self.tr("State of the models"))
        self.coder = label("")
        self.addWidget(self.said, 1)
        for widget in (self.queue, self.work, self.bar, self.stop, self.models, self.coder):
            self.addPermanentWidget(widget)
        self._idle()
        self._waiting = 0
        self._late = QTimer(self, interval=LATE_MS, singleShot=True)
        self._late.timeout.connect(self._show_queue)
        jobs = session.jobs
        jobs.started.connect(self._on_started)
        jobs.progressed.connect(self._on_progress)
        jobs.ended.connect(self._on_ended)
        jobs.waiting.connect(self._on_waiting)
        session.said.connect(self.say)
        session.changed.connect(self._on_changed)
        session.opened.connect(self._on_opened)
        session.closed.connect(self._on_closed)

    def say(self, sentence: str) -> None:
        """Show a sentence."""
        self.said.setText(sentence)
        self.said.setToolTip(sentence)

    def show_models(self, words: str, tip: str) -> None:
        """The state of the models in short, and at length."""
        self.models.setText(words)
        self.models.setToolTip(tip)

    def _on_opened(self) -> None:
        path = self._session.path
        self.say(self.tr("{0} is open. Every decision is saved at once.").format(path.name if path else ""))
        self.coder.setText(self._session.coder)
        self.coder.setToolTip(self.tr("Decisions are recorded under this name"))

    def _on_closed(self) -> None:
        self.say("")
        self.coder.setText("")

    def _on_changed(self, changes: Changes) -> None:
        if changes.action_id:
            takes_back = "" if changes.summary.startswith("Undo") else "  ·  " + self.tr("Ctrl+Z takes it back")
            self.say(f"{changes.summary}{takes_back}")

    def _on_waiting(self, count: int) -> None:
        self._waiting = count
        if count and not self._late.isActive() and not self.queue.text():
            self._late.start()
        elif not count:
            self._late.stop()
            self.queue.setText("")

    def _show_queue(self) -> None:
        if self._waiting:
            self.queue.setText(self.tr("{0} decisions wait for the machine's step to end").format(self._waiting))

    def _on_started(self, name: str) -> None:
        self.work.setText(f"{name} …")
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        for widget in (self.work, self.bar, self.stop):
            widget.show()

    def _on_progress(self, progress: Progress) -> None:
        if progress.note:
            self.say(progress.note)
        if not progress.label:
            return
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        numbers = f" {progress.done:,} / {progress.total:,}" if progress.total > 1 else " …"
        if self.stop.isEnabled():
            self.work.setText(f"{progress.label}{numbers}")

    def _on_stop(self) -> None:
        self._session.jobs.cancel()
        self.stop.setEnabled(False)
        self.work.setText(self.tr("Stopping …"))

    def _on_ended(self, name: str, complete: bool) -> None:
        self._idle()
        self.say((self.tr("{0}: done") if complete else self.tr("{0}: stopped; what was done is kept")).format(name))

    def _idle(self) -> None:
        for widget in (self.work, self.bar, self.stop):
            widget.hide()
