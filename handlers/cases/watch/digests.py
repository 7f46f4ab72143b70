"""Morning digest: what is overdue and what falls due today, to each department its own, to management all of it.

One timer for the company, due on the next working morning; after a stop of any length it fires late, and only once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.cases.case import Case
from domain.cases.deadlines import Deadline
from domain.timer_kinds import TimerKind
from handlers.cases.life import cards, deadlines
from handlers.cases.watch import backups
from handlers.turns.batch import Batch
from storage.backup import record
from storage.cases import cases
from storage.people import groups
from storage.queue.outbox import Priority
from storage.queue.timers import Timer

SHOWN_CASES = 20

CALENDAR_WARNING = timedelta(days=30)
"""How far ahead the holidays should be known; otherwise management is warned each morning."""


@dataclass(frozen=True, slots=True)
class OwedCase:
    """One case that is late or falls due today, with the deadline that says so."""

    case: Case
    deadline: Deadline


async def on_timer(batch: Batch, _timer: Timer) -> None:
    """Send the digests, and set the timer for the next working morning."""
    set_morning_timer(batch)
    company = batch.services.company
    owing = await _list_owed(batch)
    for department in company.case_departments:
        own = [one for one in owing if one.case.department == department]
        group = await groups.find_by_department(batch.tx, department)
        if own and group is not None and group.here:
            batch.say(group.chat_id, draw_digest(batch, own, group.language), priority=Priority.STAFF)
    late = [one for one in owing if one.deadline.due_at <= batch.now]
    management = await groups.find_by_department(batch.tx, company.management)
    if management is None or not management.here:
        return
    kept = await backups.describe_backups(batch, management.language)
    if late:
        html = draw_digest(batch, late, management.language, departments=True) + f"\n\n{kept}" * bool(kept)
        batch.say(management.chat_id, html, priority=Priority.STAFF)
    elif await record.fetch_trouble(batch.tx) is not None:
        batch.say(management.chat_id, kept, priority=Priority.STAFF)
    if (reach := company.calendar.known_until) is not None and reach < batch.now.date() + CALENDAR_WARNING:
        html = batch.services.texts.html(management.language, "digest-calendar", {"reach": reach.isoformat()})
        batch.say(management.chat_id, html, priority=Priority.STAFF)


def set_morning_timer(batch: Batch) -> None:
    batch.set_timer(TimerKind.MORNING_DIGEST, TimerKind.MORNING_DIGEST, find_next_morning(batch))


def find_next_morning(batch: Batch) -> datetime:
    """The next working day's digest time after now; if the calendar has no working day soon, the next day's."""
    company = batch.services.company
    local = batch.now.astimezone(company.zone)
    days = [local.date() + timedelta(days=n) for n in range(32)]
    mornings = [company.find_digest_time(day) for day in days]
    coming = [one for one in mornings if one > local]
    return next((one for one in coming if company.calendar.ranges(one.date())), coming[0])


def draw_digest(batch: Batch, owing: Sequence[OwedCase], language: str, *, departments: bool = False) -> str:
    """The digest's text: what is late first, then what falls due today."""
    texts, company = batch.services.texts, batch.services.company
    late = [one for one in owing if one.deadline.due_at <= batch.now]
    today = [one for one in owing if one.deadline.due_at > batch.now]
    lines = [texts.html(language, "digest-head", {"late": len(late), "today": len(today)})]
    for key, section in (("digest-late", late), ("digest-today", today)):
        if not section:
            continue
        lines.append("\n" + texts.html(language, key, {}))
        for owed in section[:SHOWN_CASES]:
            args: dict[str, str | int] = {
                "number": owed.case.number,
                "stage": texts.plain(language, f"stage-{owed.deadline.stage.value}"),
                "due": cards.format_moment(owed.deadline.due_at, company),
                "who": company.department_name(owed.case.department, language)
                if departments
                else owed.case.owner_name or "—",
            }
            lines.append(texts.html(language, "digest-line", args))
        if len(section) > SHOWN_CASES:
            lines.append(texts.html(language, "digest-more", {"count": len(section) - SHOWN_CASES}))
    return "\n".join(lines)


async def _list_owed(batch: Batch) -> list[OwedCase]:
    """Every case whose earliest running deadline is past, or falls on today in company time."""
    company = batch.services.company
    today = batch.now.astimezone(company.zone).date()
    unsolved = await cases.list_unsolved(batch.tx, list(company.departments), limit=1000)
    histories = await cases.fetch_histories(batch.tx, [case.id for case in unsolved])
    owing = []
    for case in unsolved:
        running = [one for one in deadlines.list_deadlines(batch, case, histories[case.id]) if one.ended_at is None]
        first = min(running, key=lambda one: one.due_at, default=None)
        if first is not None and first.due_at.astimezone(company.zone).date() <= today:
            owing.append(OwedCase(case, first))
    return sorted(owing, key=lambda one: one.deadline.due_at)
