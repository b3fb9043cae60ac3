"""Event notes: the sample's eleven files, and documents of every other form."""

from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from odf import dc, office, table, text
from odf.opendocument import OpenDocumentText

from ogp_sensemaker.domain.intake import Intake, NewSegment
from ogp_sensemaker.domain.source import CaseKind, SegmentKind
from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats import read_paths

NOTES = Path(__file__).parents[2] / "samples" / "phase2" / "notes"
DATA = Path(__file__).parent / "data"


def _notes(number: int) -> Intake:
    (path,) = NOTES.glob(f"{number:02}_*")
    (intake,) = read_paths([path])
    return intake


def _at(intake: Intake) -> dict[str, NewSegment]:
    return {segment.locator: segment for segment in intake.segments}


def _text(tmp_path: Path, words: str, name: str = "notes.txt") -> Intake:
    (tmp_path / name).write_text(words, encoding="utf-8")
    (intake,) = read_paths([tmp_path / name])
    return intake


@pytest.mark.parametrize(
    ("number", "channel", "date", "participants", "place"),
    [
        (1, "Regional meetings", "2022-09-28", "60", "room B"),
        (2, "Regional meetings", "2022-10-12", "55", "Rome"),
        (3, "Regional meetings", "2022-11-01", "45", "Marrakech"),
        (4, "Community conversations", "2022-11-08", "34", "zoom"),
        (5, "Community conversations", "2022-11-10", "27", "Zoom"),
        (6, "Community conversations", "2022-11-15", "31", None),
        (7, "Community conversations", "2022-11-17", "24", None),
        (8, "Steering Committee", "2022-10", None, None),
        (9, "Donors", "2022-11-09", "14", "virtual"),
        (10, "IRM dialogue", "2022-11-22", "18", "online"),
        (11, "Staff 1:1s", "2022-11", None, None),
    ],
)
def test_events(number: int, channel: str, date: str, participants: str | None, place: str | None) -> None:
    intake = _notes(number)
    event = next(case for case in intake.cases if case.key == intake.event)
    assert event.kind is CaseKind.EVENT
    assert intake.channel == channel
    assert [event.attributes.get(name) for name in ("date", "participants", "place")] == [date, participants, place]
    assert event.attributes["rapporteur" if number != 8 else "title"]
    assert {segment.occurred for segment in intake.segments} == {date}
    assert not intake.findings


def test_paragraphs_of_word_count_headings_and_empty_ones() -> None:
    at = _at(_notes(1))
    assert at["p6"].text.startswith("PS (SU): recap of the seven")
    assert at["p10"].heading == "Q1. What should change in the action model?"
    assert at["p43"].text == '"Premiar innovaciones que otros países no están haciendo" (post-it, mesa 3)'
    assert "p5" not in at


def test_cells_carry_their_row_and_column_as_heading() -> None:
    at = _at(_notes(1))
    assert at["t1r2c3"].text == "That flexible turns into no deadlines at all"
    assert at["t1r2c3"].heading == "Report back from tables › Table 1 › Worry"
    assert not {"t1r1c1", "t1r1c2", "t1r2c1"} & at.keys()
    assert _at(_notes(8))["t1r6c2"].heading.endswith("Movements, protests › Where SC stands")


def test_bold_lines_are_headings_and_dashes_bullets() -> None:
    at = _at(_notes(2))
    assert at["p11"].text.startswith("LT (Gov, Lithuania): a longer strategy")
    assert at["p11"].heading == "Item 2 - Action plan model"
    assert "p10" not in at


def test_lines_of_text_files_and_lines_that_run_on() -> None:
    at = _at(_notes(5))
    assert at["L7"].text == "tout le monde a reçu les slides ? non… envoyées de nouveau"
    assert at["L16-17"].text.endswith("makes the gov lazy. With 2 years at least there's a deadline coming always")
    assert at["L16-17"].heading == "2) ACTION MODEL / MODÈLE D’ACTION"
    assert _at(_notes(6))["L24-25"].heading == "B. action plans, rules"


def test_pasted_lines_stay_apart() -> None:
    assert [_at(_notes(4))[f"L{n}"].text for n in (82, 83)] == ["+1 to certificate", "can somebody share the miro link"]
    azerbaijani = _at(_notes(6))
    assert azerbaijani["L58"].text.startswith("Hökumətlərə qarşı")
    assert azerbaijani["L59"].heading.startswith("E. Azerbaijani intervention")


def test_a_speaker_is_one_person_throughout_an_event() -> None:
    intake = _notes(5)
    people = {case.name: case.attributes for case in intake.cases if case.kind is CaseKind.SPEAKER}
    assert people["KS (Gov, Sénégal)"] == {
        "sector": "National Government",
        "sector as written": "Gov",
        "country": "Senegal",
        "region": "Africa and the Middle East",
    }
    assert people["GH (Mairie, Sénégal)"]["sector"] == "Local Government"
    assert people["BR (Univ., Cameroun)"]["sector"] == "Academic"
    at = _at(intake)
    assert at["L14"].case == at["L23"].case == at["L62"].case == f"{intake.name}:KS"
    assert at["L28"].case == ""


def test_somebody_may_speak_before_being_introduced() -> None:
    at = _at(_notes(1))
    assert at["p23"].case == at["p36"].case


def test_codes_for_people_get_the_role_that_the_notes_give_them() -> None:
    committee = {case.name: case for case in _notes(8).cases}
    assert committee["GOV2 (government SC member)"].attributes["sector"] == "National Government"
    assert committee["CS1 (civil society SC member)"].attributes["sector"] == "Civil Society"
    funders = _at(_notes(9))
    assert funders["L9"].case.endswith(":F3")


def test_bullets_below_a_name_are_that_persons() -> None:
    intake = _notes(11)
    at = _at(intake)
    assert at["L30"].case.endswith(":P5")
    assert at["L30"].heading == "Government people › P5 (PoC, Europe)"
    assert at["L82"].case == ""


def test_common_words_before_a_colon_are_nobody() -> None:
    assert _at(_notes(2))["p6"].case == ""  # General mood: …
    assert _at(_notes(1))["p68"].case == ""  # ACTION JT: …
    assert _at(_notes(8))["p5"].case == ""  # All: …
    assert all("Breakout" not in case.name for case in _notes(4).cases)


def test_staff_of_the_host_are_no_voice() -> None:
    intake = _notes(1)
    assert [case.name for case in intake.cases if case.kind is CaseKind.HOST] == ["PS (SU)"]
    assert not _at(intake)["p7"].voice
    assert _at(intake)["p8"].voice


def test_word_with_nested_lists_remarks_names_and_insertions(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Meeting in Oslo", 0)
    document.add_paragraph("12 May 2023, Oslo")
    document.add_heading("Start", 1)
    said = document.add_paragraph("MK (CSO, Kenya): we need it", style="List Bullet")
    document.add_paragraph("because of the rain", style="List Bullet 2")
    document.add_comment(said.runs, text="Is this so?", author="Reader One", initials="RO")
    document.add_paragraph().add_run("P5 (PoC, Europe)").bold = True
    document.add_paragraph("Bonjour à tous [TRANSLATION: Hello to all]", style="List Bullet")
    document.save(str(tmp_path / "oslo.docx"))
    (intake,) = read_paths([tmp_path / "oslo.docx"])
    at = _at(intake)
    assert at["p5"].parent == at["p4"].key
    remark = at["p4 comment 1"]
    assert (remark.text, remark.kind, remark.parent) == ("Is this so?", SegmentKind.COMMENT, at["p4"].key)
    assert remark.case == "oslo.docx:Reader One"
    assert (at["p7"].text, at["p7"].english, at["p7"].case) == ("Bonjour à tous", "Hello to all", "oslo.docx:P5")


def test_word_with_tracked_changes_reads_what_was_put_in(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Meeting", 1)
    document.add_heading("Start", 2)
    paragraph = document.add_paragraph("We need ", style="List Bullet")
    old, new = paragraph.add_run("less"), paragraph.add_run("more")
    for run, tag in ((old, "w:del"), (new, "w:ins")):
        change = OxmlElement(tag)
        run._r.addprevious(change)
        change.append(run._r)
    document.save(str(tmp_path / "changes.docx"))
    (intake,) = read_paths([tmp_path / "changes.docx"])
    assert [segment.text for segment in intake.segments] == ["We need more"]


def test_opendocument(tmp_path: Path) -> None:
    document = OpenDocumentText()
    document.text.addElement(text.H(outlinelevel=1, text="Reunião em Lisboa"))
    document.text.addElement(text.P(text="Lisboa, 3 March 2022, 40 people"))
    document.text.addElement(text.H(outlinelevel=2, text="Opening"))
    items, item, nested = text.List(), text.ListItem(), text.List()
    item.addElement(text.P(text="AB (CSO, Kenya): first point here"))
    below = text.ListItem()
    below.addElement(text.P(text="nested under it"))
    nested.addElement(below)
    item.addElement(nested)
    items.addElement(item)
    document.text.addElement(items)
    paragraph, note, who = text.P(text="A paragraph"), office.Annotation(), dc.Creator()
    who.addText("Ana")
    note.addElement(who)
    note.addElement(text.P(text="I doubt this"))
    paragraph.addElement(note)
    document.text.addElement(paragraph)
    grid = table.Table()
    for cells in (("Table", "Worry"), ("1", "Who pays for all this in the end")):
        row = table.TableRow()
        for words in cells:
            cell = table.TableCell()
            cell.addElement(text.P(text=words))
            row.addElement(cell)
        grid.addElement(row)
    document.text.addElement(grid)
    document.save(str(tmp_path / "lisboa.odt"))
    (intake,) = read_paths([tmp_path / "lisboa.odt"])
    at = _at(intake)
    assert at["p4"].case == "lisboa.odt:AB"
    assert at["p5"].parent == at["p4"].key
    assert (at["p6"].text, at["p6 comment 1"].text) == ("A paragraph", "I doubt this")
    assert at["t1r2c2"].heading == "Opening › Table 1 › Worry"
    assert intake.cases[0].attributes["participants"] == "40"


def test_pdf_with_its_broken_lines_joined() -> None:
    (intake,) = read_paths([DATA / "workshop.pdf"])
    at = _at(intake)
    assert at["page 1 L4-5"].text.endswith("that are published in time for parliament")
    assert at["page 1 L4-5"].heading == "1. FIRST ROUND"
    assert at["page 1 L7-8"].text.startswith("This is a longer paragraph")
    assert intake.cases[0].attributes["date"] == "2022-06-14"


def test_html() -> None:
    (intake,) = read_paths([DATA / "meeting.html"])
    texts = {segment.text: segment for segment in intake.segments}
    assert texts["MK (CSO, Kenya): one & two"].heading == "Part A"
    assert texts["nested one"].parent == texts["second"].key
    assert "A paragraph\nwith break" in texts
    assert texts["Something was said about it here"].locator == "t1r2c2"
    assert "x" not in texts


def test_speakers_in_other_scripts_and_with_full_names(tmp_path: Path) -> None:
    intake = _text(
        tmp_path,
        "Town hall\n2 May 2022\n\nThe mayor opened the meeting. People spoke about roads.\n\n"
        "Maria Silva (CSO, Brazil): we need buses.\nMaria Silva: and trains.\n"
        "أحمد (المجتمع المدني، المغرب): نريد المشاركة\nДР (НПО, Кыргызстан): нужна поддержка\nДР: и деньги\n"
        "DR. OKOYE (Gov., Nigeria): fine.\n",
    )
    people = {case.name: case.attributes.get("country") for case in intake.cases[1:]}
    assert people == {
        "Maria Silva (CSO, Brazil)": "Brazil",
        "أحمد (المجتمع المدني، المغرب)": "Morocco",
        "ДР (НПО, Кыргызстан)": "Kyrgyzstan",
        "DR. OKOYE (Gov., Nigeria)": "Nigeria",
    }
    at = _at(intake)
    assert at["L6"].case == at["L7"].case
    assert at["L9"].case == at["L10"].case
    assert at["L4"].text.startswith("The mayor opened")


def test_nested_bullets_and_markdown_tables(tmp_path: Path) -> None:
    intake = _text(
        tmp_path,
        "# Talk\n\n## One\n\n- outer\n  - inner\n    - innermost\n- next\n\n"
        "| Table | Worry |\n|---|---|\n| 1 | It costs a lot |\n",
        "talk.md",
    )
    at = _at(intake)
    assert at["L6"].parent == at["L5"].key
    assert at["L7"].parent == at["L6"].key
    assert at["L8"].parent == ""
    assert at["t1r2c2"].heading == "One › Table 1 › Worry"


def test_headings_of_plain_text(tmp_path: Path) -> None:
    intake = _text(
        tmp_path,
        "Round table on water\n\nOPENING\n\n- a bullet\n\n=== B. rivers ===\n\n- two\n\nSession 2: lakes\n\n- three\n\n"
        "1. Money\n\n- four\n\nIdeas for later:\n- five\n",
    )
    assert [segment.heading for segment in intake.segments] == [
        "OPENING", "B. rivers", "Session 2: lakes", "1. Money", "1. Money › Ideas for later",
    ]  # fmt: skip


def test_a_date_that_is_none_is_not_made_up(tmp_path: Path) -> None:
    intake = _text(tmp_path, "# Meeting\n\n31 February 2022\n\n## A\n\n- one\n", "m.md")
    assert "date" not in intake.cases[0].attributes
    assert len(intake.findings) == 1


def test_prose_without_any_marks_is_kept(tmp_path: Path) -> None:
    intake = _text(tmp_path, "Letter from the coast\n\nWe write to you about the port.\n\nIt should be open to all.\n")
    assert [segment.text for segment in intake.segments] == [
        "We write to you about the port.",
        "It should be open to all.",
    ]


def test_equal_bullets_have_keys_of_their_own_that_stay(tmp_path: Path) -> None:
    before = _text(tmp_path, "# T\n\n## A\n\n- yes\n- yes\n", "t.md")
    after = _text(tmp_path, "# T\n\n## A\n\n- first of all no\n- yes\n- yes\n", "t.md")
    assert len({segment.key for segment in before.segments}) == 2
    assert {segment.key for segment in before.segments} < {segment.key for segment in after.segments}


def test_a_scan_is_refused(tmp_path: Path) -> None:
    data = (DATA / "workshop.pdf").read_bytes()
    start, end = data.index(b"BT "), data.index(b" ET")
    (tmp_path / "scan.pdf").write_bytes(data[:start] + b" " * (end - start) + data[end:].replace(b" ET", b"   ", 1))
    with pytest.raises(ImportProblem, match="OCR"):
        read_paths([tmp_path / "scan.pdf"])
