"""Message edits: an edit of an earlier message is followed; the old words are kept, and what was shown changes in place.

1. Editing a message of a contribution changes that contribution; editing one of a draft changes the draft.
2. Editing a message that answered a survey changes the answer, and the case that the low rating became.
3. Editing anything else changes nothing.
4. What staff wrote is theirs to edit while they are staff and the chat is concerned with the case: a customer reads the edit.
"""

import re

import msgspec

from conversations.protocol import MessageEdited
from conversations.surveys import rating_states
from domain.cases.case import ContributionSide
from domain.surveys.question_kinds import QuestionKind
from handlers.access.case_rights import CaseRight, may
from handlers.cases.messages import contributions, letters
from handlers.people import memberships
from handlers.phone_surveys import on_behalf
from handlers.surveys import ratings as rating_work
from handlers.turns import engine
from handlers.turns.inbound import Edited
from handlers.turns.turn import Turn
from storage.cases import cases
from storage.cases import contributions as contribution_rows
from storage.cases import messages as message_rows
from storage.queue import outbox
from storage.surveys import ratings

_NOTE_COMMAND = re.compile(r"/note(?:@\w+)?\s+", re.IGNORECASE)
_ANSWER_MESSAGE = re.compile(r"rated:(\d+):(\w+)")


async def on_edit(turn: Turn, what: Edited, update: bytes, *, member: bool | None) -> None:
    """Telegram reports that somebody edited this message; it may have to be asked first whether they are still staff."""
    rated = (
        _ANSWER_MESSAGE.fullmatch(await outbox.find_name(turn.tx, turn.chat, turn.message) or "")
        if turn.private
        else None
    )
    if rated is not None:
        await _change_answer(turn, int(rated[1]), rated[2], what.text)
        return
    known = await message_rows.find_message(turn.tx, turn.chat, turn.message)
    if known is not None:
        if not await _may_edit(turn, known, update, member=member):
            return
        command = _NOTE_COMMAND.match(what.text)
        words = letters.split_note(what.text[command.end() :])[1] if command else what.text
        await contributions.apply_edit(turn, known, words, what.file)
        return
    event = MessageEdited(turn.message, what.text, what.file)
    for session in list(turn.batch.sessions.get(turn.lane, {}).values()):
        engine.amend(turn, session, event)


async def _may_edit(turn: Turn, known: message_rows.KnownMessage, update: bytes, *, member: bool | None) -> bool:
    """Whether this edit counts; somebody whose edit does not is told. False, too, if Telegram is asked first."""
    contribution = await contribution_rows.fetch_contribution(turn.tx, known.contribution)
    if contribution is None or contribution.side == ContributionSide.CUSTOMER:
        return True
    if not await memberships.check(turn, update, member=member):
        return False
    case = await cases.get(turn.tx, known.case)
    if case is None or await may(turn, CaseRight.WRITE_ABOUT, case):
        return True
    turn.say("edit-not-kept", number=case.number)
    return False


async def _change_answer(turn: Turn, invitation: int, question: str, words: str) -> None:
    """Change the answer, and what was filed because of the rating."""
    asked, answers = await ratings.get(turn.tx, invitation), await ratings.fetch_answers(turn.tx, invitation)
    before = answers.get(question)
    if asked is None or not isinstance(before, str) or not words.strip() or before == words:
        return
    session = turn.batch.sessions.get(turn.lane, {}).get(rating_work.dialogue_key(invitation))
    if asked.entered_by is not None and not (session is not None and await on_behalf.may_continue(turn, session)):
        return
    survey = turn.services.surveys[asked.survey]
    turn.batch.given.append(rating_work.make_given_answer(turn, survey, invitation, question, words))
    turn.batch.record(turn.person.id, "answer.change", f"invitation:{invitation}", before, words)
    if session is not None:
        state: rating_states.State = engine.decode_state(turn, session)
        engine.set_state(turn, session, msgspec.structs.replace(state, answers={**state.answers, question: words}))
    survey_question = survey.question(question)
    case = await cases.find_by_invitation(turn.tx, invitation)
    if (
        case is not None and survey_question is not None and survey_question.kind is QuestionKind.TEXT
    ):  # a contact is not shown in a group
        first = (await contribution_rows.list_contributions(turn.tx, case.id, ContributionSide.CUSTOMER))[0]
        said = message_rows.SourceMessage(turn.message, before)
        await contributions.apply_edit(turn, message_rows.KnownMessage(case.id, first.id, said), words, None)
