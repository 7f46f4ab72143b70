"""Report contents (M8), gathered in the transaction: counted, named in the reader's language, nothing personal.

Cases appear by number, couriers by name, routes by key, measures with their phone numbers masked.
"""

from dataclasses import replace
from datetime import timedelta

from domain.cases.case import UNSOLVED
from domain.company import Company
from domain.figures.breakdown import By
from domain.figures.chart_periods import Grain, count_periods_within
from domain.figures.comparisons import compare_units, count_compared
from domain.figures.control import Observation, Trend, p_chart, u_chart
from domain.figures.figures import dissatisfaction
from domain.figures.findings import find_outlying_units
from domain.figures.maturity import Cohort, compute_maturity, compute_terms, is_growing
from domain.figures.period import Kind, Period, find_last_ended
from domain.figures.summary import Summary, SummaryUnit
from domain.figures.totals import compute_cover
from domain.masking import mask_phones
from domain.surveys.survey import localize
from handlers.figures.unit_names import fetch_unit_names
from handlers.turns.batch import Batch
from reports.paper.report import CorrectivePlan, PlanStatus, Report, Standouts, WorstCase
from storage.figures import figures
from storage.figures import reports as rows
from storage.figures.figures import FigureQuery

MAX_WORST, MAX_PLANS, MAX_STANDOUTS = 12, 24, 8
_DAY = timedelta(days=1)
_SHORT_RANGE_DAYS = 14


async def gather_report(batch: Batch, period: Period, language: str, department: str | None) -> Report:
    """Everything that the report says, with names in this language."""
    company, tx = batch.services.company, batch.tx
    seen = (department,) if department is not None else None
    wish = FigureQuery(period, departments=seen)
    counted = _name_units(await figures.fetch_summary(tx, wish, batch.now, compute_terms(company)), company, language)
    serious = [key for key, one in company.severities.items() if one.plan_required or one.second_review]
    pressing, count = await rows.list_pressing_cases(tx, period, seen, serious, batch.now, MAX_WORST)
    planned, kept = await rows.list_measures(tx, period, seen, batch.now, MAX_PLANS)
    return Report(
        localize(company.identity.name, language),
        batch.now,
        counted,
        await _fetch_trend(batch, wish),
        scope=company.department_name(department, language) if department is not None else "",
        targets=company.figures.resolution_targets,
        sampling=company.invitations.sampling,
        repeat_days=round(company.handling.repeat_within_days),
        standouts=(
            await _fetch_standouts(batch, wish, By.COURIER, language),
            await _fetch_standouts(batch, wish, By.ROUTE, language),
        ),
        worst=tuple(_make_worst(batch, one, language) for one in pressing),
        worst_of=count,
        plans=tuple(_make_plan(batch, one, language) for one in planned),
        keeping={PlanStatus(name): number for name, number in kept.items()},
    )


def list_periods(period: Period, most: int) -> list[Period]:
    """Up to `most` days, weeks or months; the last is the one in which the period ends, cut off there."""
    grain, last = _choose_grain(period), period.last
    periods = [find_last_ended(grain, last + _DAY, period.zone)]
    if periods[0].last < last:
        newest = replace(periods[0], start=periods[0].end, end=period.end, running=period.running)
        periods.insert(0, replace(newest, code=f"{newest.first}..{newest.last}"))
    while len(periods) < most:
        periods.append(find_last_ended(grain, periods[-1].first, period.zone))
    return periods[::-1]


def _name_units(summary: Summary, company: Company, language: str) -> Summary:
    """Fill in the names of departments and categories, and the company's bounds."""

    def category(unit: SummaryUnit) -> SummaryUnit:
        known = company.categories.get(unit.key)
        return replace(unit, name=localize(known.name, language) if known else unit.key or "–")

    return replace(
        summary,
        units=tuple(replace(one, name=company.department_name(one.key, language)) for one in summary.units),
        categories=tuple(category(one) for one in summary.categories),
    ).with_rules(company)


async def _fetch_standouts(batch: Batch, wish: FigureQuery, by: By, language: str) -> Standouts:
    """The units that are clearly below or above the rest, furthest below first."""
    period = wish.period
    days = compute_cover(period.first, period.last + _DAY)
    counts = await figures.fetch_counts_by_unit(batch.tx, days, replace(wish, by=by))
    compared = count_compared(compare_units(counts).values())
    aside = find_outlying_units(by, [SummaryUnit(key, key, one) for key, one in counts.items()])
    below = sum(one.below for one in aside)
    shown = aside[:MAX_STANDOUTS]
    names = await fetch_unit_names(batch, by, [one.unit.key for one in shown], language)
    named = tuple(replace(one, unit=replace(one.unit, name=names[one.unit.key])) for one in shown)
    return Standouts(by, compared, below, len(aside) - below, named)


async def _fetch_trend(batch: Batch, wish: FigureQuery) -> Trend:
    """The trend by days for a short period, by months for a year, else by weeks, up to the period's end."""
    company, grain = batch.services.company, _GRAIN_NAMES[_choose_grain(wish.period)]
    maturity = compute_maturity(company)
    growing = count_periods_within(grain, max(maturity.answers, maturity.complaints))
    periods = list_periods(wish.period, company.figures.trend_periods + growing)
    series = await figures.fetch_series(batch.tx, periods, wish)
    today = batch.now.astimezone(wish.period.zone).date()
    asked, complained = [], []
    for period, counts in zip(periods, series, strict=True):
        shared, filed = dissatisfaction(counts.tally), counts.complaints - counts.grown
        asked.append(
            Observation(
                period.code,
                period.first,
                period.last,
                shared.part,
                shared.n,
                is_growing(period.last, maturity, Cohort.ANSWERS, today),
            )
        )
        complained.append(
            Observation(
                period.code,
                period.first,
                period.last,
                filed,
                counts.deliveries,
                is_growing(period.last, maturity, Cohort.COMPLAINTS, today),
            )
        )
    return Trend(
        grain,
        "",
        replace(p_chart(asked, len(periods)), awaited_days=maturity.answers),
        replace(u_chart(complained, len(periods)), awaited_days=maturity.complaints),
    )


_GRAIN_NAMES: dict[Kind, Grain] = {Kind.DAY: "day", Kind.WEEK: "week", Kind.MONTH: "month"}


def _choose_grain(period: Period) -> Kind:
    if period.kind is Kind.YEAR:
        return Kind.MONTH
    return (
        Kind.DAY
        if period.kind is Kind.DAY or (period.kind is Kind.RANGE and period.days <= _SHORT_RANGE_DAYS)
        else Kind.WEEK
    )


def _make_worst(batch: Batch, case: rows.PressingCase, language: str) -> WorstCase:
    company = batch.services.company
    known = company.categories.get(case.category)
    is_open = case.state in UNSOLVED
    return WorstCase(
        case.number,
        localize(known.name, language) if known else case.category,
        company.department_name(case.department, language) or "–",
        company.severity_name(case.severity, language),
        case.state.value,
        case.opened_at,
        (batch.now - case.opened_at).total_seconds() if case.seconds is None else case.seconds,
        open=is_open,
        rounds=case.rounds,
        late=case.late,
        overdue=case.late and is_open,
        reopened=case.reopened,
        regulator=case.appealed,
        dissatisfied=case.dissatisfied,
    )


def _make_plan(batch: Batch, measure: rows.CorrectiveMeasure, language: str) -> CorrectivePlan:
    if measure.ended_at is None:
        keeping = PlanStatus.OVERDUE if measure.due_at < batch.now else PlanStatus.RUNNING
    else:
        keeping = PlanStatus.KEPT if measure.ended_at <= measure.due_at else PlanStatus.LATE
    department = batch.services.company.department_name(measure.department, language) or "–"
    return CorrectivePlan(
        measure.number, department, mask_phones(measure.measure), mask_phones(measure.goal), measure.due_at, keeping
    )
