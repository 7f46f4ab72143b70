"""Public holidays and make-up working days (调休), from the maintained library `holidays`.

1. The library is imported when a company that observes holidays is loaded, not before.
2. Days that a government moves from year to year are known only as far as they are published: `reach` says how far, and beyond it
   the rule applies for now.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_PLACE = re.compile(r"([A-Z]{2})(?:-(\w+))?", re.ASCII)
_DECREED = frozenset({"CN"})
"""Countries that publish make-up days anew each year, so that they cannot be computed."""

YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """`made_up` are days off that are worked; `reach` is the last day really known, None if all are."""

    closed: frozenset[date]
    made_up: frozenset[date]
    known_until: date | None


def is_known(place: str) -> bool:
    """Whether there are holidays for this country (ISO 3166-1: CN) or subdivision (ISO 3166-2: US-CA)."""
    try:
        list_public_holidays(place, 2026)
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=8)
def list_public_holidays(place: str, year: int) -> PublicHolidays:
    """From the year before `year` to two years after it. Raises NotImplementedError when the place is unknown."""
    match = _PLACE.fullmatch(place)
    if match is None:
        raise NotImplementedError(place)
    import holidays

    country, subdivision = match.groups()
    years = range(year - 1, year + YEARS_AHEAD + 1)
    days = holidays.country_holidays(country, subdiv=subdivision, years=years)
    made_up = frozenset(day for day in days.weekend_workdays if day.year in years)
    closed = frozenset(day for day in days if day.year in years)
    return PublicHolidays(closed - made_up, made_up, _find_reach(made_up, year) if country in _DECREED else None)


def _find_reach(made_up: frozenset[date], year: int) -> date:
    """The end of the last year that has make-up days."""
    return date(max((day.year for day in made_up), default=year - 2), 12, 31)
