"""Texts in any language to English with the installed packages: never a socket, never a lost line break."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ogp_sensemaker.errors import ModelMissing
from ogp_sensemaker.nlp import engine, packages
from ogp_sensemaker.nlp.engine import Answer
from ogp_sensemaker.nlp.packages import Package
from ogp_sensemaker.nlp.protect import Protected, has_words, keep_numbers, protect
from ogp_sensemaker.nlp.quality import reads_otherwise
from ogp_sensemaker.nlp.sentences import Sentence, split

NAMES = {
    "az": "Azerbaijani", "ar": "Arabic", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French",
    "ka": "Georgian", "pt": "Portuguese", "ru": "Russian", "tr": "Turkish", "uk": "Ukrainian", "de": "German",
}  # fmt: skip
_PIVOT = "en"

Route = tuple[Package, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in the other language. `score` (0..1) is the mean probability per token of its weakest sentence.

    `unknown` (0..1) is the share of pieces that the model does not know in the sentence with most of them, `readings`
    are sentences whose second-best translation has other words: (best, second best). `draft` says that a model had a
    part in it which is not to be relied on.
    """

    text: str
    score: float
    model: str
    unknown: float = 0.0
    readings: tuple[tuple[str, str], ...] = ()
    draft: bool = False


def name_of(code: str) -> str:
    """The English name of a language."""
    return NAMES.get(code, f"the language “{code}”")


def routes(target: str = _PIVOT) -> dict[str, list[Route]]:
    """For each source language the ways to `target`, the one to use first: direct ones, then through a second package.

    Of several packages for a pair, the one that a person chose comes first, then those that were installed before
    those that came with the program, and newer versions before older ones.
    """
    found: dict[str, list[Route]] = {}
    wanted = packages.chosen()

    def place(package: Package) -> tuple[bool, bool, tuple[int, ...], str]:
        unwanted = wanted.get((package.source, package.target)) != package.name
        return unwanted, package.bundled, _backwards(package.version), package.name

    known = sorted(packages.available(), key=place)
    for package in known:
        if package.target == target and package.source != target:
            found.setdefault(package.source, []).append((package,))
    direct = {source: ways[0] for source, ways in found.items()}
    for package in known:
        if package.target in direct and package.source not in direct and package.source != target:
            found.setdefault(package.source, []).append((package, *direct[package.target]))
    return found


def _backwards(version: str) -> tuple[int, ...]:
    return tuple(-int(part) for part in version.replace("-", ".").split(".") if part.isdigit())


def pairs() -> list[tuple[str, str]]:
    """The pairs of languages that can be translated now, directly or through a second package."""
    targets = {package.target for package in packages.available()}
    return sorted((source, target) for target in targets for source in routes(target))


def label(route: Route) -> str:
    """How translations made along a route are signed."""
    return " + ".join(package.label for package in route)


def versions(target: str = _PIVOT) -> dict[str, str]:
    """For each language that can be translated now, the model that would be used."""
    return {source: label(ways[0]) for source, ways in routes(target).items()}


def no_model(code: str, segments: int = 0, target: str = _PIVOT) -> str:
    """The sentence for an analyst that no package translates from a language."""
    which = f"{segments:,} segments in {name_of(code)} stay" if segments > 1 else f"{name_of(code)} stays"
    which = f"One segment in {name_of(code)} stays" if segments == 1 else which
    return (
        f"{which} untranslated: there is no model from {name_of(code)} to {name_of(target)} here yet. "
        f"Install one with “models install FILE.argosmodel”, or import human translations."
    )


def _route(source: str, target: str, package: str | None) -> Route:
    ways = routes(target).get(source, [])
    for way in ways:
        if package is None or any(package == p.name for p in way):
            return way
    if ways and package:
        offered = ", ".join(p.name for way in ways for p in way)
        raise ModelMissing(f"No installed package {package} translates from {name_of(source)}; there are: {offered}.")
    raise ModelMissing(no_model(source, target=target))


def translate(
    texts: Sequence[str],
    source: str,
    target: str = _PIVOT,
    *,
    glossary: Mapping[str, str] | None = None,
    package: str | None = None,
    threads: int = 2,
) -> list[Translation]:
    """Translate texts of one language.

    Line breaks, bullets and white space stay as they were; links, addresses, handles, emoji and numbers come out
    as they went in. `glossary` maps a term of the source language to what it is called in the target's.
    `package` names the one to use where several serve the pair. Raises ModelMissing, naming the language.
    """
    route = _route(source, target, package)
    signed, draft = label(route), any(p.draft for p in route)
    cut = [split(text, source) for text in texts]
    wanted = dict.fromkeys(s.text for sentences, _ in cut for s in sentences if has_words(s.text))
    made = dict(zip(wanted, _sentences(list(wanted), route, glossary or {}, threads), strict=True))
    return [_join(sentences, tail, made, signed, draft) for sentences, tail in cut]


def _join(
    sentences: Iterable[Sentence], tail: str, made: Mapping[str, Answer], signed: str, draft: bool
) -> Translation:
    parts, answers = [], []
    for sentence in sentences:
        answer = made.get(sentence.text)
        parts.append(sentence.lead + (sentence.text if answer is None else answer.text))
        answers += [] if answer is None else [answer]
    readings = tuple((a.text, a.second) for a in answers if a.second and reads_otherwise(a.text, a.second))
    return Translation(
        "".join(parts) + tail,
        min((a.score for a in answers), default=1.0),
        signed,
        max((a.unknown for a in answers), default=0.0),
        readings,
        draft and bool(answers),
    )


def _sentences(sentences: Sequence[str], route: Route, glossary: Mapping[str, str], threads: int) -> list[Answer]:
    """Each sentence translated along a route."""
    current = [Answer(sentence, 1.0) for sentence in sentences]
    for step, package in enumerate(route):
        terms = glossary if step == 0 else {}
        hidden = [protect(answer.text, terms) for answer in current]
        made = _step([h.text for h in hidden], package, threads)
        again = {i: h for i, h in enumerate(hidden) if h.spans and not h.complete(made[i].text)}
        if again:  # the model lost a placeholder: translate without, and put the spans where they were
            bare = dict(zip(again, _step([h.bare() for h in again.values()], package, threads), strict=True))
            made = [bare.get(i, answer) for i, answer in enumerate(made)]
        current = [
            _restored(h, answer, before, bare=i in again)
            for i, (h, answer, before) in enumerate(zip(hidden, made, current, strict=True))
        ]
    return current


def _restored(hidden: Protected, made: Answer, before: Answer, *, bare: bool) -> Answer:
    """What a model made of a sentence, with the spans back in it; the step before counts in what is known of it."""
    back = hidden.insert if bare else hidden.restore
    whole = bare or hidden.complete(made.second)
    return Answer(
        keep_numbers(before.text, back(made.text)),
        round(made.score * before.score, 4),
        keep_numbers(before.text, back(made.second)) if made.second and whole else "",
        max(made.unknown, before.unknown),
    )


def _step(texts: Sequence[str], package: Package, threads: int) -> list[Answer]:
    unique = list(dict.fromkeys(t for t in texts if has_words(t)))
    made = dict(zip(unique, engine.run(package.folder, package.digest, unique, threads), strict=True))
    return [made.get(text) or Answer(text, 1.0) for text in texts]
