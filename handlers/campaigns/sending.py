"""A campaign under way: it starts at its date, is sent some people at a time, shows live how it goes, and ends or waits for its next run.

1. One timer a campaign (`SEND`): claiming it is claiming the work, so of several replicas one sends; whoever claims it holds the
   campaign's row next. Nothing but rows says where it stands, so it goes on after any stop exactly where it was.
2. Whoever is owed the survey is marked in the same transaction: nobody is owed it twice in a run.
3. Only some messages are owed ahead (`AHEAD`), so that Stop and /stop count at once and memory stays small.
"""

from datetime import datetime, timedelta

from domain.surveys.campaign import Campaign, Event, Progress, Recipient, Refusal, State, allowed, next_start, start_of
from domain.surveys.survey import Survey
from handlers.campaigns import campaign_cards as cards
from handlers.cases.life.cards import moment
from handlers.surveys import ratings as rating_work
from handlers.turns.batch import Batch
from storage.people import people
from storage.people.people import Customer
from storage.queue import outbox
from storage.surveys import campaigns

SEND, PROGRESS = "campaign", "progress"
"""Kinds of timers; the subject is the campaign."""

AHEAD, CHUNK = 200, 50
"""Messages of a campaign owed at the same time, and people a transaction: six seconds at thirty a second, and no press waits long."""

GAP = timedelta(seconds=0.2)
"""How soon to look again whether more can be owed."""

LIVE = timedelta(seconds=3)
"""Between two pictures of the progress."""

_COUNTED_A_SECOND = 20_000
"""Recipients counted for a second between two pictures: a campaign to a million is shown once a minute."""

_MANY = 1000
_SURVEY = ":rate:"


def goes_on(now: datetime) -> tuple[tuple[str, datetime], ...]:
    """The timers of a campaign that is being sent from now on."""
    return (SEND, now), (PROGRESS, now + LIVE)


async def fire(batch: Batch, id_: int) -> None:
    """The campaign's timer: start it, or send the next ones. Of one that was stopped or cancelled meanwhile, nothing more."""
    campaign = await campaigns.get(batch.tx, id_, hold=True)
    if campaign is not None and campaign.state is State.APPROVED:
        await _start(batch, campaign)
    elif campaign is not None and campaign.state is State.SENDING:
        await _send(batch, campaign)


async def live(batch: Batch, id_: int) -> None:
    """How it goes, in place, before those whom it concerns; and again in a while."""
    campaign = await campaigns.get(batch.tx, id_)
    if campaign is None or campaign.state is not State.SENDING:
        return
    done = await cards.show(batch, campaign, await cards.concerned(batch, campaign), fresh=False)
    batch.set_timer(PROGRESS, str(id_), batch.now + max(LIVE, timedelta(seconds=done.total / _COUNTED_A_SECOND)))


async def _start(batch: Batch, campaign: Campaign) -> None:
    start = start_of(campaign.starts_at, campaign.cycle, campaign.run, batch.services.company.zone)
    if batch.now < start:
        batch.set_timer(SEND, str(campaign.id), start)
        return
    await campaigns.snapshot(batch.tx, campaign, cards.lost(batch))
    now = await _moved(batch, campaign, Event.START)
    for kind, at in goes_on(batch.now):
        batch.set_timer(kind, str(campaign.id), at)
    await cards.show(batch, now, await cards.concerned(batch, now), fresh=True)


async def _send(batch: Batch, campaign: Campaign) -> None:
    """Owe the survey to the next ones, if not too many wait for it already; come back, or come to the end."""
    survey = batch.services.company.surveys.get(campaign.survey)
    if survey is None:
        now = await _moved(batch, campaign, Event.STOP)
        concerned = await cards.concerned(batch, now)
        await cards.show(batch, now, concerned, fresh=False)
        cards.tell(batch, concerned, "campaign-without-survey", title=campaign.title)
        return
    ahead = await _ahead(batch, campaign)
    room = min(AHEAD - ahead, CHUNK)
    waiting = await campaigns.take(batch.tx, campaign, room) if room > 0 else []
    if room > 0 and not waiting and not ahead:
        await _finish(batch, campaign)
        return
    customers = await people.customers(batch.tx, waiting)
    await batch.meet(one.person.telegram_id for one in customers.values() if one.person.telegram_id)
    became = {id_: _asked(batch, campaign, survey, customer) for id_, customer in customers.items()}
    await campaigns.mark(batch.tx, campaign, became)
    await people.asked(batch.tx, [id_ for id_, (state, _) in became.items() if state is Recipient.SENT], batch.now)
    soon = len(waiting) == CHUNK and ahead + 2 * CHUNK <= AHEAD
    batch.set_timer(SEND, str(campaign.id), batch.now if soon else batch.now + GAP)


def _asked(batch: Batch, campaign: Campaign, survey: Survey, one: Customer) -> tuple[Recipient, int | None]:
    """Ask somebody, unless that is not possible or not wanted any more."""
    if not one.person.reachable or not one.person.telegram_id:
        return Recipient.UNREACHABLE, None
    if one.stopped:
        return Recipient.STOPPED, None
    turn = batch.private(one.person)
    asked = rating_work.invite(turn, None, "campaign", survey=survey, campaign=campaign.id)
    return Recipient.SENT, asked


async def _ahead(batch: Batch, campaign: Campaign) -> int:
    """How many of its messages are owed and not sent; where very many of others are, it waits for those."""
    names = await outbox.broadcasts(batch.tx, _MANY)
    if len(names) == _MANY:
        return AHEAD
    invitations = [int(name.rpartition(":")[2]) for name in names if _SURVEY in name]
    return await campaigns.owed(batch.tx, campaign.id, invitations) if invitations else 0


async def _finish(batch: Batch, campaign: Campaign) -> None:
    """Everybody has it, or cannot have it; the next run's date, where there is one."""
    company = batch.services.company
    following = next_start(campaign.starts_at, campaign.cycle, campaign.run, batch.now, company.zone)
    done = (await campaigns.progress(batch.tx, [(campaign.id, campaign.run)]))[campaign.id, campaign.run]
    concerned = await cards.concerned(batch, campaign)
    batch.cancel_timer(PROGRESS, str(campaign.id))
    if following is None:
        now = await _moved(batch, campaign, Event.FINISH, ended_at=batch.now)
    else:
        now = await _moved(batch, campaign, Event.AGAIN, run=following[0])
        batch.set_timer(SEND, str(campaign.id), following[1])
    await cards.show(batch, now, concerned, fresh=False)
    for person in concerned:
        lines = [_done_line(batch, person.language, campaign, done)]
        if following is not None:
            lines.append(
                batch.services.texts.html(person.language, "campaign-next-told", {"at": moment(following[1], company)})
            )
        batch.say(person.telegram_id, "\n".join(lines), priority=outbox.STAFF)


def _done_line(batch: Batch, language: str, campaign: Campaign, done: Progress) -> str:
    counts = {"sent": done.sent, "total": done.total, "unreachable": done.unreachable, "stopped": done.stopped}
    return batch.services.texts.html(language, "campaign-done-told", {"title": campaign.title, **counts})


async def _moved(batch: Batch, campaign: Campaign, event: Event, **changes: object) -> Campaign:
    """What the clock does to it; the row is held, so nobody else has moved it."""
    to = allowed(campaign, event, None)
    assert not isinstance(to, Refusal)  # noqa: S101 -- the caller has looked at the state
    await campaigns.move(batch.tx, campaign, to, **changes)
    batch.record(None, f"campaign.{event}", f"campaign:{campaign.id}", campaign.state, to)
    now = await campaigns.get(batch.tx, campaign.id)
    assert now is not None  # noqa: S101 -- it is there
    return now
