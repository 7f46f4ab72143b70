"""Delivery trace, `/why WAYBILL`: what became of asking about a delivery: what happened, why, and what comes next and when."""

from datetime import datetime, timedelta

from domain.deliveries.delivery import UNREACHED_FATES, Fate, PhoneCallState
from domain.people import mask_name, mask_phone
from handlers.access import visibility
from handlers.cases.life import cards
from handlers.turns.turn import Turn
from storage.deliveries import delivery_trace
from storage.deliveries.delivery_trace import DeliveryTrace
from texts.length import trim

_SHOWN_CHARACTERS = 64
_OPEN_STATES = frozenset({PhoneCallState.LISTED, PhoneCallState.TAKEN})


async def on_command(turn: Turn, args: str) -> None:
    """`/why WAYBILL`, for managers and quality; covers each source that has the waybill."""
    if not await visibility.may_oversee(turn):
        turn.say("only-oversight")
        return
    waybill = args.strip()
    if not waybill:
        turn.say("why-how")
        return
    found = await delivery_trace.list_traces(turn.tx, waybill)
    if not found:
        turn.say("why-unknown", waybill=trim(waybill, _SHOWN_CHARACTERS))
        return
    lines = [turn.text("why-several", count=len(found))] if len(found) > 1 else []
    lines += ["\n".join(_draw_trace(turn, one)) for one in found]
    turn.say_html("\n\n".join(lines))


def _draw_trace(turn: Turn, one: DeliveryTrace) -> list[str]:
    asking = turn.company.asking
    percent = f"{asking.sampling.get(one.priority, 100):g}"
    lines = [
        turn.text("why-head", waybill=one.waybill, source=one.source, at=_format_moment(turn, one.delivered_at)),
        turn.text("why-sampling", priority=one.priority or turn.plain("ledger-no-priority"), percent=percent),
        turn.text("why-customer", who=", ".join(filter(None, (mask_name(one.name), mask_phone(one.phone)))) or "—"),
        _draw_fate(turn, one),
    ]
    if one.entered_by:
        lines.append(turn.text("why-entered-by", name=one.entered_by))
    if one.reminded_at is not None:
        lines.append(turn.text("why-reminded", at=_format_moment(turn, one.reminded_at)))
    if one.call is not None and (one.call not in _OPEN_STATES or one.fate in UNREACHED_FATES):
        lines.append(turn.text(f"why-call-{_text_key(one.call)}", name=one.taker or "—", attempts=one.attempts))
    return [*lines, *_draw_next(turn, one)]


def _draw_fate(turn: Turn, one: DeliveryTrace) -> str:
    """The delivery's fate as a sentence."""
    asking = turn.company.asking
    asked, how = _format_optional_moment(turn, one.invited_at), turn.plain(f"why-origin-{one.origin or 'sent'}")
    args: dict[str, str | int] = {}
    match one.fate:
        case Fate.SENT:
            args = {"at": asked}
        case Fate.OPENED:
            args = {"at": asked, "how": how}
        case Fate.ANSWERED:
            args = {
                "at": _format_optional_moment(turn, one.answered_at),
                "asked": asked,
                "how": how,
                "count": one.answers,
            }
        case Fate.PHONED:
            args = {"at": _format_optional_moment(turn, one.answered_at), "count": one.answers}
        case Fate.EXPIRED:
            args = {"asked": asked, "at": _format_optional_moment(turn, one.expires_at)}
        case Fate.TOO_SOON:
            args = {"at": _format_optional_moment(turn, one.asked_at), "days": f"{asking.ask_every_days:g}"}
        case Fate.STOPPED:
            args = {"at": _format_optional_moment(turn, one.stopped_at)}
        case Fate.TOO_LATE:
            args = {"days": f"{asking.invite_within_days:g}"}
        case Fate.WAITING | Fate.SAMPLED_OUT | Fate.UNREACHABLE | Fate.BLOCKED:
            pass
    if one.fate is Fate.ANSWERED and not one.answers:
        return turn.text("why-answered-anonymous", asked=asked, how=how)
    return turn.text(f"why-{_text_key(one.fate)}", **args)


def _draw_next(turn: Turn, one: DeliveryTrace) -> list[str]:
    """What will happen automatically, and when."""
    asking, until = turn.company.asking, one.delivered_at + timedelta(days=turn.company.asking.invite_within_days)
    lines: list[str] = []
    if one.fate is Fate.WAITING and one.next_try is not None:
        lines.append(turn.text("why-next-try", at=_format_moment(turn, one.next_try)))
    if one.fate is Fate.SENT and one.reminded_at is None and one.invited_at is not None:
        reminder = one.invited_at + timedelta(hours=asking.remind_after_hours)
        if one.expires_at is not None and reminder < one.expires_at:
            lines.append(turn.text("why-next-reminder", at=_format_moment(turn, reminder)))
    if one.fate in {Fate.SENT, Fate.OPENED} and one.expires_at is not None:
        lines.append(turn.text("why-next-expiry", at=_format_moment(turn, one.expires_at)))
    if one.fate in UNREACHED_FATES and turn.now <= until:
        lines.append(turn.text(f"why-next-{one.fate.value}", at=_format_moment(turn, until)))
        if one.call is None:
            lines.append(turn.text("why-next-call" if one.phone else "why-next-no-number"))
        elif one.call in _OPEN_STATES:
            lines.append(turn.text("why-next-listed", at=_format_moment(turn, until)))
    return lines or [turn.text("why-next-nothing")]


def _format_optional_moment(turn: Turn, at: datetime | None) -> str:
    return _format_moment(turn, at) if at is not None else "—"


def _format_moment(turn: Turn, at: datetime) -> str:
    return cards.format_moment(at, turn.company)


def _text_key(value: str) -> str:
    return value.replace("_", "-")
