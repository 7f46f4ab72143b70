"""Configuration section [import] of huifang.toml: every mistake reported with its place and cure."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.company.mistakes import Place
from domain.company import ImportRules
from domain.deliveries.columns import IGNORE, Field, plain

_PROBE = datetime(2026, 11, 23, 22, 15)  # noqa: DTZ001 -- a form has no zone


def find_import_mistakes(importing: ImportRules) -> Iterator[tuple[Place, str]]:
    """(place, what is wrong) for each mistake."""
    yield from _find_column_mistakes(importing)
    for n, form in enumerate(importing.date_formats):
        if why := _explain_wrong_date_form(form):
            yield ("import", "date_formats", n), why
    if importing.timezone:
        try:
            ZoneInfo(importing.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            yield ("import", "timezone"), f"{importing.timezone!r} is no time zone; write one like Asia/Shanghai"


def _find_column_mistakes(importing: ImportRules) -> Iterator[tuple[Place, str]]:
    seen: dict[str, tuple[str, str]] = {}
    for heading, field in importing.columns.items():
        place: Place = ("import", "columns", heading)
        if field != IGNORE and field not in set(Field):
            yield place, f"{field!r} is no field of a delivery; there are {', '.join(Field)}, and {IGNORE}"
        other, meant = seen.setdefault(plain(heading), (heading, field))
        if meant != field:
            yield place, f"is read like {other!r}, which is {meant} already; keep one of the two"


def _explain_wrong_date_form(form: str) -> str:
    """What is wrong with a date format, empty if nothing is."""
    try:
        read = datetime.strptime(_PROBE.strftime(form), form)  # noqa: DTZ007 -- a form has no zone
    except ValueError:
        return f"{form!r} is no form of a date; write one like %d.%m.%Y %H:%M"
    if read.date() != _PROBE.date():
        return f"{form!r} does not say the year, the month and the day; write one like %d.%m.%Y %H:%M"
    if "%I" in form and "%p" not in form:
        return f"{form!r} has hours of twelve without %p; write %H, or add %p"
    return ""
