"""What is done when timers are due: ask, remind, expire, turn a low rating into a case, show an album that has settled."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from conversations.surveys import rating, rating_states
from handlers.campaigns import dispatch
from handlers.cases.customers import replies
from handlers.cases.life import cases as case_work
from handlers.cases.life import deadlines
from handlers.cases.messages import copies, letters
from handlers.cases.watch import digests, nudges
from handlers.fairness import manipulation_checks
from handlers.figures import alerts, champions, scheduled
from handlers.phone_surveys import phone_calls, phone_list
from handlers.surveys import anonymous, invitations
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
        if timer.kind in _BATCHED_KINDS:
            subjects.setdefault(timer.kind, []).append(timer.subject)
    for kind, found in subjects.items():
        await _BATCHED_KINDS[kind](batch, found)
    for timer in due:
        if timer.kind not in _BATCHED_KINDS:
            await fire(batch, timer)


async def _ask_customers(batch: Batch, subjects: Sequence[str]) -> None:
    await invitations.on_invite_timer(batch, [int(one) for one in subjects])


async def _remind_customers(batch: Batch, subjects: Sequence[str]) -> None:
    await invitations.on_remind_timer(batch, [_parse_pair(one) for one in subjects])


async def _expire_invitations(batch: Batch, subjects: Sequence[str]) -> None:
    await invitations.on_expire_timer(batch, [_parse_pair(one) for one in subjects])


async def _settle_anonymous(batch: Batch, subjects: Sequence[str]) -> None:
    await anonymous.on_timer(batch, [_parse_pair(one) for one in subjects])


async def _send_campaigns(batch: Batch, subjects: Sequence[str]) -> None:
    for one in subjects:
        await dispatch.on_send_timer(batch, int(one))


async def _show_progress(batch: Batch, subjects: Sequence[str]) -> None:
    for one in subjects:
        await dispatch.on_progress_timer(batch, int(one))


_BATCHED_KINDS: dict[str, Callable[[Batch, Sequence[str]], Awaitable[None]]] = {
    invitations.INVITE: _ask_customers,
    invitations.REMIND: _remind_customers,
    invitations.EXPIRE: _expire_invitations,
    anonymous.SETTLE: _settle_anonymous,
    dispatch.SEND: _send_campaigns,
    dispatch.PROGRESS: _show_progress,
}


_KINDS_BY_DUE_TIME: dict[str, Callable[[Batch, datetime], Awaitable[None]]] = {
    manipulation_checks.WEEKLY: manipulation_checks.on_timer,
    alerts.DAILY: alerts.on_timer,
    champions.QUARTERLY: champions.on_timer,
}
"""Which period they are about is read off the moment for which they were set."""


async def fire(batch: Batch, timer: Timer) -> None:
    """The work of one timer of a kind that is done alone."""
    match timer.kind:
        case "low":
            await _file_low_rating(batch, *_parse_pair(timer.subject))
        case "album":
            await _show_album(batch, int(timer.subject))
        case "forget":
            invitation, telegram_id = _parse_pair(timer.subject)
            batch.end_session(f"{telegram_id}:{telegram_id}", rating_work.dialogue_key(invitation))
        case replies.SETTLED:
            await replies.on_timer(batch, int(timer.subject))
        case letters.DRAFT:
            await _forget_draft(batch, timer.subject)
        case deadlines.NUDGE:
            await nudges.on_nudge_timer(batch, int(timer.subject))
        case deadlines.WAITING:
            await nudges.on_waiting_timer(batch, *_parse_pair(timer.subject))
        case deadlines.SILENT:
            await nudges.on_silent_timer(batch, *_parse_pair(timer.subject))
        case deadlines.REARM:
            await deadlines.on_rearm_timer(batch, int(timer.subject))
        case digests.MORNING:
            await digests.on_timer(batch)
        case kind if kind in _KINDS_BY_DUE_TIME:
            await _KINDS_BY_DUE_TIME[kind](batch, timer.due_at)
        case scheduled.PUSH:
            await scheduled.on_timer(batch, timer.subject, timer.due_at)
        case phone_list.PHONE_LIST:
            await phone_list.on_timer(batch)
        case phone_calls.RETURN_TO_LIST:
            await phone_calls.on_timer(batch, int(timer.subject))
        case _:
            raise ValueError(f"nobody knows what a {timer.kind} timer is for")


async def _file_low_rating(batch: Batch, invitation: int, telegram_id: int) -> None:
    """A low rating that was neither filed nor declined becomes a case, if it is still low."""
    turn = await batch.open_turn(telegram_id)
    if turn is None:
        return
    session = turn.batch.sessions[turn.lane].get(rating_work.dialogue_key(invitation))
    if session is None:
        return
    state: rating_states.State = engine.decode_state(turn, session)
    survey = turn.services.surveys[state.about.survey]
    lowest = survey.find_lowest(state.answers)
    if state.offer != "open" or lowest is None or lowest > turn.company.asking.low_rating:
        return
    await rating_work.file_undecided_low_rating(turn, state.about, state.answers)
    engine.set_state(turn, session, rating.mark_filed(state))


async def _show_album(batch: Batch, contribution: int) -> None:
    found = await cases.fetch_contribution(batch.tx, contribution)
    case = await cases.get(batch.tx, found.case) if found else None
    if found is not None and case is not None:
        await copies.show_copies(batch, case, found)


async def _forget_draft(batch: Batch, subject: str) -> None:
    """A letter or a note that was begun a day ago and never confirmed."""
    chat, telegram_id, draft = (int(one) for one in subject.split(":"))
    lane = f"{chat}:{telegram_id}"
    if lane not in batch.sessions:
        batch.sessions |= await load_sessions(batch.tx, [lane])
    person = batch.people.get(telegram_id) or (await people.fetch_by_account(batch.tx, [telegram_id])).get(telegram_id)
    if person is not None:
        language = await case_work.find_language(batch, chat)
        await letters.on_timer(Turn(batch, person, chat, lane, language, private=chat == telegram_id), draft)


def _parse_pair(subject: str) -> tuple[int, int]:
    first, _, second = subject.partition(":")
    return int(first), int(second)
