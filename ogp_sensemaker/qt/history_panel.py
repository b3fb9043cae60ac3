"""What was done, by whom, when; one action can be taken back."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QTableWidgetItem, QWidget

from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.qt.parts import beside, button, column, label
from ogp_sensemaker.qt.plain_table import PlainTable
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import journal, rows
from ogp_sensemaker.store.journal import Changes, Entry

MOST = 1000


class HistoryPanel(QWidget):
    """The whole trail, newest first, or that of one comment."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session = session
        self._entries: list[Entry] = []
        self._segment: int | None = None
        self._title = label(self.tr("History"), "title")
        self._hint = label("", "muted", wrap=True)
        self._find = QLineEdit()
        self._find.setPlaceholderText(self.tr("Find in the history; #12 shows one comment"))
        self._find.setAccessibleName(self.tr("Find in the history"))
        self._find.setClearButtonEnabled(True)
        self._find.textChanged.connect(self._searched)
        self._who = self._by_whom()
        self.table = PlainTable([self.tr("When"), self.tr("Who"), self.tr("What"), self.tr("Changes")], stretch=2)
        self.table.setAccessibleName(self.tr("History"))
        self.table.itemSelectionChanged.connect(self._on_row)
        self._story = label("", "caption", wrap=True)
        self._revert = button(
            self.tr("Take this back"),
            self.revert,
            tip=self.tr("Undo this one action, if nothing since rests on it (Del)"),
        )
        self._comments = button(self.tr("Show its comments"), self._show_comments)
        self._all = button(self.tr("Whole history"), self.show_all, style="link")
        top = beside()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._all)
        search = beside()
        search.addWidget(self._find, 1)
        search.addWidget(self._who)
        buttons = beside()
        buttons.addStretch(1)
        buttons.addWidget(self._comments)
        buttons.addWidget(self._revert)
        layout = column(self, 3, 2)
        layout.addLayout(top)
        layout.addWidget(self._hint)
        layout.addLayout(search)
        layout.addWidget(self.table.framed(), 1)
        layout.addWidget(self._story)
        layout.addLayout(buttons)
        self.table.on_keys({Qt.Key.Key_Delete: self.revert})
        session.changed.connect(self._on_changed)

    def _by_whom(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("By whom"))
        box.activated.connect(lambda _: self._fill())
        return box

    # What is shown ---------------------------------------------------------------------------------

    def arrive(self) -> None:
        """The place was opened."""
        self._read()
        self.table.setFocus()

    def show_all(self) -> None:
        """Everything that was done in the project."""
        self._segment = None
        self._find.clear()
        self._read()

    def show_segment(self, segment_id: int) -> None:
        """What was done to one comment."""
        self._segment = segment_id
        self._read()

    def _searched(self, text: str) -> None:
        if text.startswith("#") and text[1:].isdigit():
            self.show_segment(int(text[1:]))
        else:
            self._fill()

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        if not self._session.is_open:
            return
        self._entries = list(reversed(journal.history(self._session.project, self._segment, MOST)))
        known = self._who.currentText()
        self._who.clear()
        self._who.addItem(self.tr("Everybody"))
        self._who.addItems(sorted({e.coder for e in self._entries}))
        self._who.setCurrentIndex(max(0, self._who.findText(known)))
        self._fill()

    def _fill(self) -> None:
        one = self._segment is not None
        self._title.setText(self.tr("History of #{0}").format(self._segment) if one else self.tr("History"))
        self._all.setVisible(one)
        self._hint.setText(
            self.tr(
                "Newest first. Decisions can be taken back one by one; imports and runs of machines stay in the trail."
            )
        )
        words = "" if self._find.text().startswith("#") else self._find.text().casefold()
        who = self._who.currentText() if self._who.currentIndex() > 0 else ""
        shown = [e for e in self._entries if words in e.summary.casefold() and who in ("", e.coder)]
        self.table.fill([self._line(e) for e in shown], [e.action_id for e in shown])
        self._tell_story()
        self._on_row()

    def _line(self, entry: Entry) -> list[QTableWidgetItem]:
        undone = self.tr("  (taken back)") if entry.undone_by is not None else ""
        made = datetime.fromisoformat(entry.made).astimezone()
        cells = [
            made.strftime("%d %b %H:%M:%S"),
            entry.coder,
            entry.summary + undone,
            f"{entry.changes:,}" if entry.changes else "",
        ]
        items = [QTableWidgetItem(text) for text in cells]
        items[0].setToolTip(f"{entry.made}  ·  action {entry.action_id}")
        items[2].setToolTip(entry.summary)
        if undone:
            for item in items:
                item.setFlags(item.flags())
                item.setForeground(self.palette().placeholderText())
        return items

    def _tell_story(self) -> None:
        """For one comment also what machines made of it: that is no action of its own."""
        from ogp_sensemaker.app import history

        if self._segment is None:
            self._story.hide()
            return
        steps = history.story(self._session.project, self._segment)
        lines = [f"{step.who}: {step.what}" for step in steps if not step.made]
        self._story.setText("\n".join(lines))
        self._story.setVisible(bool(lines))

    # What can be done ------------------------------------------------------------------------------

    def _entry(self) -> Entry | None:
        key = self.table.current_key()
        return next((e for e in self._entries if e.action_id == key), None)

    def _on_row(self) -> None:
        entry = self._entry()
        possible = (
            entry is not None and entry.kind in ("decision", "undo") and entry.undone_by is None and entry.changes > 0
        )
        self._revert.setEnabled(possible)
        touched = rows.of_action(self._session.project, entry.action_id) if entry is not None else []
        self._comments.setEnabled(bool(touched))
        if touched and self.isVisible():
            self._session.set_current(touched[0])

    def revert(self) -> None:
        """Take the chosen action back."""
        from ogp_sensemaker.app import history

        entry = self._entry()
        if entry is not None and self._revert.isEnabled():
            self._session.jobs.run(history.revert, entry.action_id)

    def _show_comments(self) -> None:
        entry = self._entry()
        if entry is not None:
            touched = rows.of_action(self._session.project, entry.action_id)
            if touched:
                self._session.show_comments(SegmentFilter(ids=tuple(touched)))

    def enter(self) -> None:
        """List the comments of the chosen action."""
        self._show_comments()

    def step(self, by: int) -> None:
        """To the next or an earlier line."""
        self.table.step(by)
