"""Reads what the top of event notes says about the event: title, date, place, participants, rapporteur."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ogp_sensemaker.domain.intake import Finding
from ogp_sensemaker.formats.dates import date_in_name, find_date, looks_like_date

_COUNTED = re.compile(
    r"(\d{1,5})\s*(?:\+\s*)?(?:[a-z]+\s)?(?:people|participants?|persons?|ppl|pers\.|attendees|attending|delegates|"
    r"personnes|participantes|personas|asistentes|pessoas|teilnehmer\w*|nəfər|iştirakçı|katılımcı|kişi|"
    r"участник\w*|человек|on the call|in the room|in room|present\b|connected|online\b|مشارك\w*|شخص\w*)",
    re.I,
)
_PRESENT = re.compile(
    r"^(?:present|attendance|participants?|in attendance|présents?|asistentes|iştirak edənlər)\s*:\s*(.+)$", re.I
)
_WRITER = re.compile(
    r"(?:rapporteurs?|note[- ]?takers?|notes?(?: taken)?(?: by)?|scribe|minutes(?: by)?|who writes|compiled by|"
    r"written by|prise de notes?|rédaction|relator\w*|toma de notas|notas|protokoll\w*|qeydlər\w*|yazan|notlar|"
    r"записал\w*|протокол)"
    r"\s*[:\-]*\s+([^\W\d_][^,.;|/(]{0,60}(?:\([^)]{1,40}\))?)",
    re.I,
)
_PLACE = re.compile(r"\b(?:place|venue|location|where|lieu|lugar|local|ort|yer|место|المكان)\s*:\s*([^|;]{2,60})", re.I)
_ONLINE = re.compile(
    r"\b(zoom|online|virtual|teams|webex|google meet|en ligne|en línea|hybrid|onlayn|çevrimiçi|онлайн|room \w{1,12})\b",
    re.I,
)
_PART = re.compile(r"\s+[-–—|]\s+|,\s+|\s*\|\s*")
_NO_PLACE = re.compile(
    r"\d|meeting|conversation|session|dialogue|strateg|retreat|workshop|notes|draft|summary|consultation|regional|slot|"
    r"am\b|pm\b|call\b|report|agenda|internal|minutes",
    re.I,
)
_CHANNELS = (
    ("Community conversations", r"community (conversation|call)|\bcc ?#?\d|\bcc_?\d"),
    ("Steering Committee", r"steering committee|\bsc (working|retreat|meeting|members?)"),
    ("Donors", r"\bfunders?\b|\bdonors?\b"),
    ("IRM dialogue", r"\birm\b.*(dialogue|meeting|conversation|community)|irm dialogue"),
    ("Staff 1:1s", r"\b1[:\- ]1s?\b|one[- ]on[- ]one|bilateral"),
    ("Regional meetings", r"regional|america abierta"),
)
EVENT_NOTES = "Event notes"


@dataclass(frozen=True, slots=True)
class Event:
    """What is known about an event; "" for what is not."""

    title: str
    attributes: dict[str, str] = field(default_factory=dict)  # title, date, place, participants, rapporteur
    findings: tuple[Finding, ...] = ()

    @property
    def date(self) -> str:
        return self.attributes.get("date", "")


def read_event(title: str, lines: Sequence[str], name: str) -> Event:
    """The event from its title, the lines below that and the name of its file. No date is made up."""
    top = [line.strip().strip("*_").strip() for line in (title, *lines) if line.strip()]
    file = name.rpartition("/")[2]
    findings = []
    attributes = {"title": title.strip() or file.rpartition(".")[0]}
    date = _date(top, file)
    if date:
        attributes["date"] = date
    strange = next((line for line in top if looks_like_date(line) and not find_date(line)), "")
    if strange:
        findings.append(Finding(name, None, "its top holds a date that is none; left empty or taken from the name"))
    for key, value in (
        ("place", _place(title, top)),
        ("participants", _participants(top)),
        ("rapporteur", _first(_WRITER, top)),
    ):
        if value:
            attributes[key] = value
    said = " / ".join(line.strip() for line in lines if line.strip())
    if said:
        attributes["heading lines"] = said
    return Event(attributes["title"], attributes, tuple(findings))


def tells_about_event(line: str) -> bool:
    """Whether a line at the top tells date, place, participants or note taker rather than what was said."""
    line = line.strip().strip("*_").strip()
    if len(line.split()) > 40:
        return False
    return bool(
        find_date(line) or _participants([line]) or _WRITER.match(line) or _PLACE.match(line) or _PRESENT.match(line)
    )


def channel_of(title: str, lines: Sequence[str], name: str) -> str:
    """The channel by what the title, then the file's name, then the first lines call the event."""
    file = re.sub(r"[_\-.]+", " ", name.rpartition("/")[2])
    for text in (title, file, " ".join(lines)):
        for channel, pattern in _CHANNELS:
            if re.search(pattern, text, re.I):
                return channel
    return EVENT_NOTES


def _date(top: Sequence[str], file: str) -> str:
    by_name = date_in_name(file)
    found = next((date for date in map(find_date, top) if date), None)
    if found and by_name and len(found) == len(by_name) == 10 and found != by_name:
        # 09/11/22 may be either; the file's name settles it.
        year, month, day = found.split("-")
        if by_name == f"{year}-{day}-{month}" and not any(find_date(line) == by_name for line in top):
            return by_name if any(f"{int(month)}/{int(day)}/" in re.sub(r"\b0", "", line) for line in top) else found
    if found and by_name and len(found) < len(by_name) and by_name.startswith(found):
        return by_name
    return found or by_name or ""


def _first(pattern: re.Pattern[str], lines: Sequence[str]) -> str:
    for line in lines:
        match = pattern.search(line)
        if match:
            return re.split(r"\s(?:[-–—+]+|from|with|and)\s", match[1])[0].strip(" *_-–—")
    return ""


def _participants(top: Sequence[str]) -> str:
    for line in top:
        match = _PRESENT.match(line)
        if match:
            numbers = re.findall(r"(?<![\w.–-])\d{1,4}(?![\w–])", re.sub(r"\([^)]*\)", "", match[1]))
            if numbers:
                return str(sum(map(int, numbers)))
    for line in top:
        match = _COUNTED.search(line)
        if match:
            return match[1]
        match = re.search(
            r"\b(?:approx\.?|about|around|some|env\.|environ|unos|circa|ca\.)\s+(\d{1,5})\s+in\b", line, re.I
        )
        if match:
            return match[1]
    return ""


def _place(title: str, top: Sequence[str]) -> str:
    for line in top:
        match = _PLACE.search(line)
        if match:
            return match[1].strip(" *_-–—")
    parts = [part.strip() for part in _PART.split(re.sub(r"\([^)]*\)", "", title)) if part.strip()]
    last = parts[-1] if len(parts) > 1 else ""
    if last and last[0].isupper() and len(last.split()) <= 3 and not _NO_PLACE.search(last) and "/" not in last:
        return last
    for line in top:
        match = _ONLINE.search(line)
        if match:
            return match[1]
    return ""
