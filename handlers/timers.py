"""What is done when a timer is due: ask, expire, turn a low rating into a case, show an album that has settled."""

from datetime import timedelta

from conversations import rating
from domain.delivery import Fate
from handlers import cases as case_work
from handlers import clocks, copies, digests, engine, nudges, replies, talk
from handlers import ratings as rating_work
from handlers.batch import Batch, Turn
from storage import cases, people, ratings
from storage.sessions import load as load_sessions
from storage.timers import Timer


async def fire(batch: Batch, timer: Timer) -> None:
    """The work of one timer; it was claimed in this transaction."""
    match timer.kind:
        case "invite":
            await _invite(batch, int(timer.subject))
        case "expire":
            await _expire(batch, *_pair(timer.subject))
        case "low":
            await _low(batch, *_pair(timer.subject))
        case "album":
            await _album(batch, int(timer.subject))
        case "forget":
            invitation, telegram_id = _pair(timer.subject)
            batch.end_session(f"{telegram_id}:{telegram_id}", rating_work.topic(invitation))
        case replies.SETTLED:
            await replies.settled(batch, int(timer.subject))
        case talk.DRAFT:
            await _draft(batch, timer.subject)
        case clocks.CLOCK:
            await nudges.fire(batch, int(timer.subject))
        case clocks.WAITING:
            await nudges.waited(batch, *_pair(timer.subject))
        case clocks.SILENT:
            await nudges.silent(batch, *_pair(timer.subject))
        case clocks.REARM:
            await clocks.rearm(batch, int(timer.subject))
        case digests.MORNING:
            await digests.fire(batch)
        case _:
            raise ValueError(f"nobody knows what a {timer.kind} timer is for")


async def turn_for(batch: Batch, telegram_id: int) -> Turn | None:
    """A turn in the private chat of somebody who has not just written."""
    lane = f"{telegram_id}:{telegram_id}"
    if lane not in batch.sessions:
        batch.sessions |= await load_sessions(batch.tx, [lane])
    person = batch.people.get(telegram_id) or (await people.load(batch.tx, [telegram_id])).get(telegram_id)
    if person is None:
        return None
    return Turn(batch, person, telegram_id, lane, person.language, private=True)


async def _invite(batch: Batch, delivery: int) -> None:
    """Ask about a delivery, if somebody can be asked and it is not too late."""
    frozen = (await batch.frozen([delivery])).get(delivery)
    if frozen is None or frozen.fate not in {Fate.WAITING, Fate.UNREACHABLE}:
        return
    asking = batch.services.company.asking
    if (batch.now - frozen.delivered_at).total_seconds() > asking.invite_within_days * 86400:
        batch.fates[delivery] = Fate.TOO_LATE
        return
    person = (await people.by_id(batch.tx, [frozen.person])).get(frozen.person) if frozen.person is not None else None
    if person is None:
        batch.fates[delivery] = Fate.UNREACHABLE
        return
    if not person.reachable:
        batch.fates[delivery] = Fate.BLOCKED
        return
    turn = await turn_for(batch, person.telegram_id)
    if turn is not None and frozen.invitation is None:
        rating_work.invite(turn, frozen, origin="sent")


async def _expire(batch: Batch, invitation: int, telegram_id: int) -> None:
    """Seven days later: an answered invitation may still be changed for a while, an unanswered one is over."""
    turn = await turn_for(batch, telegram_id)
    found = await ratings.get(batch.tx, invitation)
    if turn is None or found is None:
        return
    asking = batch.services.company.asking
    if await ratings.has_answers(batch.tx, invitation):
        late = found.created_at + timedelta(days=max(asking.change_within_days, asking.expire_after_days))
        batch.set_timer("forget", f"{invitation}:{telegram_id}", late)
        return
    await ratings.close(batch.tx, invitation, "expired")
    topic = rating_work.topic(invitation)
    batch.end_session(turn.lane, topic)
    batch.show(telegram_id, engine.screen_name(turn.lane, topic), turn.text("rating-expired"), language=turn.language)


async def _low(batch: Batch, invitation: int, telegram_id: int) -> None:
    """A low rating that was neither filed nor declined becomes a case, if it is still low."""
    turn = await turn_for(batch, telegram_id)
    if turn is None:
        return
    session = turn.batch.sessions[turn.lane].get(rating_work.topic(invitation))
    if session is None:
        return
    state: rating.State = engine.state_of(turn, session)
    survey = turn.services.surveys[state.about.survey]
    lowest = survey.lowest(state.answers)
    if state.offer != "open" or lowest is None or lowest > turn.company.asking.low_rating:
        return
    await rating_work.expire_low(turn, state.about, state.answers)
    engine.put(turn, session, rating.filed(state))


async def _album(batch: Batch, contribution: int) -> None:
    found = await cases.contribution(batch.tx, contribution)
    case = await cases.get(batch.tx, found.case) if found else None
    if found is not None and case is not None:
        await copies.show(batch, case, found)


async def _draft(batch: Batch, subject: str) -> None:
    """A letter or a note that was begun a day ago and never confirmed."""
    chat, telegram_id, draft = (int(one) for one in subject.split(":"))
    lane = f"{chat}:{telegram_id}"
    if lane not in batch.sessions:
        batch.sessions |= await load_sessions(batch.tx, [lane])
    person = batch.people.get(telegram_id) or (await people.load(batch.tx, [telegram_id])).get(telegram_id)
    if person is not None:
        language = await case_work.language_of(batch, chat)
        await talk.forget(Turn(batch, person, chat, lane, language, private=chat == telegram_id), draft)


def _pair(subject: str) -> tuple[int, int]:
    first, _, second = subject.partition(":")
    return int(first), int(second)
