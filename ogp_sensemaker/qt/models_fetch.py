"""A translation package from the internet: what would be contacted is said before anything is."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit

from ogp_sensemaker.app import fetching
from ogp_sensemaker.app.fetching import Offer
from ogp_sensemaker.qt import theme
from ogp_sensemaker.qt.direction import LANGUAGES, language_name
from ogp_sensemaker.qt.parts import beside, button, card, column, label
from ogp_sensemaker.qt.session import Session


class FetchBox(QFrame):
    """Two questions, a download, an installation; any of them can be refused or stopped."""

    installed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._yes: Callable[[], None] = self._hide_ask
        self.language = QComboBox()
        self.language.setAccessibleName(self.tr("From which language"))
        self.address = QLineEdit()
        self.address.setAccessibleName(self.tr("Address of a package, or of a list of packages"))
        self.address.setPlaceholderText(self.tr("The list that argostranslate names; or an address of your own"))
        box, inside = card(2)
        inside.addWidget(label(self.tr("From the internet"), "heading"))
        hint = self.tr("Nothing else in this program opens a connection, and this asks first. Your project stays here.")
        inside.addWidget(label(hint, "caption", wrap=True))
        row = beside(None, 0, 2)
        row.addWidget(label(self.tr("Into English from")))
        row.addWidget(self.language)
        row.addWidget(self.address, 1)
        self.look_button = button(self.tr("Look for one …"), self.ask_to_look)
        row.addWidget(self.look_button)
        inside.addLayout(row)
        self.ask = QFrame()
        self.ask.setObjectName("ask")
        asking = column(self.ask, 2, 2)
        self.words = label("", "", wrap=True)
        asking.addWidget(self.words)
        answers = beside(None, 0, 2)
        self.yes = button("", self._say_yes, style="primary")
        answers.addWidget(self.yes)
        answers.addWidget(button(self.tr("No"), self._hide_ask))
        answers.addStretch(1)
        asking.addLayout(answers)
        inside.addWidget(self.ask)
        self.ask.hide()
        column(self, 0, 0).addWidget(box)
        self.language.setMinimumWidth(theme.unit() * 36)

    def offer_languages(self, first: Sequence[str]) -> None:
        """The languages to choose from, those of the project before all others."""
        before = self.language.currentData()
        codes = dict.fromkeys([*first, *(c for c in LANGUAGES if c not in {"en", "und", ""})])
        self.language.clear()
        for code in codes:
            self.language.addItem(language_name(code), code)
        self.language.setCurrentIndex(max(0, self.language.findData(before)))

    def _say_yes(self) -> None:
        self._yes()

    def _hide_ask(self) -> None:
        self.ask.hide()
        self.look_button.setFocus()

    def _question(self, words: str, yes: str, does: Callable[[], None]) -> None:
        self.words.setText(words)
        self.yes.setText(yes)
        self.yes.setAccessibleName(yes)
        self._yes = does
        self.ask.show()
        self.yes.setFocus()

    def ask_to_look(self) -> None:
        """Say what would be contacted."""
        where = self.address.text().strip() or fetching.list_address()
        words = self.tr(
            "To find a package from {0} to English, this computer would connect to {1}, and to the server that the "
            "package is on, to ask how large it is. Nothing is downloaded yet.\n{2}"
        )
        filled = words.format(language_name(self.language.currentData()), fetching.server_of(where), where)
        self._question(filled, self.tr("Connect"), self._look)

    def _look(self) -> None:
        self.ask.hide()
        found: list[Offer] = []
        source, address = self.language.currentData(), self.address.text().strip()
        self._session.jobs.start(
            self.tr("Look for a package"),
            lambda _project: fetching.look(source, "en", address, found),
            then=lambda _complete: self._found(found),
        )

    def _found(self, found: list[Offer]) -> None:
        if not found:
            return  # the sentence why not is on the screen
        offer = found[0]
        size = self.tr("{0} MB").format(round((offer.size or 0) / fetching.MEGABYTE))
        words = self.tr("Found {0}, {1}, on {2}. It is checked before it is installed.\n{3}").format(
            f"{offer.file} {offer.version}".strip(),
            size if offer.size is not None else self.tr("of a size that the server does not tell"),
            offer.server,
            offer.address,
        )
        self._question(words, self.tr("Download and install"), lambda: self._fetch(offer))

    def _fetch(self, offer: Offer) -> None:
        self.ask.hide()
        made: list[str] = []
        self._session.jobs.start(
            self.tr("Download {0}").format(offer.file),
            lambda _project: fetching.fetch(offer, made),
            then=lambda _complete: self._tell(made),
        )

    def _tell(self, made: Sequence[str]) -> None:
        for name in made:
            self.installed.emit(name)
