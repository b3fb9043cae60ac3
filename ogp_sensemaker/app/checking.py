"""What in a project does not hold together, and what an analyst should look at before reporting."""

from dataclasses import dataclass

from ogp_sensemaker.domain.filter import SegmentFilter
from ogp_sensemaker.store import derived, segments, soundness, translations
from ogp_sensemaker.store.project import Project


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that `check` found; `wrong` ones mean that the file is not sound."""

    wrong: bool
    message: str
    segments: tuple[int, ...] = ()


def check(project: Project) -> list[Issue]:
    """Soundness of the file first, then what the figures rest on. An empty list: nothing to say."""
    return [*(Issue(True, problem) for problem in soundness.problems(project)), *_worries(project)]


def _worries(project: Project) -> list[Issue]:
    found: list[Issue] = []

    def worry(ids: list[int], message: str) -> None:
        if ids:
            found.append(Issue(False, f"{len(ids):,} {message}", tuple(ids)))

    worry(
        [id_ for id_, _ in translations.resting_on_flagged(project)],
        "coded segments rest on a flagged machine translation that nobody has reviewed.",
    )
    for language, rows in sorted(derived.without_english(project, {}).items()):
        worry([id_ for id_, _ in rows], f"segments in {language} have no English yet.")
    worry(
        segments.ids(project, SegmentFilter(languages=("und",), voice=True)),
        "segments are too short to tell their language; they are read as they are.",
    )
    worry(
        soundness.superseded_with_codings(project),
        "coded segments are no longer in their file as imported last; they do not count.",
    )
    return found
