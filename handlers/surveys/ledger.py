"""Survey ledger, `/ledger`: deliveries, invitations, responses and calls of a period side by side: nothing is missing,
nothing is counted twice.
"""

from typing import Protocol

from domain.figures.ledger import Ledger, LedgerLine, compute_ledger
from domain.figures.period import Period, PeriodError, parse_period
from handlers.access import rights
from handlers.access.rights import Right
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.surveys import ledger as rows


class _TextLookup(Protocol):
    """A message of texts/*.ftl in the reader's language."""

    def __call__(self, key: str, /, **args: str | int) -> str: ...


async def on_command(turn: Turn, args: str) -> None:
    """`/ledger [period]`; yesterday by default."""
    if not await rights.may(turn, Right.OVERSEE):
        turn.say("only-oversight")
        return
    try:
        period = parse_period(args.strip() or "yesterday", turn.now, turn.company.zone, turn.vocabulary.periods)
    except PeriodError as error:
        turn.say(error.key, **error.values)
        return
    ledger = await fetch_ledger(turn.batch, period)
    turn.say_html("\n".join(_draw_ledger(turn, period, ledger)))


async def fetch_ledger(batch: Batch, period: Period) -> Ledger:
    """The ledger of a period, from the tables as seen in this transaction."""
    anonymous = [name for name, survey in batch.services.surveys.items() if survey.anonymous]
    return compute_ledger(
        await rows.fetch_counts(batch.tx, period, anonymous), batch.services.company.invitations.sampling
    )


def draw_short(batch: Batch, ledger: Ledger, language: str) -> str:
    """Yesterday in three lines: what became of the deliveries, how many answered, and what is missing."""

    def text(key: str, /, **args: str | int) -> str:
        return batch.services.texts.html(language, key, args)

    fates = [
        (batch.services.texts.plain(language, f"fate-{_text_key(fate)}"), number) for fate, number in ledger.places
    ]
    places = " · ".join(text("ledger-short-place", place=place, count=number) for place, number in fates)
    lines = [text("ledger-short", count=ledger.deliveries), places, _draw_sum(text, ledger)]
    lines.append(
        text("ledger-responses", total=ledger.in_chat + ledger.by_phone, chat=ledger.in_chat, phone=ledger.by_phone)
    )
    return "\n".join([*lines, text("ledger-shortfall", count=ledger.shortfall), *_draw_differences(text, ledger)])


def _draw_ledger(turn: Turn, period: Period, ledger: Ledger) -> list[str]:
    text = turn.text
    lines = [text("ledger-head", first=period.first.isoformat(), last=period.last.isoformat(), days=period.days), ""]
    lines.append(text("ledger-deliveries", count=ledger.deliveries))
    lines += [text("ledger-place", place=turn.plain(f"fate-{_text_key(fate)}"), count=n) for fate, n in ledger.places]
    lines += [_draw_sum(text, ledger), "", text("ledger-invitations", count=sum(n for *_, n in ledger.invitations))]
    lines += [
        text("ledger-invited", origin=turn.plain(f"origin-{origin}"), state=turn.plain(f"invitation-{state}"), count=n)
        for origin, state, n in ledger.invitations
    ]
    lines += [text("ledger-other", origin=turn.plain(f"origin-{origin}"), count=n) for origin, n in ledger.others]
    responses = {"total": ledger.in_chat + ledger.by_phone, "chat": ledger.in_chat, "phone": ledger.by_phone}
    lines += ["", text("ledger-responses", **responses)]
    called = sum(n for _, n in ledger.calls) + ledger.overtaken
    lines += ["", text("ledger-calls", count=called)]
    lines += [
        text("ledger-place", place=turn.plain(f"calls-state-{_text_key(state)}"), count=n) for state, n in ledger.calls
    ]
    if ledger.overtaken:
        lines.append(text("ledger-place", place=turn.plain("calls-state-overtaken"), count=ledger.overtaken))
    if ledger.lines:
        lines += ["", text("ledger-priorities")]
        lines += [_draw_priority(turn, line) for line in ledger.lines]
        lines.append(text("ledger-shortfall", count=ledger.shortfall))
    return [*lines, *_draw_differences(text, ledger)]


def _draw_priority(turn: Turn, line: LedgerLine) -> str:
    return turn.text(
        "ledger-priority",
        priority=line.priority or turn.plain("ledger-no-priority"),
        deliveries=line.deliveries,
        percent=f"{line.percent:g}",
        target=line.target,
        sampled=line.sampled,
        asked=line.asked,
        answered=line.answered,
        phoned=line.phoned,
        shortfall=line.shortfall,
    )


def _draw_sum(text: _TextLookup, ledger: Ledger) -> str:
    holds = "yes" if ledger.placed == ledger.deliveries else "no"
    return text("ledger-sum", sum=ledger.placed, holds=holds, count=ledger.deliveries)


def _draw_differences(text: _TextLookup, ledger: Ledger) -> list[str]:
    """Where two tables disagree: a bug of ours, made visible."""
    return [
        text(f"ledger-differs-{check.name}", left=check.left, right=check.right)
        for check in ledger.checks
        if not check.holds and check.name != "places"
    ]


def _text_key(value: str) -> str:
    return value.replace("_", "-")
