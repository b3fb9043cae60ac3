"""What speaks against machine translations, from every side: words, numbers, scores, glossary, second readings."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ogp_sensemaker.app.terms import MISSING
from ogp_sensemaker.errors import ModelMissing

if TYPE_CHECKING:
    from ogp_sensemaker.nlp.glossary import Prepared
    from ogp_sensemaker.nlp.translate import Translation


def doubts(texts: Sequence[str], made: Sequence["Translation"], code: str, known: "Prepared | None") -> list[list[str]]:
    """The quality flags of translations of texts in one language; `known` are the terms of its glossary."""
    from ogp_sensemaker.nlp import glossary, quality

    found = []
    for text, translation, alike in zip(texts, made, _alike(made), strict=True):
        flags = quality.flags(text, translation.text, code, translation.score, unknown=translation.unknown, alike=alike)
        if known is not None and glossary.missing(translation.text, glossary.find_in(text, known)):
            flags.append(MISSING)
        if translation.draft:
            flags.append(quality.DRAFT)
        found.append(flags)
    return found


def _alike(made: Sequence["Translation"]) -> list[float | None]:
    """For each translation the least cosine of a sentence's best and second-best reading; None where none differ."""
    from ogp_sensemaker.nlp import embed

    readings = [pair for translation in made for pair in translation.readings]
    if not readings:
        return [None] * len(made)
    try:
        vectors = embed.embed([text for pair in readings for text in pair])
    except ModelMissing:  # embedding itself says so to the analyst
        return [None] * len(made)
    cosines = iter((vectors[::2] * vectors[1::2]).sum(axis=1).tolist())
    return [min((next(cosines) for _ in translation.readings), default=None) for translation in made]
