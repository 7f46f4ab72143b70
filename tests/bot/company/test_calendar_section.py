"""[calendar]: the week, the holidays, what the company adds, and every mistake told with line and cure."""

from datetime import date
from pathlib import Path

import pytest

from bot.company.company import load_company
from domain.calendar import OFFICE_WEEK
from tests.harness.company_files import TOML, find_mistakes, write_company

TODAY = date(2026, 11, 24)
OFFICE = OFFICE_WEEK[0]
PLACE = 'is no country whose holidays are known; write one like CN or US-CA, or "" for none'
NIGHT = "ends before it begins; a night is two ranges: 22:00-24:00, and 00:00-06:00 on the next day"
SHAPE = "is no range of hours; write one like 09:00-12:00"
MONDAY = 'monday = ["09:00-12:00", "13:00-18:00"]'
DAYS = '# "2026-12-24" = []'
HOURS = "calendar.hours.monday:"
WRONG = [
    (MONDAY, 'monday = ["9-12"]', f"{HOURS} '9-12' {SHAPE}"),
    (MONDAY, 'monday = ["09:00-24:01"]', f"{HOURS} '09:00-24:01' {SHAPE}"),
    (MONDAY, 'monday = ["09:60-10:00"]', f"{HOURS} '09:60-10:00' {SHAPE}"),
    (MONDAY, 'monday = ["18:00-09:00"]', f"{HOURS} '18:00-09:00' {NIGHT}"),
    (MONDAY, 'monday = ["09:00-09:00"]', f"{HOURS} '09:00-09:00' {NIGHT}"),
    (MONDAY, 'monday = ["09:00-12:00", "11:30-18:00"]', f"{HOURS} '11:30-18:00' overlaps '09:00-12:00'; join them or move one"),
    (MONDAY, 'monday = "09:00-12:00"', "calendar.hours.monday: Input should be a valid tuple"),
    (MONDAY, "moonday = []", "calendar.hours.moonday: is not known here; check the spelling or remove it"),
    (MONDAY, "monday = []", "calendar.makeup_hours_like: monday has no hours; name a weekday that has some"),
    ('holidays = "CN"', 'holidays = "XX"', f"calendar.holidays: 'XX' {PLACE}"),
    ('holidays = "CN"', 'holidays = "US-XX"', f"calendar.holidays: 'US-XX' {PLACE}"),
    ('holidays = "CN"', 'holidays = "date"', f"calendar.holidays: 'date' {PLACE}"),
    ('like = "monday"', 'like = "saturday"', "calendar.makeup_hours_like: saturday has no hours; name a weekday that has some"),
    (DAYS, '"2026-02-30" = []', 'calendar.days.2026-02-30: is no date; write one like "2026-12-24"'),
    (DAYS, "20261224 = []", 'calendar.days.20261224: is no date; write one like "2026-12-24"'),
    (DAYS, '"2026-12-24" = ["late"]', f"calendar.days.2026-12-24: 'late' {SHAPE}"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "why"), WRONG, ids=lambda value: str(value)[:40])
def test_one_mistake_in_the_calendar(folder: Path, old: str, new: str, why: str) -> None:
    """Its line, or that of the setting it breaks, and nothing else."""
    mistakes, line = write_company(folder, old, new)
    if why.startswith("calendar.makeup"):
        line = TOML[: TOML.index("makeup_hours_like")].count("\n") + 1
    assert mistakes == [f"huifang.toml:{line}: {why}"]


def test_a_company_that_never_works(folder: Path) -> None:
    """Days of its own do not help: they end."""
    head, rest = TOML.split("[calendar.hours]\n")
    text = head + "[calendar.hours]\n\n[calendar.days]\n" + rest.split("[calendar.days]\n")[1]
    (folder / "huifang.toml").write_text(text.replace(DAYS, '"2026-12-24" = ["09:00-12:00"]'), "utf-8")
    line = head.count("\n") + 1
    why = "has no working hour; name at least one range, or nobody could ever be late"
    assert find_mistakes(folder) == [f"huifang.toml:{line}: calendar.hours: {why}"]


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    text = TOML
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "huifang.toml").write_text(text, "utf-8")
    return folder / "huifang.toml"


def test_what_the_example_says(folder: Path) -> None:
    """An office week, China's holidays, and make-up days with Monday's hours; known to the end of the published year."""
    calendar = load_company(folder / "huifang.toml", TODAY).calendar
    assert (calendar.week, calendar.zone.key) == (OFFICE_WEEK, "Asia/Shanghai")
    assert calendar.ranges(date(2026, 10, 1)) == ()
    assert calendar.ranges(date(2026, 10, 10)) == OFFICE
    assert calendar.known_until is not None
    assert calendar.known_until >= date(2026, 12, 31)
    assert list(calendar.days) == sorted(calendar.days)


def test_the_companys_own_days_win(folder: Path) -> None:
    """Over a holiday, a make-up day and a weekday; and they reach further than what is published."""
    far = date(2040, 1, 5)
    own = '"2026-10-01" = ["10:00-12:00"]\n"2026-10-10" = []\n"2040-01-05" = ["22:00-24:00", "00:00-06:00"]\n"2026-11-25" = []'
    calendar = load_company(written(folder, (DAYS, own)), TODAY).calendar
    assert calendar.ranges(date(2026, 10, 1)) == ((600, 720),)
    assert calendar.ranges(date(2026, 10, 10)) == calendar.ranges(date(2026, 11, 25)) == ()
    assert calendar.ranges(far) == ((0, 360), (1320, 1440))


def test_additions_fill_the_year_that_is_not_published(folder: Path) -> None:
    """A year in which the company names a day is one it has looked at; the years must follow one another."""
    plain = load_company(folder / "huifang.toml", TODAY).calendar.known_until
    assert plain is not None
    after = f'"{plain.year + 1}-02-20" = ["09:00-12:00"]\n"{plain.year + 3}-02-20" = []'
    assert load_company(written(folder, (DAYS, after)), TODAY).calendar.known_until == plain.replace(
        year=plain.year + 1
    )


def test_another_country_and_none(folder: Path) -> None:
    """A rule needs no publication; without holidays only the company's own days differ from the week."""
    california = load_company(written(folder, ('holidays = "CN"', 'holidays = "US-CA"')), TODAY).calendar
    assert california.ranges(date(2026, 11, 26)) == ()
    assert california.ranges(date(2026, 10, 1)) == OFFICE
    assert california.known_until is None
    none = load_company(
        written(folder, ('holidays = "CN"', 'holidays = ""'), (DAYS, '"2026-12-24" = []')), TODAY
    ).calendar
    assert (none.days, none.known_until) == ({date(2026, 12, 24): ()}, None)


def test_a_file_that_says_nothing_of_the_calendar(folder: Path) -> None:
    """An office week and China's holidays, as the other defaults are China's."""
    start, end = TOML.index("# The working calendar."), TOML.index("# What people can complain about")
    (folder / "huifang.toml").write_text(TOML[:start] + TOML[end:], "utf-8")
    calendar = load_company(folder / "huifang.toml", TODAY).calendar
    assert (calendar.week, calendar.ranges(date(2026, 10, 1))) == (OFFICE_WEEK, ())
