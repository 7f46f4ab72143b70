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
from domain.surveys.survey import QuestionKind

NPS, RECOMMEND = "=nps", "=recommend"
"""Kept like dimensions; no survey can name a dimension so. NPS keeps detractors, passives, promoters as 1 to 3, RECOMMEND no and yes."""

FOUR_LEVELS = "4:"
"""In front of a dimension: the form had four levels, and is never added to one of five."""

LEVELS, FEWER_LEVELS = 5, 4
KEPT_BREAKDOWNS = (By.ALL, By.COURIER, By.ROUTE, By.STATION, By.SERVICE, By.CUSTOMER_TYPE, By.HOUR, By.CATEGORY)
"""The breakdowns that have cells of their own; departments and priorities are told apart in every cell."""


class TotalsColumn(enum.StrEnum):
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


class TotalsCell(NamedTuple):
    """`day` is 2026-11-23 or, for a whole month, 2026-11."""

    by: str
    day: str
    department: str
    value: str
    stratum: str


class TotalsEntry(NamedTuple):
    """`dimension` is empty and `column` a `Column` for what is counted, else `column` is the answer, 1 to 5."""

    cell: TotalsCell
    dimension: str
    column: str


TotalsEntries = Counter[TotalsEntry]
"""How much is to be added to what."""


@dataclass(frozen=True, slots=True)
class FactPlace:
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
class ScoredAnswer:
    """An answer that is a number."""

    dimension: str
    kind: QuestionKind
    levels: int
    score: int


@dataclass(frozen=True, slots=True)
class DeliveryFact:
    place: FactPlace
    sampled: bool


@dataclass(frozen=True, slots=True)
class SurveyFact:
    """`excluded`: an appeal was upheld, and it counts nowhere. `about_delivery`: those about none are no part of the response rate.

    `campaign`: what a campaign asked about us as a whole is no rating of deliveries; of it, only NPS and recommendation are figures here.
    `answers` are by question, None for words; `unnamed`: answered in a survey that keeps no answers with it.
    """

    place: FactPlace
    about_delivery: bool
    excluded: bool = False
    campaign: bool = False
    reached: bool = True
    anonymous: bool = False
    answers: Mapping[str, ScoredAnswer | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A complaint. `place.department` leads it; `valid`: the company was at fault; one that was merged counts where it was merged into."""

    place: FactPlace
    opened_at: datetime
    category: str
    valid: bool = False
    merged: bool = False


Fact = DeliveryFact | SurveyFact | CaseFact


def compute_change(pairs: Iterable[tuple[Fact | None, Fact | None]], zone: ZoneInfo) -> TotalsEntries:
    """What is to be added to the totals when facts change from the first to the second (None: there was, or is, none)."""
    found: TotalsEntries = Counter()
    for before, after in pairs:
        if before is not None and after is not None and _locate(before) == _locate(after):
            moved = _make_marks(after)
            moved.subtract(_make_marks(before))
            _add_marks(found, after, moved, zone, 1)
            continue
        for fact, sign in ((before, -1), (after, 1)):
            if fact is not None:
                _add_marks(found, fact, _make_marks(fact), zone, sign)
    return found


def to_company_date(at: datetime, zone: ZoneInfo) -> date:
    """The day in company time."""
    return at.astimezone(zone).date()


class Cover(NamedTuple):
    """The keys whose cells are added up, and those that are taken away again."""

    plus: tuple[str, ...]
    minus: tuple[str, ...]


def compute_cover(first: date, until: date) -> Cover:
    """Every day from `first` to before `until`, by as few keys as possible."""
    plus: list[str] = []
    minus: list[str] = []
    month = first.replace(day=1)
    while month < until:
        following = (month + timedelta(days=32)).replace(day=1)
        begin, end = max(month, first), min(following, until)
        inside, outside = _list_days(begin, end), _list_days(month, begin) + _list_days(end, following)
        if len(outside) < len(inside):
            plus.append(f"{month:%Y-%m}")
            minus += outside
        else:
            plus += inside
        month = following
    return Cover(tuple(plus), tuple(minus))


def _list_days(first: date, until: date) -> list[str]:
    return [(first + timedelta(days=n)).isoformat() for n in range((until - first).days)]


class _Mark(NamedTuple):
    """`at` says on whose day."""

    at: datetime
    dimension: str
    column: str


def _make_marks(fact: Fact) -> Counter[_Mark]:
    """What this fact is counted as."""
    at = fact.place.at
    match fact:
        case DeliveryFact(sampled=sampled):
            return _count_columns(at, TotalsColumn.DELIVERIES, *([TotalsColumn.SAMPLED] if sampled else []))
        case SurveyFact(excluded=True) | CaseFact(merged=True):
            return Counter()
        case SurveyFact():
            found: Counter[_Mark] = Counter()
            answered = bool(fact.answers) or fact.anonymous
            if fact.about_delivery and (fact.reached or answered):
                found = _count_columns(at, TotalsColumn.SURVEYED, *([TotalsColumn.ANSWERED] if answered else []))
            for one in fact.answers.values():
                known = _classify_answer(one) if one is not None else None
                if known is not None and (known[0] in {NPS, RECOMMEND} or not fact.campaign):
                    found[_Mark(at, *known)] += 1
            return found
        case CaseFact():
            about = _count_columns(at, TotalsColumn.COMPLAINTS, *([TotalsColumn.VALID] if fact.valid else []))
            return about + _count_columns(fact.opened_at, TotalsColumn.OPENED)


def _count_columns(at: datetime, *columns: TotalsColumn) -> Counter[_Mark]:
    return Counter(_Mark(at, "", column.value) for column in columns)


def _locate(fact: Fact) -> tuple[FactPlace, str]:
    return fact.place, fact.category if isinstance(fact, CaseFact) else ""


def _add_marks(found: TotalsEntries, fact: Fact, marks: Counter[_Mark], zone: ZoneInfo, sign: int) -> None:
    """These marks in every cell of the fact."""
    known: dict[datetime, list[TotalsCell]] = {}
    for mark, count in marks.items():
        if not count:
            continue
        cells = known.get(mark.at) or known.setdefault(mark.at, _list_cells(fact, mark.at, zone))
        for cell in cells:
            found[TotalsEntry(cell, mark.dimension, mark.column)] += sign * count


def _list_cells(fact: Fact, at: datetime, zone: ZoneInfo) -> list[TotalsCell]:
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
    day = to_company_date(at, zone).isoformat()
    return [
        TotalsCell(by, key, place.department, value, place.priority)
        for key in (day, day[:_MONTH_CHARACTERS])
        for by, value in values
    ]


_MONTH_CHARACTERS = len("2026-11")
_PASSIVE, _PROMOTER = 7, 9


def _classify_answer(one: ScoredAnswer) -> tuple[str, str] | None:
    """Dimension and answer as they are kept; None for what is no figure."""
    match one.kind:
        case QuestionKind.RATING if one.dimension and one.levels == LEVELS:
            return one.dimension, str(one.score)
        case QuestionKind.RATING if one.dimension and one.levels == FEWER_LEVELS:
            return f"{FOUR_LEVELS}{one.dimension}", str(one.score)
        case QuestionKind.NPS:
            return NPS, "3" if one.score >= _PROMOTER else "2" if one.score >= _PASSIVE else "1"
        case QuestionKind.YESNO if one.dimension == "recommend":
            return RECOMMEND, str(one.score + 1)
        case _:
            return None
