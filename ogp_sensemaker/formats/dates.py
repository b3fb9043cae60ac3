"""Reads dates as people and platforms write them; a date that is none stays empty."""

import datetime as dt
import re
from collections.abc import Callable, Iterable

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?", re.I
)
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([ap]m)?)?", re.I)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:\s+(\d{1,2}):(\d\d)(?::(\d\d))?)?")
_EPOCH = re.compile(r"\d{10}(\d{3})?")

# English, French, Spanish, Portuguese, German, Turkish, Azerbaijani, Russian; enough letters to tell them apart.
_MONTH_NAMES = (
    "january jan janvier janv enero janeiro januar ocak yanvar января январь",
    "february feb février fevrier févr febrero fevereiro februar şubat fevral февраля февраль",
    "march mar mars marzo março märz mart марта март",
    "april apr avril avr abril nisan aprel апреля апрель",
    "may mai mayo maio mayıs мая май",
    "june jun juin junio junho juni haziran iyun июня июнь",
    "july jul juillet juil julio julho juli temmuz iyul июля июль",
    "august aug août aout agosto ağustos avqust августа август",
    "september sep sept septembre septiembre setembro eylül sentyabr сентября сентябрь",
    "october oct octobre octubre outubro oktober ekim oktyabr октября октябрь",
    "november nov novembre noviembre novembro kasım noyabr ноября ноябрь",
    "december dec décembre decembre déc diciembre dezembro dezember aralık dekabr декабря декабрь",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?\s+(?:de\s+|of\s+)?({_NAME})\b\.?,?\s+(?:de\s+)?(\d{{4}})", re.I
)
_MONTH_DAY = re.compile(rf"\b({_NAME})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.I)
_MONTH_YEAR = re.compile(rf"\b({_NAME})\b\.?,?\s+(?:de\s+)?(\d{{4}})\b", re.I)
_RANGE = re.compile(rf"\b(?:{_NAME})\b\.?\s*[-–—/]\s*(?:{_NAME})\b", re.I)


def moment(text: str, day_first: bool = True) -> str | None:
    """A platform's date as ISO 8601, "" for an empty cell, None for what is no date.

    A time is kept with its zone, if it has one. Ten or thirteen digits are seconds or milliseconds since 1970.
    """
    text = text.strip()
    if not text:
        return ""
    if _EPOCH.fullmatch(text):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    match = _ISO.fullmatch(text)
    if match:
        year, month, day, hour, minute, second, zone = match.groups()
        return _iso((year, month, day), (hour, minute, second), "Z" if zone and zone.upper() == "UTC" else zone)
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        return _iso(match.groups()[:3], match.groups()[3:])
    match = _NUMBERS.fullmatch(text)
    if match:
        return _from_numbers(match, day_first)
    named = _DAY_MONTH.search(text) or _MONTH_DAY.search(text)
    return find_date(text) if named and len(text) < 60 else None


def is_day_first(values: Iterable[str]) -> bool | None:
    """Whether numbers such as 03/04/2022 begin with the day: as the column's other dates show, None if none does."""
    for value in values:
        match = _NUMBERS.match(value.strip())
        if match and int(match[1]) > 12 >= int(match[3]):
            return True
        if match and int(match[3]) > 12 >= int(match[1]):
            return False
    return None


def find_date(text: str) -> str | None:
    """The first whole date in a line of notes (ISO), a month where it names no more, or None.

    “Sept–Nov 2022” is a span and no date.
    """
    for pattern, read in _WRITTEN:
        for match in pattern.finditer(text):
            found = read(match)
            if found:
                return found[:10]
    named = None if looks_like_date(text) else _MONTH_YEAR.search(text)
    if named and not _RANGE.search(text) and 1990 <= int(named[2]) <= 2100:
        return f"{named[2]}-{MONTHS[named[1].lower()]:02}"
    return None


def date_in_name(name: str) -> str | None:
    """The date in a file name such as `05_meeting_2022-11-10.txt`, or its month, or None."""
    match = re.search(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-3]\d)(?!\d)", name)
    if match:
        found = _iso(match.groups())
        if found:
            return found
    match = re.search(r"(?<!\d)(20\d\d)-(0[1-9]|1[0-2])(?!\d)", name)
    return f"{match[1]}-{match[2]}" if match else None


def looks_like_date(text: str) -> bool:
    """Whether something is written like a date, be it one or not (31 February)."""
    return bool(_DAY_MONTH.search(text) or _MONTH_DAY.search(text) or _NUMBERS.search(text) or _ISO.search(text))


def _from_day_month(match: re.Match[str]) -> str | None:
    return _iso((match[3], str(MONTHS[match[2].lower()]), match[1]))


def _from_month_day(match: re.Match[str]) -> str | None:
    return _iso((match[3], str(MONTHS[match[1].lower()]), match[2]))


def _from_iso(match: re.Match[str]) -> str | None:
    return _iso(match.groups()[:3])


def _from_numbers(match: re.Match[str], day_first: bool = True) -> str | None:
    first, second, year = int(match[1]), int(match[3]), match[4]
    if first > 12:
        day_first = True
    elif second > 12:
        day_first = False
    day, month = (first, second) if day_first or match[2] == "." else (second, first)
    if len(year) == 2:
        year = f"20{year}"
    hour = match[5]
    if hour and match[8]:
        hour = str(int(hour) % 12 + (12 if match[8].lower() == "pm" else 0))
    return _iso((year, str(month), str(day)), (hour, match[6], match[7]))


def _iso(
    date: tuple[str | None, ...], time: tuple[str | None, ...] = (None, None, None), zone: str | None = None
) -> str | None:
    """ISO 8601 from year, month, day and hour, minute, second; None where there is no such day or time."""
    try:
        year, month, number = (int(part or 0) for part in date)
        day = dt.date(year, month, number)
        if time[0] is None:
            return day.isoformat() if 1900 <= day.year <= 2100 else None
        hour, minute, second = (int(part or 0) for part in time)
        clock = dt.time(hour, minute, second)
    except ValueError:
        return None
    return f"{day.isoformat()}T{clock.isoformat(timespec='seconds')}{zone or ''}"


_WRITTEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (_ISO, _from_iso),
    (_DAY_MONTH, _from_day_month),
    (_MONTH_DAY, _from_month_day),
    (_NUMBERS, _from_numbers),
)
