"""Dates as people and platforms write them."""

import pytest

from ogp_sensemaker.formats.dates import date_in_name, find_date, is_day_first, moment


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022-11-08T14:12:15Z", "2022-11-08T14:12:15Z"),
        ("2022-11-08 14:12:15", "2022-11-08T14:12:15"),
        ("2022-11-08 14:12:15 UTC", "2022-11-08T14:12:15Z"),
        ("2022-11-08", "2022-11-08"),
        ("2022/11/08 09:05", "2022-11-08T09:05:00"),
        ("1667900000000", "2022-11-08T09:33:20Z"),
        ("17/11/2022", "2022-11-17"),
        ("11/17/2022 3:05 PM", "2022-11-17T15:05:00"),
        ("09.11.22", "2022-11-09"),
        ("8 Nov 2022", "2022-11-08"),
        ("November 8, 2022", "2022-11-08"),
        ("", ""),
    ],
)
def test_moments(written: str, iso: str) -> None:
    assert moment(written) == iso


@pytest.mark.parametrize(
    "written", ["2022-02-30", "31/02/2022", "soon", "2022-13-01", "25:99", "12", "2022-11-08T25:00"]
)
def test_what_is_no_moment(written: str) -> None:
    assert moment(written) is None


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Strategy session, 28 September 2022, room B, 14:30-17:00", "2022-09-28"),
        ("Strategy 2023-28 dedicated session, Wed 12 October 2022, 09.30-12.00", "2022-10-12"),
        ("COMMUNITY CONVERSATION n° 2 — 10 novembre 2022 — Zoom", "2022-11-10"),
        ("CC4 - Thurs 17/11/22 - late slot (5pm ET)", "2022-11-17"),
        ("09.11.2022 | virtual | 75 mins", "2022-11-09"),
        ("el 3 de mayo de 2022", "2022-05-03"),
        ("October 2022, day 2", "2022-10"),
        ("1:1s on the margins (Sept–Nov 2022)", None),
        ("Strategy 2023-28", None),
        ("31 February 2022", None),
        ("may we meet again", None),
    ],
)
def test_dates_in_lines(line: str, iso: str | None) -> None:
    assert find_date(line) == iso


def test_dates_in_names() -> None:
    assert date_in_name("05_meeting_2022-11-10.txt") == "2022-11-10"
    assert date_in_name("11_summary_2022-11.md") == "2022-11"
    assert date_in_name("20221110_notes.txt") == "2022-11-10"
    assert date_in_name("strategy_2023-28.md") is None


def test_the_habit_of_a_column() -> None:
    assert is_day_first(["03/04/2022", "25/03/2022"]) is True
    assert is_day_first(["03/04/2022", "03/25/2022"]) is False
    assert is_day_first(["03/04/2022", "2022-01-01"]) is None
