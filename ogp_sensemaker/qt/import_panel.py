"""Bring files in: what they are, what is in them, what is wrong with them, before anything is written."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from ogp_sensemaker.app import ingest
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.domain.intake import Intake
from ogp_sensemaker.qt import icons, theme
from ogp_sensemaker.qt.import_preview import ImportPreview
from ogp_sensemaker.qt.parts import beside, button, column, label
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import sources


class ImportPanel(QWidget):
    """Three states of one panel: choose, look, done."""

    machines_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session = session
        self._paths: list[Path] = []
        self._intakes: list[Intake] = []
        self._reports: list[ingest.Report] = []
        self._choose, self._look, self._done = self._choosing(), self._looking(), self._telling()
        self._states = QStackedWidget()
        for state in (self._choose, self._look, self._done):
            self._states.addWidget(state)
        top = beside()
        top.addWidget(label(self.tr("Import"), "title"))
        top.addStretch(1)
        self._again = button(self.tr("Other files"), self.start_over, style="link")
        top.addWidget(self._again)
        layout = column(self, 4, 3)
        layout.addLayout(top)
        layout.addWidget(self._states, 1)
        session.opened.connect(self.start_over)
        session.jobs.failed.connect(self._on_failed)
        self.start_over()

    # Choosing --------------------------------------------------------------------------------------

    def _choosing(self) -> QWidget:
        box = QWidget()
        layout = column(box, 6, 3)
        layout.addStretch(2)
        picture = QLabel()
        picture.setPixmap(icons.pixmap("import", theme.unit() * 16))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(picture)
        self._big = label(self.tr("Drop files or folders anywhere on this window"), "title")
        self._big.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self._big)
        kinds = label(
            self.tr(
                "Consider.it and Polis exports (a folder or its zip), comments in CSV or Excel, polls, event notes "
                "(Word, OpenDocument, PDF, Markdown, text, HTML), tables of translations or of earlier codings. "
                "What a file is, is recognised by what is in it. You see all of it before anything is written."
            ),
            "muted",
            wrap=True,
        )
        kinds.setAlignment(Qt.AlignmentFlag.AlignCenter)
        about = beside()
        about.addStretch(1)
        about.addWidget(kinds, 3)
        about.addStretch(1)
        layout.addLayout(about)
        row = beside()
        row.addStretch(1)
        self._files = button(self.tr("Choose files …"), self._ask_files, style="primary", icon="file")
        row.addWidget(self._files)
        row.addWidget(button(self.tr("Choose a folder …"), self._ask_folder, icon="folder"))
        row.addStretch(1)
        layout.addLayout(row)
        self._there = label("", "caption", wrap=True)
        self._there.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addSpacing(theme.unit() * 6)
        layout.addWidget(self._there)
        layout.addStretch(3)
        return box

    def _ask_files(self) -> None:
        found, _ = QFileDialog.getOpenFileNames(self, self.tr("Files to import"))
        if found:
            self.take([Path(name) for name in found])

    def _ask_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self.tr("Folder to import"))
        if found:
            self.take([Path(found)])

    def arrive(self) -> None:
        """The place was opened."""
        known = sources.sources(self._session.project)
        count = sum(s.segments for s in known)
        there = self.tr(
            "In this project already: {0} comments from {1} sources. Importing the same file again adds nothing."
        )
        self._there.setText(there.format(f"{count:,}", len(known)) if known else "")
        self._files.setFocus()

    def start_over(self) -> None:
        """Choose other files."""
        self._paths, self._intakes = [], []
        self._show(self._choose)

    def _show(self, state: QWidget) -> None:
        self._states.setCurrentWidget(state)
        self._again.setVisible(state is not self._choose)

    # Looking ---------------------------------------------------------------------------------------

    def _looking(self) -> QWidget:
        box = QWidget()
        layout = column(box, 0, 3)
        self._summary = label("", "muted", wrap=True)
        layout.addWidget(self._summary)
        middle = beside(None, 0, 3)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.setFixedWidth(theme.unit() * 76)
        self.list.currentRowChanged.connect(self._on_source)
        self.preview = ImportPreview()
        self.preview.changed.connect(self._read)
        middle.addWidget(self.list)
        middle.addWidget(self.preview, 1)
        layout.addLayout(middle, 1)
        self._stops = label("", "notice", wrap=True)
        layout.addWidget(self._stops)
        row = beside()
        row.addStretch(1)
        row.addWidget(button(self.tr("Leave it"), self.start_over))
        self.go = button(self.tr("Import"), self.import_, style="primary")
        row.addWidget(self.go)
        layout.addLayout(row)
        return box

    def take(self, paths: Sequence[Path]) -> None:
        """Look at files, without writing anything."""
        self._paths = list(paths)
        self.preview.reset()
        self._read()

    def _read(self) -> None:
        self._show(self._look)
        self.list.clear()
        self._stops.hide()
        self.go.setEnabled(False)
        names = ", ".join(p.name for p in self._paths[:4]) + (" …" if len(self._paths) > 4 else "")
        self._summary.setText(self.tr("Reading {0} …").format(names))
        self._session.jobs.ask(ingest.read, self._paths, then=self._on_read, **self.preview.choices())

    def _on_read(self, found: list[Intake]) -> None:
        self._intakes = found
        segments = sum(len(i.segments) for i in found)
        held = self.tr("{0} sources with {1} comments. Nothing is written yet.").format(len(found), f"{segments:,}")
        self._summary.setText(held)
        for intake in found:
            item = QListWidgetItem(f"{intake.name}\n{contents(intake)}")
            item.setToolTip(intake.name)
            self.list.addItem(item)
        fatal = [f for i in found for f in i.findings if f.fatal]
        self._stops.setText(self.tr("This has to be put right first: {0}").format("  ".join(str(f) for f in fatal[:3])))
        self._stops.setVisible(bool(fatal))
        self.go.setEnabled(bool(found) and not fatal)
        self.go.setText(self.tr("Import {0} sources").format(len(found)) if len(found) > 1 else self.tr("Import"))
        self.list.setCurrentRow(0)
        self.go.setFocus()

    def _on_source(self, row: int) -> None:
        if 0 <= row < len(self._intakes):
            self.preview.show_intake(self._intakes[row], len(self._intakes))

    def _on_failed(self, sentence: str) -> None:
        if self.isVisible() and self._states.currentWidget() is self._look and not self._intakes:
            self.start_over()

    # Writing ---------------------------------------------------------------------------------------

    def import_(self) -> None:
        """Write what was shown."""
        self._reports = []
        self.go.setEnabled(False)
        self._summary.setText(self.tr("Importing … Stop is in the line at the bottom; what is in by then stays."))
        self._session.jobs.start(
            self.tr("Import"), ingest.import_files, self._paths, reports=self._reports, then=self._on_done,
            **self.preview.choices(),
        )  # fmt: skip

    def _telling(self) -> QWidget:
        box = QWidget()
        layout = column(box, 0, 3)
        self._result = label("", "heading", wrap=True)
        self.report = QListWidget()
        self.report.setAccessibleName(self.tr("What was added"))
        self.report.setWordWrap(True)
        layout.addWidget(self._result)
        layout.addWidget(self.report, 1)
        hint = label(
            self.tr(
                "Next, the machines tell languages, translate, find duplicates, group and suggest. Work meanwhile."
            ),
            "muted",
            wrap=True,
        )
        layout.addWidget(hint)
        row = beside()
        row.addStretch(1)
        row.addWidget(button(self.tr("Read the comments"), lambda: self._session.show_comments(SegmentFilter())))
        self.machines = button(self.tr("Let the machines begin"), self._begin, style="primary", icon="machine")
        row.addWidget(self.machines)
        layout.addLayout(row)
        return box

    def _begin(self) -> None:
        self.machines_wanted.emit()
        self._session.show_comments(SegmentFilter())

    def _on_done(self, complete: bool) -> None:
        if not self._reports:
            self._show(self._look)
            self.go.setEnabled(bool(self._intakes))
            self._summary.setText(self.tr("Nothing was imported."))
            return
        new = sum(r.counts.get("segments", 0) for r in self._reports)
        known = sum(r.known for r in self._reports)
        words = self.tr("{0} comments added from {1} sources; {2} sources were there already.")
        self._result.setText(words.format(f"{new:,}", len(self._reports) - known, known))
        self.report.clear()
        for report in self._reports:
            self.report.addItem(report.sentence)
            for line in (*report.changed, *report.unmatched, *report.findings):
                item = QListWidgetItem(f"      {line}")
                item.setForeground(self.palette().placeholderText())
                self.report.addItem(item)
        self._show(self._done)
        self.machines.setFocus()


def contents(intake: Intake) -> str:
    """What a source holds, in a line."""
    counts = {
        "comments": len(intake.segments), "people": len(intake.cases), "proposals": len(intake.proposals),
        "opinions": len(intake.opinions), "votes": len(intake.votes), "poll answers": len(intake.answers),
        "translations": len(intake.translations), "codings": len(intake.codings),
    }  # fmt: skip
    return ", ".join(f"{n:,} {what}" for what, n in counts.items() if n) or "nothing that can be used"
