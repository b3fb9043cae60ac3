"""The models that translate: which serves a pair of languages, installing one, trying two, removing one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QTableWidgetItem, QWidget

from ogp_sensemaker.app import models, translating
from ogp_sensemaker.app.models import Translator
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import language_name
from ogp_sensemaker.qt.models_fetch import FetchBox
from ogp_sensemaker.qt.models_sample import SampleBox
from ogp_sensemaker.qt.parts import beside, button, card, column, label, scrolled
from ogp_sensemaker.qt.plain_table import PlainTable
from ogp_sensemaker.qt.session import Session


class ModelsPanel(QWidget):
    """A page behind the worklist."""

    closed = Signal()
    changed = Signal()  # other models translate now

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._known: dict[str, Translator] = {}
        self.table = PlainTable(
            [
                self.tr("Model"),
                self.tr("From"),
                self.tr("To"),
                self.tr("Version"),
                self.tr("Where from"),
                self.tr("In use"),
            ],
            stretch=0,
        )
        self.table.setAccessibleName(self.tr("Models that translate"))
        self.table.setFixedHeight(theme.unit() * 36)
        self.table.itemSelectionChanged.connect(self._on_row)
        self.fetch = FetchBox(session)
        self.sample = SampleBox(session)
        self._nothing = label("", "notice", wrap=True)
        inside = QWidget()
        inside.setObjectName("plain")
        inner = column(inside, 0, 3)
        inner.addWidget(self._here())
        inner.addWidget(self.fetch)
        inner.addWidget(self.sample)
        inner.addStretch(1)
        layout = column(self, 3, 2)
        top = beside()
        top.addWidget(label(self.tr("Models that translate"), "title"))
        top.addStretch(1)
        self.back = button(self.tr("Back to the translations"), self.closed.emit, tip=self.tr("Esc"))
        top.addWidget(self.back)
        layout.addLayout(top)
        layout.addWidget(self._nothing)
        layout.addWidget(scrolled(inside), 1)
        self.fetch.installed.connect(self._on_installed)

    def _here(self) -> QWidget:
        box, inside = card(2)
        inside.addWidget(label(self.tr("On this computer"), "heading"))
        self._frame = self.table.framed()
        self._none = label(self.tr("None yet."), "muted")
        inside.addWidget(self._none)
        inside.addWidget(self._frame)
        row = beside(None, 0, 2)
        self.use = button(
            self.tr("Use this one"), self.choose,
            tip=self.tr("For its languages; what another model made is made anew by the next translation (Ctrl+M)"),
        )  # fmt: skip
        self.gone = button(self.tr("Remove …"), self.ask_to_remove, style="danger")
        row.addWidget(
            button(
                self.tr("Install a file …"), self.pick_file,
                tip=self.tr("A translation package (.argosmodel); it is checked before it is unpacked"),
            )
        )  # fmt: skip
        row.addWidget(
            button(
                self.tr("Install a folder …"), self.pick_folder,
                tip=self.tr("Converted with CTranslate2, with its SentencePiece, such as opus-mt-az-en"),
            )
        )  # fmt: skip
        row.addStretch(1)
        row.addWidget(self.use)
        row.addWidget(self.gone)
        inside.addLayout(row)
        self.ask = QFrame()
        self.ask.setObjectName("ask")
        asking = beside(self.ask, 2, 2)
        self._ask_words = label("", "", wrap=True)
        asking.addWidget(self._ask_words, 1)
        self.yes = button(self.tr("Remove"), self.remove, style="primary")
        asking.addWidget(self.yes)
        asking.addWidget(button(self.tr("No"), self.ask.hide))
        inside.addWidget(self.ask)
        self.ask.hide()
        return box

    def arrive(self) -> None:
        """The page was opened."""
        self.back.setFocus()
        self.ask.hide()
        self._look()

    def _look(self) -> None:
        self._session.jobs.warm(models.translators, self._show)

    def _show(self, found: Sequence[Translator]) -> None:
        self._known = {t.name: t for t in found}
        lines = [
            [
                QTableWidgetItem(cell)
                for cell in (
                    t.name, language_name(t.source), language_name(t.target),
                    self.tr("{0}, draft").format(t.version) if t.draft else t.version,
                    self.tr("came along") if t.bundled else self.tr("added"), self.tr("in use") if t.serves else "",
                )
            ]
            for t in found
        ]  # fmt: skip
        self.table.fill(lines, [t.name for t in found])
        self._none.setVisible(not found)
        self._frame.setVisible(bool(found))
        self.sample.offer(found)
        self._on_row()
        if not self._session.is_open:
            return
        counts = translating.counts(self._session.project)
        have = {t.source for t in found}
        without = [c.language for c in counts if c.language not in have]
        self.fetch.offer_languages([*without, *(c.language for c in counts)])
        names = ", ".join(language_name(code) for code in without)
        self._nothing.setVisible(bool(without))
        self._nothing.setText(
            self.tr(
                "This project has comments in languages that no model here translates directly: {0}. Install a file "
                "that you were given, or look for one on the internet below."
            ).format(names)
        )

    def _on_row(self) -> None:
        model = self._known.get(self.table.current_key() or "")
        self.use.setEnabled(model is not None and not model.serves)
        self.gone.setVisible(model is not None and not model.bundled)

    # Doing -----------------------------------------------------------------------------------------

    def pick_file(self) -> None:
        """Let the person choose a package."""
        found, _ = QFileDialog.getOpenFileName(
            self, self.tr("Install a translation package"), "", self.tr("Translation packages (*.argosmodel *.zip)")
        )
        if found:
            self.install(Path(found))

    def pick_folder(self) -> None:
        """Let the person choose a converted folder."""
        found = QFileDialog.getExistingDirectory(self, self.tr("Install a converted model"))
        if found:
            self.install(Path(found))

    def install(self, path: Path) -> None:
        """Check it, and install it."""
        made: list[str] = []
        self._session.jobs.start(
            self.tr("Install {0}").format(path.name),
            lambda _project: models.install(path, made),
            then=lambda _complete: self._on_installed(made[0]) if made else None,
        )

    def _on_installed(self, name: str) -> None:
        self._session.said.emit(self.tr("{0} is installed. Ctrl+M translates with it.").format(name))
        self._renew()

    def _renew(self) -> None:
        self._look()
        self.changed.emit()

    def choose(self) -> None:
        """Let the chosen model serve its languages."""
        name = self.table.current_key()
        if name is not None and self.use.isEnabled():
            self._session.jobs.warm(lambda: models.choose(name), lambda _: self._chosen(name))

    def _chosen(self, name: str) -> None:
        words = self.tr("{0} is in use. Ctrl+M makes anew what another model made; what people wrote stays.")
        self._session.said.emit(words.format(name))
        self._renew()

    def ask_to_remove(self) -> None:
        """Ask whether the chosen model is to go."""
        name = self.table.current_key()
        if name is not None and not self._known[name].bundled:
            words = self.tr("Remove {0} from this computer? What it translated stays.")
            self._ask_words.setText(words.format(name))
            self.ask.show()
            self.yes.setFocus()

    def remove(self) -> None:
        """Remove the chosen model."""
        self.ask.hide()
        name = self.table.current_key()
        if name is not None:
            self._session.jobs.warm(lambda: models.remove(name), lambda _: self._renew())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
