"""Edits of messages sent earlier are followed: what they said before is kept, what was shown changes where it stands.

1. A message that made a contribution changes that contribution; one that is in a draft changes the draft.
2. A message that answered a survey changes the answer, and the case that the low rating became.
3. An edit of anything else changes nothing.
"""

import re

import msgspec

from conversations.protocol import Changed
from conversations.surveys import rating_states
from domain.surveys.survey import Kind
from handlers.cases.messages import contributions, talk
from handlers.phone_surveys import behalf
from handlers.surveys import ratings as rating_work
from handlers.turns import engine
from handlers.turns.batch import Turn
from handlers.turns.inbound import Edited
from storage.cases import cases
from storage.cases import talk as talk_rows
from storage.queue import outbox
from storage.surveys import ratings

_NOTE = re.compile(r"/note(?:@\w+)?\s+", re.IGNORECASE)
_RATED = re.compile(r"rated:(\d+):(\w+)")


async def edited(turn: Turn, what: Edited) -> None:
    """Telegram says that somebody changed this message."""
    rated = _RATED.fullmatch(await outbox.name_of(turn.tx, turn.chat, turn.message) or "") if turn.private else None
    if rated is not None:
        await _answer_changed(turn, int(rated[1]), rated[2], what.text)
        return
    known = await talk_rows.find(turn.tx, turn.chat, turn.message)
    if known is not None:
        command = _NOTE.match(what.text)
        words = talk.split_note(what.text[command.end() :])[1] if command else what.text
        await contributions.change(turn, known, words, what.file)
        return
    event = Changed(turn.message, what.text, what.file)
    for session in list(turn.batch.sessions.get(turn.lane, {}).values()):
        engine.follow(turn, session, event)


async def _answer_changed(turn: Turn, invitation: int, question: str, words: str) -> None:
    """The answer says something else, and so does what was filed because of the rating."""
    asked, answers = await ratings.get(turn.tx, invitation), await ratings.answered(turn.tx, invitation)
    before = answers.get(question)
    if asked is None or not isinstance(before, str) or not words.strip() or before == words:
        return
    session = turn.batch.sessions.get(turn.lane, {}).get(rating_work.topic(invitation))
    if asked.entered_by is not None and not (session is not None and await behalf.may_go_on(turn, session)):
        return
    survey = turn.services.surveys[asked.survey]
    turn.batch.given.append(rating_work.given(turn, survey, invitation, question, words))
    turn.batch.record(turn.person.id, "answer.change", f"invitation:{invitation}", before, words)
    if session is not None:
        state: rating_states.State = engine.state_of(turn, session)
        engine.put(turn, session, msgspec.structs.replace(state, answers={**state.answers, question: words}))
    found = survey.question(question)
    case = await cases.of_invitation(turn.tx, invitation)
    if case is not None and found is not None and found.kind is Kind.TEXT:  # a contact is never told in a group
        first = (await cases.contributed(turn.tx, case.id, cases.CUSTOMER))[0]
        said = talk_rows.Spoken(turn.message, before)
        await contributions.change(turn, talk_rows.Known(case.id, first.id, said), words, None)
