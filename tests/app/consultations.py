"""Small consultations for tests: who said what."""

from ogp_sensemaker.app import ingest, process
from ogp_sensemaker.domain.intake import Intake, NewCase, NewSegment
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.store.project import Project


def said(project: Project, *remarks: tuple[str, str, str], name: str = "notes/a.txt", channel: str = "Notes") -> None:
    """Notes of (words, speaker, sector), duplicates found."""
    people = dict.fromkeys((who, sector) for _, who, sector in remarks)
    cases = tuple(NewCase(f"{name}:{who}", who, CaseKind.SPEAKER, {"sector": sector}) for who, sector in people)
    segments = tuple(
        NewSegment(f"L{n}", text, f"L{n}", SegmentKind.NOTE, case=f"{name}:{who}")
        for n, (text, who, _) in enumerate(remarks, 1)
    )
    ingest.save(project, Intake("notes", name, channel, name, "utf-8", cases=cases, segments=segments))
    list(process.find_duplicates(project))
