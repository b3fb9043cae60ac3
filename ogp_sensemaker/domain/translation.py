"""What people bring to translation: terms of a glossary, and pairs of an original and its English."""

from dataclasses import dataclass

OTHER_WORDS = "|"  # stands between the English forms of a term, the one to use first


@dataclass(frozen=True, slots=True)
class Term:
    """How a term of one language is called in English.

    `english` holds one or more forms joined by `|`, the one to use first; "" says that the term is not to be used.
    A `name` is put into English before a model sees the text; other terms are looked for in what it made.
    """

    language: str
    term: str
    english: str
    name: bool = False
    note: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """The English forms that are accepted, the one to use first."""
        return tuple(form.strip() for form in self.english.split(OTHER_WORDS) if form.strip())

    @property
    def preferred(self) -> str:
        """The English to use; "" where there is none."""
        return next(iter(self.forms), "")


@dataclass(frozen=True, slots=True)
class Found:
    """A term where it stands: `text[start:end]`, endings included.

    `before` is what Arabic writes onto its beginning without the article (and, for, by, to); `plural` as far as the
    ending tells.
    """

    term: Term
    start: int
    end: int
    plural: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """An original with the English that a person gave it, as a translation memory keeps it."""

    original: str
    english: str
    language: str = ""
    coder: str = ""
    created: str = ""  # ISO time in UTC, or ""
