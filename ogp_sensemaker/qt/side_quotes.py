"""Quotations of one side of an issue: who, where, in which language, the original and its English."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ogp_sensemaker.domain.findings import Quotation
from ogp_sensemaker.qt.direction import language_name, layout_direction
from ogp_sensemaker.qt.issue_figures import keeps
from ogp_sensemaker.qt.parts import ElidedLabel, beside, button, clear, column, label

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape)
MOST_CHARACTERS = 420  # the reading pane has the rest


class QuoteCard(QFrame):
    """One quotation; a click, Enter or the keyboard on it reads it."""

    read = Signal(int)  # segment
    step = Signal(object, int)  # this card, the arrow key
    decided = Signal(int, bool)  # the machine's stance is right, or wrong
    removed = Signal(int)  # it does not belong to the issue

    def __init__(self, quotation: Quotation, notes: Sequence[str] = ()) -> None:
        super().__init__()
        self.id = quotation.segment_id
        self.is_machine = quotation.by_machine and bool(quotation.stance)
        self.setObjectName("quote")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Read #{0} (Enter); Del detaches it from the issue").format(self.id))
        layout = column(self, 2, 1)
        who = (quotation.who or self.tr("nobody in particular"), quotation.channel, language_name(quotation.language))
        caption = label("  ·  ".join(w for w in (f"#{self.id}", *who) if w), "caption", wrap=True)
        caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(caption)
        layout.addWidget(_words(quotation.text, quotation.language))
        if quotation.english:
            by = quotation.translation_by
            # In one line that may be cut: its width would otherwise be the column's, and the words above lose theirs.
            layout.addWidget(ElidedLabel(self.tr("ENGLISH") + (f"  ·  {by}" if by else ""), "overline"))
            layout.addWidget(_words(quotation.english, "en", muted=True))
        said = (self.tr("with a concern"), *notes) if quotation.concern else tuple(notes)
        if said:
            row = beside(None, 0, 1)
            for note in said:
                row.addWidget(label(note, "flag"))
            row.addStretch(1)
            if self.is_machine:
                self._deciding(row)
            layout.addLayout(row)
        self.setAccessibleName(f"#{self.id}, {', '.join(w for w in who if w)}: {quotation.english or quotation.text}")

    def _deciding(self, row: QHBoxLayout) -> None:
        for words, right, tip in (
            (self.tr("Right"), True, self.tr("Take this stance over as yours (Enter)")),
            (self.tr("Wrong"), False, self.tr("It counts no longer, and the machine learns from it (X)")),
        ):
            chosen = button(words, partial(self.decided.emit, self.id, right), style="link", tip=tip)
            chosen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(chosen)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.read.emit(self.id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.read.emit(self.id)

    def event(self, event: QEvent) -> bool:
        mine = (*ENTER, Qt.Key.Key_Delete, *((Qt.Key.Key_X,) if self.is_machine else ()))
        return keeps(event, *mine) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in ARROWS:
            self.step.emit(self, key)
        elif self.is_machine and key in (*ENTER, Qt.Key.Key_X):
            self.decided.emit(self.id, key != Qt.Key.Key_X)
        elif key == Qt.Key.Key_Delete:
            self.removed.emit(self.id)
        elif key in (*ENTER, Qt.Key.Key_Space):
            self.read.emit(self.id)
        else:
            super().keyPressEvent(event)


def _words(text: str, language: str, *, muted: bool = False) -> QLabel:
    """A paragraph in its own direction, cut where it is long."""
    cut = text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 2].rsplit(' ', 1)[0]} …"
    found = label(cut, "muted" if muted else "", wrap=True)
    found.setLayoutDirection(layout_direction(text, language))
    found.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return found


class SideColumn(QWidget):
    """A heading with the quotations below it; hides itself where there are none and nothing is to be said."""

    read = Signal(int)
    step = Signal(object, int)
    decided = Signal(int, bool)
    removed = Signal(int)

    def __init__(self, name: str, style: str = "heading") -> None:
        super().__init__()
        self._shown: object = None
        self.cards: list[QuoteCard] = []
        self.heading = label(name, style)
        self.setAccessibleName(name)
        layout = column(self, 0, 2)
        layout.addWidget(self.heading)
        self.top = column(None, 0, 1)  # what stands between the heading and the quotations
        layout.addLayout(self.top)
        self._inside = column(None, 0, 2)
        layout.addLayout(self._inside)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_quotations(
        self,
        title: str,
        quotations: Sequence[Quotation],
        nothing: str = "",
        notes: Callable[[Quotation], Sequence[str]] = lambda _: (),
    ) -> None:
        """Show these, or a sentence where there are none."""
        if (title, *quotations, nothing) == self._shown:
            return
        self._shown = (title, *quotations, nothing)
        at = next((place for place, card in enumerate(self.cards) if card.hasFocus()), None)
        self.heading.setText(title)
        clear(self._inside)
        self.cards = []
        for quotation in quotations:
            card = QuoteCard(quotation, notes(quotation))
            card.read.connect(self.read)
            card.step.connect(self.step)
            card.decided.connect(self.decided)
            card.removed.connect(self.removed)
            self.cards.append(card)
            self._inside.addWidget(card)
        if not quotations and nothing:
            self._inside.addWidget(label(nothing, "caption", wrap=True))
        self.setVisible(bool(quotations or nothing))
        if at is not None and self.cards:
            self.cards[min(at, len(self.cards) - 1)].setFocus()  # the keyboard stays where it was
