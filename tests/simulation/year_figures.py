"""Everything that a year's figures say: of any period by any breakdown, charts, results, rankings, and the facts that they count."""

from collections.abc import Iterator
from dataclasses import astuple, fields, is_dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from domain.figures.breakdown import By
from domain.figures.maturity import compute_terms
from domain.figures.period import Kind, Period, earlier, find_last_ended, parse_period
from handlers.figures import totals_rebuild, trends
from handlers.turns.batch import Batch
from storage.engine.database import Tx
from storage.figures import figures, rankings
from storage.figures import totals_rebuild as totals_rows
from storage.figures.figures import FigureQuery
from storage.models import answers, case_events, cases, deliveries, invitations
from storage.surveys import results
from tests.simulation.year_people import Seat

Said = dict[str, Any]
"""What is said, by what it is."""


def list_periods(seat: Seat, first: date) -> Iterator[Period]:
    """Each day, week, month, quarter and year since the first day, the running ones and one with two names among them."""
    now, zone = seat.clock.now(), seat.services.company.zone
    today = now.astimezone(zone).date()
    for kind in (Kind.DAY, Kind.WEEK, Kind.MONTH, Kind.QUARTER, Kind.YEAR):
        period = find_last_ended(kind, today, zone)
        while period.last >= first:
            yield period
            period = earlier(period)
    for code in (f"{today:%Y-%m}", f"{today:%Y}", f"{first.isoformat()}..{today.isoformat()}"):
        yield parse_period(code, now, zone)


async def read_figures(seat: Seat, first: date) -> Said:
    """What a manager could be told at this moment."""
    said: Said = {}
    company, now = seat.services.company, seat.clock.now()
    terms = compute_terms(company)
    async with seat.database.begin() as tx:
        for period in list_periods(seat, first):
            breakdowns = tuple(By) if period.kind is not Kind.DAY or period.first.day % 7 == 0 else (By.ALL,)
            for by in breakdowns:
                wish = FigureQuery(period, by)
                said[f"{period.code} by {by}"] = await figures.fetch_summary(tx, wish, now, terms)
            if period.kind is not Kind.DAY:
                said |= await _read_rankings(tx, seat, period)
        batch = Batch(tx, seat.services, now)
        today = now.astimezone(company.zone).date()
        for grain in ("day", "week", "month"):
            said[f"trend {grain}"] = astuple(await trends.fetch_counts(batch, grain, today))
        for survey in company.surveys.values():
            said[f"results {survey.name}"] = await results.count_named(tx, survey.name)
        for day in await totals_rows.list_days(tx, company.zone):
            said[f"totals {day}"] = dict(await totals_rows.fetch_day(tx, day))
        said |= await _read_facts(tx)
        said["totals that do not match the rows"] = await totals_rebuild.find_differences(tx, seat.services)
    return said


async def _read_rankings(tx: Tx, seat: Seat, period: Period) -> Said:
    company, now = seat.services.company, seat.clock.now()
    said: Said = {
        f"ranking {period.code} {by}": await rankings.compare_units(tx, period, by)
        for by in (By.COURIER, By.DEPARTMENT)
    }
    weights = company.figures.score_weights
    said[f"scores {period.code}"] = await rankings.fetch_scores(tx, period, company.case_departments, weights, now)
    return said


async def _read_facts(tx: Tx) -> Said:
    """Cases with their histories, deliveries with their fates, invitations with how many answers; ids and words left out."""
    c, e, d, i = cases.c, case_events.c, deliveries.c, invitations.c
    facts = (
        c.number,
        c.kind,
        c.state,
        c.category,
        c.severity,
        c.department,
        c.round,
        c.created_at,
        c.closed_at,
        c.valid,
    )
    lives = select(c.number, e.version, e.event, e.state, e.at).join_from(case_events, cases, e.case == c.id)
    answered = select(func.count()).select_from(answers).where(answers.c.invitation == i.id).scalar_subquery()
    asked = select(
        d.source, d.waybill, i.state, i.origin, i.department, i.courier, i.created_at, answered.label("answers")
    )
    statements = {
        "cases": select(*facts).order_by(c.number),
        "lives": lives.order_by(c.number, e.version),
        "deliveries": select(d.source, d.waybill, d.fate, d.delivered_at, d.department, d.courier).order_by(
            d.source, d.waybill
        ),
        "invitations": asked.join_from(invitations, deliveries, i.delivery == d.id).order_by(
            d.source, d.waybill, i.created_at
        ),
    }
    return {name: [tuple(row) for row in await tx.execute(statement)] for name, statement in statements.items()}


def compare(first: Said, second: Said) -> list[str]:
    """What the two say differently, each with both."""
    differences = [f"only in one: {key}" for key in sorted(first.keys() ^ second.keys())]
    for key in first.keys() & second.keys():
        if first[key] != second[key]:
            differences.append(f"{key}: {_find_difference(first[key], second[key])}")
    return sorted(differences)


def _find_difference(first: Any, second: Any) -> str:  # noqa: ANN401 -- whatever figures are
    if isinstance(first, list) and isinstance(second, list):
        return f"{[row for row in first if row not in second][:5]} / {[row for row in second if row not in first][:5]}"
    if isinstance(first, dict) and isinstance(second, dict):
        keys = [key for key in {*first, *second} if first.get(key) != second.get(key)]
        return str([(key, first.get(key), second.get(key)) for key in keys[:3]])
    if is_dataclass(first) and is_dataclass(second):
        names = [field.name for field in fields(first) if getattr(first, field.name) != getattr(second, field.name)]
        return "; ".join(f"{name} {_find_difference(getattr(first, name), getattr(second, name))}" for name in names)
    return f"{first}\n    {second}"[:1500]
