"""Consider.it's export: the sample, older column names, and what is missing or wrong."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from ogp_sensemaker.domain.intake import Intake
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.formats import read_paths

SAMPLE = Path(__file__).parents[2] / "samples" / "phase2" / "considerit"
OLD = Path(__file__).parent / "data" / "considerit_old"


def _one(path: Path, **options: object) -> Intake:
    (intake,) = read_paths([path], **options)  # type: ignore[arg-type]
    return intake


def test_the_sample_is_read_whole() -> None:
    intake = _one(SAMPLE)
    assert (intake.kind, intake.name, intake.channel) == ("considerit", "considerit", "Consider.it")
    assert len(intake.proposals) == 52
    assert len(intake.opinions) == 363
    assert Counter(segment.kind for segment in intake.segments) == {SegmentKind.PROPOSAL: 52, SegmentKind.POINT: 64}
    assert not intake.findings


def test_the_host_is_no_participant() -> None:
    intake = _one(SAMPLE)
    hosts = [case for case in intake.cases if case.kind is CaseKind.HOST]
    assert [case.name for case in hosts] == ["OGP Support Unit"]
    assert len(intake.cases) - len(hosts) == 46
    by_host = {proposal.segment for proposal in intake.proposals if proposal.by_host}
    assert all(segment.voice != (segment.key in by_host) for segment in intake.segments)


def test_points_take_sides_under_their_proposal() -> None:
    intake = _one(SAMPLE)
    points = [segment for segment in intake.segments if segment.kind is SegmentKind.POINT]
    assert points[0].text == "A menu would let a county like ours start with one theme and grow from there."
    assert (points[0].about, points[0].valence, points[0].locator) == ("d1-07-a5c6c5", "support", "row 2")
    assert {point.valence for point in points} == {"support", "oppose"}


def test_older_names_and_a_second_heading_row() -> None:
    intake = _one(OLD, hosts=["Town Hall"])
    parks, trams = intake.proposals
    assert (parks.title, parks.description, parks.by_host) == ("More parks", "Plant trees & flowers.", True)
    assert (trams.title, trams.direction) == ("Daha çox tramvay", "Moving about")
    segments = {segment.key: segment for segment in intake.segments}
    assert segments["proposal:parks"].text == "More parks\n\nPlant trees & flowers."
    assert segments["proposal:parks"].locator == "row 3"
    assert segments["proposal:trams"].english == "More trams"


def test_sign_up_answers_become_attributes_and_all_who_spoke_are_cases() -> None:
    cases = {case.key: case for case in _one(OLD).cases}
    assert cases["considerit:ana@f.invalid"].attributes == {
        "Which groups are you in?": "Cyclists; Parents",
        "region": "Europe",
    }
    assert cases["considerit:cem@f.invalid"].attributes == {}


def test_a_comment_follows_the_point_it_answers() -> None:
    shade, reply, leaves = (s for s in _one(OLD).segments if s.kind is not SegmentKind.PROPOSAL)
    assert shade.text == "Shade in summer\n\nIt was 41 degrees."
    assert (reply.kind, reply.parent, reply.valence) == (SegmentKind.COMMENT, shade.key, "")
    assert (leaves.parent, leaves.valence) == ("", "oppose")


def test_the_later_opinion_counts_and_a_comma_may_be_decimal() -> None:
    intake = _one(OLD)
    values = {(opinion.proposal, opinion.case): opinion.value for opinion in intake.opinions}
    assert values["parks", "considerit:ben@f.invalid"] == 0.7
    assert ("trams", "considerit:ana@f.invalid") not in values
    messages = [str(finding) for finding in intake.findings]
    assert any("opinions.csv, row 4: is a second opinion" in message for message in messages)
    assert any("opinions.csv, row 6, column created_at" in message for message in messages)
    assert any("proposals.csv, row 3, column #opinions: says 3" in message for message in messages)


def test_inclusions_by_others_are_votes() -> None:
    intake = _one(OLD)
    (vote,) = intake.votes
    assert (vote.case, vote.value) == ("considerit:ben@f.invalid", 1)
    assert any("inclusions.csv, row 4" in str(finding) for finding in intake.findings)


@pytest.mark.parametrize("value", ["1.5", "-1.01", "nan", "inf", "very much"])
def test_an_opinion_outside_the_slider_stops_the_import(tmp_path: Path, value: str) -> None:
    heading = "proposal_slug,proposal_name,created_at,username,email,opinion,#points\n"
    rows = f"a,A,2022-05-03,Ana,a@x,0.5,0\na,A,2022-05-03,Ben,b@x,{value},0\n"
    (tmp_path / "opinions.csv").write_text(heading + rows)
    (fatal,) = (finding for finding in _one(tmp_path / "opinions.csv").findings if finding.fatal)
    assert (fatal.file, fatal.row) == ("opinions.csv", 3)
    assert value not in fatal.message or value[0] in "1-"


@pytest.mark.parametrize("missing", ["proposals", "points", "users", "opinions"])
def test_an_export_without_one_of_its_files_is_read_and_says_so(tmp_path: Path, missing: str) -> None:
    folder = tmp_path / "export"
    shutil.copytree(OLD, folder)
    (folder / f"{missing}.csv").unlink()
    intake = _one(folder)
    assert any(f"no file of {missing}" in finding.message for finding in intake.findings)
    assert not any(finding.fatal for finding in intake.findings)
    assert {proposal.key for proposal in intake.proposals} >= {"parks"}


def test_a_zip_is_the_same_as_its_folder(tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "considerit"), "zip", SAMPLE.parent, "considerit")
    from_zip, from_folder = _one(Path(archive)), _one(SAMPLE)
    assert from_zip.sha256 == from_folder.sha256
    assert from_zip.name == from_folder.name
    assert from_zip.segments == from_folder.segments
