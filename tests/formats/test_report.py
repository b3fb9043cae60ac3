"""The report: every number leads to ids, words are verbatim, and no sentence says more than the figures."""

import dataclasses
import re
import zipfile
from html.parser import HTMLParser
from itertools import pairwise

import docx
import pytest
from defusedxml import ElementTree
from docx.oxml.ns import qn

from ogp_sensemaker.domain.findings import ChannelFinding, Contest, Findings, IssueFinding, Measure
from ogp_sensemaker.domain.findings import Figure as Numbers
from ogp_sensemaker.domain.wording import DEFAULT_SCALE
from ogp_sensemaker.formats import docx_parts
from ogp_sensemaker.formats.charts import AGAINST, FOR, NEUTRAL, Bar, Interval, Split
from ogp_sensemaker.formats.languages import is_right_to_left
from ogp_sensemaker.formats.report import build
from ogp_sensemaker.formats.report_blocks import Block, Cell, Figure, Paragraph, Section, Sides, Table
from ogp_sensemaker.formats.report_docx import write_docx
from ogp_sensemaker.formats.report_evidence import LONGEST, gather, quoted, shorten
from ogp_sensemaker.formats.report_html import render, write_html
from ogp_sensemaker.formats.report_words import (
    listed,
    ordinal,
    percent,
    plural,
    ranges,
    scale_rows,
    sign_words,
    signed,
    split_words,
    stance_words,
)
from tests.formats.dataset_fixture import CODES, DRAFT, OPINIONS, PLATFORM, ROWS, WHY, dataset, quotation

VOID = {"meta", "link", "br", "col", "img", "input", "hr"}


class Page(HTMLParser):
    """What a test wants to know of a page; fails where elements are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def attributes(self, name: str) -> list[str]:
        return [found[name] for _, found in self.elements if name in found]


@pytest.fixture(scope="module")
def html() -> str:
    return render(dataset())


@pytest.fixture(scope="module")
def page(html) -> Page:
    return Page(html)


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.docx"
    write_docx(dataset(), path)
    return docx.Document(path)


@pytest.fixture(scope="module")
def sections() -> dict[str, Section]:
    return {section.anchor: section for section in build(dataset()).sections}


def words(block: Block | Cell) -> str:
    lines = (block.line,) if isinstance(block, Paragraph) else block.lines if isinstance(block, Cell) else ()
    return " / ".join("".join(span.text for span in line) for line in lines)


def text_of(section: Section) -> str:
    return "\n".join(words(block) for block in section.blocks if isinstance(block, Paragraph))


def table(section: Section, caption: str) -> Table:
    return next(b for b in section.blocks if isinstance(b, Table) and b.caption.startswith(caption))


def grid(found: Table) -> list[list[str]]:
    return [[words(cell) for cell in row] for row in found.rows]


def with_findings(**changes):
    given = dataset()
    return dataclasses.replace(given, findings=dataclasses.replace(given.findings, **changes))


# The words of the report


def test_at_a_glance_shows_the_figures_and_what_is_contested(sections, html):
    rows = grid(table(sections["glance"], "The directions side by side"))
    assert rows[1] == ["2 Doubling down on OGP Local", "4", "5", "+0.80 / very strong support"]
    assert rows[2] == ["3 Windows of opportunity", "0", "0", "— / "]
    assert f"Develop an escalating series of sanctions</a>: {WHY}" in html


def test_participation_says_what_is_not_known(sections):
    rows = grid(table(sections["people"], "Participation"))
    platform, events, draft = rows
    assert "46 people who can be told apart." in platform[1]
    assert "Region: Americas 33% (15); Europe 33% (15); Africa and the Middle East 24% (11)" in platform[1]
    assert platform[2] == "Sector: not known for 18 of 46 people."
    assert "147 participants, as the notes report them." in events[1]
    assert "Region: not known for anybody." in events[2]
    assert "Speakers are known only within an event." in events[2]
    assert draft[2] == "Nothing is known about who these people are: no attribute was recorded."


def test_notes_without_numbers_of_participants_say_so():
    channels = list(dataset().findings.channels)
    channels[1] = dataclasses.replace(channels[1], reported=None, people=0, limits=())
    report = build(with_findings(channels=tuple(channels)))
    cell = grid(table(report.sections[1], "Participation"))[1][2]
    assert "The notes do not say how many people took part." in cell
    assert "Nobody can be told apart: nothing says who spoke." in cell


def test_small_groups_get_no_percentages_and_no_charts(sections):
    events = grid(table(sections["people"], "Participation"))[1]
    assert "Sector: Civil society (2)" in events[1]
    charts = [block.title for block in sections["people"].blocks if isinstance(block, Figure)]
    assert charts == ["Region of participants: Online platform", "Sector of participants: Online platform"]


def test_draft_that_people_were_asked_about_is_no_participation():
    silent = ChannelFinding("Draft text", 1, 0, 0, None, 0, 0, {}, {}, ("Nobody.",))
    report = build(with_findings(channels=(*dataset().findings.channels, silent)))
    assert "Contributions came through 3 channels, with 2 events." in text_of(report.sections[1])
    assert "Text that people were asked about, not counted as anybody's words: Draft text." in text_of(
        report.sections[1]
    )
    assert len(table(report.sections[1], "Participation").rows) == 3


def test_poll_counts_and_percentages_are_those_of_the_poll(sections):
    agreement = table(sections["polls"], "To what extent")
    assert grid(agreement) == [
        ["Strongly Agree", "12", "15%"],
        ["Agree", "60", "74%"],
        ["Neither agree nor disagree", "5", "6%"],
        ["Disagree", "1", "1%"],
        ["Strongly disagree", "3", "4%"],
    ]
    assert "72 of 81 (89%) agreed or strongly agreed; 4 (5%) disagreed or strongly disagreed." in text_of(
        sections["polls"]
    )
    assert "Several choices were possible" in text_of(sections["polls"])


def test_direction_opens_with_its_level_of_support(sections):
    local = text_of(sections["direction-5"])
    assert local.startswith(
        "Very strong support. 5 people gave opinions on its proposals. Counting each person once, they come to a mean "
        "of +0.80 (interval between +0.68 and +0.93): 5 for and none against."
    )


def test_silent_direction_claims_nothing(sections):
    windows = text_of(sections["direction-8"])
    assert windows.startswith("Level of support not known. Nobody gave an opinion on a proposal under this direction.")
    assert "No words are quoted" in windows
    assert "No proposals were made under this direction." in windows
    assert grid(table(sections["direction-8"], "Takeaways"))[0][0] == "Nothing can be said from the figures."


def test_direction_with_few_opinions_is_called_too_few():
    direction = dataclasses.replace(dataset().findings.directions[1], figure=Numbers(3, 0.9, 0.8, 1.0, 3), proposals=())
    report = build(with_findings(directions=(direction,)))
    section = next(s for s in report.sections if s.anchor == "direction-5")
    assert text_of(section).startswith("Too few to say. Only 3 people gave opinions")
    assert "for the direction as a whole" not in str(grid(table(section, "Takeaways")))


def test_proposals_stand_in_order_of_support_with_those_too_few_marked(sections):
    assert grid(table(sections["direction-1"], "Proposals")) == [
        [
            "Həvəsləndirmə daha yaxşı nəticə verər. / [TRANSLATION: Encouragement would give a better result.]",
            "Community",
            "2 / too few (under 5)",
            "+0.58 / ",
        ],
        [
            "Develop an escalating series of sanctions / Contested, as marked by analysts: "
            "Civil society and governments part on it.",
            "Community",
            "14",
            "+0.48 / significant support",
        ],
        ["Simplify the rules", "OGP", "6", "+0.35 / support"],
    ]
    local = grid(table(sections["direction-5"], "Proposals"))
    assert local[1] == [
        "Train young leaders in rural areas",
        "Community",
        "0 / too few (under 5)",
        "— / nobody gave an opinion",
    ]


def test_takeaways_draw_no_conclusion_from_few_opinions(sections):
    drawn = [row[0] for row in grid(table(sections["direction-1"], "Takeaways"))]
    assert drawn == [
        "Support for the direction as a whole (+0.43, 7 people).",
        "Divergent views on “Develop an escalating series of sanctions”: significant support (+0.48, 14 opinions); "
        "2 reasons given against it.",
        "Support for “Simplify the rules” (+0.35, 6 opinions).",
        "No conclusion on 1 proposal with fewer than 5 opinions.",
        "Concerns were raised in 2 segments: #6, #7.",
    ]


def test_division_that_only_the_figures_suggest_is_named_as_such():
    directions = list(dataset().findings.directions)
    sanctions = dataclasses.replace(directions[0].proposals[1], mark="", mark_reason="")
    directions[0] = dataclasses.replace(directions[0], proposals=(sanctions,))
    report = build(with_findings(directions=tuple(directions)))
    section = next(s for s in report.sections if s.anchor == "direction-1")
    assert "the figures suggest that people are divided, and no analyst has decided on it" in str(
        grid(table(section, "Takeaways"))
    )


def test_both_sides_of_an_issue_are_quoted_in_equal_number_by_group(sections):
    sides = next(block for block in sections["issue-2"].blocks if isinstance(block, Sides))
    left = [(group, [q.quotation.segment_id for q in quotes]) for group, quotes in sides.left.groups]
    right = [(group, [q.quotation.segment_id for q in quotes]) for group, quotes in sides.right.groups]
    assert left == [("Civil society", [1, 5])]
    assert right == [("National government", [2, 6])]


def test_issue_without_the_other_side_says_so(sections):
    assert "Only one side can be quoted: no words against it are at hand with a stance." in text_of(sections["issue-4"])
    assert "No analyst has decided on it yet." in text_of(sections["issue-4"])


def test_issue_that_analysts_call_not_contested_is_not_among_the_contested():
    issue = dataclasses.replace(dataset().findings.issues[0], mark="not contested", mark_reason="Settled in May")
    report = build(with_findings(issues=(issue,)))
    assert not [s for s in report.sections if s.anchor == "issue-2"]
    section = next(s for s in report.sections if s.anchor == "contested")
    assert text_of(section) == "No question is marked as contested, and the figures suggest none."
    assert "Analysts: not contested (Settled in May)" in str(grid(table(section, "Other questions")))


def test_summary_says_what_analysts_decided_and_what_only_figures_suggest(html):
    assert "questions contested or suggested as such, 1 of them marked by analysts" in html
    assert "Two-year action plans</a> (suggested by the figures): 5 people, 3 for, 2 against." in html


def test_agreement_is_a_table_with_the_ids_behind_it(sections):
    rows = grid(table(sections["agreed"], "Questions on which"))
    assert rows == [
        [
            "Doubling down on OGP Local / Behind these figures: 4 coded segments.",
            "5 opinions, mean +0.80; 5 for, none against.",
        ]
    ]
    assert [q.segment_id for q in quoted(sections["agreed"].blocks)] == [10]


def test_summary_of_much_agreement_is_cut():
    agreed = tuple(
        dataclasses.replace(dataset().findings.agreed[0], code_id=i, name=f"Question {i}") for i in range(20, 30)
    )
    text = render(with_findings(agreed=agreed))
    assert '<a href="#agreed">4 more</a>' in text


def test_too_few_positions_give_no_index():
    nothing = Measure(None)
    contest = Contest(2, True, nothing, nothing, nothing, nothing, "", 1, 1, 0, (), "too few to say", "")
    issue = IssueFinding(2, "x", 1, contest, "to watch", "")
    report = build(with_findings(issues=(issue,)))
    section = next(s for s in report.sections if s.anchor == "issue-2")
    assert [row[2:] for row in grid(table(section, "How contested"))] == [["too few to say", "—"]] * 4
    assert "To watch, as marked by analysts." in text_of(section)
    assert "none can be quoted" in text_of(section)


def test_method_gives_figures_with_and_without_duplicates_and_the_thresholds(sections):
    method = sections["method"]
    assert grid(table(method, "Segments per direction"))[1] == ["2 Doubling down on OGP Local", "4", "2", "2"]
    assert grid(table(method, "Words"))[2] == ["+0.455 or more", "significant support"]
    assert ["clusters", '{"detail": 3, "seed": 7}'] in grid(table(method, "How the dataset"))


def test_every_quoted_segment_is_listed_with_source_place_and_case(sections):
    ids = {q.segment_id for section in sections.values() for q in quoted(section.blocks)}
    found = table(sections["quoted"], "Quoted segments")
    assert set(found.anchors) == {f"s{id_}" for id_ in ids}
    first = grid(found)[0]
    assert first[:3] == ["#1", "considerit/points.csv / row 2", "Online platform / Participant 02"]
    assert first[4] == "Rules; with teeth > Develop an escalating series of sanctions (Ana)"


def test_ids_behind_the_numbers_are_listed(sections):
    ids = sections["ids"]
    coded = dict(map(tuple, grid(table(ids, "Segments that people coded"))))
    assert coded["Doubling down on OGP Local"] == "support: #7, #10–#12"
    assert coded["Rules; with teeth"] == "support: #1, #3, #5, #9; oppose: #2, #4, #6; mixed: #7"
    opinions = dict(map(tuple, grid(table(ids, "Opinions"))))
    assert opinions["Encouragement would give a better result."] == "case 101 +0.75, case 102 +0.41"


def test_empty_project_gives_a_report_that_claims_nothing(tmp_path):
    given = dataset()
    empty = dataclasses.replace(
        given,
        rows=(),
        codings=(),
        codes=(),
        opinions=(),
        answers=(),
        made="",
        findings=Findings((), (), (), (), (), ()),
    )
    text = " ".join(Page(render(empty)).text)
    for said in (
        "Nothing has been brought in yet.",
        "No poll has been brought in.",
        "The codebook has no directions yet.",
        "No question is marked as contested, and the figures suggest none.",
        "Nobody is quoted.",
    ):
        assert said in text
    write_docx(empty, tmp_path / "empty.docx")
    assert docx.Document(tmp_path / "empty.docx").paragraphs[0].text == given.project


def test_long_quotation_is_cut_between_words_and_stands_whole_in_the_appendix():
    long = "word " * 400
    said = dataclasses.replace(quotation(9, "support"), text=long.strip())
    direction = dataclasses.replace(dataset().findings.directions[0], channels={DRAFT: (said,)})
    report = build(with_findings(directions=(direction,), issues=()))
    section = next(s for s in report.sections if s.anchor == "direction-1")
    quote = next(q for b in section.blocks if hasattr(b, "items") for q in b.items if hasattr(q, "quotation"))
    assert quote.text.endswith("word […]")
    assert len(quote.text) <= LONGEST + 5
    appendix = next(s for s in report.sections if s.anchor == "quoted")
    assert long.strip() in text_of(appendix)
    assert shorten("x" * 2 * LONGEST).startswith("x" * LONGEST)


def test_evidence_counts_repeats_and_values():
    evidence = gather(dataset())
    assert evidence.repeats == {10: 2}
    assert evidence.values(2) == OPINIONS[2]
    assert evidence.code_anchor(8) == ""
    assert evidence.by_channel[PLATFORM] == (1, 2, 3, 4)


# Numbers in words


def test_numbers_in_words():
    assert [signed(v) for v in (None, 0.0, -0.001, 0.455, -0.35, 1)] == ["—", "0.00", "0.00", "+0.46", "−0.35", "+1.00"]
    assert [percent(a, b) for a, b in ((12, 81), (37, 85), (1, 200), (0, 0))] == ["15%", "44%", "1%", "—"]
    assert [plural(n, "person", "people") for n in (0, 1, 1204)] == ["0 people", "1 person", "1,204 people"]
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 111)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "13th",
        "21st",
        "111th",
    ]
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""
    assert ranges([7, 3, 4, 5, 1, 9, 8, 20]) == ["#1", "#3–#5", "#7–#9", "#20"]


def test_signs_of_means_in_words():
    assert sign_words([0.1, 0.2]) == "All two have a mean above 0."
    assert sign_words([0.1]) == "It has a mean above 0."
    assert sign_words([0.1, -0.2, 0.0, None]) == (
        "One has a mean above 0, one has a mean of 0, one has a mean below 0 and one got no opinions."
    )
    assert sign_words([None]) == "One got no opinions."


def test_sides_and_stances_in_words():
    assert split_words(Numbers(8, 0.1, None, None, 5, 2, 1)) == "5 for, 2 against and 1 neutral"
    assert stance_words({"support": 1, "neutral": 2}) == "1 supports and 2 are neutral or ask"
    assert stance_words({}) == ""


def test_scale_reaches_below_zero():
    assert scale_rows(DEFAULT_SCALE)[0] == ("+0.80 or more", "very strong support")
    assert scale_rows(())[-1] == ("below 0.00", "net opposition")


# HTML


def test_page_is_self_contained(page, html):
    assert {"script", "img", "link", "iframe", "object"}.isdisjoint(tag for tag, _ in page.elements)
    assert all(target.startswith("#") for target in page.attributes("href"))
    assert page.attributes("src") == []
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_every_link_has_its_place_and_places_are_unique(page):
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in page.attributes("href")} <= set(ids)


def test_opinions_polls_and_segments_lead_to_ids(page):
    targets = set(page.attributes("href"))
    assert {"#opinions-2", "#segments-1", "#answers-0", "#channel-0", "#s1"} <= targets
    assert "#opinions-6" not in targets


def test_words_are_verbatim_in_their_own_direction(page, html):
    arabic = [found for tag, found in page.elements if found.get("lang") == "ar" and found.get("class") == "said"]
    assert arabic
    assert {found["dir"] for found in arabic} == {"rtl"}
    assert ROWS[6].original in html
    assert "&lt;b&gt;Open government&lt;/b&gt; in our language is like &#34;open door&#34; &amp; nobody" in html
    assert ROWS[6].english in html


def test_words_in_a_language_without_translation_say_so(html):
    assert "Kyrgyz, not translated" in html


def test_headings_do_not_skip_a_level(page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_scopes(page):
    tables = sum(tag == "table" for tag, _ in page.elements)
    assert tables == sum(tag == "caption" for tag, _ in page.elements)
    assert all(found.get("scope") in ("row", "col") for tag, found in page.elements if tag == "th")


def test_charts_in_the_page_are_well_formed_and_named(html):
    charts = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(charts) > 10
    for chart in charts:
        assert ElementTree.fromstring(chart).get("aria-label")


def test_participants_words_cannot_break_out_of_the_page():
    attack = '</p></style><script>alert(1)</script><a href="https://evil.example">x</a>\x00\u202e'
    said = dataclasses.replace(quotation(9, "support"), text=attack, who=attack, language="")
    direction = dataclasses.replace(dataset().findings.directions[0], name=attack, channels={attack: (said,)})
    found = Page(render(with_findings(directions=(direction,))))
    assert "script" not in {tag for tag, _ in found.elements}
    assert all(target.startswith("#") for target in found.attributes("href"))
    assert "\x00" not in "".join(found.text)


def test_file_is_utf8_with_line_feeds(tmp_path):
    path = tmp_path / "report.html"
    write_html(dataset(), path)
    raw = path.read_bytes()
    assert b"\r" not in raw
    assert raw.startswith(b"<!DOCTYPE html>")
    assert raw.decode("utf-8") == render(dataset())


# DOCX


def test_word_report_has_the_same_sections(document, sections):
    headings = [p.text for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert headings == [section.heading for section in sections.values()]


def test_word_tables_repeat_their_heading(document):
    heads = [t for t in document.tables if t._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None]
    assert len(heads) >= 15
    proposals = next(t for t in heads if t.cell(0, 0).text == "Proposal" and len(t.columns) == 5)
    assert [cell.text for cell in proposals.rows[2].cells][2:4] == ["14", "+0.48\nsignificant support"]


def test_word_runs_of_arabic_go_from_right_to_left(document):
    found = [
        p
        for p in document.element.body.iter(qn("w:p"))
        if ROWS[6].original in "".join(t.text for t in p.iter(qn("w:t")))
    ]
    assert found
    for paragraph in found:
        assert paragraph.pPr.find(qn("w:bidi")) is not None
        rtl = {
            r.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None: "".join(t.text for t in r.iter(qn("w:t")))
            for r in paragraph.iter(qn("w:r"))
        }
        assert rtl[False] == "OGP Local"
        assert rtl[True]


def test_words_of_unknown_language_take_the_direction_of_their_letters():
    assert is_right_to_left("", "«1» العقوبات OGP")
    assert not is_right_to_left("", "OGP العقوبات")
    assert not is_right_to_left("", "12")
    assert not is_right_to_left("az", "العقوبات")
    assert is_right_to_left("ar-EG")


def test_word_links_have_their_bookmarks(document):
    body = document.element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    assert len(numbers) == len(set(numbers))
    assert all(len(name) <= 40 for name in names)
    assert {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} <= set(names)


def test_word_table_of_contents_is_a_field_that_is_filled_in(document):
    body = document.element.body
    assert [t.text for t in body.iter(qn("w:instrText"))] == [' TOC \\o "1-2" \\h \\z \\u ']
    kinds = [c.get(qn("w:fldCharType")) for c in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    contents = [p for p in body.iter(qn("w:p")) if p.style == "Contents"]
    assert len(contents) == len(build(dataset()).sections)


def test_word_cells_end_in_a_paragraph(document):
    for cell in document.element.body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")


def test_word_properties_come_from_the_dataset(document):
    properties = document.core_properties
    assert properties.title == "Future Together: phase 2: what was heard"
    assert properties.created.isoformat().startswith("2026-11-23T15:04:05")


def test_control_characters_are_left_out_of_word(tmp_path):
    said = dataclasses.replace(quotation(9, "support"), text="one\x00\x0b\r\ntwo\ufffe")
    direction = dataclasses.replace(dataset().findings.directions[0], channels={DRAFT: (said,)})
    write_docx(with_findings(directions=(direction,)), tmp_path / "r.docx")
    with zipfile.ZipFile(tmp_path / "r.docx") as archive:
        ElementTree.fromstring(archive.read("word/document.xml"))
    assert "one\ntwo" in [p.text for p in docx.Document(tmp_path / "r.docx").paragraphs]


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (Bar("a", 0.25, ""), [(250, FOR), (750, docx_parts.SOFT)]),
        (Split("a", 1, 1, 2), [(250, FOR), (250, NEUTRAL), (500, AGAINST)]),
        (Split("a", 0, 0, 0), [(1000, docx_parts.SOFT)]),
    ],
)
def test_strips_of_shaded_cells(picture, expected):
    assert docx_parts.strip(picture, 1000) == expected


@pytest.mark.parametrize("mean", [-1.0, -0.5, 0.0, 0.99, 1.0, None])
def test_strip_of_an_interval_fills_its_width(mean):
    pieces = docx_parts.strip(Interval("a", 3, mean, -1.0, 1.0), 1000)
    assert sum(width for width, _ in pieces) == 1000
    assert all(width > 0 for width, _ in pieces)
    assert sum(width for width, colour in pieces if colour == docx_parts.INK) == (0 if mean is None else 70)


def test_names_of_codes_are_those_of_the_codebook():
    assert {code.name for code in CODES} >= {direction.name for direction in dataset().findings.directions}
