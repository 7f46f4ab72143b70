"""Campaign dispatch in batches: it starts at its date, is sent to some people at a time, shows live progress, and ends
or waits for its next run.

1. One timer per campaign (`TimerKind.CAMPAIGN_SEND`): claiming it is claiming the work, so only one of several replicas sends; the
   claimant then locks the campaign's row. All progress is in rows, so after any stop it continues exactly where it was.
2. A recipient is marked in the transaction that enqueues the survey: nobody gets it twice in a run.
3. Only a limited number of messages is queued ahead (`MAX_AHEAD`), so that Stop and /stop take effect at once and
   memory stays small.
"""

from datetime import datetime, timedelta

from domain.surveys.campaign import (
    Campaign,
    CampaignEvent,
    CampaignRefusal,
    CampaignState,
    Progress,
    RecipientState,
    find_next_start,
    find_next_state,
    find_start,
)
from domain.surveys.survey import Survey
from domain.timer_kinds import TimerKind
from handlers.campaigns import cards
from handlers.cases.life.cards import format_moment
from handlers.surveys import ratings as rating_work
from handlers.turns.batch import Batch
from handlers.turns.turn import make_private_turn
from storage.people import people
from storage.people.people import CustomerRecord
from storage.queue import outbox
from storage.queue.outbox import Priority
from storage.surveys import campaigns

MAX_AHEAD, CHUNK_SIZE = 200, 50
"""Messages of a campaign queued at the same time, and people per transaction: six seconds' worth at thirty a second, so
that no press waits long.
"""

SEND_INTERVAL = timedelta(seconds=0.2)
"""How soon to check again whether more can be queued."""

PROGRESS_INTERVAL = timedelta(seconds=3)
"""Interval between two progress updates."""

_COUNTED_PER_SECOND = 20_000
"""Recipients per second of update interval: the progress of a campaign to a million is updated once a minute."""

_BROADCAST_LIMIT = 1000
_SURVEY_NAME_PART = ":rate:"


def make_timers(now: datetime) -> tuple[tuple[TimerKind, datetime], ...]:
    """The timers of a campaign that starts sending now."""
    return (TimerKind.CAMPAIGN_SEND, now), (TimerKind.CAMPAIGN_PROGRESS, now + PROGRESS_INTERVAL)


async def on_send_timer(batch: Batch, id_: int) -> None:
    """The campaign's timer: start it, or send the next batch. Does nothing if it was stopped or cancelled meanwhile."""
    campaign = await campaigns.get(batch.tx, id_, hold=True)
    if campaign is not None and campaign.state is CampaignState.APPROVED:
        await _start_run(batch, campaign)
    elif campaign is not None and campaign.state is CampaignState.SENDING:
        await _send_next(batch, campaign)


async def on_progress_timer(batch: Batch, id_: int) -> None:
    """Update the progress on the cards of those concerned, and set the timer for the next update."""
    campaign = await campaigns.get(batch.tx, id_)
    if campaign is None or campaign.state is not CampaignState.SENDING:
        return
    done = await cards.show_card(batch, campaign, await cards.list_concerned(batch, campaign), fresh=False)
    batch.set_timer(
        TimerKind.CAMPAIGN_PROGRESS,
        str(id_),
        batch.now + max(PROGRESS_INTERVAL, timedelta(seconds=done.total / _COUNTED_PER_SECOND)),
    )


async def _start_run(batch: Batch, campaign: Campaign) -> None:
    start = find_start(campaign.starts_at, campaign.cycle, campaign.run, batch.services.company.zone)
    if batch.now < start:
        batch.set_timer(TimerKind.CAMPAIGN_SEND, str(campaign.id), start)
        return
    await campaigns.record_recipients(batch.tx, campaign, cards.find_lost_cutoff(batch))
    now = await _move_by_clock(batch, campaign, CampaignEvent.START)
    for kind, at in make_timers(batch.now):
        batch.set_timer(kind, str(campaign.id), at)
    await cards.show_card(batch, now, await cards.list_concerned(batch, now), fresh=True)


async def _send_next(batch: Batch, campaign: Campaign) -> None:
    """Enqueue the survey for the next recipients unless too many are waiting already; then come back later, or finish."""
    survey = batch.services.company.surveys.get(campaign.survey)
    if survey is None:
        now = await _move_by_clock(batch, campaign, CampaignEvent.STOP)
        concerned = await cards.list_concerned(batch, now)
        await cards.show_card(batch, now, concerned, fresh=False)
        cards.tell(batch, concerned, "campaign-without-survey", title=campaign.title)
        return
    ahead = await _count_ahead(batch, campaign)
    room = min(MAX_AHEAD - ahead, CHUNK_SIZE)
    waiting = await campaigns.list_waiting(batch.tx, campaign, room) if room > 0 else []
    if room > 0 and not waiting and not ahead:
        await _finish_run(batch, campaign)
        return
    customers = await people.lock_customers(batch.tx, waiting)
    await batch.load_people(one.person.telegram_id for one in customers.values() if one.person.telegram_id)
    became = {id_: _ask_customer(batch, campaign, survey, customer) for id_, customer in customers.items()}
    await campaigns.mark_recipients(batch.tx, campaign, became)
    await people.record_asked(
        batch.tx, [id_ for id_, (state, _) in became.items() if state is RecipientState.SENT], batch.now
    )
    soon = len(waiting) == CHUNK_SIZE and ahead + 2 * CHUNK_SIZE <= MAX_AHEAD
    batch.set_timer(TimerKind.CAMPAIGN_SEND, str(campaign.id), batch.now if soon else batch.now + SEND_INTERVAL)


def _ask_customer(
    batch: Batch, campaign: Campaign, survey: Survey, customer: CustomerRecord
) -> tuple[RecipientState, int | None]:
    """Send somebody the survey, unless that is impossible or no longer wanted."""
    if not customer.person.reachable or not customer.person.telegram_id:
        return RecipientState.UNREACHABLE, None
    if customer.stopped:
        return RecipientState.STOPPED, None
    turn = make_private_turn(batch, customer.person)
    asked = rating_work.invite(turn, None, "campaign", survey=survey, campaign=campaign.id)
    return RecipientState.SENT, asked


async def _count_ahead(batch: Batch, campaign: Campaign) -> int:
    """How many of its messages are queued and not yet sent; if the queue is full of other messages, it waits for those."""
    names = await outbox.list_broadcasts(batch.tx, _BROADCAST_LIMIT)
    if len(names) == _BROADCAST_LIMIT:
        return MAX_AHEAD
    invitations = [int(name.rpartition(":")[2]) for name in names if _SURVEY_NAME_PART in name]
    return await campaigns.count_owed(batch.tx, campaign.id, invitations) if invitations else 0


async def _finish_run(batch: Batch, campaign: Campaign) -> None:
    """Everybody has it or cannot be reached: end the run and schedule the next one, if any."""
    company = batch.services.company
    following = find_next_start(campaign.starts_at, campaign.cycle, campaign.run, batch.now, company.zone)
    done = (await campaigns.fetch_progress(batch.tx, [(campaign.id, campaign.run)]))[campaign.id, campaign.run]
    concerned = await cards.list_concerned(batch, campaign)
    batch.cancel_timer(TimerKind.CAMPAIGN_PROGRESS, str(campaign.id))
    if following is None:
        now = await _move_by_clock(batch, campaign, CampaignEvent.FINISH, ended_at=batch.now)
    else:
        now = await _move_by_clock(batch, campaign, CampaignEvent.AGAIN, run=following[0])
        batch.set_timer(TimerKind.CAMPAIGN_SEND, str(campaign.id), following[1])
    await cards.show_card(batch, now, concerned, fresh=False)
    for person in concerned:
        lines = [_draw_done_line(batch, person.language, campaign, done)]
        if following is not None:
            lines.append(
                batch.services.texts.html(
                    person.language, "campaign-next-told", {"at": format_moment(following[1], company)}
                )
            )
        batch.say(person.telegram_id, "\n".join(lines), priority=Priority.STAFF)


def _draw_done_line(batch: Batch, language: str, campaign: Campaign, done: Progress) -> str:
    counts = {"sent": done.sent, "total": done.total, "unreachable": done.unreachable, "stopped": done.stopped}
    return batch.services.texts.html(language, "campaign-done-told", {"title": campaign.title, **counts})


async def _move_by_clock(batch: Batch, campaign: Campaign, event: CampaignEvent, **changes: object) -> Campaign:
    """Move it by the clock; the row is locked, so nobody else has moved it."""
    to = find_next_state(campaign, event, None)
    assert not isinstance(to, CampaignRefusal)  # noqa: S101 -- the caller has looked at the state
    await campaigns.move(batch.tx, campaign, to, **changes)
    batch.record(None, f"campaign.{event}", f"campaign:{campaign.id}", campaign.state, to)
    now = await campaigns.get(batch.tx, campaign.id)
    assert now is not None  # noqa: S101 -- it is there
    return now
