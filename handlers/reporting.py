"""`/report`: what a period's report says is gathered in the transaction, written as PDF when its turn to be sent comes (M8).

1. Managers get the whole company's, or one department's if they name it; a head gets the own department's. Everybody in a group reads along,
   so a department's group gets the department's.
2. Without a period it is the last whole month in the first ten days of a month, then this month so far.
3. Nothing personal is gathered: cases by number, couriers and routes by key, measures with their phone numbers masked.
"""

from dataclasses import replace
from datetime import timedelta

from conversations.buttons import Paper
from domain.breakdown import By
from domain.case import UNSOLVED
from domain.company import Company
from domain.control import Grain, Observed, Trend, p_chart, u_chart
from domain.evidence import HIDDEN_BELOW
from domain.figures import dissatisfied
from domain.findings import apart
from domain.people import mask_phones
from domain.period import Kind, Period, PeriodError, ended, parse_period
from domain.summary import Summary, Unit
from domain.survey import words
from domain.totals import cover
from handlers import drawn, scope
from handlers.batch import Batch, Turn
from reports.report import Keeping, Plan, Report, Standouts, Worst
from storage import figures, outbox
from storage import reports as rows
from storage.figures import Wish

NEW_MONTH = 10
"""Days of a month in which a report without a period is about the month before."""

WORST, PLANS, APART = 12, 24, 8
_DAY = timedelta(days=1)
_SHORT = 14


async def command(turn: Turn, args: str) -> None:
    """`/report [period] [department]`."""
    text, department = _department(turn.company, args)
    await _asked(turn, text, department)


async def pressed(turn: Turn, button: Paper) -> None:
    """The report of the period whose summary was looked at."""
    await _asked(turn, button.period, None)


async def owe(batch: Batch, chat: int, language: str, period: Period, department: str | None = None) -> None:
    """The report of this period, of one department where it is named, is owed to this chat."""
    found = await gather(batch, period, language, department)
    texts, name = batch.services.texts, f"{period.first}_{period.last}"
    caption = texts.html(
        language,
        "report-caption",
        {
            "company": found.company,
            "scope": found.scope or "none",
            "first": str(period.first),
            "last": str(period.last),
        },
    )
    filename = texts.plain(language, "report-file", {"code": name})
    priority = outbox.PEOPLE if chat > 0 else outbox.STAFF
    drawn.file(batch, chat, "report", found, filename=filename, language=language, caption=caption, priority=priority)


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


async def _asked(turn: Turn, text: str, department: str | None) -> None:
    """Whoever may see it gets the report; others are told why not."""
    scoped = await _scope(turn, department)
    if scoped is None:
        return
    try:
        period = parse_period(text, turn.now, turn.company.zone) if text else default_period(turn)
    except PeriodError as error:
        turn.toast(error.key, alert=True, **error.values)
        return
    await owe(turn.batch, turn.chat, turn.language, period, scoped or None)


def default_period(turn: Turn) -> Period:
    """Last month as long as this one is young."""
    today = turn.now.astimezone(turn.company.zone).date()
    if today.day <= NEW_MONTH:
        return ended(Kind.MONTH, today, turn.company.zone)
    return parse_period("month", turn.now, turn.company.zone)


async def _scope(turn: Turn, department: str | None) -> str | None:
    """The department that the report is about, "" for all of them, None where there is none for this person (who has been told)."""
    person, seen = turn.person, await scope.of(turn)
    if person.is_manager:
        open_to = turn.company.answering if seen is None else seen
        if seen is None and department is None:
            return ""
    else:
        headed = [one for one in turn.company.answering if person.is_head_of(one)]
        open_to = tuple(one for one in headed if seen is None or one in seen)
    if not open_to:
        turn.toast("report-only-managers", alert=True)
        return None
    if department is None and len(open_to) == 1:
        return open_to[0]
    if department in open_to:
        return department
    names = ", ".join(open_to)
    turn.toast("report-one-department" if department is None else "report-not-yours", alert=True, departments=names)
    return None


def _department(company: Company, args: str) -> tuple[str, str | None]:
    """What is left of the request, and the department it names by its key or its name."""
    text = args.strip()
    for key, one in company.departments.items():
        for name in (key, *one.name.values()):
            if text.casefold().endswith(name.casefold()) and name:
                return text[: len(text) - len(name)].strip(), key
    return text, None


def _named(found: Summary, company: Company, language: str) -> Summary:
    """Departments and categories by their names, and the company's bounds."""

    def category(one: Unit) -> Unit:
        known = company.categories.get(one.key)
        return replace(one, name=words(known.name, language) if known else one.key or "–")

    return replace(
        found,
        units=tuple(replace(one, name=_department_name(company, one.key, language)) for one in found.units),
        categories=tuple(category(one) for one in found.categories),
        satisfied_from=company.figures.satisfied_from,
        basically_from=company.figures.basically_from,
    )


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
        one.severity,
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
