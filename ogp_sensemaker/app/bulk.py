"""Decisions on many segments whose codes differ, each in one undoable action."""

from collections.abc import Sequence

from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.errors import SensemakerError
from ogp_sensemaker.store import codebook, codings
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project


def set_stances(project: Project, pairs: Sequence[tuple[int, int]], stance: Stance | None) -> Changes:
    """The stance of (segment, code) pairs, coding those that were not coded; None takes it away.

    Raises SensemakerError without pairs.
    """
    what = f"Stance of {_many(pairs)}{_towards(project, pairs)}: {stance or 'none'}"
    with project.action(what) as action:
        for code_id, wanted in _by_code(pairs).items():
            if stance is None:
                codings.set_stance(project, wanted, code_id, None)
            else:
                codings.add(project, wanted, code_id, stance=stance)
    return action.changes


def set_concern(project: Project, pairs: Sequence[tuple[int, int]], concern: bool) -> Changes:
    """Mark (segment, code) pairs as voicing a concern, or not. Raises SensemakerError without pairs."""
    what = f"{'Mark' if concern else 'Unmark'} {_many(pairs)} as a concern"
    with project.action(what) as action:
        for code_id, wanted in _by_code(pairs).items():
            codings.add(project, wanted, code_id, concern=concern)
    return action.changes


def _towards(project: Project, pairs: Sequence[tuple[int, int]]) -> str:
    """The code, where it is one and the same."""
    ids = {code for _, code in pairs}
    known = codebook.codes(project) if len(ids) == 1 else {}
    return "".join(f" towards “{known[id_].name}”" for id_ in ids if id_ in known)


def _by_code(pairs: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for segment, code in pairs:
        found.setdefault(code, []).append(segment)
    return found


def _many(pairs: Sequence[tuple[int, int]]) -> str:
    if not pairs:
        raise SensemakerError("None of these comments has a code yet; give them one first.")
    return f"#{pairs[0][0]}" if len(pairs) == 1 else f"{len(pairs):,} segments"
