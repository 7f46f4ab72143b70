"""What a report says, gathered in the transaction: counted, named in the reader's language, nothing personal (M8).

Cases stand in it by number, couriers and routes by key, measures with their phone numbers masked.
"""

from dataclasses import replace
from datetime import timedelta

from domain.cases.case import UNSOLVED
from domain.company import Company
from domain.figures.breakdown import By
from domain.figures.control import Observed, Trend, p_chart, u_chart
from domain.figures.evidence import HIDDEN_BELOW
from domain.figures.figures import dissatisfied
from domain.figures.findings import apart
from domain.figures.period import Kind, Period, ended
from domain.figures.spans import Grain
from domain.figures.summary import Summary, Unit
from domain.figures.totals import cover
from domain.people import mask_phones
from domain.surveys.survey import words
from handlers.turns.batch import Batch
from reports.paper.report import Keeping, Plan, Report, Standouts, Worst
from storage.figures import figures
from storage.figures import reports as rows
from storage.figures.figures import Wish

WORST, PLANS, APART = 12, 24, 8
_DAY = timedelta(days=1)
_SHORT = 14


async def gather(batch: Batch, period: Period, language: str, department: str | None) -> Report:
    """Everything that the report says; names in this language."""
    company, tx = batch.services.company, batch.tx
    seen = (department,) if department is not None else None
    wish = Wish(period, departments=seen)
    counted = _named(await figures.summary(tx, wish, batch.now), company, language)
    serious = [key for key, one in company.severities.items() if one.plan_required or one.second_review]
    found, count = await rows.worst(tx, period, seen, serious, batch.now, WORST)
    planned, kept = await rows.measures(tx, period, seen, batch.now, PLANS)
    return Report(
        words(company.identity.name, language),
        batch.now,
        counted,
        await _trend(batch, wish),
        scope=_department_name(company, department, language) if department is not None else "",
        targets=company.figures.resolution_targets,
        sampling=company.asking.sampling,
        repeat_days=round(company.handling.repeat_within_days),
        standouts=(
            await _standouts(batch, wish, By.COURIER, counted),
            await _standouts(batch, wish, By.ROUTE, counted),
        ),
        worst=tuple(_worst(batch, one, language) for one in found),
        worst_of=count,
        plans=tuple(_plan(batch, one, language) for one in planned),
        keeping={Keeping(name): number for name, number in kept.items()},
    )


def steps(period: Period, most: int) -> list[Period]:
    """So many days, weeks or months, the last of them the one in which the period ends, cut where it ends."""
    grain, last = _grain(period), period.last
    found = [ended(grain, last + _DAY, period.zone)]
    if found[0].last < last:
        newest = replace(found[0], start=found[0].end, end=period.end, running=period.running)
        found.insert(0, replace(newest, code=f"{newest.first}..{newest.last}"))
    while len(found) < most:
        found.append(ended(grain, found[-1].first, period.zone))
    return found[::-1]


def _named(found: Summary, company: Company, language: str) -> Summary:
    """Departments and categories by their names, and the company's bounds."""

    def category(one: Unit) -> Unit:
        known = company.categories.get(one.key)
        return replace(one, name=words(known.name, language) if known else one.key or "–")

    return replace(
        found,
        units=tuple(replace(one, name=_department_name(company, one.key, language)) for one in found.units),
        categories=tuple(category(one) for one in found.categories),
    ).judged(company.figures)


def _department_name(company: Company, key: str, language: str) -> str:
    known = company.departments.get(key)
    return words(known.name, language) if known else key or "–"


async def _standouts(batch: Batch, wish: Wish, by: By, counted: Summary) -> Standouts:
    """Those that stand apart from the whole, the furthest below first."""
    period = wish.period
    found = await figures.by_unit(batch.tx, cover(period.first, period.last + _DAY), replace(wish, by=by))
    units = [Unit(key, key, counts) for key, counts in found.items() if key]
    compared = [one for one in units if one.counts.tally.n >= HIDDEN_BELOW]
    aside = apart(by, compared, counted.now)
    below = sum(one.below for one in aside)
    return Standouts(by, len(compared), below, len(aside) - below, tuple(one.unit for one in aside[:APART]))


async def _trend(batch: Batch, wish: Wish) -> Trend:
    """Days of a short period, months of a year, else weeks, up to the period's end."""
    periods = steps(wish.period, batch.services.company.figures.trend_periods)
    found = await figures.series(batch.tx, periods, wish)
    asked, complained = [], []
    for period, counts in zip(periods, found, strict=True):
        shared = dissatisfied(counts.tally)
        asked.append(Observed(period.code, period.first, period.last, shared.part, shared.n))
        complained.append(Observed(period.code, period.first, period.last, counts.complaints, counts.deliveries))
    return Trend(_WORDS[_grain(wish.period)], "", p_chart(asked, len(periods)), u_chart(complained, len(periods)))


_WORDS: dict[Kind, Grain] = {Kind.DAY: "day", Kind.WEEK: "week", Kind.MONTH: "month"}


def _grain(period: Period) -> Kind:
    if period.kind is Kind.YEAR:
        return Kind.MONTH
    return Kind.DAY if period.kind is Kind.DAY or (period.kind is Kind.RANGE and period.days <= _SHORT) else Kind.WEEK


def _worst(batch: Batch, one: rows.Look, language: str) -> Worst:
    company = batch.services.company
    known = company.categories.get(one.category)
    is_open = one.state in UNSOLVED
    return Worst(
        one.number,
        words(known.name, language) if known else one.category,
        _department_name(company, one.department, language),
        company.severity_name(one.severity, language),
        one.state.value,
        one.opened_at,
        (batch.now - one.opened_at).total_seconds() if one.seconds is None else one.seconds,
        open=is_open,
        rounds=one.rounds,
        late=one.late,
        overdue=one.late and is_open,
        reopened=one.reopened,
        regulator=one.appealed,
        dissatisfied=one.dissatisfied,
    )


def _plan(batch: Batch, one: rows.Measure, language: str) -> Plan:
    if one.ended_at is None:
        keeping = Keeping.OVERDUE if one.due_at < batch.now else Keeping.RUNNING
    else:
        keeping = Keeping.KEPT if one.ended_at <= one.due_at else Keeping.LATE
    department = _department_name(batch.services.company, one.department, language)
    return Plan(one.number, department, mask_phones(one.measure), mask_phones(one.goal), one.due_at, keeping)
