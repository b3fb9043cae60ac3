"""The report on statements that people voted on."""

from collections.abc import Iterator, Sequence

from ogp_sensemaker.domain.findings import Findings, Quotation, StatementFinding
from ogp_sensemaker.formats.charts import Split
from ogp_sensemaker.formats.report_blocks import Block, Cell, Heading, Paragraph, Span, Table, cell, line, link
from ogp_sensemaker.formats.report_evidence import shorten
from ogp_sensemaker.formats.report_words import NONE, plural, signed

_SHOWN = 15  # of each end


def statements(findings: Findings) -> Iterator[Block]:
    """The statements that divide most and those on which people agree most; nothing where nobody voted."""
    told = [s for s in findings.statements if s.divided is not None]
    if not findings.statements:
        return
    votes = sum(s.figure.n for s in findings.statements)
    few = len(findings.statements) - len(told)
    yield Heading("Statements put to the vote", "votes")
    yield Paragraph(
        line(
            f"{plural(len(findings.statements), 'statement')} with {plural(votes, 'vote')} of agree, pass or disagree. "
            f"{plural(few, 'of them has', 'of them have')} fewer than {findings.too_few} votes and "
            f"{'is' if few == 1 else 'are'} left out below."
        ),
        "note",
    )
    divided, common = _ends(findings)
    yield _table("What divides most", divided)
    yield _table("What people agree on, whatever their group", common)


def shown(findings: Findings) -> list[StatementFinding]:
    """The statements that the two tables hold."""
    divided, common = _ends(findings)
    return [*divided, *common]


def _ends(findings: Findings) -> tuple[list[StatementFinding], list[StatementFinding]]:
    told = [s for s in findings.statements if s.divided is not None]
    return told[: min(_SHOWN, max(1, len(told) // 2))], sorted(told, key=_common_ground, reverse=True)[:_SHOWN]


def _words(quotation: Quotation) -> Span:
    return Span(shorten(quotation.text), lang=quotation.language if quotation.language != "en" else "")


def _common_ground(statement: StatementFinding) -> float:
    """The support in the group that supports it least: high only where every group agrees."""
    means = [g.figure.mean for g in statement.groups if g.figure.mean is not None]
    return min(means, default=statement.figure.mean or 0.0)


def _table(caption: str, found: Sequence[StatementFinding]) -> Table:
    return Table(
        caption,
        ("Statement", "Votes", "Mean", "By opinion group"),
        tuple(
            (
                Cell(
                    (line(link(f"#{s.quotation.segment_id}", f"s{s.quotation.segment_id}"), " ", _words(s.quotation)),)
                ),
                cell(f"{s.figure.n:,}"),
                cell(signed(s.figure.mean)),
                cell("; ".join(f"{g.value}: {signed(g.figure.mean)} ({g.figure.n})" for g in s.groups) or NONE),
            )
            for s in found
        ),
        (0.40, 0.08, 0.09, 0.23),
        numeric=(1, 2),
        pictures=tuple(Split("", s.figure.supporting, s.figure.neutral, s.figure.opposing) for s in found),
        picture_head="Agree, pass, disagree",
        small=True,
    )
