"""The trained models on this computer, as the window shows them, and loading one before it is needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from ogp_sensemaker.errors import ModelMissing


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model in words; `state` is ready, missing, damaged or draft."""

    kind: str
    name: str
    version: str
    licence: str
    languages: str
    state: str


def states() -> Sequence[ModelState]:
    """Every model that is here or should be. Checks hashes, so it takes a moment the first time."""
    from ogp_sensemaker.nlp import bundle

    return [ModelState(m.kind, m.name, m.version, m.licence, m.languages, m.state) for m in bundle.installed()]


def warm() -> str:
    """Load the model that searching and suggesting need; a sentence where it is not there, otherwise ""."""
    from ogp_sensemaker.nlp import embed

    try:
        embed.warm()
    except ModelMissing as missing:
        return str(missing)
    return ""
