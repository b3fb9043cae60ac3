"""What the map shows: where every segment is, and which cluster, direction, stance, language or channel it has."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ogp_sensemaker.domain.codebook import direction_of
from ogp_sensemaker.store import codebook, groups
from ogp_sensemaker.store.project import Project

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class By(StrEnum):
    """What the points are coloured by."""

    CLUSTER = "cluster"
    DIRECTION = "direction"  # what people coded, else what is suggested most strongly
    STANCE = "stance"
    LANGUAGE = "language"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Points:
    """Segments on the map, by id: `ids` (n,) and `places` (n, 2), about -1 … 1."""

    ids: "NDArray[np.int64]"
    places: "NDArray[np.float32]"
    missing: int  # segments that have a vector and no place


@dataclass(frozen=True, slots=True)
class Shades:
    """To which of `keys` each point belongs: `labels` (n,) are places in `keys`, -1 for none.

    Keys are ids of clusters or codes, stances, languages, channels; the commonest first, with their `counts`.
    """

    by: By
    labels: "NDArray[np.int32]"
    keys: tuple[Hashable, ...]
    counts: tuple[int, ...]


def points(project: Project) -> Points:
    """Everything that is on the map."""
    import numpy as np

    rows = groups.spread(project)
    found = np.array(rows, np.float64).reshape(len(rows), 3)
    return Points(found[:, 0].astype(np.int64), found[:, 1:].astype(np.float32), groups.unplaced(project))


def shades(project: Project, ids: "NDArray[np.int64]", by: By) -> Shades:
    """What these points have, one thing each: of several stances or codes the first that was given."""
    import numpy as np

    of = _values(project, by)
    counts: dict[Hashable, int] = {}
    values = [of.get(id_) for id_ in ids.tolist()]
    for value in values:
        if value is not None:
            counts[value] = counts.get(value, 0) + 1
    keys = sorted(counts, key=lambda key: (-counts[key], str(key)))
    place: dict[Hashable | None, int] = {key: n for n, key in enumerate(keys)}
    place[None] = -1
    labels = np.fromiter((place[value] for value in values), np.int32, len(values))
    return Shades(by, labels, tuple(keys), tuple(counts[key] for key in keys))


def _values(project: Project, by: By) -> Mapping[int, Hashable]:
    if by is By.CLUSTER:
        return groups.placed(project)
    if by is By.LANGUAGE:
        return {segment: language for segment, language, _ in groups.spoken(project) if language}
    if by is By.CHANNEL:
        return {segment: channel for segment, _, channel in groups.spoken(project)}
    made = groups.decisions(project)
    if by is By.STANCE:
        return _first([(segment, stance) for segment, _, stance in made if stance])
    known = codebook.codes(project)
    top = {id_: direction_of(id_, known) for id_ in known}
    coded = _first([(segment, code) for segment, own, _ in made if (code := top.get(own)) is not None])
    suggested = {segment: top.get(code) for segment, code, _ in groups.top_suggestions(project)}
    return {**{s: code for s, code in suggested.items() if code is not None}, **coded}


def _first(pairs: Sequence[tuple[int, Hashable]]) -> dict[int, Hashable]:
    return dict(reversed(pairs))


def middles(shown: Points, found: Shades, most: int) -> list[tuple[Hashable, float, float]]:
    """The commonest keys with the middle (median) of their points: (key, x, y)."""
    import numpy as np

    made = []
    for place, key in enumerate(found.keys[:most]):
        x, y = np.median(shown.places[found.labels == place], axis=0)
        made.append((key, float(x), float(y)))
    return made
