"""The tables of the published report come out of the sample exactly."""

import csv
from pathlib import Path

import pytest

from ogp_sensemaker.app import codebook as codes
from ogp_sensemaker.app import coding, ingest
from ogp_sensemaker.app.findings import findings
from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.findings import Findings
from ogp_sensemaker.store.project import Project, create
from tests.conftest import SAMPLE

PUBLISHED = Path(__file__).parents[1] / "data" / "published-report"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """The findings of the sample, as imported."""
    with create(tmp_path_factory.mktemp("findings") / "p.ogps", "Ana") as project:
        codes.load_codebook(project, codes.read())
        list(ingest.import_files(project, [SAMPLE]))
        return findings(project)


def rows(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_52_proposals_their_counts_means_and_order(report: Findings) -> None:
    found = [
        (p.key, p.submitted_by, str(p.figure.n), f"{p.figure.mean or 0:.2f}")
        for d in report.directions
        for p in d.proposals
    ]
    expected = [
        (r["proposal"], r["submitted_by"], r["opinions"], f"{float(r['average']):.2f}") for r in rows("proposals.csv")
    ]
    assert found == expected
    assert len(found) == 52


def test_poll_counts(report: Findings) -> None:
    found = {(p.multiple, c.option): c.count for p in report.polls for c in p.counts}
    expected = {(r["poll"] == "top3", r["option"]): int(r["count"]) for r in rows("polls.csv")}
    assert found == expected
    assert [p.respondents for p in report.polls] == [81, 85]


def test_few_opinions_are_marked(report: Findings) -> None:
    few = {p.key for d in report.directions for p in d.proposals if p.too_few}
    assert few == {r["proposal"] for r in rows("proposals.csv") if int(r["opinions"]) < 5}


def test_participation_as_far_as_it_is_known(report: Findings) -> None:
    by = {c.channel: c for c in report.channels}
    considerit = by["Consider.it"]
    assert (considerit.people, considerit.opinions) == (46, 363)
    sectors = dict(considerit.attributes["sector"])
    assert sectors["Civil Society"] == 21
    assert considerit.unknown["sector"] == 1
    assert by["Regional meetings"].reported == 160
    assert by["Community conversations"].reported == 116
    assert any("not say how many" in limit for limit in by["Steering Committee"].limits)


def test_sanctions_are_contested_and_the_crash_course_is_agreed(report: Findings) -> None:
    contested = [i.name for i in report.issues if i.contest.suggested == "contested"]
    assert any("sanctions" in name for name in contested)
    assert any("crash course" in i.name for i in report.agreed)
    card = next(i.contest.why for i in report.issues if "sanctions" in i.name)
    assert card.startswith("14 opinions, mean 0.48;")


def test_a_case_counts_once_however_often_it_speaks(consultation: Project) -> None:
    before = [coding.code_segments(consultation, [s], 1, stance=Stance.SUPPORT) for s in (1, 3, 5)]
    assert len(before) == 3
    coding.code_segments(consultation, [2], 1, stance=Stance.OPPOSE)
    found = findings(consultation)
    direction = found.directions[0]
    assert direction.segments == 4
    assert direction.people == 2
    assert dict(direction.stances) == {"support": 1, "oppose": 1}
    assert found.issues[0].contest.n == 2
    assert found.issues[0].contest.too_few
