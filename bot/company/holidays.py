"""Public holidays and make-up working days (调休), from the maintained library `holidays`.

1. The library is imported when a company that observes holidays is loaded, not before; of its 250 countries only that one; and when the
   days are known it is let go.
2. Days that a government moves from year to year are known only as far as they are published: `reach` says how far, and beyond it
   the rule applies for now.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

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
    country, subdivision = match.groups()
    years = range(year - 1, year + YEARS_AHEAD + 1)
    with _borrow("holidays", "dateutil"):
        days = _import_country(country)(subdiv=subdivision, years=years)
        made_up = frozenset(day for day in days.weekend_workdays if day.year in years)
        closed = frozenset(day for day in days if day.year in years)
    return PublicHolidays(closed - made_up, made_up, _find_reach(made_up, year) if country in _DECREED else None)


@contextmanager
def _borrow(*libraries: str) -> Iterator[None]:
    """What is imported of these libraries while the block runs can go with it: 4 MB that would stay for the sake of one calculation."""
    before = set(sys.modules)
    try:
        yield
    finally:
        for name in set(sys.modules) - before:
            if name.partition(".")[0] in libraries:
                del sys.modules[name]


def _import_country(code: str) -> "Callable[..., HolidayBase]":
    """The library's class of one country. Raises NotImplementedError when it has none by this code.

    Asked for a country, the library imports all of them: 10 MB, and a fifth of the time that a start takes.
    """
    import holidays
    from holidays.registry import COUNTRIES

    name = next((name for name, (_, *codes) in COUNTRIES.items() if code in codes), None)
    if name is None:
        raise NotImplementedError(code)
    path = Path(holidays.__file__).parent / "countries" / f"{name}.py"
    spec = spec_from_file_location(f"holidays.countries.{name}", path)
    assert spec is not None and spec.loader is not None  # noqa: S101, PT018 -- it is a Python file
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    country: Callable[..., HolidayBase] = getattr(module, code)
    return country


def _find_reach(made_up: frozenset[date], year: int) -> date:
    """The end of the last year that has make-up days."""
    return date(max((day.year for day in made_up), default=year - 2), 12, 31)
