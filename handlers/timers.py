"""What is done when timers are due: ask, remind, expire, turn a low rating into a case, show an album that has settled."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from conversations.surveys import rating, rating_states
from handlers.campaigns import sending
from handlers.cases.customers import replies
from handlers.cases.life import cases as case_work
from handlers.cases.life import clocks
from handlers.cases.messages import copies, talk
from handlers.cases.watch import digests, nudges
from handlers.fairness import checks
from handlers.figures import alerts, champions, pushes
from handlers.phone_surveys import callbacks, calls
from handlers.surveys import invitations, unnamed
from handlers.surveys import ratings as rating_work
from handlers.turns import engine
from handlers.turns.batch import Batch, Turn
from storage.cases import cases
from storage.people import people
from storage.queue.sessions import load as load_sessions
from storage.queue.timers import Timer


async def fire_all(batch: Batch, due: Sequence[Timer]) -> None:
    """The work of these timers, claimed in this transaction: what comes in great numbers is done together."""
    subjects: dict[str, list[str]] = {}
    for timer in due:
        if timer.kind in _TOGETHER:
            subjects.setdefault(timer.kind, []).append(timer.subject)
    for kind, found in subjects.items():
        await _TOGETHER[kind](batch, found)
    for timer in due:
        if timer.kind not in _TOGETHER:
            await fire(batch, timer)


async def _ask(batch: Batch, subjects: Sequence[str]) -> None:
    await invitations.ask(batch, [int(one) for one in subjects])


async def _remind(batch: Batch, subjects: Sequence[str]) -> None:
    await invitations.remind(batch, [_pair(one) for one in subjects])


async def _expire(batch: Batch, subjects: Sequence[str]) -> None:
    await invitations.expire(batch, [_pair(one) for one in subjects])


async def _settle(batch: Batch, subjects: Sequence[str]) -> None:
    await unnamed.settle(batch, [_pair(one) for one in subjects])


async def _send(batch: Batch, subjects: Sequence[str]) -> None:
    for one in subjects:
        await sending.fire(batch, int(one))


async def _progress(batch: Batch, subjects: Sequence[str]) -> None:
    for one in subjects:
        await sending.live(batch, int(one))


_TOGETHER: dict[str, Callable[[Batch, Sequence[str]], Awaitable[None]]] = {
    invitations.INVITE: _ask,
    invitations.REMIND: _remind,
    invitations.EXPIRE: _expire,
    unnamed.SETTLE: _settle,
    sending.SEND: _send,
    sending.PROGRESS: _progress,
}


_OF_A_MOMENT: dict[str, Callable[[Batch, datetime], Awaitable[None]]] = {
    checks.WEEKLY: checks.fire,
    alerts.DAILY: alerts.fire,
    champions.QUARTERLY: champions.fire,
}
"""Which period they are about is read off the moment for which they were set."""


async def fire(batch: Batch, timer: Timer) -> None:
    """The work of one timer of a kind that is done alone."""
    match timer.kind:
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
        case kind if kind in _OF_A_MOMENT:
            await _OF_A_MOMENT[kind](batch, timer.due_at)
        case pushes.PUSH:
            await pushes.fire(batch, timer.subject, timer.due_at)
        case callbacks.CALLBACKS:
            await callbacks.fire(batch)
        case calls.BACK:
            await calls.back(batch, int(timer.subject))
        case _:
            raise ValueError(f"nobody knows what a {timer.kind} timer is for")


async def _low(batch: Batch, invitation: int, telegram_id: int) -> None:
    """A low rating that was neither filed nor declined becomes a case, if it is still low."""
    turn = await batch.turn_for(telegram_id)
    if turn is None:
        return
    session = turn.batch.sessions[turn.lane].get(rating_work.topic(invitation))
    if session is None:
        return
    state: rating_states.State = engine.state_of(turn, session)
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
