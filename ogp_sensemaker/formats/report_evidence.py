"""Which ids stand behind each number of the report, and which quotations it prints."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ogp_sensemaker.domain.codebook import PATH_SEPARATOR
from ogp_sensemaker.domain.dataset import Dataset, DatasetRow
from ogp_sensemaker.domain.findings import Quotation
from ogp_sensemaker.formats.report_blocks import Block, Quote, Quotes, Sides
from ogp_sensemaker.formats.report_words import plural

LONGEST = 900  # characters of a quotation before it is cut
_LISTED = 1_000  # ids that a list holds


@dataclass(frozen=True, slots=True)
class Evidence:
    """Look-ups over a dataset; anchors are "" where nothing stands behind a number."""

    rows: dict[int, DatasetRow]
    by_code: dict[int, tuple[int, ...]]  # code id -> segments coded to it or below it
    by_stance: dict[int, dict[str, list[int]]]  # the same by stance; a segment with two stands under both
    by_channel: dict[str, tuple[int, ...]]
    opinions: dict[int, tuple[tuple[int, float], ...]]  # code id -> case id and value
    answers: dict[tuple[str, str], tuple[int, ...]]  # poll and option -> case ids
    concerns: dict[int, tuple[int, ...]]  # code id -> segments that people marked as a concern under it
    repeats: dict[int, int]  # segment -> how many others repeat its words

    def code_anchor(self, code_id: int) -> str:
        return f"segments-{code_id}" if self.by_code.get(code_id) else ""

    def opinions_anchor(self, code_id: int) -> str:
        return f"opinions-{code_id}" if self.opinions.get(code_id) else ""

    def values(self, code_id: int) -> tuple[float, ...]:
        return tuple(value for _, value in self.opinions.get(code_id, ()))


def gather(dataset: Dataset) -> Evidence:
    """Index a dataset once; segments keep their order."""
    ids = {path: code_id for code_id, path in dataset.paths.items()}
    by_code: dict[int, list[int]] = defaultdict(list)
    by_stance: dict[int, dict[str, list[int]]] = defaultdict(dict)
    by_channel: dict[str, list[int]] = defaultdict(list)
    repeats: dict[int, int] = defaultdict(int)
    for row in dataset.rows:
        by_channel[row.channel].append(row.segment_id)
        for code_id, stances in _stances(row, ids).items():
            by_code[code_id].append(row.segment_id)
            for stance in stances:
                by_stance[code_id].setdefault(stance, []).append(row.segment_id)
        if row.duplicate_of is not None:
            repeats[row.duplicate_of] += 1
    opinions: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for opinion in dataset.opinions:
        opinions[opinion.code_id].append((opinion.case_id, opinion.value))
    answers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for answer in dataset.answers:
        answers[answer.poll, answer.option].append(answer.case_id)
    return Evidence(
        {row.segment_id: row for row in dataset.rows},
        {key: tuple(value) for key, value in by_code.items()},
        dict(by_stance),
        {key: tuple(value) for key, value in by_channel.items()},
        {key: tuple(value) for key, value in opinions.items()},
        {key: tuple(value) for key, value in answers.items()},
        _concerns(dataset, ids),
        dict(repeats),
    )


def _concerns(dataset: Dataset, ids: dict[str, int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, dict[int, None]] = defaultdict(dict)
    for coding in dataset.codings:
        if coding.concern and not coding.machine:
            for path in _upwards(coding.code):
                if path in ids:
                    found[ids[path]][coding.segment_id] = None
    return {code_id: tuple(segments) for code_id, segments in found.items()}


def _stances(row: DatasetRow, ids: dict[str, int]) -> dict[int, list[str]]:
    """Code id -> the stances that a segment has towards it or what is below it, [""] where it has none."""
    found: dict[int, list[str]] = {}
    for path, stance in zip(row.codes, row.stances, strict=True):
        for above in _upwards(path):
            if above in ids:
                stances = found.setdefault(ids[above], [])
                stances += [part for part in stance.split("/") if part and part not in stances]
    return {code_id: stances or [""] for code_id, stances in found.items()}


def _upwards(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition(PATH_SEPARATOR)[0]


def shorten(text: str) -> str:
    """A text as it is quoted: whole, or cut between words where it is longer than `LONGEST`."""
    if len(text) <= LONGEST:
        return text
    head = text[:LONGEST]
    return (head.rpartition(" ")[0] or head) + " […]"


def quote(quotation: Quotation, evidence: Evidence) -> Quote:
    """A quotation ready to be shown, with how often its words come again, and what a machine has to do with it."""
    repeats = evidence.repeats.get(quotation.segment_id, 0) or quotation.repeats
    notes = [f"the same words come {plural(repeats, 'more time')}"] if repeats else []
    if quotation.by_machine:
        sure = quotation.probability
        notes.append("found by its words" if sure is None else f"stance suggested by the machine ({sure:.2f})")
    return Quote(quotation, shorten(quotation.text), shorten(quotation.english), "; ".join(notes))


def quotes(quotations: Iterable[Quotation], evidence: Evidence) -> Quotes:
    """Several quotations below each other."""
    return Quotes(tuple(quote(quotation, evidence) for quotation in quotations))


def quoted(blocks: Iterable[Block]) -> Iterator[Quotation]:
    """The quotations in some blocks, as they come."""
    for block in blocks:
        for quote in _quotes_of(block):
            yield quote.quotation


def _quotes_of(block: Block) -> Iterator[Quote]:
    if isinstance(block, Quotes):
        yield from block.items
    elif isinstance(block, Sides):
        for side in (block.left, block.right):
            for _, quotes in side.groups:
                yield from quotes


def listing(items: list[str]) -> str:
    """Ids joined by commas; a very long list says where the rest is."""
    more = len(items) - _LISTED
    if more <= 0:
        return ", ".join(items)
    return ", ".join(items[:_LISTED]) + f" and {more:,} more, which the coded dataset lists"
