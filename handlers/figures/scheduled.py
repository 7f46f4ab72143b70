"""Scheduled pushes (M9): when a period is over, its summary goes to management, and each department gets its own.

1. One timer for each kind of period, due at `push_at` on the first day after it. The due moment, not the clock, says
   which period is meant: a late push is about the period it was set for. Each push sets the next timer: every period is
   pushed once, none is skipped; of several replicas the one that claims the timer pushes.
2. After a long stop every missed week, month, quarter and year is sent late. Of missed days only the last seven are
   sent; one line says which are not.
3. For a period in which nothing happened management gets one line, departments nothing. A month comes with the scores
   of departments, a quarter with the report.
4. Management means its group if the bot can write there, else every manager in private. A department without such a
   group gets no push.
5. A changed `push_at` or time zone moves the timers that are set, but never to another day; a kind no longer in the
   file is dropped.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.company import Company
from domain.figures.period import Kind, Period, find_last_ended, next_start
from domain.figures.totals import compute_cover
from domain.people import Role
from domain.timer_kinds import TimerKind
from handlers.figures import rankings, reports, summaries
from handlers.turns.batch import Batch
from reports.wording.wording import format_period
from storage import installation
from storage.figures import figures
from storage.figures import rankings as ranking_rows
from storage.figures.figures import FigureQuery
from storage.people import groups, people
from storage.people.groups import Group
from storage.queue import timers
from storage.queue.outbox import Priority
from storage.queue.timers import Timer

LATE_DAYS = 7
"""The most days that are sent late."""

_DAY = timedelta(days=1)
_SETTINGS_KEY = "pushes"


async def set_timers(batch: Batch) -> None:
    """Set a timer for each kind of period in the company file, when the process starts."""
    company = batch.services.company
    settings = json.dumps([sorted(company.figures.pushes), company.figures.push_at, company.identity.timezone])
    before = await installation.get(batch.tx, _SETTINGS_KEY)
    zone = ZoneInfo(json.loads(before)[2]) if before is not None else company.zone
    for kind in (Kind.DAY, Kind.WEEK, Kind.MONTH, Kind.QUARTER, Kind.YEAR):
        due = await timers.find_due_at(batch.tx, TimerKind.SCHEDULED_SUMMARY, kind.value)
        if kind.value not in company.figures.pushes:
            if due is not None:
                batch.cancel_timer(TimerKind.SCHEDULED_SUMMARY, kind.value)
        elif due is None:
            batch.set_timer(TimerKind.SCHEDULED_SUMMARY, kind.value, _find_next_push(company, kind, batch.now))
        elif before != settings:
            batch.set_timer(
                TimerKind.SCHEDULED_SUMMARY, kind.value, company.find_push_time(due.astimezone(zone).date())
            )
    if before != settings:
        await installation.put(batch.tx, _SETTINGS_KEY, settings)


async def on_timer(batch: Batch, timer: Timer) -> None:
    """Push the period that had ended when this timer was due, and set the timer for the next."""
    subject, due_at = timer.subject, timer.due_at
    kind, company = Kind(subject), batch.services.company
    if subject not in company.figures.pushes:
        return
    day = due_at.astimezone(company.zone).date()
    earliest = _find_earliest_morning(company, batch.now) if kind is Kind.DAY else day
    if day < earliest:
        batch.set_timer(TimerKind.SCHEDULED_SUMMARY, subject, company.find_push_time(earliest))
        await _tell_skipped_days(batch, day - _DAY, earliest - 2 * _DAY)
        return
    batch.set_timer(TimerKind.SCHEDULED_SUMMARY, subject, company.find_push_time(next_start(kind, day)))
    await push_period(batch, find_last_ended(kind, day, company.zone))


async def push_period(batch: Batch, period: Period) -> None:
    """Push the whole to management, and to each department its own."""
    company = batch.services.company
    for chat, language in (await _list_management_chats(batch)).items():
        await _push_to_management(batch, period, chat, language)
    for group in await groups.list_bound(batch.tx):
        if group.department in company.case_departments and group.here:
            await _push_to_department(batch, period, group.department, group)


async def _push_to_management(batch: Batch, period: Period, chat: int, language: str) -> None:
    if await _is_empty(batch, FigureQuery(period)):
        batch.say(chat, _draw_empty_period(batch, period, language), priority=Priority.STAFF)
        return
    await summaries.owe_summary(batch, chat, language, FigureQuery(period), priority=Priority.STAFF)
    if period.kind is Kind.MONTH:
        scores = await _draw_scores(batch, period, batch.services.company.case_departments, language)
        batch.say(chat, scores, priority=Priority.STAFF)
    if period.kind is Kind.QUARTER:
        await reports.owe_report(batch, chat, language, period)


async def _push_to_department(batch: Batch, period: Period, department: str, group: Group) -> None:
    wish = FigureQuery(period, departments=(department,))
    if await _is_empty(batch, wish):
        return
    await summaries.owe_summary(batch, group.chat_id, group.language, wish, priority=Priority.STAFF)
    if period.kind is Kind.MONTH:
        scores = await _draw_scores(batch, period, (department,), group.language)
        batch.say(group.chat_id, scores, priority=Priority.STAFF)


async def _draw_scores(batch: Batch, period: Period, departments: Sequence[str], language: str) -> str:
    """The scores of the month, as `/leaderboard` shows them."""
    weights = batch.services.company.figures.score_weights
    scores = await ranking_rows.fetch_scores(batch.tx, period, departments, weights, batch.now)
    head = batch.services.texts.html(language, "score-head")
    return "\n".join([head, *rankings.draw_scores(batch, scores, language)])


async def _tell_skipped_days(batch: Batch, first: date, last: date) -> None:
    """Tell management, once, which days are no longer sent."""
    args: dict[str, str | int] = {"count": (last - first).days + 1, "first": str(first), "last": str(last)}
    for chat, language in (await _list_management_chats(batch)).items():
        batch.say(chat, batch.services.texts.html(language, "push-days-skipped", args), priority=Priority.STAFF)


def _draw_empty_period(batch: Batch, period: Period, language: str) -> str:
    texts = batch.services.texts
    line = format_period(lambda key, /, **values: texts.plain(language, key, values), period)
    return texts.html(language, "push-empty", {"period": line})


async def _list_management_chats(batch: Batch) -> dict[int, str]:
    """Chats and their languages."""
    group = await groups.find_by_department(batch.tx, batch.services.company.management)
    if group is not None and group.here:
        return {group.chat_id: group.language}
    managers = await people.list_holders(batch.tx, Role.MANAGER)
    return {manager.telegram_id: manager.language for manager in managers if manager.reachable}


async def _is_empty(batch: Batch, wish: FigureQuery) -> bool:
    """Whether nothing was delivered, rated or complained about."""
    days = compute_cover(wish.period.first, wish.period.last + _DAY)
    now = await figures.fetch_counts(batch.tx, days, wish)
    return not any((now.deliveries, now.tally.n, now.surveyed, now.complaints, now.opened))


def _find_earliest_morning(company: Company, now: datetime) -> date:
    """The first morning on which a day's push is still sent, counted back from the last one that has come."""
    today = now.astimezone(company.zone).date()
    latest = today if company.find_push_time(today) <= now else today - _DAY
    return latest - (LATE_DAYS - 1) * _DAY


def _find_next_push(company: Company, kind: Kind, now: datetime) -> datetime:
    """When the period now running, or just ended, is to be pushed."""
    today = now.astimezone(company.zone).date()
    begun = find_last_ended(kind, today, company.zone).last + _DAY
    due = company.find_push_time(begun)
    return due if due > now else company.find_push_time(next_start(kind, today))
