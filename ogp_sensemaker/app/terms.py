"""The glossary of a project: the terms that ship with the program, and its own before them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from ogp_sensemaker.app.export import write_whole
from ogp_sensemaker.domain.folding import same_words
from ogp_sensemaker.domain.intake import Finding
from ogp_sensemaker.domain.translation import Found, Term
from ogp_sensemaker.errors import NotFound, SensemakerError
from ogp_sensemaker.store import glossary as own
from ogp_sensemaker.store.journal import Changes
from ogp_sensemaker.store.project import Project

MISSING = "glossary term missing"  # a quality flag


def terms(project: Project, language: str | None = None) -> list[Term]:
    """The terms in force, of one language or of all: the project's own, then those that ship and it says nothing of."""
    from ogp_sensemaker.formats.glossary import shipped

    mine = own.terms(project)
    told = {(t.language, same_words(t.term)) for t in mine}
    every = [*mine, *(t for t in shipped() if (t.language, same_words(t.term)) not in told)]
    return [t for t in every if t.preferred and language in (None, t.language)]


def terms_in(project: Project, text: str, language: str) -> list[Found]:
    """The terms of the glossary that a text holds, in its order."""
    from ogp_sensemaker.nlp import glossary

    return glossary.find_terms(text, language, terms(project, language))


def set_term(project: Project, term: Term) -> Changes:
    """Add a term to the project's glossary, or change it; without English it takes away one that ships.

    Raises SensemakerError where the language or the term is missing.
    """
    if not term.language or not same_words(term.term):
        raise SensemakerError("A term needs its language and its words; write both.")
    verb = "Add to the glossary" if term.english else "Take out of the glossary"
    with project.action(f"{verb}: {term.term} ({term.language})") as action:
        own.save(project, term)
    return action.changes


def remove_term(project: Project, language: str, term: str) -> Changes:
    """Take a term out of the project's glossary, also one that ships with the program. Raises NotFound."""
    there = [t for t in terms(project, language) if same_words(t.term) == same_words(term)]
    if not there:
        raise NotFound(f"The glossary has no term “{term}” in language “{language}”; “glossary list” shows all.")
    return set_term(project, Term(language, there[0].term, "", note=there[0].note))


def import_glossary(project: Project, path: Path) -> tuple[Changes, Sequence[Finding]]:
    """Bring in the terms of a CSV or TBX file in one undoable action; also what was left out. Raises ImportProblem."""
    from ogp_sensemaker.formats.glossary import read_glossary

    found, findings = read_glossary(path)
    with project.action(f"Import the glossary {path.name}") as action:
        new = sum(own.save(project, term) for term in _unlike(project, found))
        action.summary = f"Import the glossary {path.name}: {new:,} new or changed terms"
    return action.changes, findings


def _unlike(project: Project, found: Iterable[Term]) -> list[Term]:
    """Terms that the glossary does not hold as they are already."""
    known = {(t.language, t.term, t.english, t.name, t.note) for t in terms(project)}
    return [t for t in found if (t.language, t.term, t.english, t.name, t.note) not in known]


def export_glossary(project: Project, path: Path) -> int:
    """Write the terms in force to a CSV or TBX file; how many. Raises SensemakerError."""
    from ogp_sensemaker.formats.glossary import SUFFIXES, write_glossary

    if path.suffix.lower() not in SUFFIXES:
        raise SensemakerError(f"{path.name}: choose one of these endings: {', '.join(SUFFIXES)}.")
    found = terms(project)
    write_whole(path, lambda temporary: write_glossary(found, temporary))
    if project.writable:
        with project.action(f"Export the glossary to {path.name}: {len(found):,} terms", "export"):
            pass
    return len(found)
