"""A small consultation in four languages, made without any model: 60 comments with codes, clusters and suggestions."""

from pathlib import Path

from ogp_sensemaker.app import coding, ingest
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.intake import Intake, NewCase, NewOpinion, NewPoll, NewPollAnswer, NewProposal, NewSegment
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.store import clusters, codebook, derived, translations
from ogp_sensemaker.store.project import Project, create

ENGLISH = (
    "A short course for new points of contact would help.",
    "Courses should not be compulsory, people have no time.",
    "Small grants for local groups, please.",
    "Sanctions do more harm than good.",
    "Publish every contract in an open format.",
    "The platform is too hard to use on a telephone.",
    "Ministries answer late or never.",
    "Young people hear about it when everything is decided.",
)
FRENCH = ("Il faut de petites subventions pour les communes.", "Les formations sont trop courtes.")
AZERBAIJANI = ("Vətəndaş cəmiyyəti üçün kiçik qrantlar lazımdır.", "QHT-lərin iştirakı artırılmalıdır.")
ARABIC = ("نطلب توفير منح صغيرة للجمعيات المحلية.", "المنصة OGP صعبة الاستعمال.")
OTHERS = (("fr", FRENCH), ("az", AZERBAIJANI), ("ar", ARABIC))
SIZE = 60
DIRECTIONS = ("Learning", "Money for local groups", "Open contracts")


def texts() -> list[tuple[str, str]]:
    """Language and words of every comment: three in four are English."""
    found = []
    for n in range(SIZE):
        if n % 4 == 3:
            language, words = OTHERS[(n // 4) % 3]
            found.append((language, f"{words[(n // 12) % 2]} ({n + 1})"))
        else:
            found.append(("en", f"{ENGLISH[n % 8]} ({n + 1})"))
    return found


def make(path: Path, coder: str = "Ana") -> None:
    """Write the project to a file that is not there yet."""
    with create(path, coder, ("en", "fr", "az", "ar")) as project:
        _codebook(project)
        _segments(project)
        _machines(project)
        coding.code_segments(project, [1], 1)
        coding.code_segments(project, [2], 1, stance=Stance.OPPOSE)
        coding.mark_contested(project, 1, "contested", "Some say compulsory, some do not.")


def _codebook(project: Project) -> None:
    with project.action("Codebook", "import"):
        for number, name in enumerate(DIRECTIONS, 1):
            codebook.add(project, name, CodeKind.DIRECTION, number=str(number), description=f"What is said on {name}.")
        codebook.add(project, "Courses", CodeKind.THEME, 1)
        codebook.add(project, "Telephones", CodeKind.ISSUE, key="T")


def _segments(project: Project) -> None:
    sectors = ("Civil society", "Government", "Private sector")
    cases = tuple(
        NewCase(f"c{n}", f"Person {n}", CaseKind.PARTICIPANT, {"sector": sectors[n % 3], "region": "Europe"})
        for n in range(10)
    )
    segments = tuple(
        NewSegment(f"k{n}", words, f"row {n + 1}", SegmentKind.COMMENT, case=f"c{n % 10}", language=language,
                   parent=f"k{n - 1}" if n % 10 == 5 else "", occurred="2026-05-04")
        for n, (language, words) in enumerate(texts())
    )  # fmt: skip
    proposal = NewSegment("p", "Lend telephones to villages", "row 61", SegmentKind.PROPOSAL, case="c1", about="lend")
    point = NewSegment(
        "q", "Telephones get lost", "row 62", SegmentKind.POINT, case="c2", about="lend", valence="oppose"
    )
    ingest.save(
        project,
        Intake(
            "table", "platform.csv", "Platform", "0", "utf-8", cases=cases, segments=(*segments, proposal, point),
            proposals=(NewProposal("lend", "Lend telephones", DIRECTIONS[1], segment="p"),),
            opinions=tuple(NewOpinion("lend", f"c{n}", 0.9 if n < 6 else -0.8) for n in range(10)),
            polls=(NewPoll("more", "Should there be more courses?", False, ("Yes", "No")),),
            answers=tuple(NewPollAnswer("more", f"c{n}", "Yes" if n < 7 else "No") for n in range(10)),
        ),
    )  # fmt: skip


def _machines(project: Project) -> None:
    with project.writing():
        other = [(n, language) for n, (language, _) in enumerate(texts(), 1) if language != "en"]
        translations.save_machine(
            project,
            [
                translations.MachineTranslation(n, f"English of comment {n}", 0.8, "too short" if n == 4 else "", "m/1")
                for n, _ in other
            ],
        )
        derived.save_duplicates(project, [(9, 1, "near", 0.97)])
    with project.action("Clusters: 2 groups", "machine"):
        groups = [tuple((n, 0.9) for n in range(first, SIZE + 1, 8)) for first in (1, 3)]
        clusters.save_run(
            project, "test/1", {},
            [
                clusters.NewCluster(("courses", "contact", "short"), (1, 9), 0.8, groups[0]),
                clusters.NewCluster(("grants", "local", "small"), (3, 11), 0.7, groups[1]),
            ],
        )  # fmt: skip
    with project.action("Suggestions", "machine"):
        machine = project.coder_named("test/1", machine=True)
        found = [(n, 1 + n % 3, 0.4 + (n % 5) / 10) for n in range(1, SIZE + 1, 2)]
        derived.save_suggestions(project, found, machine)
