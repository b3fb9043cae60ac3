"""What the report says of an issue beyond its figures: wording, sides, ways forward, and the part of a machine."""

import dataclasses

from ogp_sensemaker.domain.findings import NewIdea
from ogp_sensemaker.formats.report import build
from ogp_sensemaker.formats.report_blocks import Bullets, Heading, Paragraph, Quotes, Section, Sides
from ogp_sensemaker.formats.report_docx import write_docx
from ogp_sensemaker.formats.report_html import write_html
from tests.formats.dataset_fixture import dataset, quotation


def with_issue(**fields):
    data = dataset()
    issue = dataclasses.replace(data.findings.issues[0], **fields)
    machine = issue.machine is not None
    return dataclasses.replace(data, findings=dataclasses.replace(data.findings, issues=(issue,), machine=machine))


WRITTEN = with_issue(
    statement="Members that renege should be sanctioned",
    side_for="Rules without consequences are no rules",
    side_against="Volunteers leave when they are punished",
    views="Civil society for.\n\nGovernments against.",
    ways="Start with help.",
    contradictions=("By sector: Civil society (5, mean +1.00) for, Government (5, mean −0.80) against.",),
    repeated=("3 people sent nearly the same words (#1), all of them for; each counts once.",),
    suggestions=(quotation(9),),
)


def section_of(data, anchor: str) -> Section:
    return next(s for s in build(data).sections if s.anchor == anchor)


def words(section: Section) -> str:
    lines = []
    for block in section.blocks:
        match block:
            case Paragraph():
                lines.append("".join(span.text for span in block.line))
            case Bullets():
                lines += ["".join(span.text for span in item) for item in block.items]
            case Heading():
                lines.append(block.text)
    return "\n".join(lines)


def test_the_question_and_the_sides_in_the_analysts_words():
    text = words(section_of(WRITTEN, "issue-2"))
    assert "The question: Members that renege should be sanctioned" in text
    assert "Both sides, as analysts put them\nFor: Rules without consequences are no rules\nAgainst: Volunteers" in text
    assert "Who holds which view\nCivil society for.\nGovernments against." in text
    assert "Possible ways forward\nStart with help." in text
    assert "Government (5, mean −0.80) against." in text
    assert "3 people sent nearly the same words (#1)" in text


def test_what_is_not_written_has_no_heading():
    text = words(section_of(with_issue(), "issue-2"))
    for heading in ("Both sides", "Who holds", "Possible ways", "The question", "Suggestions"):
        assert heading not in text


def test_a_machines_stance_is_marked_where_it_is_quoted_and_at_the_top():
    guess = dataclasses.replace(quotation(5, "support"), by_machine=True, probability=0.914)
    cue = dataclasses.replace(quotation(7, "", True), by_machine=True)
    plain = dataset().findings.issues[0]
    data = with_issue(supporting=(plain.supporting[0], guess), concerns=(cue,), machine={"support": 1})
    section = section_of(data, "issue-2")
    sides = next(b for b in section.blocks if isinstance(b, Sides))
    notes = {q.quotation.segment_id: q.note for _, quotes in sides.left.groups for q in quotes}
    assert notes[5] == "stance suggested by the machine (0.91)"
    assert "machine" not in notes[1]
    concern = next(b for b in section.blocks if isinstance(b, Quotes))
    assert concern.items[0].note.endswith("found by its words")
    assert "Stances that a machine suggests are counted here" in words(section_of(data, "contested"))
    assert "machine suggests are counted" not in words(section_of(dataset(), "contested"))


def test_ideas_beside_the_proposals_of_a_direction_are_told_apart():
    beside = NewIdea(("map",), 1, 1, ("Event notes",), (quotation(14),), (14,), direction_id=1, nearest=0.2, suggests=1)
    data = dataset()
    ideas = (*data.findings.new_ideas, beside)
    data = dataclasses.replace(data, findings=dataclasses.replace(data.findings, new_ideas=ideas))
    text = words(section_of(data, "new"))
    assert text.startswith("1 group of segments that fit no direction")
    assert "In direction 1, beside the proposals put to participants" in text
    assert "1 segment from 1 person, through Event notes (#14), by their words suggestions" in text


def test_both_file_formats_hold_it(tmp_path):
    from docx import Document

    write_html(WRITTEN, tmp_path / "r.html")
    write_docx(WRITTEN, tmp_path / "r.docx")
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    document = "\n".join(p.text for p in Document(str(tmp_path / "r.docx")).paragraphs)
    for text in ("Rules without consequences are no rules", "Start with help.", "Who holds which view"):
        assert text in html
        assert text in document
