"""Summary queries: a few statements for any period, over the kept totals, the handling of complaints, and what is open now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from domain.cases.case import UNSOLVED, Case, CaseKind, CaseState
from domain.figures.breakdown import By
from domain.figures.figures import Counts, Nps, Strata, Tally, add_counts
from domain.figures.handling import HandlingCounts
from domain.figures.maturity import FigureTerms, find_complete_days, list_growing
from domain.figures.period import Period, previous
from domain.figures.summary import ComparedDays, Summary, SummaryUnit
from domain.figures.totals import CAME, FOUR_LEVELS, NPS, OVERALL, RECOMMEND, Cover
from storage.cases.cases import select_cases
from storage.engine.database import Tx
from storage.figures import handling, sums
from storage.figures.handling import ATTITUDE
from storage.figures.sums import cover_period
from storage.figures.totals_query import IN_EVERY_CELL, FigureQuery
from storage.models import cases, courses, delivery_totals, packed_totals

__all__ = ["ATTITUDE", "OVERALL", "FigureQuery"]

_TERMS = FigureTerms()
_UNSOLVED = [state.value for state in UNSOLVED]


async def fetch_summary(tx: Tx, wish: FigureQuery, now: datetime, terms: FigureTerms = _TERMS) -> Summary:
    """Everything a summary shows; units are named by their keys, which the caller replaces by words for people."""
    maturity = terms.maturity
    today = now.astimezone(wish.period.zone).date()
    growing = dict(list_growing(wish.period, maturity, today))
    judged = {cohort: find_complete_days(wish.period, maturity, cohort, today) for cohort in growing}
    pairs = list(dict.fromkeys([(wish.period, previous(wish.period)), *(pair for pair in judged.values() if pair)]))
    periods = [period for pair in pairs for period in pair]
    total_wish = wish if wish.value is not None else replace(wish, by=By.ALL)
    units, wholes, dimensions = await _fetch_totals(tx, wish, total_wish, [cover_period(period) for period in periods])
    opened = await _count_open(tx, wish, now)
    by_department = wish.by in {By.ALL, By.DEPARTMENT} and wish.value is None
    categories = await _fetch_categories(tx, total_wish) if wish.value is None else {}
    opened_counts = [whole.opened for whole in wholes]
    handling_counts = await handling.fetch_handling(tx, periods, total_wish, now, opened_counts)
    if wish.value is None and handling_counts[0].opened:
        expected = await handling.fetch_expected_repeats(tx, wish, terms.repeat_days)
        handling_counts[0] = replace(handling_counts[0], expected=expected)
    compared = {
        pair: ComparedDays(*pair, wholes[2 * n], wholes[2 * n + 1], handling_counts[2 * n], handling_counts[2 * n + 1])
        for n, pair in enumerate(pairs)
    }
    whole = compared[pairs[0]]
    waiting = opened if by_department else {}
    keys = sorted({*units, *waiting} - {""}) + ([""] if "" in units else [])
    return Summary(
        wish.period,
        whole.counts,
        whole.counts_before,
        by=wish.by,
        unit=SummaryUnit(wish.value, wish.value) if wish.value is not None else None,
        seen=wish.departments or (),
        nps=_make_nps(dimensions.pop(NPS, {})),
        recommend=_make_recommend(dimensions.pop(RECOMMEND, {})),
        came=dimensions.pop(CAME, {}),
        four_levels=_add_tallies(dimensions.pop(FOUR_LEVELS + OVERALL, {})),
        dimensions={key: strata for key, strata in dimensions.items() if not key.startswith(FOUR_LEVELS)},
        units=()
        if wish.value is not None
        else tuple(
            SummaryUnit(
                key,
                key,
                units.get(key, _NOTHING),
                waiting.get(key, _NONE_OPEN).complaints,
                waiting.get(key, _NONE_OPEN).overdue,
            )
            for key in keys
        ),
        categories=tuple(SummaryUnit(key, key, counts) for key, counts in categories.items() if counts.opened),
        casework=whole.casework,
        casework_before=whole.casework_before,
        open_now=sum(one.complaints for one in opened.values()),
        overdue_now=sum(one.overdue for one in opened.values()),
        requests_now=sum(one.requests for one in opened.values()),
        begins=await _fetch_first_day(tx),
        growing=growing,
        compared={cohort: compared[pair] for cohort, pair in judged.items() if pair is not None},
    )


async def _fetch_first_day(tx: Tx) -> date | None:
    """The first day that anything is counted on; the keys of months are shorter."""
    days = []
    for table in (delivery_totals, packed_totals):
        t = table.c
        in_rows = select(t.day).where(t.by == By.ALL.value, func.length(t.day) == len("2026-11-23"))
        days.append(in_rows.order_by(t.day).limit(1).scalar_subquery())
    first_days = (await tx.execute(select(*days))).one()
    return min((date.fromisoformat(day) for day in first_days if day), default=None)


async def list_units(tx: Tx, wish: FigureQuery) -> list[str]:
    """The units of the requested breakdown in the period."""
    return list(await fetch_counts_by_unit(tx, cover_period(wish.period), replace(wish, value=None)))


async def fetch_counts(tx: Tx, days: Cover, wish: FigureQuery) -> Counts:
    """The totals of everything, or of the requested unit."""
    by_unit = await fetch_counts_by_unit(tx, days, replace(wish, by=By.ALL) if wish.value is None else wish)
    return add_counts(by_unit.values())


async def fetch_counts_by_unit(tx: Tx, days: Cover, wish: FigureQuery) -> dict[str, Counts]:
    """The totals of each unit of the requested breakdown (of each department if there is none), by unit key."""
    (counts,) = await sums.fetch_counts(tx, [days], wish)
    (ratings,) = await sums.fetch_overall_ratings(tx, [days], wish)
    return sums.join_sums(counts, ratings)


async def fetch_series(tx: Tx, periods: Sequence[Period], wish: FigureQuery) -> list[Counts]:
    """The totals of several periods, in their order, for everything or for the requested unit."""
    days, total_wish = (
        [cover_period(period) for period in periods],
        wish if wish.value is not None else replace(wish, by=By.ALL),
    )
    counts = await sums.fetch_counts(tx, days, total_wish)
    ratings = await sums.fetch_overall_ratings(tx, days, total_wish)
    return [add_counts(sums.join_sums(*both).values()) for both in zip(counts, ratings, strict=True)]


async def fetch_handling(tx: Tx, period: Period, wish: FigureQuery, now: datetime) -> HandlingCounts:
    """How the complaints opened in the period were handled, and the deadlines that fell due in it."""
    return (await handling.fetch_handling(tx, [period], wish, now))[0]


async def list_cases_behind(tx: Tx, wish: FigureQuery, *, limit: int, offset: int = 0) -> list[Case]:
    """The complaints behind the requested unit's figures, worst first: those still owed an answer, then the newest."""
    open_first = case((cases.c.state.in_(_UNSOLVED), 0), else_=1)
    return await select_cases(
        tx, _filter_cases_behind(wish), [open_first, cases.c.created_at.desc(), cases.c.id.desc()], limit, offset
    )


async def count_cases_behind(tx: Tx, wish: FigureQuery) -> int:
    return await tx.scalar(select(func.count()).where(*_filter_cases_behind(wish))) or 0


def _filter_cases_behind(wish: FigureQuery) -> list[ColumnElement[bool]]:
    """Opened in the period, or about a delivery in it; a merged complaint counts as the one it was merged into."""
    c, period = courses.c, wish.period
    spans = [and_(at >= period.start, at < period.end) for at in (c.opened_at, c.at)]
    case_ids = select(c.case).where(or_(*spans), *handling.filter_cases(courses, wish))
    return [cases.c.id.in_(case_ids), cases.c.state != CaseState.MERGED.value]


async def _fetch_totals(
    tx: Tx, wish: FigureQuery, total_wish: FigureQuery, days: Sequence[Cover]
) -> tuple[dict[str, Counts], list[Counts], dict[str, Strata]]:
    """Each unit now; everything, now and before; every dimension now. Two statements if every cell tells departments apart anyway."""
    together = wish.value is not None or wish.by in IN_EVERY_CELL
    counts = await sums.fetch_counts(tx, days, total_wish if not together else wish, units=together)
    ratings = await sums.fetch_ratings(tx, days, total_wish if not together else wish, units=together)
    joined = [sums.join_sums(*both) for both in zip(counts, (given.get(OVERALL, {}) for given in ratings), strict=True)]
    units = joined[0] if together else await fetch_counts_by_unit(tx, days[0], wish)
    whole = [add_counts(parts.values()) for parts in joined]
    dimensions = {
        name: sums.make_strata(given, whole[0].strata) for name, given in ratings[0].items() if name != OVERALL
    }
    return units, whole, {name: found for name, found in dimensions.items() if found}


async def _fetch_categories(tx: Tx, wish: FigureQuery) -> dict[str, Counts]:
    """Complaints by category; nothing else has one."""
    (counts,) = await sums.fetch_counts(tx, [cover_period(wish.period)], replace(wish, by=By.CATEGORY))
    return dict(sorted(sums.join_sums(counts, {}).items()))


def _add_tallies(strata: Strata) -> Tally:
    return sum((one.tally for one in strata.values()), Tally())


def _make_nps(strata: Strata) -> Nps:
    detractors, passives, promoters, *_ = _add_tallies(strata).counts
    return Nps(detractors, passives, promoters)


def _make_recommend(strata: Strata) -> tuple[int, int]:
    no, yes, *_ = _add_tallies(strata).counts
    return yes, no + yes


class _OpenCounts(NamedTuple):
    """What waits for the company's answer: complaints, how many of them are overdue, suggestions and questions."""

    complaints: int
    overdue: int
    requests: int


_NONE_OPEN, _NOTHING = _OpenCounts(0, 0, 0), Counts()


async def _count_open(tx: Tx, wish: FigureQuery, now: datetime) -> dict[str, _OpenCounts]:
    """By department."""
    complaint = cases.c.kind == CaseKind.COMPLAINT.value
    counts = [func.count().filter(one) for one in (complaint, and_(complaint, cases.c.due_at < now), ~complaint)]
    statement = select(cases.c.department, *counts).where(cases.c.state.in_(_UNSOLVED))
    if wish.departments is not None:
        statement = statement.where(cases.c.department.in_(wish.departments))
    if wish.value is not None and wish.by in handling.UNIT_COLUMNS:
        of_unit = select(courses.c.case).where(handling.UNIT_COLUMNS[wish.by] == wish.value)
        statement = statement.where(cases.c.id.in_(of_unit))
    rows = await tx.execute(statement.group_by(cases.c.department))
    return {department: _OpenCounts(*counted) for department, *counted in rows}
