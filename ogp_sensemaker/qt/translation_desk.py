"""One comment to translate or to review: original beside English, doubts, offers, where its words stand elsewhere."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ogp_sensemaker.app import translating
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import language_name
from ogp_sensemaker.qt.parts import ElidedLabel, beside, button, card, column, label, scrolled
from ogp_sensemaker.qt.reading_text import ReadingText
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.qt.translation_box import EnglishBox
from ogp_sensemaker.qt.translation_offers import Offer, OfferList
from ogp_sensemaker.qt.translation_words import made_by, reasons
from ogp_sensemaker.store import rows, translations
from ogp_sensemaker.store.rows import Row

OFFERS_AFTER_MS = 60  # somebody who runs down the list does not wait for what they do not read


class TranslationDesk(QWidget):
    """Shows a comment and writes what is decided about its English."""

    decided = Signal()  # on to the next
    finished = Signal()  # back to the list
    wanted = Signal(int)  # another comment, among the comments

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._row: Row | None = None
        self.box = EnglishBox()
        self.box.left.connect(self.keep)
        self.box.given_up.connect(self.give_up)
        self.box.textChanged.connect(self._on_typed)
        self.offers = OfferList(session)
        self.offers.taken.connect(self._take)
        self.offers.wanted.connect(self.wanted)
        self.box.offer_wanted.connect(self.offers.take)
        self._where = ElidedLabel("", "caption")
        self._doubts = label("", "notice", wrap=True)
        self._doubts.setAccessibleName(self.tr("Why to look at it"))
        layout = column(self, 0, 2)
        layout.addWidget(self._where)
        layout.addWidget(self._doubts)
        layout.addLayout(self._texts(), 3)
        layout.addLayout(self._buttons())
        inside = QWidget()
        inside.setObjectName("plain")
        below = column(inside, 0, 0)
        below.addWidget(self.offers)
        layout.addWidget(scrolled(inside), 2)
        self._timer = QTimer(self, interval=OFFERS_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._show_offers)
        self.show_segment(None)

    def _texts(self) -> QHBoxLayout:
        u = theme.unit()
        self.original = ReadingText()
        self.original.setAccessibleName(self.tr("Original"))
        inside = QWidget()
        inside.setObjectName("plain")
        words = column(inside, 0, 0)
        words.addWidget(self.original)
        words.addStretch(1)
        self._language, self._made = label("", "overline"), label("", "caption", wrap=True)
        first, left = card(1)
        left.addWidget(self._language)
        left.addWidget(scrolled(inside), 1)
        second, right = card(1)
        right.addWidget(label(self.tr("ENGLISH"), "overline"))
        right.addWidget(self.box, 1)
        right.addWidget(self._made)
        first.setMinimumHeight(u * 34)
        both = beside(None, 0, 2)
        both.addWidget(first, 1)
        both.addWidget(second, 1)
        return both

    def _buttons(self) -> QHBoxLayout:
        self.approve_button = button(
            self.tr("Approve and go on"), self.settle, style="primary",
            tip=self.tr("The English says what the original says (A or Enter; Ctrl+Enter while you type)"),
        )  # fmt: skip
        self.correct_button = button(self.tr("Correct"), self.edit, tip=self.tr("Write a better English (E)"))
        self.back_button = button(
            self.tr("Take the approval back"), self.unapprove, tip=self.tr("It waits for review again (Shift+A)")
        )
        row = beside(None, 0, 2)
        for found in (self.approve_button, self.correct_button, self.back_button):
            # A click leaves the keyboard in the box: what is typed there belongs to the step that the click takes.
            found.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(found)
        self._hint = label("", "caption")
        row.addStretch(1)
        row.addWidget(self._hint)
        return row

    def wear(self, font: QFont) -> None:
        """Take another font for what is read and written."""
        self.original.setFont(font)
        self.box.setFont(font)

    # Showing ---------------------------------------------------------------------------------------

    @property
    def segment_id(self) -> int | None:
        """The comment that is shown."""
        return self._row.segment.id if self._row else None

    def show_segment(self, segment_id: int | None) -> None:
        """Show a comment, keeping what was typed for the one before; None for nothing."""
        if segment_id != self.segment_id:
            self.keep()
        found = rows.page(self._session.project, [segment_id]) if segment_id and self._session.is_open else []
        before, self._row = self.segment_id, found[0] if found else None
        self.setEnabled(self._row is not None)
        if self._row is None:
            for text in (self._where, self._doubts, self._language, self._made):
                text.setText("")
            self._doubts.hide()
            self.original.show_text("", "")
            self.box.show_text("")
            self._on_typed()
            return
        self._show_row(self._row, fresh=before != segment_id)
        self._timer.start()

    def _show_row(self, row: Row, fresh: bool) -> None:
        segment, project = row.segment, self._session.project
        place = [
            f"#{segment.id}",
            segment.channel,
            f"{segment.source} {segment.locator}",
            segment.heading,
            segment.case,
        ]
        self._where.set_words("  ·  ".join(part for part in place if part.strip()))
        self._language.setText((language_name(segment.language) or self.tr("Original")).upper())
        self.original.show_text(segment.text, segment.language)
        machine = translations.machine(project, [segment.id]).get(segment.id)
        human = translations.human(project, [segment.id]).get(segment.id)
        self._made.setText(made_by(machine, human))
        doubts = translating.reasons(project, segment.id) if row.flags else {}
        self._doubts.setText(reasons(doubts))
        self._doubts.setVisible(bool(doubts))
        if fresh or not self.box.changed:
            self.box.show_text(segment.english)
        has = bool(segment.english)
        self.correct_button.setText(self.tr("Correct") if has else self.tr("Translate by hand"))
        self.back_button.setVisible(row.state == "approved")
        self._on_typed()

    def _show_offers(self) -> None:
        if self._row is not None and self._session.is_open:
            self.offers.show_offers(translating.offers(self._session.project, self._row.segment.id))

    def _on_typed(self) -> None:
        typed = self.box.changed and bool(self.box.toPlainText().strip())
        state = self._row.state if self._row else ""
        self.approve_button.setEnabled(typed or state in {"machine", "edited"})
        saves = self.tr("Kept when you leave the box; Esc takes it back")
        self._hint.setText(saves if self.box.changed else "")

    # Deciding --------------------------------------------------------------------------------------

    def edit(self) -> None:
        """The keyboard goes to the English."""
        if self._row is not None:
            self.box.setFocus()
            self.box.moveCursor(self.box.textCursor().MoveOperation.End)

    def keep(self) -> None:
        """Keep what was typed, if it is another English."""
        text = self.box.toPlainText()
        if self._row is not None and self.box.changed and text.strip() and self._session.is_open:
            self.box.show_text(text)
            self._session.jobs.run(translating.edit, self._row.segment.id, text)

    def give_up(self) -> None:
        """Back to the English as it was; once more leaves the box."""
        if self.box.changed:
            self.box.give_up()
        else:
            self.finished.emit()

    def settle(self) -> None:
        """This English is right, as it stands in the box; on to the next."""
        if self._row is None or not self.approve_button.isEnabled():
            return
        segment_id, text = self._row.segment.id, self.box.toPlainText()
        self.box.show_text(text)  # nothing of it is left to keep
        self.decided.emit()
        self._session.jobs.run(translating.settle, segment_id, text)

    def unapprove(self) -> None:
        """It waits for review again."""
        if self._row is not None and self._row.state == "approved":
            self._session.jobs.run(translating.unapprove, [self._row.segment.id])

    def _take(self, offer: Offer) -> None:
        self.box.put(offer.english, offer.whole)
