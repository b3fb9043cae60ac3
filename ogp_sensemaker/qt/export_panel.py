"""Take the coded dataset or the report out of the project."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QLineEdit, QRadioButton, QWidget

from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.parts import beside, button, card, column, label, short
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store.project import Project

ABOUT = {
    "xlsx": "One row for each comment, one sheet more for codings, codebook, data dictionary and how it was made.",
    "csv": "One row for each comment, for statistics programs. Cells that begin with = + - @ are made harmless.",
    "html": "Participation, polls, directions with quotations and proposals, contested issues, new ideas, charts.",
    "docx": "The same report to be edited in Word.",
}


def job(project: Project, path: Path) -> Iterator[Progress]:
    """The export as a job, so that the line at the bottom shows it."""
    from ogp_sensemaker.app import export

    yield Progress(0, 0, f"Writing {path.name}")
    export.export(project, path)


class ExportPanel(QWidget):
    """What, where to, and the way to the file afterwards."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session = session
        self._written: Path | None = None
        self._group = QButtonGroup(self)
        layout = column(self, 4, 3)
        layout.addWidget(label(self.tr("Export"), "title"))
        layout.addWidget(
            label(
                self.tr(
                    "What was decided up to now goes into the file; its figures lead back to the words by number (#12)."
                ),
                "muted",
                wrap=True,
            )
        )
        self._kinds, self._inside = card(2)
        self._kinds.setMaximumWidth(theme.unit() * 210)
        layout.addWidget(self._kinds)
        self.place = QLineEdit()
        self.place.setAccessibleName(self.tr("File to write"))
        self.place.textChanged.connect(lambda _: self._check())
        self.place.returnPressed.connect(self.write)
        row = beside()
        row.addWidget(label(self.tr("To")))
        row.addWidget(self.place, 1)
        row.addWidget(button(self.tr("Choose …"), self._ask, icon="folder"))
        where = QWidget()
        where.setLayout(row)
        where.setMaximumWidth(theme.unit() * 210)
        layout.addWidget(where)
        self.go = button(self.tr("Write the file"), self.write, style="primary", icon="export")
        self._open = button(self.tr("Open it"), self._show_file)
        self._folder = button(self.tr("Open its folder"), self._show_folder)
        self._said = label("", "heading", wrap=True)
        row = beside()
        for widget in (self.go, self._open, self._folder):
            row.addWidget(widget)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self._said)
        layout.addStretch(1)
        session.opened.connect(self._fresh)

    def _fresh(self) -> None:
        self._written = None
        self._said.clear()
        self._open.hide()
        self._folder.hide()
        self.place.clear()

    def arrive(self) -> None:
        """The place was opened."""
        if not self._group.buttons():
            self._offer()
        if not self.place.text():
            self._propose()
        if (chosen := self._group.checkedButton()) is not None:
            chosen.setFocus()

    def _offer(self) -> None:
        from ogp_sensemaker.formats.exporters import EXPORTERS

        for number, exporter in enumerate(EXPORTERS):
            choice = QRadioButton(exporter.label)
            choice.setProperty("suffix", exporter.suffixes[0])
            choice.setChecked(number == 0)
            self._group.addButton(choice)
            self._inside.addWidget(choice)
            about = label(self.tr(ABOUT.get(exporter.id, "")), "caption", wrap=True)
            about.setContentsMargins(theme.unit() * 6, 0, 0, 0)
            self._inside.addWidget(about)
        self._group.buttonToggled.connect(lambda _, on: self._propose() if on else None)

    def _suffix(self) -> str:
        chosen = self._group.checkedButton()
        return str(chosen.property("suffix")) if chosen is not None else ""

    def _propose(self) -> None:
        """The folder used last, the name of the project and today's date."""
        path = self._session.path
        if path is None:
            return
        folder = Path(str(QSettings().value("export/folder", "")) or path.parent)
        typed = Path(self.place.text()) if self.place.text() else folder / f"{path.stem}-{date.today():%Y-%m-%d}"
        self.place.setText(short(typed.with_suffix(self._suffix())))

    def _ask(self) -> None:
        found, _ = QFileDialog.getSaveFileName(self, self.tr("File to write"), self.place.text())
        if found:
            self.place.setText(str(Path(found).with_suffix(self._suffix())))

    def _check(self) -> None:
        self.go.setEnabled(bool(self.place.text().strip()))

    def write(self) -> None:
        """Write the file."""
        path = Path(self.place.text().strip()).expanduser()
        if not self.place.text().strip():
            return
        self.go.setEnabled(False)
        self._said.setText(self.tr("Writing {0} …").format(path.name))
        self._session.jobs.start(self.tr("Export"), job, path, then=lambda complete: self._on_done(path, complete))

    def _on_done(self, path: Path, complete: bool) -> None:
        self.go.setEnabled(True)
        self._said.setText(self.tr("{0} is written.").format(path) if complete else self.tr("Nothing was written."))
        self._written = path if complete else None
        self._open.setVisible(complete)
        self._folder.setVisible(complete)
        if complete:
            QSettings().setValue("export/folder", str(path.parent))
            self._open.setFocus()

    def _show_file(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _show_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
