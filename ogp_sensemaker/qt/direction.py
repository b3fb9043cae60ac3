"""Which way a paragraph runs."""

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "dv", "yi", "sd", "ug"})

LANGUAGES = {
    "en": "English", "az": "Azerbaijani", "ar": "Arabic", "fr": "French", "es": "Spanish", "ru": "Russian",
    "tr": "Turkish", "pt": "Portuguese", "de": "German", "it": "Italian", "uk": "Ukrainian", "ka": "Georgian",
    "hy": "Armenian", "fa": "Persian", "sw": "Swahili", "id": "Indonesian", "ro": "Romanian", "sq": "Albanian",
    "und": "too short to tell", "": "not told yet",
}  # fmt: skip


def language_name(code: str) -> str:
    """What a language is called in the interface; its code where it has no name here."""
    return LANGUAGES.get(code, code)


def runs_right_to_left(paragraph: str, language: str = "") -> bool:
    """Whether a paragraph is set from right to left.

    In a language written so, every paragraph that has a letter of it is, also one that begins with a Latin name.
    Elsewhere the first letter decides, so that an Arabic quotation stands right in an English text.
    """
    seen = (unicodedata.bidirectional(c) for c in paragraph)
    if language in RIGHT_TO_LEFT:
        return any(kind in {"R", "AL"} for kind in seen)
    return next((kind for kind in seen if kind in {"L", "R", "AL"}), "L") != "L"


def layout_direction(paragraph: str, language: str = "") -> Qt.LayoutDirection:
    """The same for Qt."""
    right = runs_right_to_left(paragraph, language)
    return Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight


def isolated(text: str) -> str:
    """The text so that a mirrored layout leaves its order alone: +0.67 stays +0.67, and 12 / 0 stays 12 / 0."""
    mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return f"\u2066{text}\u2069" if mirrored and text and not runs_right_to_left(text) else text
