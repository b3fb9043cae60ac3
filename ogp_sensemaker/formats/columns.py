"""Guesses which column of an unknown table holds what, from its headings and from its cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ogp_sensemaker.errors import ImportProblem
from ogp_sensemaker.formats.dates import moment
from ogp_sensemaker.formats.sheaf import Table

# Our fields, with what columns for them are called; the first name that a table has is taken.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "comment body", "comment text", "comment", "comments", "text", "body", "content", "message", "original",
        "contribution", "submission", "feedback", "suggestion", "response", "answer", "statement", "remark", "input",
        "commentaire", "contribution text", "comentario", "comentário", "kommentar", "şərh", "rəy", "təklif", "yorum",
        "комментарий", "текст", "تعليق", "النص",
    ),
    "title": ("title", "subject", "titre", "título", "titel", "başlıq", "заголовок"),
    "id": (
        "comment id", "commentid", "id", "response id", "submission id", "contribution id", "post id", "nr", "no",
        "#",
    ),
    "author": (
        "author name", "author", "username", "user name", "user", "name", "full name", "participant", "submitted by",
        "nickname", "commenter", "auteur", "autor", "nom", "nombre", "müəllif", "автор", "interview", "الاسم",
    ),
    "author_key": (
        "author email", "author e mail", "email", "e mail", "email address", "e mail address", "author id", "user id",
        "userid", "participant id", "respondent id",
    ),
    "date": (
        "created at", "submitted at", "published at", "posted at", "date", "datetime", "timestamp", "time", "created",
        "submission date", "date created", "fecha", "datum", "tarix", "дата", "التاريخ",
    ),
    "parent": ("reply to", "in reply to", "parent id", "parent", "reply to id", "parent comment", "parent comment id"),
    "section": ("paragraph id", "section", "paragraph", "section id", "article", "chapter", "topic", "question"),
    "heading": ("heading", "section title", "paragraph title", "section heading"),
    "language": ("language", "lang", "locale", "langue", "idioma", "sprache", "dil", "язык"),
    "channel": ("channel", "platform"),
    "english": ("english", "english translation", "translation", "english text", "text en", "in english"),
    "stance": ("alignment", "stance", "position", "valence", "sentiment"),
}  # fmt: skip
SAMPLE = 400  # rows that are looked at


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where a table keeps each of our fields."""

    places: Mapping[str, int]
    # Columns of one text in several languages: "title" and "body" -> language -> place.
    by_language: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    guessed_text: bool = False  # the text was found by its cells and not by its heading
    platform: str = ""  # decidim, talk to the city, discuto, or ""

    def used(self) -> set[int]:
        return {*self.places.values(), *(at for languages in self.by_language.values() for at in languages.values())}

    def shown(self, table: Table) -> dict[str, str]:
        """Our field -> the file's column, as a dry run shows it."""
        found = {name: table.columns[place] for name, place in self.places.items()}
        for name, languages in self.by_language.items():
            found[name] = ", ".join(table.columns[at] for at in languages.values())
        return found


def fold(heading: str) -> str:
    """A heading without what differs between tools: case, `_ - . :` and spaces."""
    return re.sub(r"[\s_\-.:]+", " ", heading).strip().casefold()


def guess(table: Table) -> ColumnMap:
    """The likeliest map; its `places` lack "text" where nothing looks like one."""
    headings = [fold(column) for column in table.columns]
    by_language = _by_language(table)
    platform = _platform(table, headings, bool(by_language))
    places: dict[str, int] = {}
    for name, known in FIELDS.items():
        for heading in known:
            if heading in headings and headings.index(heading) not in places.values():
                places[name] = headings.index(heading)
                break
    if platform == "decidim":
        _as_decidim(table, places)
    if "date" in places and not _mostly_dates(table, places["date"]):
        del places["date"]
    guessed = False
    if "body" not in by_language and "text" not in places:
        text = _longest(table, set(places.values()))
        if text is not None:
            places["text"], guessed = text, True
    return ColumnMap(places, by_language, guessed, platform)


def with_given(given: Mapping[str, str], table: Table, found: ColumnMap, file: str) -> ColumnMap:
    """The map as the analyst corrected it; raises ImportProblem for a field or column that there is not."""
    places = dict(found.places)
    by_language = dict(found.by_language)
    for name, column in given.items():
        if name not in FIELDS:
            raise ImportProblem(f"there is no field “{name}”; the fields are {', '.join(FIELDS)}", file)
        place = table.index(column)
        if place is None:
            raise ImportProblem(f"has no column “{column}”; it has {', '.join(filter(None, table.columns))}", file)
        places = {other: at for other, at in places.items() if at != place}
        places[name] = place
        if name in {"text", "title"}:
            by_language = {}
    return ColumnMap(places, by_language, found.guessed_text and "text" not in given, found.platform)


def _platform(table: Table, headings: list[str], by_language: bool) -> str:
    lowered = {column.strip().casefold() for column in table.columns}
    if (
        {"commentable_id", "commentable_type"} <= lowered
        or "component/id" in lowered
        or (by_language and "participatory_space/id" in lowered)
    ):
        return "decidim"
    if "comment id" in headings and "paragraph id" in headings:
        return "discuto"
    if {"id", "comment"} <= lowered and lowered & {"interview", "video"}:
        return "talk to the city"
    return ""


def _by_language(table: Table) -> dict[str, dict[str, int]]:
    """Columns such as `body/en` and `body/az`."""
    found: dict[str, dict[str, int]] = {}
    for place, column in enumerate(table.columns):
        match = re.fullmatch(r"(title|body)/([a-z]{2,3}(?:-[A-Za-z]{2,4})?)", column.strip())
        if match:
            found.setdefault(match[1], {})[match[2]] = place
    return found


def _as_decidim(table: Table, places: dict[str, int]) -> None:
    for name, column in (("author", "author/name"), ("author_key", "author/id"), ("stance", "alignment")):
        place = table.index(column)
        if place is not None:
            places[name] = place
    if table.has("commentable_id"):
        places.pop("section", None)


def _mostly_dates(table: Table, place: int) -> bool:
    cells = [cells[place] for _, cells in table.rows[:SAMPLE] if cells[place].strip()]
    return not cells or sum(1 for cell in cells if moment(cell)) >= 0.3 * len(cells)


def _longest(table: Table, taken: set[int]) -> int | None:
    """The column in which people write most, if they write in sentences and not the same twice."""
    best, best_words = None, 3.0
    for place in range(len(table.columns)):
        if place in taken:
            continue
        cells = [cells[place] for _, cells in table.rows[:SAMPLE] if cells[place].strip()]
        if not cells or len(set(cells)) < 0.5 * len(cells):
            continue
        words = sum(len(cell.split()) for cell in cells) / len(cells)
        if words > best_words:
            best, best_words = place, words
    return best
