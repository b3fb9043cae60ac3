"""Fixtures for every layer: a project in a temporary folder, a home of its own, no network."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ogp_sensemaker import paths
from ogp_sensemaker.domain.codebook import CodeKind
from ogp_sensemaker.domain.intake import Intake, NewCase, NewSegment
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.nlp import packages
from ogp_sensemaker.store import codebook
from ogp_sensemaker.store.project import Project, create

SAMPLE = Path(__file__).parents[1] / "samples" / "phase2"


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, models and log of a test are its own."""
    monkeypatch.setenv("OGP_SENSEMAKER_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def _nothing_in_the_box(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Translation packages that come with the program stay packed, unless a test is marked as being about them."""
    shipped, real = paths.models_dir(), packages.bundled
    if "box" not in request.keywords:
        monkeypatch.setattr(packages, "bundled", lambda: () if paths.models_dir() == shipped else real())


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket to anywhere but this machine's own processes is a defect."""

    def refuse(self: socket.socket, address: object) -> None:
        raise AssertionError(f"the program wanted to connect to {address!r}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """An empty project, coded by Ana."""
    with create(tmp_path / "test.ogps", "Ana") as made:
        yield made


def intake(*texts: str, name: str = "notes/a.txt", sha: str = "0", channel: str = "Event notes") -> Intake:
    """A source of event notes, a line each, said by two people in turn."""
    cases = tuple(
        NewCase(f"{name}:{who}", who, CaseKind.SPEAKER, {"sector": sector})
        for who, sector in (("AB", "Civil Society"), ("CD", "National Government"))
    )
    segments = tuple(
        NewSegment(f"L{n}", text, f"L{n}", SegmentKind.NOTE, case=cases[n % 2].key) for n, text in enumerate(texts, 1)
    )
    return Intake("notes", name, channel, sha, "utf-8", cases=cases, segments=segments)


@pytest.fixture
def consultation(project: Project) -> Project:
    """A small consultation: six remarks of two people, a direction with a theme below it, another direction."""
    from ogp_sensemaker.app import ingest

    ingest.save(
        project,
        intake(
            "A short course for new points of contact would help.",
            "Courses should not be compulsory.",
            "Vətəndaş cəmiyyəti QHT üçün qrant istəyir.",
            "نطلب توفير منح صغيرة للجمعيات المحلية",
            "Sanctions do more harm than good.",
            "Small grants for local groups, please.",
        ),
    )
    with project.action("Codebook", "import"):
        learning = codebook.add(project, "Learning", CodeKind.DIRECTION, number="1")
        codebook.add(project, "Courses", CodeKind.THEME, learning)
        codebook.add(project, "Local", CodeKind.DIRECTION, number="2")
    return project
