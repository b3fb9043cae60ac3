"""The report on a consultation, from a Dataset to sections that every file format can draw."""

from collections.abc import Iterable

from ogp_sensemaker.domain.dataset import Dataset
from ogp_sensemaker.domain.findings import DirectionFinding, Findings
from ogp_sensemaker.formats.charts import Interval
from ogp_sensemaker.formats.report_appendix import ids, method, quoted_words
from ogp_sensemaker.formats.report_blocks import (
    Block,
    Bullets,
    Cell,
    Heading,
    KeyFigures,
    Paragraph,
    Report,
    Section,
    Span,
    Table,
    cell,
    line,
    link,
)
from ogp_sensemaker.formats.report_directions import direction_anchor, directions
from ogp_sensemaker.formats.report_evidence import gather, quoted
from ogp_sensemaker.formats.report_issues import (
    agreed,
    agreed_lines,
    contested,
    contested_lines,
    is_contested,
    new_ideas,
)
from ogp_sensemaker.formats.report_people import participation, polls
from ogp_sensemaker.formats.report_votes import shown as voted
from ogp_sensemaker.formats.report_words import plural, signed


def build(dataset: Dataset) -> Report:
    """The whole report; the same Dataset gives the same report."""
    findings = dataset.findings
    evidence = gather(dataset)
    sections = [
        _glance(dataset, "1"),
        participation(findings, evidence, "2"),
        polls(findings, evidence, "3"),
        *directions(findings, evidence, "4"),
        *contested(findings, evidence, "5"),
        agreed(findings, evidence, "6"),
        new_ideas(findings, evidence, "7"),
        method(dataset, "8"),
    ]
    words = {q.segment_id: q for section in sections for q in quoted(section.blocks)}
    words |= {q.segment_id: q for direction in findings.directions for q in direction.concerns}
    words |= {s.quotation.segment_id: s.quotation for s in voted(findings)}
    sections += [quoted_words(words, dataset, "A"), ids(dataset, evidence, "B")]
    day = dataset.made[:10]
    subtitle = f"What was heard, with the words behind every figure. State of {day}, action {dataset.last_action}."
    return Report(dataset.project, subtitle, dataset.made, tuple(sections))


def _glance(dataset: Dataset, number: str) -> Section:
    findings = dataset.findings
    blocks: list[Block] = [_key_figures(findings), Paragraph(line(_reading(findings)), "note")]
    if findings.directions:
        blocks += [Heading("The directions side by side"), _side_by_side(findings.directions)]
    issues = tuple(contested_lines(findings))
    blocks.append(Heading("Contested"))
    blocks.append(
        Bullets(issues) if issues else Paragraph(line("No question is marked as contested or suggested as such."))
    )
    blocks.append(Heading("Agreed"))
    agreements = tuple(agreed_lines(findings))
    blocks.append(
        Bullets(agreements)
        if agreements
        else Paragraph(line("On no question do the figures allow to say that everybody agrees."))
    )
    if findings.new_ideas:
        blocks.append(Heading("New"))
        blocks.append(
            Paragraph(
                line(
                    link(plural(len(findings.new_ideas), "group of segments", "groups of segments"), "new"),
                    f" {'fits' if len(findings.new_ideas) == 1 else 'fit'} nothing that was put to participants.",
                )
            )
        )
    return Section("glance", 1, number, "At a glance", tuple(blocks))


def _key_figures(findings: Findings) -> KeyFigures:
    proposals = sum(len(direction.proposals) for direction in findings.directions)
    issues = [issue for issue in findings.issues if is_contested(issue)]
    marked = sum(issue.mark == "contested" for issue in issues)
    said = "contested questions" if marked != 1 else "contested question"
    if marked < len(issues):
        said = f"questions contested or suggested as such, {marked or 'none'} of them marked by analysts"
    items = [
        (link(f"{findings.totals[key]:,}", target), words)
        for key, target, words in (
            ("voices" if "voices" in findings.totals else "segments", "people", "segments of people's words"),
            ("people", "people", "people who can be told apart"),
            ("opinions", "directions", "opinions on proposals"),
        )
        if key in findings.totals
    ]
    items.append(
        (link(f"{len(findings.channels):,}", "people"), "channels" if len(findings.channels) != 1 else "channel")
    )
    items.append((link(f"{proposals:,}", "directions"), "proposals" if proposals != 1 else "proposal"))
    items.append((link(f"{len(issues):,}", "contested"), said))
    return KeyFigures(tuple(items))


def _reading(findings: Findings) -> str:
    return (
        "How to read this report: #5023 is the number of a segment; it leads to the list of quoted words with source "
        "and place. Opinions lie between −1 (oppose) and +1 (support). A person counts once, however much they wrote. "
        f"Fewer than {findings.too_few} opinions are marked as too few to conclude from. Figures rest on what people "
        "said and on what people decided; suggestions of a machine are named as such. In the small charts the dark "
        "mark is the mean and the bar around it its interval; columns, where there are any, are the opinions in each "
        "tenth of the scale."
    )


def _side_by_side(found: Iterable[DirectionFinding]) -> Table:
    rows = []
    pictures = []
    for direction in found:
        figure = direction.figure
        rows.append(
            (
                cell(link(f"{direction.number} {direction.name}".strip(), direction_anchor(direction.code_id))),
                cell(f"{direction.segments:,}"),
                cell(f"{figure.n:,}"),
                Cell((line(signed(figure.mean)), line(Span(direction.wording, muted=True)))),
            )
        )
        pictures.append(
            None if figure.mean is None else Interval(direction.name, figure.n, figure.mean, figure.low, figure.high)
        )
    return Table(
        "The directions side by side",
        ("Direction", "Segments coded", "People who gave opinions", "Mean (−1 to 1)"),
        tuple(rows),
        (0.40, 0.12, 0.13, 0.14),
        numeric=(1, 2, 3),
        pictures=tuple(pictures),
        picture_head="Mean and interval",
    )


def title_of(report: Report) -> str:
    """The title as file properties hold it."""
    return f"{report.title}: what was heard"


def contents(report: Report, deepest: int = 2) -> list[Section]:
    """The sections that a table of contents lists."""
    return [section for section in report.sections if section.level <= deepest]
