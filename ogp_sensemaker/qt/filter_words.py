"""A filter in words, one chip for each thing it asks for, and the filter without it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.qt.direction import language_name
from ogp_sensemaker.qt.session import Session
from ogp_sensemaker.store import clusters, sources


def changed(where: SegmentFilter, name: str, value: Any) -> SegmentFilter:
    """The filter with another value of a field that is named."""
    fields: dict[str, Any] = {name: value}
    return replace(where, **fields)


def tr(text: str) -> str:
    """Translated in the context of filters."""
    return QCoreApplication.translate("Filter", text)


FLAGS = {
    "coded": ("Coded", "Not coded"),
    "contested": ("Contested", "On nothing contested"),
    "unreviewed": ("Unreviewed translation", "Translation reviewed"),
    "flagged": ("Doubtful translation", "No doubtful translation"),
    "duplicate": ("Duplicates", "No duplicates"),
    "concern": ("Voices a concern", "No concern"),
    "voice": ("People's words only", "Not people's words"),
    "unclustered": ("In no cluster", "In a cluster"),
}
CONFIDENCE = {(0.7, 1.0): "Sure suggestion", (0.4, 0.7): "Likely suggestion", (0.0, 0.4): "Unsure suggestion"}


def chips(session: Session) -> Iterator[tuple[str, SegmentFilter]]:
    """What the session's filter asks for, each with the filter that no longer asks for it."""
    where = session.where
    if session.meaning:
        yield tr("Near in meaning to “{0}”").format(session.meaning), replace(where, ids=None)
    elif where.ids is not None:
        yield tr("{0} chosen comments").format(f"{len(where.ids):,}"), replace(where, ids=None)
    if where.words:
        yield f"“{where.words}”", replace(where, words="")
    for name, words in _named(session).items():
        given = getattr(where, name)
        for value in given:
            yield words(value), changed(where, name, tuple(v for v in given if v != value))
    for name, (yes, no) in FLAGS.items():
        flag = getattr(where, name)
        if flag is not None:
            yield tr(yes if flag else no), changed(where, name, None)
    if where.cluster is not None:
        number = next((c.number for c in clusters.clusters(session.project) if c.id == where.cluster), where.cluster)
        yield tr("Cluster {0}").format(number), replace(where, cluster=None)
    if where.confidence is not None:
        words = CONFIDENCE.get(where.confidence, f"Suggestion {where.confidence[0]:.0%} to {where.confidence[1]:.0%}")
        yield tr(words), replace(where, confidence=None)


def _named(session: Session) -> dict[str, Any]:
    """For each field that lists values, how one of them is called."""
    known = {source.id: source.name for source in sources.sources(session.project)} if session.where.sources else {}
    return {
        "codes": session.path_of,
        "suggested": lambda code: tr("Suggested: {0}").format(session.path_of(code)),
        "about": lambda code: tr("Written under: {0}").format(session.path_of(code)),
        "stances": lambda stance: str(stance).capitalize(),
        "languages": language_name,
        "channels": str,
        "sources": lambda source: known.get(source, f"#{source}"),
        "kinds": lambda kind: str(kind).capitalize(),
        "cases": lambda case: tr("Person {0}").format(case),
        "attributes": lambda pair: f"{pair[0].replace('_', ' ')}: {pair[1]}",
    }


def toggled(where: SegmentFilter, name: str, value: Any) -> SegmentFilter:
    """The filter with a value of a list taken in or out, or a flag or number set or unset."""
    given = getattr(where, name)
    if isinstance(given, tuple) and name not in {"confidence", "ids"}:
        return changed(where, name, tuple(v for v in given if v != value) if value in given else (*given, value))
    return changed(where, name, None if given == value else value)


def is_on(where: SegmentFilter, name: str, value: Any) -> bool:
    """Whether the filter asks for a value."""
    given = getattr(where, name)
    return value in given if isinstance(given, tuple) and name not in {"confidence", "ids"} else given == value
