"""Translations: what waits for review, doubtful ones first; what is not in English yet; the models that translate."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QFrame, QSplitter, QStackedWidget, QTableWidgetItem, QWidget

from ogp_sensemaker.app import models, process, translating
from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import language_name, runs_right_to_left
from ogp_sensemaker.qt.models_panel import ModelsPanel
from ogp_sensemaker.qt.parts import beside, button, column, label
from ogp_sensemaker.qt.plain_table import PlainTable
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.qt.translation_desk import TranslationDesk
from ogp_sensemaker.qt.translation_words import left, reason, state
from ogp_sensemaker.settings import Settings
from ogp_sensemaker.store import rows, segments, translations
from ogp_sensemaker.store.journal import Changes

MOST = 400  # lines that are shown of a list; what is done leaves it, and others come up
_TABLES = {"translation", "segment", "language", "machine_translation", "glossary", "memory"}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


class TranslationView(QWidget):
    """A worklist beside the comment to work on; behind it the models."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session = session
        self._can: frozenset[str] | None = None  # languages that some model translates; None while not known
        self.state_box, self.language_box, self.reason_box = QComboBox(), QComboBox(), QComboBox()
        self.table = PlainTable(
            [self.tr("#"), self.tr("Language"), self.tr("Original"), self.tr("Why, or where it stands")],
            stretch=2, widest=170, lines=2,
        )  # fmt: skip
        self.desk = TranslationDesk(session)
        self.box = self.desk.box
        self.models = ModelsPanel(session)
        self._about = label("", "muted", wrap=True)
        self._all = button("", self.approve_all, tip=self.tr("Every line of this list, in one step (Ctrl+Shift+A)"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._work())
        self._stack.addWidget(self.models)
        column(self, 0, 0).addWidget(self._stack)
        self._listen()

    def _work(self) -> QWidget:
        page = QWidget()
        layout = column(page, 3, 2)
        top = beside()
        top.addWidget(label(self.tr("Translations"), "title"))
        top.addStretch(1)
        names = (self.tr("Which translations"), self.tr("Which language"), self.tr("Why doubtful"))
        for box, name in zip((self.state_box, self.language_box, self.reason_box), names, strict=True):
            box.setAccessibleName(name)
            box.setToolTip(f"{name} (L)")
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            top.addWidget(box)
        top.addWidget(
            button(self.tr("Models …"), self.show_models, icon="machine", tip=self.tr("What translates here (Shift+M)"))
        )
        layout.addLayout(top)
        layout.addWidget(self._about)
        layout.addWidget(self._notice())
        layout.addWidget(self._asking())
        left_side = QWidget()
        listed = column(left_side, 0, 2)
        listed.addWidget(self.table.framed(), 1)
        below = beside(None, 0, 2)
        below.addWidget(self._all)
        below.addStretch(1)
        listed.addLayout(below)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left_side)
        split.addWidget(self.desk)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(3 * theme.unit())
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        left_side.setMinimumWidth(100 * theme.unit())
        split.setSizes([500, 700])
        layout.addWidget(split, 1)
        self.table.setAccessibleName(self.tr("Translations"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.on_keys({Qt.Key.Key_Space: self._show_comment})
        return page

    def _notice(self) -> QFrame:
        self._bare = QFrame()
        self._bare.setObjectName("ask")
        row = beside(self._bare, 2, 2)
        self._bare_words = label("", "", wrap=True)
        self._translate = button(
            self.tr("Translate now"), self._run, style="primary", tip=self.tr("Language, translation, vectors (Ctrl+M)")
        )
        self._install = button(self.tr("Install a model …"), self.show_models, tip=self.tr("Shift+M"))
        row.addWidget(self._bare_words, 1)
        row.addWidget(self._translate)
        row.addWidget(self._install)
        return self._bare

    def _asking(self) -> QFrame:
        self._ask = QFrame()
        self._ask.setObjectName("ask")
        row = beside(self._ask, 2, 2)
        self._ask_words = label("", "", wrap=True)
        row.addWidget(self._ask_words, 1)
        self._yes = button(self.tr("Approve them"), self._approve_all, style="primary")
        row.addWidget(self._yes)
        row.addWidget(button(self.tr("No"), self._ask.hide))
        self._ask.hide()
        return self._ask

    def _listen(self) -> None:
        for box in (self.state_box, self.language_box, self.reason_box):
            box.activated.connect(lambda _: self._fill())
        self.table.itemSelectionChanged.connect(self._on_row)
        self.desk.decided.connect(self._on)
        self.desk.finished.connect(self.table.setFocus)
        self.desk.wanted.connect(self._show_segment)
        self.models.closed.connect(self._show_work)
        self.models.changed.connect(self._look_for_models)
        self._session.changed.connect(self._on_changed)

    # Showing ---------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """The place was opened; it begins with the comment that was being read, if that is not in English."""
        self._show_work()
        self._choices()
        self._fill()
        reading = self._session.current
        keys = self.table.keys()
        if reading is not None and reading not in keys:
            found = segments.page(self._session.project, [reading])
            if found and found[0].language not in {"en", "und", ""}:
                self.state_box.setCurrentIndex(self.state_box.count() - 1)
                self.language_box.setCurrentIndex(0)
                self.reason_box.setCurrentIndex(0)
                self._fill()
        keys = self.table.keys()
        if reading in keys:
            self.table.go(keys.index(reading))
        self.table.setFocus()
        self._look_for_models()

    def _look_for_models(self) -> None:
        self._session.jobs.warm(models.translated_from, self._on_models)

    def _on_models(self, found: frozenset[str]) -> None:
        self._can = found
        if self._session.is_open:
            self._show_notice()

    def _choices(self) -> None:
        """What can be chosen above, with what was chosen before."""
        counts = translating.counts(self._session.project)
        if not self.state_box.count():
            for words, value in (
                (self.tr("Waiting for review"), "machine"), (self.tr("No English yet"), ""),
                (self.tr("Written, not approved"), "edited"), (self.tr("Approved"), "approved"),
                (self.tr("All that are not in English"), None),
            ):  # fmt: skip
                self.state_box.addItem(words, value)
            waiting, bare = sum(c.machine for c in counts), sum(c.none for c in counts)
            self.state_box.setCurrentIndex(0 if waiting else 1 if bare else 4)
        languages = [(language_name(c.language), c.language) for c in counts]
        _refill(self.language_box, [(self.tr("All languages"), ""), *languages])
        flags = translations.flag_counts(self._session.project)
        doubtful = sum(c.flagged for c in counts)
        listed = [(f"{reason(flag).rstrip('.')}  ({number:,})", flag) for flag, number in flags.items()]
        first = [(self.tr("Doubtful or not"), ""), (self.tr("All doubtful ones  ({0})").format(f"{doubtful:,}"), "*")]
        _refill(self.reason_box, [*first, *listed] if doubtful else first[:1])
        self.reason_box.setMaximumWidth(theme.unit() * 90)

    def _ids(self) -> list[int]:
        chosen = self.state_box.currentData()
        language, flag = self.language_box.currentData() or "", self.reason_box.currentData() or ""
        return translations.worklist(self._session.project, chosen, language, flag)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.tables & _TABLES:
            self._choices()
            self._fill()

    def _fill(self) -> None:
        self._ask.hide()
        ids = self._ids()
        found = rows.page(self._session.project, ids[:MOST])
        lines = []
        for row in found:
            segment = row.segment
            why = row.flags if row.state == "machine" and row.flags else state(row.state)
            items = [QTableWidgetItem(c) for c in (str(segment.id), language_name(segment.language), segment.text, why)]
            if runs_right_to_left(segment.text, segment.language):
                items[2].setTextAlignment(_RIGHT)
            items[2].setToolTip(segment.text)
            items[3].setToolTip("\n".join(reason(flag) for flag in row.flags.split(", ") if flag) or why)
            lines.append(items)
        self.table.fill(lines, [r.segment.id for r in found])
        self._tell(len(ids))
        self._show_notice()
        self._on_row()

    def _tell(self, count: int) -> None:
        here = self.tr("Nothing in this list.") if not count else ""
        if count > MOST:
            here = self.tr("The first {0} of {1} are listed.").format(f"{MOST:,}", f"{count:,}")
        self._about.setText(f"{left(translating.counts(self._session.project))} {here}".strip())
        can = self.state_box.currentData() in {"machine", "edited"} and count > 1
        self._all.setVisible(can)
        self._all.setText(self.tr("Approve all {0} …").format(f"{count:,}"))

    def _show_notice(self) -> None:
        """Say which languages no model translates here, or that the machine has not been asked yet."""
        wanted = self.language_box.currentData()
        bare = {
            c.language: c.none
            for c in translating.counts(self._session.project)
            if c.none and wanted in ("", None, c.language)
        }
        self._bare.setVisible(bool(bare) and self._can is not None)
        if not bare or self._can is None:
            return
        without = {code: n for code, n in bare.items() if code not in self._can}
        told = ", ".join(f"{language_name(code)} ({n:,})" for code, n in (without or bare).items())
        if without:
            words = self.tr(
                "No model on this computer translates these into English yet: {0}. A person can, right here: choose "
                "“No English yet” and press E. Or install a model, from a file or from the internet."
            )
        else:
            words = self.tr("The machine has not translated these yet: {0}.")
        self._bare_words.setText(words.format(told))
        self._install.setVisible(bool(without))
        self._translate.setVisible(len(without) < len(bare))

    def _on_row(self) -> None:
        segment_id = self.table.current_key()
        if self._session.is_open:
            self.desk.show_segment(segment_id)
            if self.isVisible() and segment_id is not None:
                self._session.set_current(segment_id)

    def chosen(self) -> list[int]:
        """The comments that are chosen in the list, in its order."""
        picked = {index.row() for index in self.table.selectionModel().selectedRows()}
        keys = self.table.keys()
        return [keys[row] for row in sorted(picked)]

    def _show_work(self) -> None:
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    def show_models(self) -> None:
        """The models that translate."""
        self.keep()
        self._stack.setCurrentIndex(1)
        self.models.arrive()

    def _show_comment(self) -> None:
        if self.desk.segment_id is not None:
            self._show_segment(self.desk.segment_id)

    def _show_segment(self, segment_id: int) -> None:
        self._session.show_comments(SegmentFilter(ids=(segment_id,)))
        self._session.set_current(segment_id)

    # Deciding --------------------------------------------------------------------------------------

    def approve(self) -> None:
        """The English of the chosen comments is right."""
        chosen = self.chosen()
        if len(chosen) > 1:
            self._session.jobs.run(translating.approve, chosen)
        else:
            self.desk.settle()

    enter = settle = approve

    def _on(self) -> None:
        """To the next line; where there is none, to the one before, as this one may leave the list."""
        last = self.table.currentRow() + 1 >= self.table.rowCount()
        self.table.step(-1 if last else 1)
        self.table.setFocus()

    def approve_all(self) -> None:
        """Ask whether everything in the list is right."""
        ids = self._ids()
        if not ids or not self._all.isVisible():
            return
        doubtful = len(set(ids) & set(translations.worklist(self._session.project, "machine", "", "*")))
        words = self.tr("Approve all {0} translations of this list unread?").format(f"{len(ids):,}")
        if doubtful:
            words += " " + self.tr("{0} of them are doubtful.").format(f"{doubtful:,}")
        self._ask_words.setText(words + " " + self.tr("Ctrl+Z takes it back."))
        self._ask.show()
        self._yes.setFocus()

    def _approve_all(self) -> None:
        self._ask.hide()
        self._session.jobs.run(translating.approve, self._ids())
        self.table.setFocus()

    def unapprove(self) -> None:
        """The chosen comments wait for review again."""
        self.desk.unapprove()

    def take(self, number: int) -> None:
        """Take over what the memory or the glossary offers under a number."""
        self.desk.offers.take(number)

    def edit(self) -> None:
        """Write a better English, or the first."""
        self.desk.edit()

    def keep(self) -> None:
        """Keep what was typed."""
        self.desk.keep()

    def dress(self, settings: Settings) -> None:
        """Take the fonts of the settings."""
        self.desk.wear(theme.reading_font(settings))

    def narrow(self) -> None:
        """The keyboard goes to what the list is narrowed by."""
        self.state_box.setFocus()

    def step(self, by: int) -> None:
        """To the next or an earlier line."""
        self.table.step(by)

    def _run(self) -> None:
        self._session.jobs.start(self.tr("Language, translation, vectors"), process.process)


def _refill(box: QComboBox, items: list[tuple[str, str]]) -> None:
    before = box.currentData()
    box.clear()
    for words, value in items:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(before)))
