"""Cells: what somebody's file says, as text and as a moment, and what a spreadsheet has spoilt."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.deliveries.cells import Cell, Unclear, moment_of, number_of, text_of
from texts.words import vocabulary

WRITTEN = vocabulary().written

NAIVE = datetime(2026, 11, 23, 10, 15)  # noqa: DTZ001 -- as a spreadsheet says it
SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 23, 2, 15, tzinfo=UTC)
"""A quarter past ten in Shanghai."""


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" SF1 ", "SF1"), ("\tSF1", "SF1"), ('="SF1"', "SF1"), ('=" SF1 "', "SF1"), ("'+8613800138000", "+8613800138000"),
        ("'=\"SF1\"", "SF1"), ("' =1", "=1"), ("'Twas", "'Twas"), ("=", "="), ('="', '="'), ("", ""),
        (13800138000.0, "13800138000"), (13800138000, "13800138000"), (-5.0, "-5"), (1.5, "1.5"), (999999999999999.0, "999999999999999"),
        (True, "TRUE"), (NAIVE, "2026-11-23 10:15:00"), (date(2026, 11, 23), "2026-11-23"),
        (time(10, 15), "10:15:00"), (timedelta(hours=5), "5:00:00"), (float("nan"), "nan"),
    ],
)  # fmt: skip
def test_text(cell: Cell, text: str) -> None:
    """A number has no decimal point it was not given, and what keeps a spreadsheet from reckoning is taken off."""
    assert text_of(cell) == text


@pytest.mark.parametrize("cell", [1e15, 123456789012345678.0, 10**18, -1e16])
def test_a_number_with_more_than_fifteen_digits_is_refused(cell: Cell) -> None:
    """Excel has made zeros of the others; somebody else's waybill would be a bad guess."""
    with pytest.raises(Unclear, match=r"more than 15 digits.*keep the column as text"):
        text_of(cell)


@pytest.mark.parametrize("text", ["1.38E+10", "1.23457e+14", "1E+11", "1,38E+10"])
def test_what_excel_made_of_a_long_number_is_refused(text: str) -> None:
    """With the cure; a name that looks alike is left alone, and so is a waybill with an E in it."""
    with pytest.raises(Unclear, match="its digits are lost: keep the column as text"):
        number_of(text)
    assert text_of(text) == text
    assert number_of("1E10") == "1E10"


@pytest.mark.parametrize(
    "cell",
    ["2026-11-23T10:15:00+08:00", "2026-11-23T02:15Z", "2026-11-23 10:15", "2026-11-23 10:15:00", "2026/11/23 10:15", "2026/11/23  10:15:00",
     "2026.11.23 10:15", "2026年11月23日 10:15", "2026年11月23日10时15分", "2026年11月23日 10点15分00秒", "202611231015", "20261123101500",
     "２０２６／１１／２３　１０：１５", "2026-11-23 10:15:00.123", "2026/11/23 10:15 +0800", "2026/11/23T02:15:00Z", "46349.42708333",
     46349.427083333336, 202611231015.0, 20261123101500, NAIVE, datetime(2026, 11, 23, 2, 15, tzinfo=UTC)],
)  # fmt: skip
def test_moments(cell: Cell) -> None:
    """However it is written: without an offset it is meant in the zone, with one it is what it says."""
    assert moment_of(cell, SHANGHAI, (), WRITTEN).replace(microsecond=0) == MORNING


@pytest.mark.parametrize(
    "cell", ["2026-1-5", "2026/1/5", "2026年1月5日", "20260105", date(2026, 1, 5), 46027, "46027", 46027.0]
)
def test_a_date_alone_is_the_beginning_of_its_day(cell: Cell) -> None:
    """In the zone."""
    assert moment_of(cell, SHANGHAI, (), WRITTEN) == datetime(2026, 1, 5, tzinfo=SHANGHAI)


def test_the_companys_forms_count_first() -> None:
    """What is ambiguous to us is not to the company; its other cells are read as ever."""
    forms = ("%d.%m.%Y %H:%M", "%d/%m/%y %I:%M %p", "%Y-%d-%m", "%d %b %Y %H:%M %z")
    for text in ("23.11.2026 10:15", "23/11/26 10:15 AM", "23 Nov 2026 03:15 +0100", "2026-11-23 10:15"):
        assert moment_of(text, SHANGHAI, forms) == MORNING
    assert moment_of("2026-04-03", SHANGHAI, forms) == datetime(2026, 3, 4, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "cell",
    ["", "soon", "23.11.2026", "11/23/2026 10:15", "03/04/2026", "2026-11-31", "2026-11-23 25:00", "2026-13-01", "10:15", "1764123456", "nan",
     "inf", "0001-01-01", "20261301", "2026-11-23 10:15 +99:00", time(10, 15), timedelta(hours=5), True, 5.0, 1e300, float("nan"),
     float("inf"), 99999999999999],
)  # fmt: skip
def test_what_is_no_moment(cell: Cell) -> None:
    """Nothing is guessed: a month that could be a day is refused, with the way out."""
    with pytest.raises(Unclear, match=r"write it like 2026-11-23 10:15, or name its form in \[import\] date_formats"):
        moment_of(cell, SHANGHAI, (), WRITTEN)


def test_an_hour_that_there_is_twice_or_never() -> None:
    """Where clocks are put back the first of the two is meant, where they are put forward the hour after."""
    berlin = ZoneInfo("Europe/Berlin")
    assert moment_of("2026-10-25 02:30", berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_of("2026-03-29 02:30", berlin) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_without_languages_figures_alone_are_read() -> None:
    """No sign is known that no language has given."""
    assert moment_of("2026-11-23 10:15", SHANGHAI) == MORNING
    with pytest.raises(Unclear):
        moment_of("2026年11月23日 10:15", SHANGHAI)
