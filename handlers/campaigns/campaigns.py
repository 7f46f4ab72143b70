"""Campaign management, `/campaign`: managers plan campaigns, approve those of others, follow their progress, stop, resume and cancel them.

1. Only in a manager's private chat: role, chat and state are checked at each press.
2. Starting a campaign sets its timer before touching its row: the clock locks them in the same order (see `dispatch`).
"""

import msgspec

from conversations.buttons import CampaignButton
from conversations.campaigns import campaign as dialogue
from conversations.campaigns.campaign_screens import shorten
from conversations.campaigns.campaign_states import ChoosingSurvey
from conversations.protocol import Key, KeyboardRow, Text, Words
from domain.surveys.campaign import (
    Campaign,
    CampaignEvent,
    CampaignRefusal,
    CampaignState,
    Progress,
    find_next_state,
    find_start,
)
from domain.timer_kinds import TimerKind
from handlers.access import rights
from handlers.access.rights import Right
from handlers.campaigns import cards, dispatch
from handlers.cases.life.cards import format_moment
from handlers.turns import engine
from handlers.turns.pager import draw_pager
from handlers.turns.turn import Turn
from storage.queue import timers
from storage.queue.timers import Timer
from storage.surveys import campaigns

PAGE = 6
_LIST_NAME = "campaigns"


async def on_command(turn: Turn, _args: str) -> None:
    """All campaigns, latest first, and a button for a new one."""
    if not await rights.may(turn, Right.RUN_CAMPAIGNS):
        turn.say("only-managers")
        return
    await _show_list(turn, 0, fresh=True)


async def on_press(turn: Turn, button: CampaignButton) -> None:
    await turn.load_roles()
    if not await rights.may(turn, Right.RUN_CAMPAIGNS):
        turn.toast("only-managers", alert=True)
        return
    if button.what == "l":
        await _show_list(turn, button.page, fresh=button.campaign != 0)
        return
    if button.what == "n":
        await _begin_planning(turn)
        return
    campaign = await campaigns.get(turn.tx, button.campaign)
    if campaign is None:
        turn.toast("not-now")
    elif button.what in cards.ACTIONS:
        await _apply_event(turn, campaign, cards.ACTIONS[button.what])
    elif button.what == "c" and not isinstance(
        find_next_state(campaign, CampaignEvent.CANCEL, turn.person.id), CampaignRefusal
    ):
        await _show_card(turn, campaign, really=True)
    else:
        await _show_card(turn, campaign, fresh=button.what == "o")


async def _show_card(turn: Turn, campaign: Campaign, *, fresh: bool = False, really: bool = False) -> None:
    await cards.show_card(
        turn.batch, campaign, [turn.person], fresh=fresh, at=_find_pressed_card(turn, fresh=fresh), really=really
    )


def _find_pressed_card(turn: Turn, *, fresh: bool = False) -> dict[int, int]:
    """The message that was pressed, if it is the card."""
    return {turn.person.id: turn.pressed_at} if turn.pressed_at is not None and not fresh else {}


async def _show_list(turn: Turn, page: int, *, fresh: bool) -> None:
    listed = await campaigns.list_page(turn.tx, page * PAGE, PAGE + 1)
    shown = listed[:PAGE]
    runs = {(one.id, one.run) for one in shown if one.state in _COUNTED_STATES}
    counted = await campaigns.fetch_progress(turn.tx, runs) if runs else {}
    lines = [turn.text("campaign-list", count=await campaigns.count(turn.tx))]
    lines += [_draw_line(turn, one, counted.get((one.id, one.run))) for one in shown]
    rows: list[KeyboardRow] = [(Key(Words(shorten(one.title)), CampaignButton(one.id, "o")),) for one in shown]
    labels = ("form-previous", "form-next")
    rows += draw_pager(lambda n: CampaignButton(0, "l", n), page, more=len(listed) > PAGE, labels=labels)
    rows.append((Key(Text("campaign-new"), CampaignButton(0, "n")),))
    at = None if fresh else turn.pressed_at
    turn.batch.show(
        turn.chat, _LIST_NAME, "\n".join(lines), tuple(rows), language=turn.language, message_id=at, fresh=fresh
    )


_COUNTED_STATES = frozenset({CampaignState.SENDING, CampaignState.STOPPED, CampaignState.DONE})


def _draw_line(turn: Turn, campaign: Campaign, counted: Progress | None) -> str:
    line = turn.text("campaign-line", title=campaign.title, state=turn.plain(f"campaign-state-{campaign.state}"))
    if counted is not None:
        return f"{line} · {turn.text('campaign-line-counts', sent=counted.sent, total=counted.total)}"
    if campaign.state is CampaignState.APPROVED:
        start = find_start(campaign.starts_at, campaign.cycle, campaign.run, turn.company.zone)
        return f"{line} · {turn.text('campaign-line-when', at=format_moment(start, turn.company))}"
    return line


# --- planning --------------------------------------------------------------------------------------------------------


async def _begin_planning(turn: Turn) -> None:
    offered = {group.value: names for group, names in (await campaigns.list_offered(turn.tx)).items()}
    state = ChoosingSurvey(turn.services.next_id(), engine.format_now(turn), offered, turn.language)
    engine.begin(turn, dialogue.NAME, dialogue.NAME, state)


async def on_drafted_fact(turn: Turn, fact: dialogue.ReachRequested) -> None:
    """Count how many people it would reach, and show that with the plan."""
    session = turn.batch.sessions.get(turn.lane, {}).get(dialogue.NAME)
    if session is None or not await _check_manager(turn):
        return
    reach = await campaigns.count_reach(turn.tx, fact.audience, cards.find_lost_cutoff(turn.batch))
    counts = (reach.waiting, reach.unreachable, reach.stopped)
    engine.set_state(turn, session, msgspec.structs.replace(engine.decode_state(turn, session), counts=counts))


async def on_planned_fact(turn: Turn, fact: dialogue.CampaignPlanned) -> None:
    """Save it and ask every other manager to approve it."""
    if not await _check_manager(turn):
        return
    if fact.survey not in turn.company.surveys:
        turn.say("not-now")
        return
    starts_at = max(fact.starts_at or turn.now, turn.now)
    plan = (fact.title, fact.survey, fact.audience, fact.cycle, CampaignState.PLANNED, 1, starts_at, turn.person.id)
    new = Campaign(turn.services.next_id(), *plan)
    await campaigns.add(turn.tx, new, turn.now)
    said = f"{new.title} · {new.survey} · {new.audience.text} · {new.cycle} · {starts_at.isoformat(timespec='minutes')}"
    turn.batch.record(turn.person.id, "campaign.plan", f"campaign:{new.id}", None, said)
    others = [one for one in await cards.list_managers(turn.batch) if one.id != turn.person.id]
    await cards.show_card(turn.batch, new, [turn.person, *others], fresh=True)
    if others:
        turn.say("campaign-asked", title=new.title, count=len(others))
    else:
        turn.say("campaign-needs-second", title=new.title)


async def _check_manager(turn: Turn) -> bool:
    """Check the role again: it may have been revoked during planning."""
    await turn.load_roles()
    if await rights.may(turn, Right.RUN_CAMPAIGNS):
        return True
    turn.batch.end_session(turn.lane, dialogue.NAME)
    turn.say("only-managers")
    return False


# --- acting ----------------------------------------------------------------------------------------------------------


async def _apply_event(turn: Turn, campaign: Campaign, event: CampaignEvent) -> None:
    to = find_next_state(campaign, event, turn.person.id)
    if isinstance(to, CampaignRefusal):
        turn.toast(to.value, alert=True)
        await _show_card(turn, campaign)
        return
    start = max(find_start(campaign.starts_at, campaign.cycle, campaign.run, turn.company.zone), turn.now)
    due = {
        CampaignState.APPROVED: ((TimerKind.CAMPAIGN_SEND, start),),
        CampaignState.SENDING: dispatch.make_timers(turn.now),
    }.get(to, ())
    await timers.set_all(turn.tx, [Timer(kind, str(campaign.id), at) for kind, at in due])
    changes: dict[str, object] = {"approved_by": turn.person.id} if event is CampaignEvent.APPROVE else {}
    changes |= {"ended_at": turn.now} if to in {CampaignState.DECLINED, CampaignState.CANCELLED} else {}
    if not await campaigns.move(turn.tx, campaign, to, **changes):
        turn.toast(CampaignRefusal.NOT_NOW.value, alert=True)
        return
    turn.batch.record(turn.person.id, f"campaign.{event}", f"campaign:{campaign.id}", campaign.state, to)
    turn.toast(f"campaign-{event}-done")
    await _tell_concerned(turn, campaign, event)


async def _tell_concerned(turn: Turn, before: Campaign, event: CampaignEvent) -> None:
    """Refresh the card for everybody who has it; also tell the planner and the approver, except the one who did this."""
    now = await campaigns.get(turn.tx, before.id)
    assert now is not None  # noqa: S101 -- it was moved a moment ago
    concerned = await cards.list_concerned(turn.batch, now)
    others = [one for one in concerned if one.id != turn.person.id]
    asked = await cards.list_managers(turn.batch) if before.state is CampaignState.PLANNED else others
    viewers = [turn.person, *(one for one in asked if one.id != turn.person.id)]
    await cards.show_card(turn.batch, now, viewers, fresh=False, at=_find_pressed_card(turn))
    args: dict[str, str | int] = {"name": turn.person.name, "title": now.title}
    if event is not CampaignEvent.APPROVE:
        cards.tell(turn.batch, others, f"campaign-{_EVENT_WORDS[event]}-told", **args)
    elif now.starts_at <= turn.now:
        cards.tell(turn.batch, others, "campaign-approved-now", **args)
    else:
        cards.tell(turn.batch, others, "campaign-approved-told", **args, at=format_moment(now.starts_at, turn.company))


_EVENT_WORDS = {
    CampaignEvent.DECLINE: "declined",
    CampaignEvent.STOP: "stopped",
    CampaignEvent.RESUME: "resumed",
    CampaignEvent.CANCEL: "cancelled",
}
