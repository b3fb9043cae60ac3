"""Comments from tables: guessed maps, platforms, markup in cells, and what is wrong with rows."""

from pathlib import Path

import openpyxl
import pytest

from ogp_sensemaker.domain.intake import Intake
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats import read_paths

DISCUTO = Path(__file__).parents[2] / "samples" / "phase2" / "discuto"
DECIDIM = Path(__file__).parent / "data" / "decidim"


def _read(tmp_path: Path, text: str, name: str = "t.csv", **options: object) -> Intake:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (intake,) = read_paths([tmp_path / name], **options)  # type: ignore[arg-type]
    return intake


def test_comments_on_a_draft_know_their_paragraph() -> None:
    draft, comments = read_paths([DISCUTO])
    assert {(s.kind, s.voice) for s in draft.segments} == {(SegmentKind.DRAFT, False)}
    assert len(draft.segments) == 15
    assert len(comments.segments) == 40
    by_key = {segment.key: segment for segment in comments.segments}
    assert by_key["comment:c03"].heading == "2.1 Ways to act"
    assert by_key["comment:c03"].parent == "comment:c02"
    assert comments.unused_columns == ("votes_up", "votes_down")
    assert comments.columns["text"] == "comment"


def test_markup_becomes_words_and_the_rest_stays_as_it_was() -> None:
    _, comments = read_paths([DISCUTO])
    text = {segment.key: segment.text for segment in comments.segments}
    assert "it is compulsory and public" in text["comment:c01"]
    assert "warm 🌴. Keep two" in text["comment:c02"]
    assert "\n- year 2: election\n" in text["comment:c06"]
    assert text["comment:c14"].startswith("Local NGOs")
    assert text["comment:c36"].startswith('=HYPERLINK("http')
    assert "summit.\n\nAlso: publish" in text["comment:c39"]


def test_comments_without_their_draft_are_read_too() -> None:
    (comments,) = read_paths([DISCUTO / "comments.csv"])
    assert comments.segments[0].heading == "P06"


def test_decidim_has_a_column_a_language_and_sides() -> None:
    proposals, comments = read_paths([DECIDIM])
    assert [(s.language, s.text) for s in proposals.segments] == [
        ("en", "Better hearings\n\nWe want more hearings in the evening"),
        ("fr", "Plus de bus\n\nIl faut plus de bus le soir"),
    ]
    assert [(p.key, p.direction) for p in proposals.proposals] == [
        ("decidim:1", "Participation"),
        ("decidim:2", "Participation"),
    ]
    agree, no = comments.segments
    assert (agree.about, agree.valence, agree.parent) == ("decidim:1", "support", "")
    assert (no.about, no.valence, no.parent) == ("", "oppose", "comment:10")
    assert {case.key for case in comments.cases} == {"decidim:12", "decidim:13"}


def test_attributes_are_what_is_the_same_for_an_author(tmp_path: Path) -> None:
    rows = "".join(f"c{n},Ann,Kenya,{n % 2},we have to talk about point {n}\n" for n in range(6))
    rows += "".join(f"d{n},Bob,Peru,{n % 2},this is another point {n}\n" for n in range(6))
    intake = _read(tmp_path, "id,author,country,mood,comment\n" + rows)
    assert [case.attributes for case in intake.cases] == [{"country": "Kenya"}, {"country": "Peru"}]
    assert intake.unused_columns == ("mood",)


def test_rows_without_author_but_with_attributes_are_somebody(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Answers of May"])
    sheet.append(["Received", "Land", "Was möchten Sie uns sagen"])
    for number in range(8):
        sheet.append([f"2022-05-{number + 1:02}", ("DE", "FR")[number % 2], f"Mehr Beteiligung der Menschen, {number}"])
    book.create_sheet("Other").append(["more"])
    book.save(tmp_path / "survey.xlsx")
    (intake,) = read_paths([tmp_path / "survey.xlsx"])
    assert intake.columns["text"] == "Was möchten Sie uns sagen"
    assert intake.segments[0].locator == "row 3"
    assert [case.attributes for case in intake.cases[:2]] == [{"Land": "DE"}, {"Land": "FR"}]
    assert any("“Other”" in finding.message for finding in intake.findings)


def test_a_map_can_be_given(tmp_path: Path) -> None:
    text = "nr;wer;was;mehr\n1;Ann;kurz;Das ist der lange Text hier drin\n2;Bob;auch;Noch so ein langer Text ist das\n"
    intake = _read(tmp_path, text, columns={"text": "was", "author": "wer"}, channel="Post")
    assert [segment.text for segment in intake.segments] == ["kurz", "auch"]
    assert [case.name for case in intake.cases] == ["Ann", "Bob"]
    assert (intake.channel, intake.options["delimiter"]) == ("Post", "semicolon")
    with pytest.raises(ImportProblem, match="no field “words”"):
        _read(tmp_path, text, columns={"words": "was"})
    with pytest.raises(ImportProblem, match="no column “wo”; it has nr, wer, was, mehr"):
        _read(tmp_path, text, columns={"text": "wo"})


def test_findings_say_the_row(tmp_path: Path) -> None:
    text = (
        "id,author,date,reply_to,comment\n"
        "1,Ann,2022-02-31,,the first comment of all\n"
        "1,Bob,2022-03-01,,the same number again\n"
        "3,Cid,2022-03-01,99,\n"
        "4,Dee,2022-03-01,99,an answer to nobody here\n"
        "5,Eve,2022-03-01,,this is brÃ¼ken text\n"
        "6,Fay,2022-03-01,,and this lost a lett\ufffdr\n"
    )
    intake = _read(tmp_path, text)
    found = {finding.row: finding.message for finding in intake.findings}
    assert found.keys() == {2, 3, 4, 5, 6, 7}
    assert not any(finding.fatal for finding in intake.findings)
    assert intake.segments[0].occurred == ""
    assert [segment.key for segment in intake.segments][:2] == ["comment:1", "comment:1~2"]
    assert intake.segments[2].parent == ""


def test_ragged_rows_stop_the_import_each_with_its_row(tmp_path: Path) -> None:
    intake = _read(tmp_path, "id,author,comment\n1,Ann,hello all of you\n2,Bob,one, two\n3,Cid\n4,Dee,fine then,,\n")
    assert [(finding.row, finding.fatal) for finding in intake.findings] == [(3, True), (4, True)]
    assert [segment.key for segment in intake.segments] == ["comment:1", "comment:4"]


def test_keys_do_not_move_when_rows_are_added_above(tmp_path: Path) -> None:
    rows = ["we want trains that run", "and buses at night", "we want trains that run"]
    before = _read(tmp_path, "comment\n" + "\n".join(rows))
    after = _read(tmp_path, "comment\n" + "\n".join(["something new to begin with", *rows]))
    assert {s.key for s in before.segments} < {s.key for s in after.segments}
    assert len({s.key for s in before.segments}) == 3


def test_hosts_are_not_voices(tmp_path: Path) -> None:
    text = "id,author,comment\n1,OGP Support Unit,thank you all for this\n2,Ann,you are welcome to it\n"
    intake = _read(tmp_path, text)
    assert [segment.voice for segment in intake.segments] == [False, True]
    assert intake.cases[0].kind is CaseKind.HOST


def test_dates_follow_the_habit_of_their_column(tmp_path: Path) -> None:
    rows = "1,Ann,03/04/2022,the first one of them\n2,Bob,{},the second one of them\n"
    heading = "id,author,date,comment\n"
    american = _read(tmp_path, heading + rows.format("03/25/2022"))
    european = _read(tmp_path, heading + rows.format("25/03/2022"))
    assert [segment.occurred for segment in american.segments] == ["2022-03-04", "2022-03-25"]
    assert [segment.occurred for segment in european.segments] == ["2022-04-03", "2022-03-25"]


def test_ten_thousand_comments_are_all_there(tmp_path: Path) -> None:
    words = "open government needs people who listen and answer in time with clear words about plans " * 2
    rows = "".join(f"{n},a{n % 3000},2022-11-{n % 28 + 1:02},{words}{n}\n" for n in range(10_000))
    intake = _read(tmp_path, "id,author,created_at,comment\n" + rows)
    assert (len(intake.segments), len(intake.cases)) == (10_000, 3_000)
