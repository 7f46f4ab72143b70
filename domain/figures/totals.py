"""Daily totals, maintained incrementally (V4): which cells a fact counts in, so that no figure ever has to read the raw rows.

1. A fact (a delivery, a survey with its answers, a case) is what the database currently holds about one of them.
   `compute_change` is the difference between an old and a new fact in the totals; it is added in the transaction that
   changes the fact. So totals are exact, whatever changes (a rating, an appeal, a person).
2. A cell is a day or a month in company time, a breakdown with a value of it, a department and a priority (the sampling
   stratum). Every breakdown contains all facts; those without a courier, say, are under the empty value.
3. Surveys and complaints count on the day of their delivery; without one, on their own. A case also counts as opened,
   on its own day, and so does how it was handled (`domain.figures.casework`).
4. Any run of days is a sum of whole months and single days, minus days if that is shorter (`compute_cover`).
"""

import enum
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.cases.deadlines import Stage
from domain.cases.handling import CaseHandling
from domain.figures.breakdown import By
from domain.figures.casework import CaseworkColumn, DeadlineColumn, DurationKind, list_casework_columns, list_durations
from domain.surveys.question_kinds import KINDS, Counting, QuestionKind
from domain.surveys.survey import Origin

NPS, RECOMMEND = "=nps", "=recommend"
"""Stored like dimensions; no survey can give a dimension such a name. NPS stores detractors, passives, promoters as 1
to 3, RECOMMEND no and yes.
"""

DURATIONS = {f"={measure}": measure for measure in DurationKind}
"""Durations of casework, named so that no survey can give a dimension such a name."""

CAME = "=came"
"""The overall ratings of those who came by themselves, stored once more: they think otherwise than those whom we asked."""

OVERALL = "overall"
"""The dimension of the rating as a whole."""

FOUR_LEVELS = "4:"
"""Prefix of a dimension whose form had four levels; never added to one of five."""

LEVELS, FEWER_LEVELS = 5, 4

MONTH_CHARACTERS = len("2026-11")
"""Of a day's key, those that are its month's."""


class TotalsColumn(enum.StrEnum):
    """What is counted: deliveries; of them, those sampled; surveys that reached a chat; those with an answer;
    complaints about these deliveries; of them, those in which the company was at fault; complaints opened on the day.
    Of the surveys: those that we sent, those of them with an answer, and those whose customers came by themselves; the
    rest were answered by phone. Of the complaints about these deliveries: those that grew out of a low rating and were
    not filed by the customer as such.
    """

    DELIVERIES = "deliveries"
    SAMPLED = "sampled"
    SURVEYED = "surveyed"
    ANSWERED = "answered"
    COMPLAINTS = "complaints"
    VALID = "valid"
    OPENED = "opened"
    INVITED = "invited"
    RESPONDED = "responded"
    CAME = "came"
    GROWN = "grown"


class TotalsCell(NamedTuple):
    """`day` is 2026-11-23 or, for a whole month, 2026-11."""

    by: str
    day: str
    department: str
    value: str
    stratum: str


class TotalsEntry(NamedTuple):
    """For counts `dimension` is empty and `column` a `TotalsColumn` or a `CaseworkColumn`; for deadlines `dimension` is the
    stage and `column` a `DeadlineColumn`; for durations one of `DURATIONS` and the seconds, in cells of days without a
    priority (one of their breakdowns is by it); otherwise `column` is the answer, 1 to 5.
    """

    cell: TotalsCell
    dimension: str
    column: str


TotalsEntries = Counter[TotalsEntry]
"""The amount to add to each entry."""


@dataclass(frozen=True, slots=True)
class FactPlace:
    """Where and when something was delivered, or came up if nothing was: what every breakdown needs."""

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
    """`excluded`: an appeal was upheld, so it counts nowhere. `about_delivery`: surveys about no delivery are not in the response rate.

    What a campaign asks about us in general is not a rating of deliveries; only its NPS and recommendation are figures
    here. `answers` are by question, None for words; `anonymous`: answered in a survey that stores no answers
    with the invitation.
    """

    place: FactPlace
    about_delivery: bool
    excluded: bool = False
    origin: Origin = Origin.SENT
    reached: bool = True
    anonymous: bool = False
    answers: Mapping[str, ScoredAnswer | None] = field(default_factory=dict)


_UNHANDLED = CaseHandling()


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A complaint. `place.department` leads it; `valid`: the company was at fault; a merged one counts as the case it was merged into.

    `grown`: it came from the survey of a low rating, so there are as many of them as people are asked. `rating` is how the
    customer rated the handling; `repeated`: its unit had another one of the same category shortly before.
    """

    place: FactPlace
    opened_at: datetime
    category: str
    valid: bool = False
    merged: bool = False
    grown: bool = False
    handling: CaseHandling = _UNHANDLED
    rating: int | None = None
    repeated: bool = False

    @property
    def unit(self) -> str:
        """The smallest unit known that it can repeat at: the courier, else the station, else the department."""
        place = self.place
        if place.courier:
            return f"{By.COURIER}:{place.courier}"
        return f"{By.STATION}:{place.station}" if place.station else f"{By.DEPARTMENT}:{place.department}"


@dataclass(frozen=True, slots=True)
class DeadlineFact:
    """A deadline of a complaint that has ended. `place.department` is the one that owed it, the rest of the place is the complaint's."""

    place: FactPlace
    category: str
    stage: Stage
    due_at: datetime
    kept: bool
    promised: bool


Fact = DeliveryFact | SurveyFact | CaseFact | DeadlineFact


def compute_change(pairs: Iterable[tuple[Fact | None, Fact | None]], zone: ZoneInfo) -> TotalsEntries:
    """What to add to the totals when facts change from the first to the second of each pair (None: there was, or is, none)."""
    entries: TotalsEntries = Counter()
    for before, after in pairs:
        if before is not None and after is not None and _locate(before) == _locate(after):
            was, now = _leave_out_common(before, after)
            moved = _make_marks(now)
            moved.subtract(_make_marks(was))
            _add_marks(entries, after, moved, zone, 1)
            continue
        for fact, sign in ((before, -1), (after, 1)):
            if fact is not None:
                _add_marks(entries, fact, _make_marks(fact), zone, sign)
    return entries


def make_deadline_fact(case: CaseFact, department: str, stage: Stage, due_at: datetime, **kept: bool) -> DeadlineFact:
    """A deadline of this complaint that this department owed; `kept` and `promised` as `DeadlineFact` has them."""
    return DeadlineFact(replace(case.place, department=department), case.category, stage, due_at, **kept)


@dataclass(frozen=True, slots=True)
class DayTotals:
    """The cells of days, as rows: `counts` by cell, a number for every `TotalsColumn`; `ratings` by cell and dimension, five numbers.

    A rating's key has the dimension after the day, as its table has it.
    """

    counts: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    ratings: dict[tuple[str, ...], list[int]] = field(default_factory=dict)


def count_new_facts(facts: Iterable[DeliveryFact | SurveyFact], zone: ZoneInfo) -> DayTotals:
    """What thousands of new facts count as, a tenth of the work of `compute_change`, which says the same and months as well."""
    totals, none, no_rating = DayTotals(), [0] * len(TotalsColumn), [0] * LEVELS
    places = {column.value: place for place, column in enumerate(TotalsColumn)}
    for fact in facts:
        rated: list[tuple[str, int]] = []
        counted: list[tuple[int, int]] = []
        for mark, count in _make_marks(fact).items():
            if mark.dimension:
                rated.append((mark.dimension, int(mark.column) - 1))
            else:
                counted.append((places[mark.column], count))
        department, stratum = fact.place.department, fact.place.priority
        day, values = _list_values(fact, fact.place.at, zone)
        for by, value in values:
            if counted:
                cell = totals.counts.setdefault((by, day, department, value, stratum), none)
                if cell is none:
                    cell = totals.counts[by, day, department, value, stratum] = none.copy()
                for place, count in counted:
                    cell[place] += count
            for dimension, place in rated:
                key = by, day, dimension, department, value, stratum
                cell = totals.ratings.setdefault(key, no_rating)
                if cell is no_rating:
                    cell = totals.ratings[key] = no_rating.copy()
                cell[place] += 1
    return totals


def to_company_date(at: datetime, zone: ZoneInfo) -> date:
    """The calendar day in company time."""
    return at.astimezone(zone).date()


class Cover(NamedTuple):
    """The keys whose cells are added, and those whose cells are subtracted."""

    plus: tuple[str, ...]
    minus: tuple[str, ...]


def compute_cover(first: date, until: date) -> Cover:
    """The days from `first` up to but not including `until`, in as few keys as possible."""
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
    """`at` says which day it counts on."""

    at: datetime
    dimension: str
    column: str


def _leave_out_common(before: Fact, after: Fact) -> tuple[Fact, Fact]:
    """Both without the answers that they have in common, which count the same; the survey stays answered in both."""
    if not (isinstance(before, SurveyFact) and isinstance(after, SurveyFact) and before.answers and after.answers):
        return before, after
    if (before.excluded, before.origin) != (after.excluded, after.origin):
        return before, after
    changed = {key for key in {**before.answers, **after.answers} if before.answers.get(key) != after.answers.get(key)}
    return (
        replace(before, answers={key: before.answers.get(key) for key in changed} or _ANSWERED),
        replace(after, answers={key: after.answers.get(key) for key in changed} or _ANSWERED),
    )


_ANSWERED: Mapping[str, ScoredAnswer | None] = {"": None}
"""Answers of a survey of which none is a figure."""


def _make_marks(fact: Fact) -> Counter[_Mark]:
    """What this fact counts as."""
    at = fact.place.at
    match fact:
        case DeliveryFact(sampled=sampled):
            return _count_columns(at, TotalsColumn.DELIVERIES, *([TotalsColumn.SAMPLED] if sampled else []))
        case SurveyFact(excluded=True) | CaseFact(merged=True):
            return Counter()
        case SurveyFact():
            marks: Counter[_Mark] = Counter()
            answered = bool(fact.answers) or fact.anonymous
            if fact.about_delivery and (fact.reached or answered):
                marks = _count_columns(at, *list_survey_columns(fact.origin, answered=answered))
            for answer in fact.answers.values():
                known = _classify_answer(answer) if answer is not None else None
                if known is None or (fact.origin is Origin.CAMPAIGN and known[0] not in {NPS, RECOMMEND}):
                    continue
                marks[_Mark(at, *known)] += 1
                if known[0] == OVERALL and fact.origin in _BY_THEMSELVES:
                    marks[_Mark(at, CAME, known[1])] += 1
            return marks
        case CaseFact():
            also = {TotalsColumn.VALID: fact.valid, TotalsColumn.GROWN: fact.grown}
            about = _count_columns(at, TotalsColumn.COMPLAINTS, *(column for column, holds in also.items() if holds))
            return about + _count_columns(fact.opened_at, TotalsColumn.OPENED) + _count_handling(fact)
        case DeadlineFact():
            held = {DeadlineColumn.DUE: True, DeadlineColumn.KEPT: fact.kept, DeadlineColumn.PROMISED: fact.promised}
            return Counter(
                _Mark(fact.due_at, fact.stage.value, column.value) for column, holds in held.items() if holds
            )


def _count_handling(fact: CaseFact) -> Counter[_Mark]:
    columns = list_casework_columns(fact.handling, fact.category, fact.rating, valid=fact.valid, repeated=fact.repeated)
    marks: Counter[_Mark] = Counter(_Mark(fact.opened_at, "", column.value) for column in columns)
    marks.update(
        _Mark(fact.opened_at, f"={measure}", str(seconds)) for measure, seconds in list_durations(fact.handling)
    )
    return marks


def list_survey_columns(origin: Origin, *, answered: bool) -> list[TotalsColumn]:
    """What a survey about a delivery counts as."""
    columns = [TotalsColumn.SURVEYED, *([TotalsColumn.ANSWERED] if answered else [])]
    if origin is Origin.SENT:
        columns += [TotalsColumn.INVITED, *([TotalsColumn.RESPONDED] if answered else [])]
    return [*columns, TotalsColumn.CAME] if origin in _BY_THEMSELVES else columns


def _count_columns(at: datetime, *columns: TotalsColumn) -> Counter[_Mark]:
    return Counter(_Mark(at, "", column.value) for column in columns)


def _locate(fact: Fact) -> tuple[FactPlace, str]:
    return fact.place, fact.category if isinstance(fact, CaseFact | DeadlineFact) else ""


def _add_marks(entries: TotalsEntries, fact: Fact, marks: Counter[_Mark], zone: ZoneInfo, sign: int) -> None:
    """These marks in every cell of the fact."""
    known: dict[tuple[datetime, _Cells], list[TotalsCell]] = {}
    for mark, count in marks.items():
        if not count:
            continue
        kind = _find_kind(mark)
        cells = known.get((mark.at, kind))
        if cells is None:
            cells = known[mark.at, kind] = _list_cells(fact, mark.at, zone, kind)
        for cell in cells:
            entries[TotalsEntry(cell, mark.dimension, mark.column)] += sign * count


class _Cells(enum.Enum):
    """Which cells something counts in."""

    ALL = enum.auto()
    CASEWORK = enum.auto()
    DURATIONS = enum.auto()


def _find_kind(mark: _Mark) -> _Cells:
    if mark.dimension in DURATIONS:
        return _Cells.DURATIONS
    return _Cells.CASEWORK if mark.column in _CASEWORK_COLUMNS else _Cells.ALL


def _list_cells(fact: Fact, at: datetime, zone: ZoneInfo, kind: _Cells) -> list[TotalsCell]:
    """The cells of every breakdown, of the day and of the month; casework has none by hour of delivery."""
    place = fact.place
    day, values = _list_values(fact, at, zone)
    if kind is not _Cells.ALL:
        values = [(by, value) for by, value in values if by != By.HOUR]
    if kind is _Cells.DURATIONS:
        values.append((By.PRIORITY.value, place.priority))
        return [TotalsCell(by, day, place.department, value, "") for by, value in values]
    return [
        TotalsCell(by, key, place.department, value, place.priority)
        for key in (day, day[:MONTH_CHARACTERS])
        for by, value in values
    ]


def _list_values(fact: Fact, at: datetime, zone: ZoneInfo) -> tuple[str, list[tuple[str, str]]]:
    """The day, and the value of every breakdown; categories only for cases."""
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
    if isinstance(fact, CaseFact | DeadlineFact):
        values.append((By.CATEGORY.value, fact.category))
    return to_company_date(at, zone).isoformat(), values


_CASEWORK_COLUMNS = frozenset({*CaseworkColumn, *DeadlineColumn})
_PASSIVE, _PROMOTER = 7, 9
_BY_THEMSELVES = frozenset({Origin.LINK, Origin.RATE})


def _classify_answer(answer: ScoredAnswer) -> tuple[str, str] | None:
    """Dimension and answer as stored; None if it is not a figure."""
    match KINDS[answer.kind].counting:
        case Counting.POINTS if answer.dimension and answer.levels == LEVELS:
            return answer.dimension, str(answer.score)
        case Counting.POINTS if answer.dimension and answer.levels == FEWER_LEVELS:
            return f"{FOUR_LEVELS}{answer.dimension}", str(answer.score)
        case Counting.PROMOTERS:
            return NPS, "3" if answer.score >= _PROMOTER else "2" if answer.score >= _PASSIVE else "1"
        case Counting.YES_NO if answer.dimension == "recommend":
            return RECOMMEND, str(answer.score + 1)
        case _:
            return None
