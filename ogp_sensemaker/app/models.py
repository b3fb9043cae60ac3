"""The trained models on this computer: listed, loaded before they are needed, installed, chosen, tried side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ogp_sensemaker.app.doubting import doubts
from ogp_sensemaker.app.progress import Progress
from ogp_sensemaker.errors import ModelMissing

TRIED_AT_ONCE = 8  # texts of a sample between two looks at whether it is to go on


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model in words; `state` is ready, missing, damaged or draft."""

    kind: str
    name: str
    version: str
    licence: str
    languages: str
    state: str


@dataclass(frozen=True, slots=True)
class Translator:
    """A translation package that can be used; `serves` says that its pair of languages is translated with it.

    `draft` says that those who made it do not rely on it themselves.
    """

    name: str
    source: str
    target: str
    version: str
    bundled: bool
    serves: bool
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one model made of a text, with its score (0..1) and what speaks against it."""

    model: str
    english: str
    score: float
    flags: tuple[str, ...]


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


def translators() -> list[Translator]:
    """The translation packages that can be used, by their languages, the one that serves a pair first."""
    from ogp_sensemaker.nlp import packages, translate

    known = packages.available()
    first = {
        (source, target): ways[0][0].name
        for target in {p.target for p in known}
        for source, ways in translate.routes(target).items()
        if len(ways[0]) == 1
    }
    found = [
        Translator(p.name, p.source, p.target, p.version, p.bundled, first.get((p.source, p.target)) == p.name, p.draft)
        for p in known
    ]
    return sorted(found, key=lambda t: (t.source, t.target, not t.serves, t.name))


def translated_from() -> frozenset[str]:
    """The languages that can be put into English now, directly or through another."""
    from ogp_sensemaker.nlp import translate

    return frozenset(translate.versions("en"))


def choose(name: str) -> Translator:
    """Translate the languages of a package with it from now on. Raises SensemakerError where it is not there.

    What another model made is made again by the next `process`; people's translations stay.
    """
    from ogp_sensemaker.nlp import packages

    made = packages.choose(name)
    return Translator(made.name, made.source, made.target, made.version, made.bundled, True)


def install(path: Path, installed: list[str] | None = None) -> Iterator[Progress]:
    """Check a package file, or a converted folder, and install it; its name is added to `installed`.

    Raises SensemakerError with the reason where it is refused.
    """
    from ogp_sensemaker.nlp import packages

    yield Progress(0, 1, f"Checking {path.name}")
    made = packages.install(path)
    if installed is not None:
        installed.append(made.name)
    yield Progress(1, 1, f"Checking {path.name}")


def remove(name: str) -> None:
    """Remove a package that a person installed. Raises SensemakerError for one that is not there or came along."""
    from ogp_sensemaker.nlp import engine, packages

    engine.unload()
    packages.remove(name)


def try_out(
    texts: Sequence[str], source: str, names: Sequence[str], attempts: list[list[Attempt]], target: str = "en"
) -> Iterator[Progress]:
    """Translate texts with each of several packages; a list of attempts for each text is added to `attempts`.

    Nothing is written anywhere. Raises ModelMissing where a package does not serve the pair.
    """
    from ogp_sensemaker.nlp import translate

    for start in range(0, len(texts), TRIED_AT_ONCE):
        yield Progress(start, len(texts), "Trying models")
        batch = texts[start : start + TRIED_AT_ONCE]
        columns = []
        for name in names:
            made = translate.translate(batch, source, target, package=name)
            flags = doubts(batch, made, source, None)
            columns.append([Attempt(name, m.text, m.score, tuple(f)) for m, f in zip(made, flags, strict=True)])
        attempts += [list(row) for row in zip(*columns, strict=True)]
    yield Progress(len(texts), len(texts), "Trying models")
