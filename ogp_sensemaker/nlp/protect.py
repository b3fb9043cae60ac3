"""Keeps what must not be translated (links, addresses, handles, emoji, names of a glossary) out of a model's reach."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SPAN = re.compile(
    r"https?://[^\s<>\"»]+|www\.[^\s<>\"»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)[@#][^\W_]\w*"
    r"|(?:[\U0001F1E6-\U0001FAFF\u2600-\u27BF\u2B50\u2B55][\uFE0F\u200D\U0001F3FB-\U0001F3FF]*)+"
    r"|<[^<>\s][^<>]{0,200}>"
)
_TRAILING = ".,;:!?…؟،؛)\"'”’"
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d+(?:[.,:/٫٬’' ]\d+)*")
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "01234567890123456789.")


def has_words(text: str) -> bool:
    """Whether there is a letter to translate outside of links, addresses, handles and emoji."""
    return bool(_LETTER.search(_SPAN.sub(" ", text)))


def _placeholder(number: int) -> str:
    return f"X{number + 1}X"


@dataclass(frozen=True, slots=True)
class Protected:
    """A sentence with spans hidden behind placeholders; `spans` holds (start, end in it, what comes back)."""

    sentence: str
    text: str
    spans: tuple[tuple[int, int, str], ...]

    def complete(self, made: str) -> bool:
        """Whether a translation holds every placeholder exactly once."""
        return all(len(_found(made, n)) == 1 for n in range(len(self.spans)))

    def restore(self, made: str) -> str:
        """The translation with the spans in place of their placeholders."""
        for n, (_, _, back) in enumerate(self.spans):
            for match in _found(made, n)[:1]:
                made = made[: match.start()] + back + made[match.end() :]
        return made

    def bare(self) -> str:
        """The sentence without its spans."""
        parts, at = [], 0
        for start, end, _ in self.spans:
            parts.append(self.sentence[at:start])
            at = end
        return " ".join(" ".join((*parts, self.sentence[at:])).split())

    def insert(self, made: str) -> str:
        """A translation of `bare()` with the spans put in, each after as large a share of the words as it was."""
        words = made.split(" ")
        total = max(len(self.bare().split()), 1)
        placed: list[tuple[int, int, str]] = []
        before, at = 0, 0
        for n, (start, end, back) in enumerate(self.spans):
            before += len(self.sentence[at:start].split())
            at = end
            placed.append((round(len(words) * min(before / total, 1.0)), n, back))
        for position, _, back in reversed(placed):
            words.insert(position, back)
        return " ".join(w for w in words if w)


def _found(text: str, number: int) -> list[re.Match[str]]:
    return list(re.finditer(rf"(?<![^\W_])X ?{number + 1} ?X(?![^\W_])", text, re.IGNORECASE))


def protect(sentence: str, glossary: Mapping[str, str]) -> Protected:
    """Hide links, addresses, handles, tags, emoji and the terms of a glossary (longest first) in a sentence."""
    found = []
    for match in _SPAN.finditer(sentence):
        end = match.end()
        if sentence[match.start()] not in "<":
            while end > match.start() + 1 and sentence[end - 1] in _TRAILING:
                end -= 1
        found.append((match.start(), end, sentence[match.start() : end]))
    for term in sorted(glossary, key=lambda t: (-len(t), t)):
        pattern = rf"(?<![^\W_]){re.escape(term)}(?![^\W_])"
        for match in re.finditer(pattern, sentence, re.IGNORECASE):
            if not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append((match.start(), match.end(), glossary[term]))
    spans = tuple(sorted(found))
    text, shift = sentence, 0
    for n, (start, end, _) in enumerate(spans):
        hidden = _placeholder(n)
        text = text[: start + shift] + hidden + text[end + shift :]
        shift += len(hidden) - (end - start)
    return Protected(sentence, text, spans)


def numbers(text: str) -> list[str]:
    """The numbers of a text as written, digits of other scripts as Western ones."""
    return _NUMBER.findall(text.translate(_EASTERN))


def keep_numbers(source: str, made: str) -> str:
    """A translation with a number that the model changed put right, where there is no doubt which one it is."""
    wanted, got = numbers(source), numbers(made)
    missing = [n for n in wanted if n not in got]
    extra = [n for n in got if n not in wanted]
    # "1.500" for "1,500" is a way of writing, not a change.
    if len(missing) != 1 or len(extra) != 1 or len(wanted) != len(got):
        return made
    if re.sub(r"\D", "", missing[0]) == re.sub(r"\D", "", extra[0]):
        return made
    return re.sub(rf"(?<!\d){re.escape(extra[0])}(?!\d)", missing[0], made, count=1)
