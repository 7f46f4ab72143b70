"""Phone list (S13): each morning yesterday's deliveries that cannot be asked about in chat, shown to the quality group.

1. One list for the company: what is still open from earlier days stays on it until it is finished or too old to be
   asked about.
2. A morning also lists what became unreachable after its day's list was made (somebody blocked the bot in the evening,
   the process was stopped), so the last day listed and the days since are scanned again.
3. The list shows masked names and last digits; it is one message per morning, edited in place, and always shows the
   current state.
"""

from datetime import UTC, date, datetime, time, timedelta

import msgspec

from conversations.buttons import PhoneCallButton, PhoneListButton
from conversations.protocol import Key, KeyboardRow, Text
from domain.deliveries.delivery import PhoneCallState
from domain.figures.period import parse_period
from domain.masking import mask_name, mask_phone
from domain.timer_kinds import TimerKind
from handlers.access import rights
from handlers.access.rights import Right
from handlers.cases.life import cards
from handlers.people import groups
from handlers.surveys import ledger
from handlers.turns.batch import Batch
from handlers.turns.pager import draw_pager
from handlers.turns.turn import Turn
from storage import installation
from storage.people import groups as group_rows
from storage.people.groups import Group
from storage.queue.outbox import Priority
from storage.queue.timers import Timer
from storage.surveys import phone_list
from storage.surveys.phone_list import PhoneCall

PAGE = 10
_BUTTONS_PER_ROW = 5
_DAY = timedelta(days=1)


class ShownList(msgspec.Struct, frozen=True):
    """The list shown in the group: the day it was made for, how many have no number, the page that is open."""

    day: str
    without: int = 0
    page: int = 0


async def on_timer(batch: Batch, _timer: Timer) -> None:
    """The morning: make the list, show it, and say whether yesterday adds up."""
    set_morning_timer(batch)
    company, before = batch.services.company, await _fetch_shown(batch)
    today = batch.now.astimezone(company.zone).date()
    yesterday = today - _DAY
    first = min(max(date.fromisoformat(before.day), _find_oldest_day(batch)), yesterday) if before else yesterday
    end = _find_midnight(batch, today)
    only, not_these = company.named_services
    span = (_find_midnight(batch, first), end, yesterday.isoformat(), batch.now)
    await phone_list.insert_unreached(batch.tx, *span, only=only, without=not_these)
    without = await phone_list.count_without_number(batch.tx, _find_midnight(batch, yesterday), end)
    shown = ShownList(yesterday.isoformat(), without)
    await _record_shown(batch, shown)
    counted = await ledger.fetch_ledger(batch, parse_period("yesterday", batch.now, company.zone))
    open_, _ = await phone_list.count_open(
        batch.tx, _find_cutoff(batch), _find_oldest_day(batch).isoformat(), shown.day
    )
    group = await _find_quality_group(batch)
    if group is not None:
        if open_ or without:
            await _show_list(batch, group, shown, fresh=True)
        if counted.deliveries:
            nothing = [] if open_ or without else [batch.services.texts.html(group.language, "calls-none")]
            text = ledger.draw_short(batch, counted, group.language)
            batch.say(group.chat_id, "\n".join([*nothing, text]), priority=Priority.STAFF)
    elif open_:
        for chat, language in (await groups.find_overseers(batch, company.quality)).items():
            html = batch.services.texts.html(language, "calls-no-group", {"count": open_, "key": company.quality})
            batch.say(chat, html, priority=Priority.STAFF)


def set_morning_timer(batch: Batch) -> None:
    """Set the timer for the next morning, even on a non-working day: what is not phoned then stays on the list."""
    company = batch.services.company
    local = batch.now.astimezone(company.zone)
    at = company.find_digest_time(local.date())
    if at <= local:
        at = company.find_digest_time(local.date() + _DAY)
    batch.set_timer(TimerKind.PHONE_LIST, TimerKind.PHONE_LIST, at)


async def on_command(turn: Turn, _args: str) -> None:
    """`/callbacks`: the list again, below everything else."""
    if not await rights.may(turn, Right.PHONE_CUSTOMERS):
        turn.say("calls-where")
        return
    group, shown = await _find_quality_group(turn.batch), await _fetch_shown(turn.batch)
    since, day = _find_cutoff(turn.batch), _find_oldest_day(turn.batch).isoformat()
    if group is None or shown is None or not (await phone_list.count_open(turn.tx, since, day, shown.day))[0]:
        turn.say("calls-none")
        return
    await _show_list(
        turn.batch, group, await _record_shown(turn.batch, msgspec.structs.replace(shown, page=0)), fresh=True
    )


async def turn_page(turn: Turn, button: PhoneListButton) -> None:
    """Turn to another page."""
    if await rights.may(turn, Right.PHONE_CUSTOMERS):
        await refresh_list(turn.batch, page=button.page, at=turn.pressed_at)
    else:
        turn.toast("not-yours", alert=True)


async def refresh_list(batch: Batch, *, page: int | None = None, at: int | None = None) -> None:
    """Redraw the list, on this page or the one that is open; `at` is the message that was pressed."""
    group, shown = await _find_quality_group(batch), await _fetch_shown(batch)
    if group is None or shown is None:
        return
    if page is not None and page != shown.page:
        shown = await _record_shown(batch, msgspec.structs.replace(shown, page=page))
    await _show_list(batch, group, shown, at=at)


def is_too_old(batch: Batch, phone_call: PhoneCall) -> bool:
    """Whether the delivery is too old to be asked about: more than a week."""
    return phone_call.delivered_at < _find_cutoff(batch)


async def list_other_waybills(batch: Batch, delivery: int) -> list[str]:
    """Other waybills that the same call can be about."""
    return await phone_list.list_same_number(
        batch.tx, delivery, _find_cutoff(batch), _find_oldest_day(batch).isoformat()
    )


# --- how it looks ----------------------------------------------------------------------------------------------------


async def _show_list(
    batch: Batch, group: Group, shown: ShownList, *, fresh: bool = False, at: int | None = None
) -> None:
    """Draw the list as it stands now."""
    since, day = _find_cutoff(batch), _find_oldest_day(batch).isoformat()
    open_, earlier = await phone_list.count_open(batch.tx, since, day, shown.day)
    page = min(shown.page, max(open_ - 1, 0) // PAGE)
    calls = await phone_list.list_page(batch.tx, since, day, PAGE, page * PAGE)
    counts = await phone_list.count_by_state(batch.tx, shown.day)

    def text(key: str, /, **args: str | int) -> str:
        return batch.services.texts.html(group.language, key, args)

    lines = [text("calls-head", day=shown.day, count=sum(counts.values()))]
    done = [
        text(f"calls-count-{state.replace('_', '-')}", count=counts[state])
        for state in PhoneCallState
        if state in counts and state is not PhoneCallState.LISTED
    ]
    lines += [" · ".join(done)] if done else []
    lines += [text("calls-earlier", count=earlier)] if earlier else []
    lines += [text("calls-without-number", count=shown.without)] if shown.without else []
    lines += ["", text("calls-open", count=open_)] if open_ else ["", text("calls-all-done")]
    for number, phone_call in enumerate(calls, page * PAGE + 1):
        lines.append(text("calls-line", number=number, **_make_line_args(batch, phone_call)))
        if phone_call.state is PhoneCallState.TAKEN:
            lines.append(text("calls-taken-by", name=phone_call.taker))
    batch.show(
        group.chat_id,
        f"calls:{shown.day}",
        "\n".join(lines),
        _draw_buttons(calls, page, open_),
        language=group.language,
        message_id=at,
        fresh=fresh,
        priority=Priority.STAFF,
    )


def _make_line_args(batch: Batch, phone_call: PhoneCall) -> dict[str, str | int]:
    return {
        "waybill": phone_call.waybill,
        "name": mask_name(phone_call.name) or "—",
        "phone": mask_phone(phone_call.phone),
        "at": cards.format_moment(phone_call.delivered_at, batch.services.company),
        "attempts": phone_call.attempts,
    }


def _draw_buttons(calls: list[PhoneCall], page: int, open_: int) -> tuple[KeyboardRow, ...]:
    keys = [
        Key(Text("calls-take", {"number": number}), PhoneCallButton(phone_call.delivery, "t", page))
        for number, phone_call in enumerate(calls, page * PAGE + 1)
        if phone_call.state is PhoneCallState.LISTED
    ]
    rows: list[KeyboardRow] = [tuple(keys[at : at + _BUTTONS_PER_ROW]) for at in range(0, len(keys), _BUTTONS_PER_ROW)]
    return (*rows, *draw_pager(PhoneListButton, page, more=(page + 1) * PAGE < open_))


# --- what is remembered ----------------------------------------------------------------------------------------------


async def _find_quality_group(batch: Batch) -> Group | None:
    group = await group_rows.find_by_department(batch.tx, batch.services.company.quality)
    return group if group is not None and group.here else None


async def _fetch_shown(batch: Batch) -> ShownList | None:
    kept = await installation.get(batch.tx, TimerKind.PHONE_LIST)
    return msgspec.json.decode(kept, type=ShownList) if kept else None


async def _record_shown(batch: Batch, shown: ShownList) -> ShownList:
    await installation.put(batch.tx, TimerKind.PHONE_LIST, msgspec.json.encode(shown).decode())
    return shown


def _find_cutoff(batch: Batch) -> datetime:
    """The cutoff: older deliveries are no longer asked about."""
    return batch.now - timedelta(days=batch.services.company.invitations.invite_within_days)


def _find_oldest_day(batch: Batch) -> date:
    """The first day whose deliveries may still be asked about."""
    return _find_cutoff(batch).astimezone(batch.services.company.zone).date()


def _find_midnight(batch: Batch, day: date) -> datetime:
    return datetime.combine(day, time.min, batch.services.company.zone).astimezone(UTC)
