"""Finds who speaks in event notes: `MK (CSO, Kenya): …`, later `MK: …`, and what is known about them."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import StringIO

_CAPITALS = r"[^\W\d_]{1,4}\d{0,2}"
_NAME = r"(?:(?:Dr|Mr|Ms|Mrs|Mme|M|Prof|Sra?|Д-р)\.?\s+)?[^\W\d_][\w.'’\-]*(?:\s[^\W\d_][\w.'’\-]*){0,3}"
_ROLE = r"\((?P<role>[^()]{1,70}(?:\([^()]*\)[^()]*)?)\)"
_INTRODUCED = re.compile(rf"(?P<who>{_NAME})\s*{_ROLE}\s?:\s*(?=\S)")
_KNOWN = re.compile(rf"(?P<who>{_CAPITALS}|{_NAME})\s?:\s+(?=\S)")
_CODE = re.compile(r"(?P<who>[^\W\d_]{1,4}\d{1,2})\s+(?P<verb>[a-z]+)\b")
_HEADING = re.compile(rf"(?P<who>{_CAPITALS}|{_NAME})\s*{_ROLE}\s*:?$")
_VERBS = frozenset(
    {
        "asks", "asked", "says", "said", "thinks", "thought", "adds", "added", "wants", "wanted", "agrees",
        "agreed", "replies", "replied", "warns", "warned", "notes", "noted", "proposes", "proposed",
        "suggests", "suggested", "disagrees", "disagreed", "supports", "supported", "opposes", "opposed",
        "mentions", "reports", "explains", "prefers", "likes", "doubts", "insists", "recalls", "stresses",
    }
)  # fmt: skip
# Capitals before a colon that stand for no person, unless somebody is introduced by them.
_NOBODY = frozenset(
    {
        "nb", "fyi", "todo", "ogp", "irm", "msf", "aob", "cso", "ngo", "gov", "ai", "eu", "un", "usa", "uk",
        "mooc", "dc", "sc", "su", "poc", "it", "ict", "hr", "tbc", "tbd", "eta", "pdf", "faq", "re", "cc",
        "osc", "q", "a", "qa", "ok", "all", "note", "rti", "foi", "ap", "nap", "undp", "who", "ppt", "url",
        "www", "http",
    }
)  # fmt: skip
_UNNAMED = frozenset(
    {
        "someone", "somebody", "anonymous", "unknown", "participant", "participants", "all", "everybody",
        "everyone", "chair", "interpreter", "answer", "note", "notes", "action", "question", "comment",
        "group", "table", "room", "plenary", "chat", "poll",
    }
)  # fmt: skip
HOSTS = frozenset({"su", "support unit", "ogp su", "ogp support unit"})


@dataclass(frozen=True, slots=True)
class Turn:
    """Who speaks in a line, as far as it says."""

    who: str
    role: str = ""


def looks_like_turn(text: str) -> bool:
    """Whether a line by itself shows that somebody begins to speak."""
    return turn_of(text, ()) is not None


def turn_of(text: str, known: Iterable[str]) -> Turn | None:
    """Who speaks in a line; `known` names those introduced elsewhere in the same notes."""
    match = _INTRODUCED.match(text)
    if match and _is_somebody(match["who"], match["role"]):
        return Turn(match["who"], match["role"].strip())
    known = frozenset(known)
    match = _KNOWN.match(text)
    if match:
        who = match["who"]
        if who in known or _is_code(who):
            return Turn(who)
    match = _CODE.match(text)
    if match and match["verb"] in _VERBS and match["who"].isupper() and not match["who"].startswith("Q"):
        return Turn(match["who"])
    return None


def names_speaker(text: str) -> bool:
    """Whether a line of its own, such as `P5 (PoC, Europe)`, names who says what stands below it."""
    return speaker_in_heading(text) is not None


def speaker_in_heading(text: str) -> Turn | None:
    """The speaker that a line of its own names: by a code or initials, or by name with a country."""
    match = _HEADING.fullmatch(text.strip())
    if not match or ":" in match["role"] or not _is_somebody(match["who"], match["role"]):
        return None
    told = any(any(place_of(part.strip())) for part in re.split(r"[,،;]", match["role"]))
    return Turn(match["who"], match["role"].strip()) if _is_code(match["who"]) or told else None


def introductions(texts: Iterable[str]) -> dict[str, str]:
    """Everybody who is introduced with a role, and that role; the first introduction counts."""
    found: dict[str, str] = {}
    for text in texts:
        turn = turn_of(text, ())
        if turn is not None and turn.role:
            found.setdefault(turn.who, turn.role)
    return found


def legend(texts: Iterable[str]) -> dict[str, str]:
    """What the notes say about coded names: `CS = civil society member`, `9 funders (F1–F9)` -> role by letters."""
    found: dict[str, str] = {}
    for text in texts:
        for match in re.finditer(r"\b([A-Z]{1,4})\s*=\s*([^,;.=]{3,60})", text):
            found.setdefault(match[1], match[2].strip())
        for match in re.finditer(
            r"(?:\d+\s+)?([^\W\d_]+(?:\s[^\W\d_]+){0,2})\s*\(([A-Z]{1,4})1\s*[-–—]\s*\2\d+\)", text
        ):
            found.setdefault(match[2], match[1].strip())
    return found


def role_by_legend(who: str, letters: Mapping[str, str]) -> str:
    """The role of a coded name such as CS3."""
    match = re.fullmatch(r"([^\W\d_]{1,4})\d{1,2}", who)
    return letters.get(match[1], "") if match else ""


def attributes_of(role: str) -> dict[str, str]:
    """What a role such as `Local gov, South Korea` tells: sector, sector as written, country, region."""
    if not role:
        return {}
    found: dict[str, str] = {}
    written: list[str] = []
    for part in (part.strip() for part in re.split(r"[,،;]|\s[-–—]\s", role)):
        country, region = place_of(part)
        if country and "country" not in found:
            found["country"] = country
        elif not region and part:
            written.append(part)
        if region and "region" not in found:
            found["region"] = region
    if written:
        found["sector"] = sector_of(", ".join(written))
        found["sector as written"] = ", ".join(written)
    return found


def sector_of(written: str) -> str:
    """The sign-up question's name for a sector as note takers write it; Other where none fits."""
    if re.match(r"(ex|former|retired)\b", written, re.I):
        return "Other"
    return next((sector for sector, pattern in _sectors() if pattern.search(written)), "Other")


def place_of(written: str) -> tuple[str, str]:
    """Country and region for the name of either, as note takers write it; "" for what is not known."""
    return _places().get(_folded(written), ("", ""))


@cache
def _sectors() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Sectors as Consider.it's sign-up question names them; the first that fits is taken."""
    patterns = []
    for row in _rows("sectors.csv"):
        words = (
            rf"{re.escape(word)}\b" if len(word) <= 3 and word not in {"gov", "ong"} else re.escape(word)
            for word in row["beginnings of words"].split("|")
        )
        patterns.append((row["sector"], re.compile(rf"\b(?:{'|'.join(words)})", re.I)))
    return tuple(patterns)


@cache
def _places() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for row in _rows("places.csv"):
        for name in (row["country"], *row["also"].split("|")):
            if name:
                found[_folded(name)] = (row["country"], row["region"])
        if not row["country"]:
            found[_folded(row["region"])] = ("", row["region"])
    return found


def _rows(file: str) -> list[dict[str, str]]:
    text = resources.files("ogp_sensemaker").joinpath("data", file).read_text(encoding="utf-8")
    return list(csv.DictReader(StringIO(text)))


def _folded(name: str) -> str:
    return re.sub(r"[\s.’'`-]+", " ", name).strip().casefold()


def _is_code(who: str) -> bool:
    """Initials (MK) or a code (GOV2), in capitals."""
    match = re.fullmatch(r"([^\W\d_]{1,4})(\d{0,2})", who)
    if not match or not match[1].isupper():
        return False
    if match[2]:
        return match[1] not in {"Q", "L", "T"}
    return len(who) >= 2 and who.casefold() not in _NOBODY


def _is_somebody(who: str, role: str) -> bool:
    """Whether a name before brackets is one: capitalised (where the script has capitals) and no common word."""
    first = who.split(maxsplit=1)[0]
    if first.casefold().rstrip(".") in _UNNAMED or (first[0].islower() and first[0] != first[0].upper()):
        return False
    if _is_code(who) or who.isupper():
        return True
    words = who.split()
    names = all(not word[0].islower() for word in words)
    parts = [part.strip() for part in re.split(r"[,،;]", role)]
    told = any(any(place_of(part)) for part in parts) or sector_of(role) != "Other"
    return names and (told or len(words) > 1)
