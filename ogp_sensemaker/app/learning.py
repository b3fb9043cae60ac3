"""Suggestions that learn from each decision at once: what they rest on is kept, and only what moves is written.

`suggesting.suggest` starts from the codebook's words and needs the model of vectors. What does not change with a
decision (what the descriptions say of each segment, and what it stands under) is kept in the project; so after a
decision a linear model is fitted anew in a fraction of a second, without loading anything.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ogp_sensemaker.domain.codebook import Code, direction_of
from ogp_sensemaker.store import codebook, codings, derived
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

THRESHOLD = 0.25  # below it a suggestion is not worth an analyst's look
ASKED = 200  # segments that are put first because the machine would learn from them
MOVED = 0.005  # a confidence that moved by less stays as it is written: it is shown in whole percents
TABLES = frozenset({"coding", "rejection"})  # what a machine learns from


@dataclass(frozen=True, slots=True)
class Basis:
    """What suggestions rest on besides decisions, for n segments and k codes."""

    made: int  # which making of all suggestions it belongs to
    segments: tuple[int, ...]
    codes: tuple[int, ...]
    prior: "NDArray[np.float64]"  # (n, k), what descriptions say
    vectors: "NDArray[np.float32]"  # (n, d)
    contexts: "NDArray[np.float32]"  # (u, d) of what segments stand under, each once
    under: "NDArray[np.intp]"  # (n), which of these


@dataclass(frozen=True, slots=True)
class Learned:
    """What one more decision changes: nothing is written yet."""

    made: int
    kept: tuple[tuple[int, int, float], ...]  # (segment, code, confidence), new or moved
    gone: tuple[tuple[int, int], ...]  # (segment, code) no longer suggested
    first: tuple[int, ...]  # what the machine would learn most from


def remember(
    project: Project, ids: Sequence[int], codes: Sequence[int], prior: "NDArray[np.float64]", headings: Sequence[str],
    contexts: "NDArray[np.float32]",
) -> None:  # fmt: skip
    """Keep what all suggestions were made from, in place of the earlier one; inside an action."""
    import numpy as np

    first: dict[str, int] = {}
    for row, heading in enumerate(headings):
        first.setdefault(heading, row)
    place = {heading: n for n, heading in enumerate(first)}
    data = io.BytesIO()
    np.savez(
        data,
        segments=np.array(ids, np.int64),
        codes=np.array(codes, np.int64),
        prior=prior.astype(np.float32),
        contexts=contexts[list(first.values())].astype(np.float16),
        under=np.array([place[heading] for heading in headings], np.int32),
    )
    derived.save_basis(project, data.getvalue())


def basis(project: Project) -> Basis | None:
    """What the suggestions rest on, of the segments and codes that still stand; None before there are suggestions."""
    import numpy as np

    made, data = derived.basis_made(project), derived.basis(project)
    if not data:
        return None
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as kept:
            ids, codes, prior, contexts, under = (
                kept[name] for name in ("segments", "codes", "prior", "contexts", "under")
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None  # somebody else's file: suggestions can be made anew from the words
    if prior.shape != (len(ids), len(codes)) or len(under) != len(ids):
        return None
    known = codebook.codes(project)
    columns = [n for n, code in enumerate(codes.tolist()) if code in known]
    wanted, vectors = derived.vectors(project, ids.tolist())
    place = {id_: n for n, id_ in enumerate(ids.tolist())}
    rows = np.array([place[id_] for id_ in wanted], np.intp)
    if not len(rows) or not columns:
        return None
    return Basis(
        made, tuple(wanted), tuple(codes[columns].tolist()), prior[rows][:, columns].astype(np.float64), vectors,
        contexts.astype(np.float32), under[rows].astype(np.intp),
    )  # fmt: skip


class Sitting:
    """What one sitting remembers from decision to decision: the basis, and what was compared with all others."""

    def __init__(self, found: Basis) -> None:
        self.basis = found
        self._rows = {id_: row for row, id_ in enumerate(found.segments)}
        self._places = {code: place for place, code in enumerate(found.codes)}
        self._asked: frozenset[int] = frozenset()
        self._alike: NDArray[np.float64] | None = None

    def learn(self, project: Project) -> Learned:
        """Fit the decisions as they are now, and compare with what is written."""
        import numpy as np

        from ogp_sensemaker.nlp import suggest as machine

        found = self.basis
        decided = decisions(project, codebook.codes(project), self._rows, self._places)
        table = machine.corrected(found.prior, found.vectors, decided, (found.contexts, found.under))
        first = machine.to_learn(table, found.vectors, decided, ASKED, self._near(frozenset(decided)))
        table = np.round(table, 6)
        written = np.zeros_like(table)
        for segment, code, confidence in derived.every_suggestion(project):
            if segment in self._rows and code in self._places:
                written[self._rows[segment], self._places[code]] = confidence
        listed = table >= THRESHOLD
        kept = np.argwhere(listed & ((written == 0) | (abs(table - written) >= MOVED)))
        gone = np.argwhere(~listed & (written > 0))
        ids, codes = found.segments, found.codes
        return Learned(
            found.made,
            tuple((ids[row], codes[place], float(table[row, place])) for row, place in kept.tolist()),
            tuple((ids[row], codes[place]) for row, place in gone.tolist()),
            tuple(ids[row] for row in first),
        )

    def _near(self, asked: frozenset[int]) -> "NDArray[np.float64]":
        """How near each segment is to the nearest decided one; only new ones are compared, unless one was undone."""
        from ogp_sensemaker.nlp import suggest as machine

        if self._alike is None or not self._asked <= asked:
            self._alike, self._asked = None, frozenset()
        self._alike = machine.nearest(self.basis.vectors, sorted(asked - self._asked), self._alike)
        self._asked = asked
        return self._alike


def keep(project: Project, found: Learned) -> Changes:
    """Write what was learned, in no step of the history: derived, it is not to be undone.

    Nothing is written where all suggestions were made anew meanwhile.
    """
    from ogp_sensemaker.nlp import suggest as machine

    nothing = Changes(0, "", frozenset())
    first = list(found.first)
    if not (found.kept or found.gone) and first == derived.to_learn(project):
        return nothing
    with project.writing():
        if derived.basis_made(project) != found.made:
            return nothing
        coder = project.coder_named(machine.VERSION, machine=True)
        derived.move_suggestions(project, found.kept, found.gone, coder)
        derived.save_order(project, first)
    return Changes(0, "", frozenset({"suggestion"}), len(found.kept) + len(found.gone))


def learn(project: Project) -> Changes:
    """Learn from the decisions made since, all at once: for whoever makes them one at a time."""
    found = basis(project)
    return keep(project, Sitting(found).learn(project)) if found is not None else Changes(0, "", frozenset())


def decisions(
    project: Project, known: dict[int, Code], rows: dict[int, int], places: dict[int, int]
) -> dict[int, dict[int, bool]]:
    """What people decided: for each row, whether each target (by place) fits. A coded segment says no to the others."""
    found: dict[int, dict[int, bool]] = {}
    for segment_id, code_id in codings.pairs(project):
        top = direction_of(code_id, known)
        place = places.get(code_id, places.get(top, -1) if top is not None else -1)
        if place >= 0 and segment_id in rows:
            found.setdefault(rows[segment_id], {})[place] = True
    for row in found.values():
        for place in places.values():
            row.setdefault(place, False)
    for segment_id, code_id in codings.rejections(project):
        if code_id in places and segment_id in rows:
            found.setdefault(rows[segment_id], {}).setdefault(places[code_id], False)
    return found
