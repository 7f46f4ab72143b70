"""Public holidays: the library's days beside another library's, and how far they are known."""

import subprocess
import sys
from datetime import date, timedelta

import chinese_calendar
import pytest

from bot.company import holidays

DAY = timedelta(days=1)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_china_as_another_library_has_it(year: int) -> None:
    """Every day of a published year: working or not, make-up days included."""
    public = holidays.list_public_holidays("CN", year)
    day = date(year, 1, 1)
    while day.year == year:
        works = day not in public.closed and (day.weekday() < 5 or day in public.made_up)
        assert works == chinese_calendar.is_workday(day), day
        day += DAY


def test_how_far_china_is_known() -> None:
    """To the end of the last year with make-up days; a year whose days nobody published yet does not count."""
    public = holidays.list_public_holidays("CN", 2026)
    assert public.known_until is not None
    assert public.known_until >= date(2026, 12, 31)
    assert public.known_until == date(max(day.year for day in public.made_up), 12, 31)
    assert holidays.list_public_holidays("CN", 2090).known_until == date(2088, 12, 31)


def test_a_rule_needs_no_publication() -> None:
    """German unity is on the third of October; a German works no make-up days."""
    public = holidays.list_public_holidays("DE", 2026)
    assert (public.known_until, public.made_up) == (None, frozenset())
    assert {day.year for day in public.closed if (day.month, day.day) == (10, 3)} == {2025, 2026, 2027, 2028}


def test_a_part_of_a_country() -> None:
    """Cesar Chavez Day is California's alone."""
    day = date(2026, 3, 31)
    assert day in holidays.list_public_holidays("US-CA", 2026).closed
    assert day not in holidays.list_public_holidays("US", 2026).closed


@pytest.mark.parametrize(
    ("place", "known"),
    [("CN", True), ("US-CA", True), ("cn", False), ("XX", False), ("US-XX", False), ("", False), ("country_holidays", False)],
)  # fmt: skip
def test_places(place: str, *, known: bool) -> None:
    """Countries and their parts, in capitals; nothing else that the library happens to have by that name."""
    assert holidays.is_known(place) is known


def test_the_library_is_imported_late() -> None:
    """A company that observes no holidays does not wait for it; for one that does, it does not stay."""
    code = (
        "import sys; from bot.company import company, holidays; assert 'holidays' not in sys.modules; "
        "holidays.list_public_holidays('CN', 2026); sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_country_as_the_library_has_it() -> None:
    """The module of one country alone says what the whole library says."""
    import holidays as library
    from holidays.registry import EntityLoader

    years = range(2025, 2028)
    for code in EntityLoader.get_country_codes(include_aliases=False):
        alone, whole = holidays._import_country(code)(years=years), library.country_holidays(code, years=years)
        assert (dict(alone), alone.weekend_workdays) == (dict(whole), whole.weekend_workdays), code
