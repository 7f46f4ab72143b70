"""Staff messages about a case: letters to the customer, internal notes, statements of a cooperating department.

1. Only a reply to a message about the case starts a letter; it is shown back, and goes to the customer when Send is
   pressed.
2. The owner sends, or the head of the lead department, or quality. Everybody in the group can keep a note; a
   cooperating department hands in statements. Permission is checked when the preview is shown and again when it counts.
3. A note never leaves the company: it is stored and shown on the card.
"""

from datetime import timedelta

from conversations.cases import letter
from conversations.protocol import Attached, Said
from domain.cases.case import OPEN, Case, ContributionSide
from domain.timer_kinds import TimerKind
from handlers.access.case_rights import CaseRight, may
from handlers.cases.life import card_chats, handling, telling
from handlers.cases.messages import contributions, copies, threads
from handlers.turns import engine
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.cases import cases, messages
from storage.cases.messages import SourceMessage
from storage.people import people
from storage.queue import outbox
from storage.queue.outbox import Priority
from storage.queue.sessions import load as load_sessions
from storage.queue.timers import Timer

PREVIEW_LIFETIME = timedelta(days=1)
"""How long a preview waits for a press."""


async def on_reply(turn: Turn, event: Said | Attached, case: Case) -> None:
    """A reply to a message about a case: the start of a letter."""
    if not await may(turn, CaseRight.WRITE_ABOUT, case):
        return
    draft = turn.services.next_id()
    name = f"from:{draft}"
    await outbox.name_message(turn.tx, turn.chat, name, turn.message)
    if case.state not in OPEN:
        _say_under(turn, name, "letter-over", number=case.number)
        return
    allowed = await _find_allowed_kind(turn, case)
    part, reach = letter.make_message(event), await _find_reach(turn, case)
    owner = case.owner_name
    state = letter.LetterDrafted(
        draft, case.id, case.number, letter.LETTER, (part,), may=allowed, owner=owner, reach=reach
    )
    _begin(turn, state, reply_to=name)


def join_album(turn: Turn, event: Said | Attached) -> bool:
    """Whether this is one more part of an album that is being drafted."""
    if not isinstance(event, Attached) or not event.file.album:
        return False
    drafts = [one for one in turn.batch.sessions.get(turn.lane, {}).values() if one.dialogue == letter.NAME]
    return any(engine.amend(turn, one, event) for one in drafts)


def begin_note(turn: Turn, case: Case) -> None:
    """The Note button: ask what to note."""
    _begin(turn, letter.AskingLetter(turn.services.next_id(), case.id, case.number, letter.NOTE))


def begin_statement(turn: Turn, case: Case) -> None:
    """The Report button of a cooperating department's card."""
    _begin(turn, letter.AskingLetter(turn.services.next_id(), case.id, case.number, letter.STATEMENT))


async def on_command(turn: Turn, args: str) -> None:
    """`/note [number] words`: counts at once, since it cannot go to a customer."""
    number, words = split_note(args)
    case = await cases.fetch_by_number(turn.tx, number) if number else await threads.find_case(turn, turn.heard)
    if number and (case is None or not await may(turn, CaseRight.NOTE, case)):
        turn.say("note-unknown", number=number)  # anyone who tries numbers does not learn which there are
        return
    if case is None:
        turn.say("note-how")
        return
    if not await may(turn, CaseRight.NOTE, case):
        turn.say("not-staff")
        return
    if not words:
        begin_note(turn, case)
        return
    await _record_note(turn, case, words, [SourceMessage(turn.message, words)])
    name = f"from:{turn.services.next_id()}"
    await outbox.name_message(turn.tx, turn.chat, name, turn.message)
    _say_under(turn, name, "letter-done-note", number=case.number)


def split_note(args: str) -> tuple[str, str]:
    """The case number, if the words begin with one, and the rest."""
    first, _, rest = args.strip().partition(" ")
    return (first.upper(), rest.strip()) if threads.CASE_NUMBER.fullmatch(first) else ("", args.strip())


async def on_fact(turn: Turn, fact: letter.LetterWritten) -> None:
    """Make the draft count, if still permitted."""
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is None:
        return
    refused = await _find_refusal(turn, case, fact)
    if refused:
        html = turn.text(refused, number=case.number, owner=case.owner_name or "—")
        name = engine.screen_name(turn.lane, _dialogue_key(fact.draft))
        turn.batch.show(
            turn.chat, name, html, language=turn.language, message_id=turn.pressed_at, priority=Priority.STAFF
        )
        return
    words = letter.join_words(fact.parts)
    said = [contributions.make_source_message(one.message, one.words, one.file) for one in fact.parts]
    match fact.kind:
        case letter.NOTE:
            await _record_note(turn, case, words, said)
        case letter.STATEMENT:
            contribution, _ = await contributions.record_contribution(
                turn, case, words, said, side=ContributionSide.STATEMENT
            )
            turn.batch.record(turn.person.id, "case.report", f"case:{case.id}")
            await copies.show_copies(turn.batch, case, contribution)
        case _:
            contribution, _ = await contributions.record_contribution(
                turn, case, words, said, side=ContributionSide.STAFF
            )
            turn.batch.record(turn.person.id, "case.letter", f"case:{case.id}")
            history = (await cases.fetch_histories(turn.tx, [case.id]))[case.id]
            await handling.update_handling(turn.batch, case, history)  # it may be the first reply
            await copies.show_copies(turn.batch, case, contribution)


async def on_timer(batch: Batch, timer: Timer) -> None:
    """A preview that nobody pressed for a day: end it and say so."""
    chat, telegram_id, draft = (int(one) for one in timer.subject.split(":"))
    lane = f"{chat}:{telegram_id}"
    if lane not in batch.sessions:
        batch.sessions |= await load_sessions(batch.tx, [lane])
    person = batch.people.get(telegram_id) or (await people.fetch_by_account(batch.tx, [telegram_id])).get(telegram_id)
    if person is not None:
        language = await card_chats.find_language(batch, chat)
        await _end_draft(Turn(batch, person, chat, lane, language, private=chat == telegram_id), draft)


async def _end_draft(turn: Turn, draft: int) -> None:
    key = _dialogue_key(draft)
    session = turn.batch.sessions.get(turn.lane, {}).get(key)
    if session is None:
        return
    state: letter.State = engine.decode_state(turn, session)
    turn.batch.end_session(turn.lane, key)
    name = engine.screen_name(turn.lane, key)
    html = turn.text("letter-forgotten", number=state.number)
    turn.batch.show(turn.chat, name, html, language=turn.language, priority=Priority.STAFF)


# --- what may be ------------------------------------------------------------------------------------------------------


async def _find_allowed_kind(turn: Turn, case: Case) -> str:
    """What a reply of this person's can become besides a note."""
    if await may(turn, CaseRight.SEND_LETTER, case):
        return letter.LETTER
    return letter.STATEMENT if await may(turn, CaseRight.STATE, case) else ""


_RIGHTS = {letter.NOTE: CaseRight.NOTE, letter.STATEMENT: CaseRight.STATE, letter.LETTER: CaseRight.SEND_LETTER}


async def _find_refusal(turn: Turn, case: Case, fact: letter.LetterWritten) -> str:
    """Why it cannot count any more; a text key, empty where it can."""
    if not await may(turn, _RIGHTS[fact.kind], case):
        return "case-not-yours"
    if fact.kind == letter.NOTE:
        return ""
    if case.state not in OPEN:
        return "letter-over"
    return "letter-never" if fact.kind == letter.LETTER and await _find_reach(turn, case) == "never" else ""


async def _find_reach(turn: Turn, case: Case) -> str:
    customer = await telling.find_customer(turn.batch, case)
    if customer is None:
        return "never"
    return "open" if customer.reachable else "waits"


# --- how it is done ---------------------------------------------------------------------------------------------------


async def _record_note(turn: Turn, case: Case, words: str, said: list[SourceMessage]) -> None:
    await contributions.record_contribution(turn, case, words, said, side=ContributionSide.NOTE)
    turn.batch.record(turn.person.id, "case.note", f"case:{case.id}")
    await messages.set_note(turn.tx, case.id, words)
    changed = await cases.get(turn.tx, case.id)
    await card_chats.refresh_cards(turn.batch, changed or case)


def _dialogue_key(draft: int) -> str:
    return f"letter:{draft}"


def _begin(turn: Turn, state: letter.State, reply_to: str = "") -> None:
    key = _dialogue_key(state.draft)
    engine.begin(turn, key, letter.NAME, state, reply_to=reply_to)
    turn.batch.set_timer(TimerKind.LETTER_DRAFT, f"{turn.lane}:{state.draft}", turn.now + PREVIEW_LIFETIME)


def _say_under(turn: Turn, name: str, key: str, **args: str | int) -> None:
    turn.batch.say(turn.chat, turn.text(key, **args), priority=Priority.STAFF, reply_to=name)
