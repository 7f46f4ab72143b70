"""Delivery trace, `/why WAYBILL`: what became of asking about a delivery: what happened, why, and what comes next and when."""

from datetime import datetime, timedelta

from domain.deliveries.delivery import UNREACHED_FATES, Fate, PhoneCallState
from domain.masking import mask_name, mask_phone
from handlers.access import rights
from handlers.access.rights import Right
from handlers.cases.life import cards
from handlers.turns.turn import Turn
from storage.deliveries import delivery_trace
from storage.deliveries.delivery_trace import DeliveryTrace
from texts.length import trim

_SHOWN_CHARACTERS = 64
_OPEN_STATES = frozenset({PhoneCallState.LISTED, PhoneCallState.TAKEN})


async def on_command(turn: Turn, args: str) -> None:
    """`/why WAYBILL`, for managers and quality; covers each source that has the waybill."""
    if not await rights.may(turn, Right.OVERSEE):
        turn.say("only-oversight")
        return
    waybill = args.strip()
    if not waybill:
        turn.say("why-how")
        return
    traces = await delivery_trace.list_traces(turn.tx, waybill)
    if not traces:
        turn.say("why-unknown", waybill=trim(waybill, _SHOWN_CHARACTERS))
        return
    lines = [turn.text("why-several", count=len(traces))] if len(traces) > 1 else []
    lines += ["\n".join(_draw_trace(turn, one)) for one in traces]
    turn.say_html("\n\n".join(lines))


def _draw_trace(turn: Turn, trace: DeliveryTrace) -> list[str]:
    rules = turn.company.invitations
    percent = f"{rules.sampling.get(trace.priority, 100):g}"
    lines = [
        turn.text("why-head", waybill=trace.waybill, source=trace.source, at=_format_moment(turn, trace.delivered_at)),
        turn.text("why-sampling", priority=trace.priority or turn.plain("ledger-no-priority"), percent=percent),
        turn.text("why-customer", who=", ".join(filter(None, (mask_name(trace.name), mask_phone(trace.phone)))) or "—"),
        _draw_fate(turn, trace),
    ]
    if trace.entered_by:
        lines.append(turn.text("why-entered-by", name=trace.entered_by))
    if trace.reminded_at is not None:
        lines.append(turn.text("why-reminded", at=_format_moment(turn, trace.reminded_at)))
    if trace.call is not None and (trace.call not in _OPEN_STATES or trace.fate in UNREACHED_FATES):
        lines.append(turn.text(f"why-call-{_text_key(trace.call)}", name=trace.taker or "—", attempts=trace.attempts))
    return [*lines, *_draw_next(turn, trace)]


def _draw_fate(turn: Turn, trace: DeliveryTrace) -> str:
    """The delivery's fate as a sentence."""
    rules = turn.company.invitations
    asked, how = _format_optional_moment(turn, trace.invited_at), turn.plain(f"why-origin-{trace.origin or 'sent'}")
    args: dict[str, str | int] = {}
    match trace.fate:
        case Fate.SENT:
            args = {"at": asked}
        case Fate.OPENED:
            args = {"at": asked, "how": how}
        case Fate.ANSWERED:
            args = {
                "at": _format_optional_moment(turn, trace.answered_at),
                "asked": asked,
                "how": how,
                "count": trace.answers,
            }
        case Fate.PHONED:
            args = {"at": _format_optional_moment(turn, trace.answered_at), "count": trace.answers}
        case Fate.EXPIRED:
            args = {"asked": asked, "at": _format_optional_moment(turn, trace.expires_at)}
        case Fate.TOO_SOON:
            args = {"at": _format_optional_moment(turn, trace.asked_at), "days": f"{rules.ask_every_days:g}"}
        case Fate.STOPPED:
            args = {"at": _format_optional_moment(turn, trace.stopped_at)}
        case Fate.TOO_LATE:
            args = {"days": f"{rules.invite_within_days:g}"}
        case Fate.WAITING | Fate.SAMPLED_OUT | Fate.UNREACHABLE | Fate.BLOCKED:
            pass
    if trace.fate is Fate.ANSWERED and not trace.answers:
        return turn.text("why-answered-anonymous", asked=asked, how=how)
    return turn.text(f"why-{_text_key(trace.fate)}", **args)


def _draw_next(turn: Turn, trace: DeliveryTrace) -> list[str]:
    """What will happen automatically, and when."""
    rules, until = (
        turn.company.invitations,
        trace.delivered_at + timedelta(days=turn.company.invitations.invite_within_days),
    )
    lines: list[str] = []
    if trace.fate is Fate.WAITING and trace.next_try is not None:
        lines.append(turn.text("why-next-try", at=_format_moment(turn, trace.next_try)))
    if trace.fate is Fate.SENT and trace.reminded_at is None and trace.invited_at is not None:
        reminder = trace.invited_at + timedelta(hours=rules.remind_after_hours)
        if trace.expires_at is not None and reminder < trace.expires_at:
            lines.append(turn.text("why-next-reminder", at=_format_moment(turn, reminder)))
    if trace.fate in {Fate.SENT, Fate.OPENED} and trace.expires_at is not None:
        lines.append(turn.text("why-next-expiry", at=_format_moment(turn, trace.expires_at)))
    if trace.fate in UNREACHED_FATES and turn.now <= until:
        lines.append(turn.text(f"why-next-{trace.fate.value}", at=_format_moment(turn, until)))
        if trace.call is None:
            lines.append(turn.text("why-next-call" if trace.phone else "why-next-no-number"))
        elif trace.call in _OPEN_STATES:
            lines.append(turn.text("why-next-listed", at=_format_moment(turn, until)))
    return lines or [turn.text("why-next-nothing")]


def _format_optional_moment(turn: Turn, at: datetime | None) -> str:
    return _format_moment(turn, at) if at is not None else "—"


def _format_moment(turn: Turn, at: datetime) -> str:
    return cards.format_moment(at, turn.company)


def _text_key(value: str) -> str:
    return value.replace("_", "-")
