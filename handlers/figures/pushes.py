"""What is sent of its own accord when a period is over: its summary to management, to each department its own (M9).

1. One timer for each kind of period, due at `push_at` of the first day after it. Which period is meant is read off that due moment, not off
   the clock: a late push is about the period that it was set for. Each pushed period sets the next: every one is pushed once, none is left
   out; with several replicas the one that claims the timer pushes.
2. After a long stop every missed week, month, quarter and year is sent late. Of days only the last seven; one line says which are not.
3. A period in which nothing happened is one line to management, and nothing to departments. With a month come the scores of departments,
   with a quarter the report.
4. Management is its group, where the bot can write, else every manager in private. A department without such a group is not pushed to.
5. A changed `push_at` or time zone moves what is set, and never to another day; a kind that the file no longer names is forgotten.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.company import Company
from domain.figures.period import Kind, Period, ended, next_start
from domain.figures.score import Score, score, shares
from domain.figures.totals import cover
from domain.people import Role
from domain.surveys.survey import words
from handlers.figures import reporting, summaries
from handlers.turns.batch import Batch
from reports.wording.wording import period_line
from storage import meta
from storage.figures import figures
from storage.figures.figures import Wish
from storage.people import groups, people
from storage.people.groups import Group
from storage.queue import outbox, timers

PUSH = "push"
"""Kind of the timers; the subject is the kind of period."""

DAYS = 7
"""Days that are sent late."""

_DAY = timedelta(days=1)
_SETTINGS = "pushes"


async def arm(batch: Batch) -> None:
    """At the start of the process: a timer for each kind that the file names, as it names it."""
    company = batch.services.company
    settings = json.dumps([sorted(company.figures.pushes), company.figures.push_at, company.identity.timezone])
    before = await meta.get(batch.tx, _SETTINGS)
    zone = ZoneInfo(json.loads(before)[2]) if before is not None else company.zone
    for kind in (Kind.DAY, Kind.WEEK, Kind.MONTH, Kind.QUARTER, Kind.YEAR):
        due = await timers.due_at(batch.tx, PUSH, kind.value)
        if kind.value not in company.figures.pushes:
            if due is not None:
                batch.cancel_timer(PUSH, kind.value)
        elif due is None:
            batch.set_timer(PUSH, kind.value, _next(company, kind, batch.now))
        elif before != settings:
            batch.set_timer(PUSH, kind.value, _moment(company, due.astimezone(zone).date()))
    if before != settings:
        await meta.put(batch.tx, _SETTINGS, settings)


async def fire(batch: Batch, subject: str, due_at: datetime) -> None:
    """Push the period that had ended when this timer was due, and set the timer of the next."""
    kind, company = Kind(subject), batch.services.company
    if subject not in company.figures.pushes:
        return
    day = due_at.astimezone(company.zone).date()
    earliest = _earliest(company, batch.now) if kind is Kind.DAY else day
    if day < earliest:
        batch.set_timer(PUSH, subject, _moment(company, earliest))
        await _skipped(batch, day - _DAY, earliest - 2 * _DAY)
        return
    batch.set_timer(PUSH, subject, _moment(company, next_start(kind, day)))
    await push(batch, ended(kind, day, company.zone))


async def push(batch: Batch, period: Period) -> None:
    """To management the whole, to each department its own."""
    company = batch.services.company
    for chat, language in (await _management(batch)).items():
        await _to_management(batch, period, chat, language)
    for group in await groups.bound(batch.tx):
        if group.department in company.answering and group.here:
            await _to_department(batch, period, group.department, group)


async def _to_management(batch: Batch, period: Period, chat: int, language: str) -> None:
    if await _is_empty(batch, Wish(period)):
        batch.say(chat, _nothing(batch, period, language), priority=outbox.STAFF)
        return
    await summaries.owe(batch, chat, language, Wish(period), priority=outbox.STAFF)
    if period.kind is Kind.MONTH:
        scores = await _scores(batch, period, batch.services.company.answering, language)
        batch.say(chat, scores, priority=outbox.STAFF)
    if period.kind is Kind.QUARTER:
        await reporting.owe(batch, chat, language, period)


async def _to_department(batch: Batch, period: Period, department: str, group: Group) -> None:
    wish = Wish(period, departments=(department,))
    if await _is_empty(batch, wish):
        return
    await summaries.owe(batch, group.chat_id, group.language, wish, priority=outbox.STAFF)
    if period.kind is Kind.MONTH:
        scores = await _scores(batch, period, (department,), group.language)
        batch.say(group.chat_id, scores, priority=outbox.STAFF)


async def _scores(batch: Batch, period: Period, departments: Sequence[str], language: str) -> str:
    """The scores of the month, each with its parts and their n."""
    company, texts = batch.services.company, batch.services.texts
    lines = [texts.html(language, "push-scores")]
    for department in departments:
        summary = await figures.summary(batch.tx, Wish(period, departments=(department,)), batch.now)
        scored = score(shares(summary.now.strata, summary.casework), company.figures.score_weights)
        name = words(company.departments[department].name, language)
        value = f"{scored.value:.1f}" if scored.value is not None else "none"
        parts = _parts(batch, scored, language)
        lines.append(texts.html(language, "push-score", {"name": name, "score": value, "parts": parts}))
    return "\n".join(lines)


def _parts(batch: Batch, scored: Score, language: str) -> str:
    texts = batch.services.texts
    told = [
        texts.plain(
            language,
            f"push-score-{part.name.replace('_', '-')}",
            {"value": f"{part.value:.0f}" if part.value is not None else "none", "n": part.n},
        )
        for part in scored.parts
    ]
    return " · ".join(told)


async def _skipped(batch: Batch, first: date, last: date) -> None:
    """Days that are not sent any more, said once, to management alone."""
    args: dict[str, str | int] = {"count": (last - first).days + 1, "first": str(first), "last": str(last)}
    for chat, language in (await _management(batch)).items():
        batch.say(chat, batch.services.texts.html(language, "push-days-skipped", args), priority=outbox.STAFF)


def _nothing(batch: Batch, period: Period, language: str) -> str:
    texts = batch.services.texts
    line = period_line(lambda key, /, **values: texts.plain(language, key, values), period)
    return texts.html(language, "push-empty", {"period": line})


async def _management(batch: Batch) -> dict[int, str]:
    """Chats and their languages."""
    group = await groups.of_department(batch.tx, batch.services.company.management)
    if group is not None and group.here:
        return {group.chat_id: group.language}
    managers = await people.holders(batch.tx, Role.MANAGER)
    return {manager.telegram_id: manager.language for manager in managers if manager.reachable}


async def _is_empty(batch: Batch, wish: Wish) -> bool:
    """Whether nothing was delivered, rated or complained about."""
    days = cover(wish.period.first, wish.period.last + _DAY)
    now = await figures.counted(batch.tx, days, wish)
    return not any((now.deliveries, now.tally.n, now.surveyed, now.complaints, now.opened))


def _earliest(company: Company, now: datetime) -> date:
    """The first morning on which a day's push is still sent, counted back from the last one that has come."""
    today = now.astimezone(company.zone).date()
    latest = today if _moment(company, today) <= now else today - _DAY
    return latest - (DAYS - 1) * _DAY


def _next(company: Company, kind: Kind, now: datetime) -> datetime:
    """When the period that runs now, or has just ended, is to be pushed."""
    today = now.astimezone(company.zone).date()
    begun = ended(kind, today, company.zone).last + _DAY
    due = _moment(company, begun)
    return due if due > now else _moment(company, next_start(kind, today))


def _moment(company: Company, day: date) -> datetime:
    """`push_at` of this day; where the clock skips it, as much later as it skips."""
    return datetime.combine(day, time.fromisoformat(company.figures.push_at), company.zone)
