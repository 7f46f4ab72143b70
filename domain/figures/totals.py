"""Kept day totals: which cells a fact counts in, so that no figure ever has to look at the raw rows (V4).

1. A fact (a delivery, a survey with its answers, a case) is what the database holds about one of them now. `change` says what a fact that was
   and a fact that is now make of the totals; it is added in the transaction that changes the fact. So totals are exact, whatever changes (a
   rating, an appeal, a person).
2. A cell is a day or a month in company time, a breakdown with the value in it, a department and a priority (the stratum of sampling). Every
   breakdown has all facts in it; those that name no courier are under the empty value.
3. Surveys and complaints count on the day of their delivery; about no delivery, on their own. A case counts again as opened, on its own day.
4. Any run of days is a sum of whole months and single days, minus days where that is shorter (`cover`).
"""

import enum
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.figures.breakdown import By
from domain.surveys.survey import Kind

NPS, RECOMMEND = "=nps", "=recommend"
"""Kept like dimensions; no survey can name a dimension so. NPS keeps detractors, passives, promoters as 1 to 3, RECOMMEND no and yes."""

FOUR_LEVELS = "4:"
"""In front of a dimension: the form had four levels, and is never added to one of five."""

LEVELS, FEWER_LEVELS = 5, 4
KEPT = (By.ALL, By.COURIER, By.ROUTE, By.STATION, By.SERVICE, By.CUSTOMER_TYPE, By.HOUR, By.CATEGORY)
"""The breakdowns that have cells of their own; departments and priorities are told apart in every cell."""


class Column(enum.StrEnum):
    """What is counted: deliveries; of them, those drawn to be asked about; surveys that reached a chat; those with an answer; complaints
    about these deliveries; of them, those that the company was at fault for; complaints opened on the day.
    """

    DELIVERIES = "deliveries"
    SAMPLED = "sampled"
    SURVEYED = "surveyed"
    ANSWERED = "answered"
    COMPLAINTS = "complaints"
    VALID = "valid"
    OPENED = "opened"


class Cell(NamedTuple):
    """`day` is 2026-11-23 or, for a whole month, 2026-11."""

    by: str
    day: str
    department: str
    value: str
    stratum: str


class Entry(NamedTuple):
    """`dimension` is empty and `column` a `Column` for what is counted, else `column` is the answer, 1 to 5."""

    cell: Cell
    dimension: str
    column: str


Entries = Counter[Entry]
"""How much is to be added to what."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when something was delivered, or came up where nothing was: what every breakdown needs."""

    at: datetime
    department: str = ""
    courier: str = ""
    route: str = ""
    station: str = ""
    service: str = ""
    priority: str = ""
    customer_type: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """An answer that is a number."""

    dimension: str
    kind: Kind
    levels: int
    score: int


@dataclass(frozen=True, slots=True)
class DeliveryFact:
    place: Place
    sampled: bool


@dataclass(frozen=True, slots=True)
class SurveyFact:
    """`excluded`: an appeal was upheld, and it counts nowhere. `about_delivery`: those about none are no part of the response rate.

    `campaign`: what a campaign asked about us as a whole is no rating of deliveries; of it, only NPS and recommendation are figures here.
    `answers` are by question, None for words; `unnamed`: answered in a survey that keeps no answers with it.
    """

    place: Place
    about_delivery: bool
    excluded: bool = False
    campaign: bool = False
    reached: bool = True
    unnamed: bool = False
    answers: Mapping[str, Scored | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A complaint. `place.department` leads it; `valid`: the company was at fault; one that was merged counts where it was merged into."""

    place: Place
    opened_at: datetime
    category: str
    valid: bool = False
    merged: bool = False


Fact = DeliveryFact | SurveyFact | CaseFact


def change(pairs: Iterable[tuple[Fact | None, Fact | None]], zone: ZoneInfo) -> Entries:
    """What is to be added to the totals when facts change from the first to the second (None: there was, or is, none)."""
    found: Entries = Counter()
    for before, after in pairs:
        if before is not None and after is not None and _where(before) == _where(after):
            moved = _marks(after)
            moved.subtract(_marks(before))
            _enter(found, after, moved, zone, 1)
            continue
        for fact, sign in ((before, -1), (after, 1)):
            if fact is not None:
                _enter(found, fact, _marks(fact), zone, sign)
    return found


def local(at: datetime, zone: ZoneInfo) -> date:
    """The day in company time."""
    return at.astimezone(zone).date()


class Cover(NamedTuple):
    """The keys whose cells are added up, and those that are taken away again."""

    plus: tuple[str, ...]
    minus: tuple[str, ...]


def cover(first: date, until: date) -> Cover:
    """Every day from `first` to before `until`, by as few keys as possible."""
    plus: list[str] = []
    minus: list[str] = []
    month = first.replace(day=1)
    while month < until:
        following = (month + timedelta(days=32)).replace(day=1)
        begin, end = max(month, first), min(following, until)
        inside, outside = _days(begin, end), _days(month, begin) + _days(end, following)
        if len(outside) < len(inside):
            plus.append(f"{month:%Y-%m}")
            minus += outside
        else:
            plus += inside
        month = following
    return Cover(tuple(plus), tuple(minus))


def _days(first: date, until: date) -> list[str]:
    return [(first + timedelta(days=n)).isoformat() for n in range((until - first).days)]


class _Mark(NamedTuple):
    """`at` says on whose day."""

    at: datetime
    dimension: str
    column: str


def _marks(fact: Fact) -> Counter[_Mark]:
    """What this fact is counted as."""
    at = fact.place.at
    match fact:
        case DeliveryFact(sampled=sampled):
            return _counted(at, Column.DELIVERIES, *([Column.SAMPLED] if sampled else []))
        case SurveyFact(excluded=True) | CaseFact(merged=True):
            return Counter()
        case SurveyFact():
            found: Counter[_Mark] = Counter()
            answered = bool(fact.answers) or fact.unnamed
            if fact.about_delivery and (fact.reached or answered):
                found = _counted(at, Column.SURVEYED, *([Column.ANSWERED] if answered else []))
            for one in fact.answers.values():
                known = _answer(one) if one is not None else None
                if known is not None and (known[0] in {NPS, RECOMMEND} or not fact.campaign):
                    found[_Mark(at, *known)] += 1
            return found
        case CaseFact():
            about = _counted(at, Column.COMPLAINTS, *([Column.VALID] if fact.valid else []))
            return about + _counted(fact.opened_at, Column.OPENED)


def _counted(at: datetime, *columns: Column) -> Counter[_Mark]:
    return Counter(_Mark(at, "", column.value) for column in columns)


def _where(fact: Fact) -> tuple[Place, str]:
    return fact.place, fact.category if isinstance(fact, CaseFact) else ""


def _enter(found: Entries, fact: Fact, marks: Counter[_Mark], zone: ZoneInfo, sign: int) -> None:
    """These marks in every cell of the fact."""
    known: dict[datetime, list[Cell]] = {}
    for mark, count in marks.items():
        if not count:
            continue
        cells = known.get(mark.at) or known.setdefault(mark.at, _cells(fact, mark.at, zone))
        for cell in cells:
            found[Entry(cell, mark.dimension, mark.column)] += sign * count


def _cells(fact: Fact, at: datetime, zone: ZoneInfo) -> list[Cell]:
    """The cells of every breakdown; that of categories for cases alone."""
    place = fact.place
    delivered = place.at.astimezone(zone)
    values = [
        (By.ALL.value, ""),
        (By.COURIER.value, place.courier),
        (By.ROUTE.value, place.route),
        (By.STATION.value, place.station),
        (By.SERVICE.value, place.service),
        (By.CUSTOMER_TYPE.value, place.customer_type),
        (By.HOUR.value, f"{delivered.isoweekday()}{delivered.hour:02}"),
    ]
    if isinstance(fact, CaseFact):
        values.append((By.CATEGORY.value, fact.category))
    day = local(at, zone).isoformat()
    return [
        Cell(by, key, place.department, value, place.priority) for key in (day, day[:_MONTH]) for by, value in values
    ]


_MONTH = len("2026-11")
_PASSIVE, _PROMOTER = 7, 9


def _answer(one: Scored) -> tuple[str, str] | None:
    """Dimension and answer as they are kept; None for what is no figure."""
    match one.kind:
        case Kind.RATING if one.dimension and one.levels == LEVELS:
            return one.dimension, str(one.score)
        case Kind.RATING if one.dimension and one.levels == FEWER_LEVELS:
            return f"{FOUR_LEVELS}{one.dimension}", str(one.score)
        case Kind.NPS:
            return NPS, "3" if one.score >= _PROMOTER else "2" if one.score >= _PASSIVE else "1"
        case Kind.YESNO if one.dimension == "recommend":
            return RECOMMEND, str(one.score + 1)
        case _:
            return None
