"""`/campaign`: managers plan campaigns, approve those of others, look how they go, stop, resume and cancel them.

1. Only in a manager's private chat: role, chat and state are checked at each press.
2. Whoever lets a campaign run sets its timer before touching its row: the clock takes them in that order too (see `sending`).
"""

import msgspec

from conversations.buttons import Campaign as Button
from conversations.campaigns import campaign as dialogue
from conversations.campaigns.campaign_screens import short
from conversations.campaigns.campaign_states import Naming
from conversations.protocol import Key, Row, Text, Words
from domain.surveys.campaign import Campaign, Event, Progress, Refusal, State, allowed, start_of
from handlers.campaigns import campaign_cards as cards
from handlers.campaigns import sending
from handlers.cases.life.cards import moment
from handlers.turns import engine
from handlers.turns.batch import Turn
from storage.queue import timers
from storage.queue.timers import Timer
from storage.surveys import campaigns

PAGE = 6
_LIST = "campaigns"


async def campaign(turn: Turn) -> None:
    """All campaigns, the latest first, and a button for a new one."""
    if not turn.person.is_manager:
        turn.say("only-managers")
        return
    await _list(turn, 0, fresh=True)


async def pressed(turn: Turn, button: Button) -> None:
    await turn.know_roles()
    if not turn.person.is_manager:
        turn.toast("only-managers", alert=True)
        return
    if button.what == "l":
        await _list(turn, button.page, fresh=button.campaign != 0)
        return
    if button.what == "n":
        await _begin(turn)
        return
    found = await campaigns.get(turn.tx, button.campaign)
    if found is None:
        turn.toast("not-now")
    elif button.what in cards.ACTS:
        await _act(turn, found, cards.ACTS[button.what])
    elif button.what == "c" and not isinstance(allowed(found, Event.CANCEL, turn.person.id), Refusal):
        await _look(turn, found, really=True)
    else:
        await _look(turn, found, fresh=button.what == "o")


async def _look(turn: Turn, found: Campaign, *, fresh: bool = False, really: bool = False) -> None:
    await cards.show(turn.batch, found, [turn.person], fresh=fresh, at=_at(turn, fresh=fresh), really=really)


def _at(turn: Turn, *, fresh: bool = False) -> dict[int, int]:
    """The message that was pressed, where that is the card."""
    return {turn.person.id: turn.pressed_at} if turn.pressed_at is not None and not fresh else {}


async def _list(turn: Turn, page: int, *, fresh: bool) -> None:
    found = await campaigns.page(turn.tx, page * PAGE, PAGE + 1)
    shown = found[:PAGE]
    runs = {(one.id, one.run) for one in shown if one.state in _COUNTED}
    counted = await campaigns.progress(turn.tx, runs) if runs else {}
    lines = [turn.text("campaign-list", count=await campaigns.count(turn.tx))]
    lines += [_line(turn, one, counted.get((one.id, one.run))) for one in shown]
    rows: list[Row] = [(Key(Words(short(one.title)), Button(one.id, "o")),) for one in shown]
    turns = [Key(Text("form-previous"), Button(0, "l", page - 1))] if page else []
    turns += [Key(Text("form-next"), Button(0, "l", page + 1))] if len(found) > PAGE else []
    rows += [tuple(turns)] if turns else []
    rows.append((Key(Text("campaign-new"), Button(0, "n")),))
    at = None if fresh else turn.pressed_at
    turn.batch.show(turn.chat, _LIST, "\n".join(lines), tuple(rows), language=turn.language, message_id=at, fresh=fresh)


_COUNTED = frozenset({State.SENDING, State.STOPPED, State.DONE})


def _line(turn: Turn, one: Campaign, counted: Progress | None) -> str:
    line = turn.text("campaign-line", title=one.title, state=turn.plain(f"campaign-state-{one.state}"))
    if counted is not None:
        return f"{line} · {turn.text('campaign-line-counts', sent=counted.sent, total=counted.total)}"
    if one.state is State.APPROVED:
        start = start_of(one.starts_at, one.cycle, one.run, turn.company.zone)
        return f"{line} · {turn.text('campaign-line-when', at=moment(start, turn.company))}"
    return line


# --- planning --------------------------------------------------------------------------------------------------------


async def _begin(turn: Turn) -> None:
    offered = {group.value: names for group, names in (await campaigns.offered(turn.tx)).items()}
    state = Naming(turn.services.next_id(), engine.now(turn), offered, turn.language)
    engine.begin(turn, dialogue.NAME, dialogue.NAME, state)


async def drafted(turn: Turn, fact: dialogue.Drafted) -> None:
    """Count whom it would reach, and show that with the plan."""
    session = turn.batch.sessions.get(turn.lane, {}).get(dialogue.NAME)
    if session is None or not await _may(turn):
        return
    found = await campaigns.reach(turn.tx, fact.audience, cards.lost(turn.batch))
    counts = (found.waiting, found.unreachable, found.stopped)
    engine.put(turn, session, msgspec.structs.replace(engine.state_of(turn, session), counts=counts))


async def planned(turn: Turn, fact: dialogue.Planned) -> None:
    """It is written down, and every other manager is asked to approve it."""
    if not await _may(turn):
        return
    if fact.survey not in turn.company.surveys:
        turn.say("not-now")
        return
    starts_at = max(fact.starts_at or turn.now, turn.now)
    plan = (fact.title, fact.survey, fact.audience, fact.cycle, State.PLANNED, 1, starts_at, turn.person.id)
    new = Campaign(turn.services.next_id(), *plan)
    await campaigns.add(turn.tx, new, turn.now)
    said = f"{new.title} · {new.survey} · {new.audience.text} · {new.cycle} · {starts_at.isoformat(timespec='minutes')}"
    turn.batch.record(turn.person.id, "campaign.plan", f"campaign:{new.id}", None, said)
    others = [one for one in await cards.managers(turn.batch) if one.id != turn.person.id]
    await cards.show(turn.batch, new, [turn.person, *others], fresh=True)
    if others:
        turn.say("campaign-asked", title=new.title, count=len(others))
    else:
        turn.say("campaign-needs-second", title=new.title)


async def _may(turn: Turn) -> bool:
    """A role may have gone while somebody was planning."""
    await turn.know_roles()
    if not turn.person.is_manager:
        turn.batch.end_session(turn.lane, dialogue.NAME)
        turn.say("only-managers")
    return turn.person.is_manager


# --- acting ----------------------------------------------------------------------------------------------------------


async def _act(turn: Turn, found: Campaign, event: Event) -> None:
    to = allowed(found, event, turn.person.id)
    if isinstance(to, Refusal):
        turn.toast(to.value, alert=True)
        await _look(turn, found)
        return
    start = max(start_of(found.starts_at, found.cycle, found.run, turn.company.zone), turn.now)
    due = {State.APPROVED: ((sending.SEND, start),), State.SENDING: sending.goes_on(turn.now)}.get(to, ())
    await timers.set_all(turn.tx, [Timer(kind, str(found.id), at) for kind, at in due])
    changes: dict[str, object] = {"approved_by": turn.person.id} if event is Event.APPROVE else {}
    changes |= {"ended_at": turn.now} if to in {State.DECLINED, State.CANCELLED} else {}
    if not await campaigns.move(turn.tx, found, to, **changes):
        turn.toast(Refusal.NOT_NOW.value, alert=True)
        return
    turn.batch.record(turn.person.id, f"campaign.{event}", f"campaign:{found.id}", found.state, to)
    turn.toast(f"campaign-{event}-done")
    await _told(turn, found, event)


async def _told(turn: Turn, before: Campaign, event: Event) -> None:
    """Whoever has its card sees how it stands now; whoever planned or approved it and did not do this is told besides."""
    now = await campaigns.get(turn.tx, before.id)
    assert now is not None  # noqa: S101 -- it was moved a moment ago
    concerned = await cards.concerned(turn.batch, now)
    others = [one for one in concerned if one.id != turn.person.id]
    asked = await cards.managers(turn.batch) if before.state is State.PLANNED else others
    viewers = [turn.person, *(one for one in asked if one.id != turn.person.id)]
    await cards.show(turn.batch, now, viewers, fresh=False, at=_at(turn))
    args: dict[str, str | int] = {"name": turn.person.name, "title": now.title}
    if event is not Event.APPROVE:
        cards.tell(turn.batch, others, f"campaign-{_SAID[event]}-told", **args)
    elif now.starts_at <= turn.now:
        cards.tell(turn.batch, others, "campaign-approved-now", **args)
    else:
        cards.tell(turn.batch, others, "campaign-approved-told", **args, at=moment(now.starts_at, turn.company))


_SAID = {
    Event.DECLINE: "declined",
    Event.STOP: "stopped",
    Event.RESUME: "resumed",
    Event.CANCEL: "cancelled",
}
