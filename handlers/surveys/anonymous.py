"""Anonymous surveys (S11): who was asked is known; who answered what is not, once the survey has ended.

1. While a survey is open, its answers are only in its conversation, encrypted. At its end they are written once to
   `anonymous_answers` under a random number, and the conversation is deleted: nothing holds both a person and an
   answer, so nobody can change one either.
2. The transaction that stores the answers writes nothing about a person. That a delivery's survey was answered is
   recorded days later, at a midnight, for all that ended that day; nothing is logged, and no message is given a name.
3. Queued earlier screens are dropped: which questions somebody saw can reveal what was answered.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from conversations.surveys import rating, rating_states
from domain.deliveries.delivery import Fate
from domain.surveys.survey import Answer, InvitationState
from domain.timer_kinds import TimerKind
from handlers.turns import engine, outbound, totals
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn, make_private_turn
from storage.queue import outbox
from storage.queue.sessions import Session
from storage.surveys import anonymous, ratings
from storage.surveys.anonymous import AnonymousAnswer
from storage.surveys.ratings import Invitation

InvitedAccount = tuple[int, int]


def set_settle_timer(turn: Turn, invitation: int, expires: datetime) -> None:
    """Set the timer for the first midnight after the survey's end; set at the start, since anything written at the end
    would give it away.
    """
    midnight = datetime.combine(expires.date() + timedelta(days=1), time(), expires.tzinfo)
    turn.batch.set_timer(TimerKind.SURVEY_SETTLE, f"{invitation}:{turn.person.telegram_id}", midnight)


async def on_fact(turn: Turn, fact: rating_states.AnonymousSurveyCompleted) -> None:
    """The last question is answered: from now on the answers belong to nobody."""
    asked = next((one for one in turn.batch.invited if one.id == fact.about.invitation), None)
    asked = asked or await ratings.get(turn.tx, fact.about.invitation)
    await _record_answers(turn.batch, fact.about, fact.answers, asked.campaign if asked else None)
    await _show_thanks(turn, fact.about, fact.answers, fresh=not turn.callback)


async def expire_surveys(
    batch: Batch, pairs: Sequence[InvitedAccount], invitations: Mapping[int, Invitation]
) -> list[InvitedAccount]:
    """A week later: a survey left halfway counts as far as it was answered; returns the pairs left for others to end."""
    left = []
    for invitation, telegram_id in pairs:
        about, session = invitations.get(invitation), _find_session(batch, invitation, telegram_id)
        if about is None or about.expires_at > batch.now or not _is_anonymous(batch, about):
            left.append((invitation, telegram_id))
            continue
        if session is None and about.state is InvitationState.OPEN:
            continue  # it was completed
        turn = make_private_turn(batch, batch.people[telegram_id]) if telegram_id in batch.people else None
        state = engine.decode_state(turn, session) if turn is not None and session is not None else None
        if turn is None or state is None or not state.answers:
            left.append((invitation, telegram_id))
            continue
        counted = batch.services.surveys[about.survey].keep_asked(state.answers)
        batch.end_session(turn.lane, rating.dialogue_key(invitation))
        await _record_answers(batch, state.about, counted, about.campaign)
        await _show_thanks(turn, state.about, counted, fresh=False)
    return left


async def on_timer(batch: Batch, pairs: Sequence[InvitedAccount]) -> None:
    """Mark the deliveries whose anonymous surveys were answered, all at once, in the order in which they were asked."""
    invitations = await ratings.fetch_by_ids(batch.tx, [invitation for invitation, _ in pairs])
    await batch.load_people(telegram_id for _, telegram_id in pairs)
    answered = []
    for invitation, telegram_id in sorted(pairs):
        about = invitations.get(invitation)
        if about is None or about.state is not InvitationState.OPEN or about.expires_at > batch.now:
            continue
        if _find_session(batch, invitation, telegram_id) is None and about.delivery is not None:
            batch.fates[about.delivery] = Fate.ANSWERED
            answered.append(invitation)
    await totals.record_survey_changes(batch, answered, anonymous=True)
    await anonymous.mix_rows(batch.tx, batch.services.random_id())


async def was_touched(batch: Batch, about: Invitation, telegram_id: int) -> bool:
    """Whether an anonymous survey has reached its customer, judged by its conversation; False for any other survey."""
    if not _is_anonymous(batch, about):
        return False
    await batch.load_people([telegram_id])
    session, person = _find_session(batch, about.id, telegram_id), batch.people.get(telegram_id)
    if session is None or person is None:
        return session is None
    return rating.is_touched(engine.decode_state(make_private_turn(batch, person), session))


def _is_anonymous(batch: Batch, about: Invitation) -> bool:
    return batch.services.surveys[about.survey].anonymous


def _find_session(batch: Batch, invitation: int, telegram_id: int) -> Session | None:
    return batch.sessions.get(f"{telegram_id}:{telegram_id}", {}).get(rating.dialogue_key(invitation))


async def _record_answers(
    batch: Batch, about: rating_states.RatedDelivery, answers: Mapping[str, Answer], campaign: int | None
) -> None:
    survey = batch.services.surveys[about.survey]
    month = f"{batch.now.astimezone(batch.services.company.zone):%Y-%m}"
    response = batch.services.random_id()
    rows = [
        AnonymousAnswer(
            response, one.id, about.survey, campaign, one.dimension, one.kind, one.levels, answers[one.id], month
        )
        for one in survey.questions
        if one.id in answers
    ]
    await anonymous.record_response(batch.tx, rows, batch.services.random_id())


async def _show_thanks(
    turn: Turn, about: rating_states.RatedDelivery, answers: Mapping[str, Answer], *, fresh: bool
) -> None:
    """Show the last screen, in place of all still queued."""
    name = engine.screen_name(turn.lane, rating.dialogue_key(about.invitation))
    await outbox.drop(turn.tx, turn.chat, name)
    turn.batch.calls = [call for call in turn.batch.calls if (call.chat_id, call.name) != (turn.chat, name)]
    last = turn.services.dialogues[rating.NAME].screen(rating_states.Thanked(about, dict(answers)), turn.language)
    html = outbound.draw_screen(turn.services.texts, turn.language, last)
    at = None if fresh else turn.pressed_at
    turn.batch.show(turn.chat, name, html, language=turn.language, message_id=at, fresh=fresh)
