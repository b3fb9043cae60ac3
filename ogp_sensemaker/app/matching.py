"""Tables of codings and translations made elsewhere, matched to segments by their words."""

from collections.abc import Callable, Mapping

from ogp_sensemaker.domain.coding import Stance
from ogp_sensemaker.domain.folding import same_words
from ogp_sensemaker.domain.intake import Intake, NewCoding
from ogp_sensemaker.store import codebook, codings, memory, sources, translations
from ogp_sensemaker.store.project import Project

_STANCES = {"for": "support", "pro": "support", "against": "oppose", "con": "oppose", "unclear": "mixed"}


def import_translations(project: Project, intake: Intake, count: Callable[[str, int], None]) -> None:
    """Human translations of equal originals, kept in the memory for what comes later; one undoable action."""
    wanted = {same_words(t.original): t for t in intake.translations}
    matched = [
        (id_, wanted[words].english, wanted[words].language)
        for id_, _, text in sources.words_index(project)
        if (words := same_words(text)) in wanted
    ]
    with project.action(f"Import translations from {intake.name}") as action:
        coder = project.coder_named(f"translation in {intake.name}")
        for found in wanted.values():
            memory.remember(project, found.original, found.english, found.language, coder, keep=True)
        # What somebody here has written or approved since is worth more than the table.
        have = translations.human(project, [id_ for id_, *_ in matched])
        free = [(i, english) for i, english, _ in matched if i not in have or have[i].coder_id == coder]
        done = translations.save_human(project, free, coder)
        action.summary = f"Import translations from {intake.name}: {done}"
    count("human translations", done)


def import_codings(project: Project, intake: Intake, count: Callable[[str, int], None]) -> list[str]:
    """Codings by the coder that the table names; one undoable action. Returns what matched nothing, a sentence each."""
    index = _index(project)
    known = codebook.codes(project)
    unmatched: list[str] = []
    rows: list[tuple[int, int, NewCoding]] = []
    code_ids: dict[str, list[int]] = {}
    for coding in intake.codings:
        if coding.code not in code_ids:
            code_ids[coding.code] = codebook.matching(known, coding.code)
        where = intake.name + (f", row {coding.row}" if coding.row is not None else "")
        segments = _segments(index, coding)
        if len(code_ids[coding.code]) != 1:
            unmatched.append(f"{where}: the codebook has no code of the name in column “code”")
        elif not segments:
            unmatched.append(f"{where}: no segment of {coding.source or 'any source'} has these words")
        else:
            rows += [(segment, code_ids[coding.code][0], coding) for segment in segments]
    if rows:
        _write(project, intake.name, rows, count)
    return unmatched


def _write(
    project: Project, name: str, rows: list[tuple[int, int, NewCoding]], count: Callable[[str, int], None]
) -> None:
    before = {(c.segment_id, c.code_id, c.coder) for c in codings.everything(project)}
    new = [row for row in rows if (row[0], row[1], row[2].coder or name) not in before]
    if not new:
        return
    with project.action(f"Import codings from {name}: {len(new)}"):
        for segment, code, coding in new:
            coder = project.coder_named(coding.coder or name)
            stance = stance_of(coding.stance)
            codings.add(project, [segment], code, stance=stance, concern=coding.concern, coder_id=coder)
    count("codings", len(new))


def stance_of(word: str) -> Stance | None:
    """The stance that a table's word means, or None."""
    plain = word.strip().lower()
    plain = _STANCES.get(plain, plain)
    return Stance(plain) if plain in set(Stance) else None


def _index(project: Project) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for id_, source, text in sources.words_index(project):
        found.setdefault(same_words(text), []).append((id_, source))
    return found


def _segments(index: Mapping[str, list[tuple[int, str]]], coding: NewCoding) -> list[int]:
    """Segments with the same words, in the source that is named where one is."""
    found = index.get(same_words(coding.text), [])
    if not coding.source:
        return [id_ for id_, _ in found]
    return [id_ for id_, source in found if _same_source(source, coding.source)]


def _same_source(have: str, named: str) -> bool:
    """A table may name a source with its folder or without, or a file of an export of several files."""
    a, b = same_words(have), same_words(named)
    return a == b or a.endswith("/" + b) or b.endswith("/" + a) or b.startswith(a + "/") or f"/{a}/" in f"/{b}"
