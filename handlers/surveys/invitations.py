"""Survey invitations (S1): sending when a delivery is due, one reminder, and expiry.

1. Everything due at the same moment takes a few statements, however many deliveries it is about.
2. A delivery not asked about has a reason: its fate. Nothing is dropped without one.
3. One reminder, to those who have not touched the survey; then it ends.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.protocol import Text
from conversations.surveys import rating
from domain.deliveries.delivery import Fate
from domain.surveys.invitation import find_opening, find_zone, is_too_soon
from domain.surveys.survey import InvitationState, Origin
from domain.timer_kinds import TimerKind
from handlers.surveys import anonymous
from handlers.surveys import ratings as rating_work
from handlers.turns import engine
from handlers.turns.batch import Batch, make_lane
from handlers.turns.turn import make_private_turn
from storage.deliveries import deliveries
from storage.deliveries.deliveries import FrozenDelivery
from storage.people import people
from storage.people.people import CustomerRecord
from storage.queue.outbox import Priority
from storage.surveys import ratings

InvitedAccount = tuple[int, int]
"""An invitation and a Telegram account."""


async def on_invite_timer(batch: Batch, ids: Sequence[int]) -> None:
    """Ask about these deliveries, as far as somebody can be asked now; if one person has several, the latest comes first."""
    # Lock lanes before deliveries, in the same order as opening a link does: so two replicas cannot deadlock.
    await batch.load_people(await deliveries.fetch_accounts(batch.tx, ids))
    frozen = await batch.frozen(ids)
    waiting = [one for one in frozen.values() if one.fate == Fate.WAITING and one.invitation is None]
    customers = await people.lock_customers(batch.tx, {one.person for one in waiting if one.person is not None})
    asked: set[int] = set()
    for delivery in sorted(waiting, key=lambda one: (one.delivered_at, one.delivery), reverse=True):
        customer = customers.get(delivery.person) if delivery.person is not None else None
        verdict = _decide_invitation(batch, delivery, customer) if customer is not None else Fate.UNREACHABLE
        if customer is not None and make_lane(customer.person.telegram_id) not in batch.sessions:
            verdict = batch.now  # linked at this very moment: next time
        if verdict is None and delivery.person in asked:
            verdict = Fate.TOO_SOON
        match verdict:
            case Fate():
                batch.fates[delivery.delivery] = verdict
            case datetime():
                batch.set_timer(TimerKind.SURVEY_INVITE, str(delivery.delivery), verdict)
            case None:
                assert customer is not None  # noqa: S101 -- without one there is a fate
                asked.add(customer.person.id)
                rating_work.invite(make_private_turn(batch, customer.person), delivery, origin=Origin.SENT)
    if asked:
        await people.record_asked(batch.tx, asked, batch.now)


def _decide_invitation(batch: Batch, delivery: FrozenDelivery, customer: CustomerRecord) -> Fate | datetime | None:
    """Why this customer is not asked, or when they will be; None means now."""
    rules = batch.services.company.invitations
    latest = delivery.delivered_at + timedelta(days=rules.invite_within_days)
    if batch.now > latest:
        return Fate.TOO_LATE
    if not customer.person.reachable:
        return Fate.BLOCKED
    if customer.stopped:
        return Fate.STOPPED
    opens = find_opening(rules, batch.now, find_time_zone(batch, customer, delivery.region))
    if opens > batch.now:
        return opens if opens <= latest else Fate.TOO_LATE
    return Fate.TOO_SOON if is_too_soon(rules, customer.asked_at, batch.now) else None


def find_time_zone(batch: Batch, customer: CustomerRecord, region: str = "") -> ZoneInfo:
    """The time zone in whose day this customer is written to."""
    company = batch.services.company
    return find_zone(company.invitations, customer.zone, region, customer.person.language, company.zone)


async def on_remind_timer(batch: Batch, pairs: Sequence[InvitedAccount]) -> None:
    """Remind those who have not touched the survey and may be written to, below everything else in the chat."""
    invitations = await ratings.fetch_by_ids(batch.tx, [invitation for invitation, _ in pairs])
    persons = {
        one.person for one in invitations.values() if one.person is not None and one.state is InvitationState.OPEN
    }
    customers = await people.lock_customers(batch.tx, persons)
    await batch.load_people(one.person.telegram_id for one in customers.values())
    reminded = []
    for invitation, telegram_id in pairs:
        about = invitations.get(invitation)
        customer = customers.get(about.person or 0) if about is not None else None
        if about is None or customer is None or about.reminded or about.expires_at <= batch.now:
            continue
        turn = make_private_turn(batch, customer.person)
        session = batch.sessions[turn.lane].get(rating_work.dialogue_key(invitation))
        if (
            session is None
            or customer.stopped
            or not customer.person.reachable
            or rating.is_touched(engine.decode_state(turn, session))
        ):
            continue
        opens = find_opening(
            batch.services.company.invitations, batch.now, find_time_zone(batch, customer, about.region)
        )
        if opens > batch.now:
            batch.set_timer(TimerKind.SURVEY_REMIND, f"{invitation}:{telegram_id}", opens)
            continue
        engine.show(turn, session, above=Text("rating-reminder"), priority=Priority.BROADCAST)
        reminded.append(invitation)
    await ratings.record_reminded(batch.tx, reminded, batch.now)


async def on_expire_timer(batch: Batch, pairs: Sequence[InvitedAccount]) -> None:
    """Seven days later: an answered survey may still be changed for a while, an unanswered one expires."""
    ids = [invitation for invitation, _ in pairs]
    invitations, answered = await ratings.fetch_by_ids(batch.tx, ids), await ratings.find_answered(batch.tx, ids)
    await batch.load_people(telegram_id for _, telegram_id in pairs)
    pairs = await anonymous.expire_surveys(batch, pairs, invitations)
    rules = batch.services.company.invitations
    over = []
    for invitation, telegram_id in pairs:
        about, person = invitations.get(invitation), batch.people.get(telegram_id)
        if about is None or person is None or about.expires_at > batch.now:
            continue
        if invitation in answered:
            late = about.created_at + timedelta(days=max(rules.change_within_days, rules.expire_after_days))
            batch.set_timer(TimerKind.SURVEY_FORGET, f"{invitation}:{telegram_id}", late)
            continue
        turn = make_private_turn(batch, person)
        key = rating_work.dialogue_key(invitation)
        batch.end_session(turn.lane, key)
        name = engine.screen_name(turn.lane, key)
        over.append(invitation)
        if about.delivery is not None:
            batch.fates[about.delivery] = Fate.EXPIRED
        html = turn.text("rating-expired")
        batch.show(telegram_id, name, html, language=turn.language, priority=Priority.BROADCAST)
    await ratings.close(batch.tx, over, InvitationState.EXPIRED)


async def resume_invitations(batch: Batch, person: int) -> None:
    """Somebody unreachable is back: release what was held; what was not asked may now be asked."""
    since = batch.now - timedelta(days=batch.services.company.invitations.invite_within_days)
    for delivery in await deliveries.reset_to_waiting(batch.tx, person, since):
        batch.set_timer(TimerKind.SURVEY_INVITE, str(delivery), batch.now)
