"""The start: recent projects, a new one, the sample."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QStandardPaths, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from ogp_sensemaker import paths
from ogp_sensemaker.app import clustering, codebook, ingest, process, suggesting
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.domain.codebook import NewCode
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import LANGUAGES
from ogp_sensemaker.qt.flow import flow_widget
from ogp_sensemaker.qt.parts import beside, button, card, column, label, scrolled, short
from ogp_sensemaker.store.project import DEFAULT_LANGUAGES, SUFFIX, Project, create

if TYPE_CHECKING:
    from ogp_sensemaker.qt.main_window import MainWindow

OFFERED = tuple(code for code in LANGUAGES if code not in {"", "und"})


def make(path: Path, coder: str, languages: tuple[str, ...], found: list[NewCode] | None, name: str = "") -> Project:
    """A new project with its codebook; runs on the writer's thread."""
    project = create(path, coder, languages)
    if found:
        codebook.load_codebook(project, found, name)
    return project


def prepare_sample(project: Project, folder: Path) -> Iterator[Progress]:
    """Everything from raw files to suggestions, step by step."""
    yield from ingest.import_files(project, [folder])
    yield from process.process(project)
    yield from clustering.run(project)
    yield from suggesting.suggest(project)


class StartView(QWidget):
    """Two columns: what was open lately, and ways to begin."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__()
        self.setObjectName("page")
        self._window = window
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Recent projects"))
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        inside = QWidget()
        inside.setObjectName("plain")
        inside.setMaximumWidth(theme.unit() * 240)
        layout = column(inside, 8, 4)
        title = label("OGP Sensemaker", "title")
        layout.addStretch(1)
        layout.addWidget(title)
        hint = self.tr(
            "Reads what people said in a consultation, together with you. Everything stays on this computer."
        )
        layout.addWidget(label(hint, "muted", wrap=True))
        layout.addSpacing(theme.unit() * 4)
        row = beside(None, 0, 6)
        row.addLayout(self._recent(), 1)
        row.addLayout(self._ways(), 1)
        layout.addLayout(row)
        layout.addWidget(self._form())
        layout.addStretch(2)
        outer = column(self, 0, 0)
        middle = beside(None, 0, 0)
        middle.addStretch(1)
        middle.addWidget(inside, 20)
        middle.addStretch(1)
        body = QWidget()
        body.setObjectName("plain")
        body.setLayout(middle)
        outer.addWidget(scrolled(body))

    def _recent(self) -> QLayout:
        layout = column(None, 0, 2)
        layout.addWidget(label(self.tr("RECENT PROJECTS"), "overline"))
        frame = QFrame()
        frame.setObjectName("card")
        column(frame, 1, 0).addWidget(self.list)
        frame.setMinimumHeight(theme.unit() * 70)
        layout.addWidget(frame, 1)
        self._none = label(self.tr("None yet. Make one, or look around in the sample."), "caption", wrap=True)
        layout.addWidget(self._none)
        return layout

    def _ways(self) -> QLayout:
        layout = column(None, 0, 2)
        layout.addWidget(label(self.tr("BEGIN"), "overline"))
        self.new = button(self.tr("New project"), self.open_form, style="primary", icon="plus", tip="Ctrl+N")
        layout.addWidget(self.new)
        layout.addWidget(button(self.tr("Open a project …"), self._ask_open, icon="folder", tip="Ctrl+O"))
        self.sample = button(self.tr("Look around in the sample"), self.open_sample, icon="sample")
        layout.addWidget(self.sample)
        about = self.tr(
            "The sample is a whole consultation: a platform's export with opinions, polls, notes of events, comments "
            "on a draft, in five languages. A copy is made in your documents; nothing in it can be spoilt."
        )
        layout.addWidget(label(about, "caption", wrap=True))
        layout.addStretch(1)
        return layout

    def _ask_open(self) -> None:
        self._window.commands.open()

    # A new project ---------------------------------------------------------------------------------

    def _form(self) -> QWidget:
        self._box, outer = card(3)
        outer.addWidget(label(self.tr("New project"), "heading"))
        form = QFormLayout()
        form.setVerticalSpacing(theme.unit() * 3)
        form.setHorizontalSpacing(theme.unit() * 4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.name, self.coder = QLineEdit(), QLineEdit()
        self.name.setPlaceholderText(self.tr("Strategy consultation 2027"))
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Decisions are recorded as"), self.coder)
        languages, flow = flow_widget(theme.unit() * 3)
        self.languages: dict[str, QCheckBox] = {}
        for code in OFFERED:
            box = QCheckBox(LANGUAGES[code])
            box.setChecked(code in DEFAULT_LANGUAGES)
            self.languages[code] = box
            flow.addWidget(box)
        form.addRow(self.tr("Languages to expect"), languages)
        self.codebook = QComboBox()
        self.codebook.addItem(self.tr("The seven directions of the report"), "default")
        self.codebook.addItem(self.tr("Empty"), "empty")
        self.codebook.addItem(self.tr("From a file (CSV or YAML) …"), "file")
        self.codebook.activated.connect(lambda _: self._ask_codebook())
        form.addRow(self.tr("Codebook"), self.codebook)
        self.folder = QLineEdit()
        where = beside(None, 0, 2)
        where.addWidget(self.folder, 1)
        where.addWidget(button(self.tr("Choose …"), self._ask_folder))
        form.addRow(self.tr("Folder"), where)
        for field, words in (
            (self.name, self.tr("Name")),
            (self.coder, self.tr("Your name")),
            (self.folder, self.tr("Folder")),
        ):
            field.setAccessibleName(words)
            field.returnPressed.connect(self.begin)
        self.codebook.setAccessibleName(self.tr("Codebook"))
        outer.addLayout(form)
        row = beside()
        row.addStretch(1)
        row.addWidget(button(self.tr("Leave it"), self._box.hide))
        self.make = button(self.tr("Make the project"), self.begin, style="primary")
        row.addWidget(self.make)
        outer.addLayout(row)
        self._box.hide()
        return self._box

    def open_form(self) -> None:
        """Ask what the new project is to be."""
        self.coder.setText(self._window.settings.coder)
        self.folder.setText(str(documents()))
        self._box.show()
        self.name.setFocus()

    def _ask_codebook(self) -> None:
        if self.codebook.currentData() == "file" or isinstance(self.codebook.currentData(), Path):
            found, _ = QFileDialog.getOpenFileName(
                self, self.tr("Codebook"), "", self.tr("Codebooks (*.csv *.yaml *.yml)")
            )
            if found:
                self.codebook.addItem(Path(found).name, Path(found))
                self.codebook.setCurrentIndex(self.codebook.count() - 1)
            else:
                self.codebook.setCurrentIndex(0)

    def _ask_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self.tr("Folder for the project"), self.folder.text())
        if found:
            self.folder.setText(found)

    def begin(self) -> None:
        """Make the project that the form describes."""
        name = "".join(c for c in self.name.text().strip() if c not in '\\/:*?"<>|')
        if not name:
            self._window.message.show_sentence(self.tr("Give the project a name."))
            self.name.setFocus()
            return
        path = Path(self.folder.text()).expanduser() / f"{name.removesuffix(SUFFIX)}{SUFFIX}"
        languages = tuple(code for code, box in self.languages.items() if box.isChecked()) or ("en",)
        coder = self.coder.text().strip() or self._window.settings.coder
        choice = self.codebook.currentData()

        def opener() -> Project:
            found = codebook.read(choice if isinstance(choice, Path) else None) if choice != "empty" else None
            return make(path, coder, languages, found, choice.name if isinstance(choice, Path) else "")

        self._box.hide()
        self._window.session.open(path, coder, opener)

    # The sample ------------------------------------------------------------------------------------

    def open_sample(self) -> None:
        """Make the sample's project, or open it where it has been made."""
        folder = paths.sample_dir()
        if not folder.is_dir():
            raise SensemakerError(
                self.tr("The sample is not part of this installation; it is in the source of the program.")
            )
        path = documents() / f"Sample consultation{SUFFIX}"
        coder = self._window.settings.coder
        if path.exists():
            self._window.session.open(path, coder)
            return
        session = self._window.session

        def fill() -> None:
            session.opened.disconnect(fill)
            if session.path == path:
                session.jobs.start(self.tr("The sample"), prepare_sample, folder)

        session.opened.connect(fill)
        session.open(path, coder, lambda: make(path, coder, DEFAULT_LANGUAGES, codebook.read()))

    # Recent projects -------------------------------------------------------------------------------

    def arrive(self) -> None:
        """The start is shown."""
        from ogp_sensemaker.qt.main_window import recent

        self.list.clear()
        for path in recent():
            if path.exists():
                changed = datetime.fromtimestamp(path.stat().st_mtime)
                item = QListWidgetItem(f"{path.stem}\n{short(path.parent)}  ·  {changed:%d %b %Y, %H:%M}")
                item.setData(Qt.ItemDataRole.UserRole, str(path))
                item.setToolTip(str(path))
                self.list.addItem(item)
        self._none.setVisible(self.list.count() == 0)
        self.sample.setEnabled(paths.sample_dir().is_dir())
        if self.list.count():
            self.list.setCurrentRow(0)
            self.list.setFocus()
        else:
            self.new.setFocus()

    def _open(self, item: QListWidgetItem) -> None:
        self._window.commands.open_path(Path(item.data(Qt.ItemDataRole.UserRole)))


def documents() -> Path:
    """Where projects are put unless the person says otherwise."""
    stored = str(QSettings().value("folder", ""))
    place = stored or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    found = Path(place) if place else Path.home()
    return found if found.is_dir() else Path.home()
