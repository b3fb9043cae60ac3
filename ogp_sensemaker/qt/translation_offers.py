"""What the memory and the glossary offer for a comment, and where else its words stand."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ogp_sensemaker.app.translating import Offers
from ogp_sensemaker.qt.parts import ElidedButton, beside, button, clear, column, label
from ogp_sensemaker.qt.session import Session

MOST = 9
MOST_ELSEWHERE = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """Words that can be taken over; `whole` says that they are the English of the whole comment."""

    english: str
    whole: bool


class OfferList(QWidget):
    """Numbered buttons; the number is the key."""

    taken = Signal(object)  # Offer
    wanted = Signal(int)  # another comment

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._offers: list[Offer] = []
        self._rows: QVBoxLayout = column(self, 0, 1)

    def show_offers(self, found: Offers) -> None:
        """Show what there is for a comment."""
        clear(self._rows)
        self._offers = []
        if found.matches:
            self._rows.addWidget(label(self.tr("TRANSLATED BEFORE"), "overline"))
        for match in found.matches:
            near = self.tr("one sentence of it") if match.sentence else f"{round(100 * match.score)} %"
            by = f"{match.coder}, {match.created[:10]}"
            words = f"{match.english}   ({near}, {by})"
            self._add(words, Offer(match.english, not match.sentence), f"{match.original}\n→ {match.english}\n{by}")
        terms = list(dict.fromkeys(f.term for f in found.terms))
        if terms:
            self._rows.addWidget(label(self.tr("FROM THE GLOSSARY"), "overline"))
        for term in terms:
            lost = self.tr("   (not in the English)") if term in found.missing else ""
            forms = self.tr(" or ").join(term.forms)
            tip = f"{term.term} → {forms}" + (f"\n{term.note}" if term.note else "")
            self._add(f"{term.term} → {forms}{lost}", Offer(term.preferred, False), tip)
        self._show_elsewhere(found)
        if not self._rows.count():
            nothing = self.tr(
                "Neither the memory nor the glossary knows anything of these words; they stand nowhere else."
            )
            self._rows.addWidget(label(nothing, "caption", wrap=True))
        self._rows.addStretch(1)

    def _add(self, words: str, offer: Offer, tip: str) -> None:
        if len(self._offers) >= MOST:
            return
        self._offers.append(offer)
        number = len(self._offers)
        found = ElidedButton(f"{number}   {words}", "", lambda: self.taken.emit(offer))
        found.setToolTip(tip + "\n" + self.tr("{0}, or Alt+{0} while you type, takes it over").format(number))
        self._rows.addWidget(found)

    def _show_elsewhere(self, found: Offers) -> None:
        groups = (
            (self.tr("The same words: what you decide goes there too"), [e for e in found.elsewhere if not e.sentence]),
            (self.tr("A sentence of it also in"), [e for e in found.elsewhere if e.sentence]),
        )
        for words, listed in groups:
            if not listed:
                continue
            row = beside(None, 0, 1)
            row.addWidget(label(words, "caption"))
            for other in listed[:MOST_ELSEWHERE]:
                tip = other.sentence or self.tr("Read it among the comments")
                show = lambda i=other.segment_id: self.wanted.emit(i)  # noqa: E731
                row.addWidget(button(f"#{other.segment_id}", show, style="link", tip=tip))
            if len(listed) > MOST_ELSEWHERE:
                more = self.tr("and {0} more").format(f"{len(listed) - MOST_ELSEWHERE:,}")
                row.addWidget(label(more, "caption"))
            row.addStretch(1)
            self._rows.addLayout(row)

    def take(self, number: int) -> None:
        """Take the offer of a number, if there is one."""
        if 1 <= number <= len(self._offers):
            self.taken.emit(self._offers[number - 1])
