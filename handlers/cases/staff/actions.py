"""Actions of staff: an event of a case that somebody pressed or filled a form for, and what is said where it is refused.

What is refused is said to the person who caused it, and the card is put right; a dialogue that came too late says so in its own message.
"""

from collections.abc import Mapping

from conversations.buttons import StandardAnswerButton
from conversations.cases import forms
from conversations.cases.reason import ReasonGiven
from conversations.protocol import Key, Text
from domain.cases.case import Case, CaseEvent, CasePart, CaseRefusal, CaseState, Need
from handlers.access.case_rights import find_parts
from handlers.cases.life import card_chats, cards, merging, transitions
from handlers.cases.notices import events
from handlers.cases.staff import customer_questions, prompts
from handlers.turns import engine
from handlers.turns.turn import Turn
from storage.cases import cases
from storage.queue.outbox import Priority


async def attempt(
    turn: Turn, case: Case, event: CaseEvent, facts: Mapping[Need, str], *, asked: bool = False
) -> Case | None:
    """The event, caused by the presser; the case after it, or None where it was refused. `asked`: in a dialogue."""
    parts = await find_parts(turn, case)
    refused = await _guard(turn, case, event, parts, facts) if event in _GUARDED else None
    if refused is None:
        moved = await events.cause(turn.batch, case, event, parts, facts, by=turn.person)
        if not isinstance(moved, CaseRefusal):
            _confirm(turn, moved, event)
            return moved
        refused = moved
    if asked:
        _say_too_late(turn, case, event, refused)
    await refuse(turn, case, event, refused)
    return None


async def on_form_fact(turn: Turn, fact: forms.FormFilled) -> None:
    """A form is complete and confirmed."""
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is not None:
        facts = {Need(name): value for name, value in fact.given.items()}
        await attempt(turn, case, CaseEvent(fact.event), facts, asked=True)


async def on_reason_fact(turn: Turn, fact: ReasonGiven) -> None:
    """A return or a transfer, with its reason."""
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is not None:
        facts = {Need.REASON: fact.reason, Need.DEPARTMENT: fact.target}
        await attempt(turn, case, CaseEvent(fact.event), facts, asked=True)


async def refuse(turn: Turn, case: Case, event: CaseEvent, refused: CaseRefusal) -> None:
    """Say why, and refresh the card: it was out of date, or the user may not do this."""
    owner = case.owner_name or "—"
    why = refused.why
    if event is CaseEvent.ACCEPT and case.owner is not None:
        why = "taken"
    elif event in _JUDGEMENTS and why == "case-not-yours" and case.owner == turn.person.id:
        why = "case-own-approval"
    turn.toast(why, owner=owner, number=case.number, alert=True)
    await card_chats.refresh_cards(turn.batch, case)


_JUDGEMENTS = {CaseEvent.APPROVE, CaseEvent.RETURN}
"""What nobody may do with their own answer."""


def _say_too_late(turn: Turn, case: Case, event: CaseEvent, refused: CaseRefusal) -> None:
    """Say that what was typed can no longer count, also in the dialogue's own message."""
    html = turn.text(refused.why, owner=case.owner_name or "—", number=case.number, contact="")
    name = engine.screen_name(turn.lane, prompts.dialogue_key(event, case.id))
    turn.batch.show(turn.chat, name, html, language=turn.language, message_id=turn.pressed_at, priority=Priority.STAFF)


_GUARDED = {CaseEvent.HAND_OVER, CaseEvent.MERGE, CaseEvent.ASK_CUSTOMER}


async def _guard(
    turn: Turn, case: Case, event: CaseEvent, parts: frozenset[CasePart], facts: Mapping[Need, str]
) -> CaseRefusal | None:
    """What the table cannot know: whether the others whom the event needs are still there. The table is asked first."""
    refused = await transitions.find_refusal(turn.batch, case, event, parts)
    if refused is not None:
        return refused
    match event:
        case CaseEvent.HAND_OVER:
            known = [one.id for one in await prompts.list_colleagues(turn, case)]
            return None if int(facts[Need.PERSON]) in known else CaseRefusal("hand-over-gone")
        case CaseEvent.MERGE:
            into = await cases.get(turn.tx, int(facts[Need.INTO]), for_update=True)
            return None if merging.can_merge(case, into) else CaseRefusal("merge-gone")
        case CaseEvent.ASK_CUSTOMER:
            return (
                None
                if await customer_questions.find_reachable_customer(turn, case)
                else CaseRefusal("customer-unreachable")
            )
        case _:
            return None


def _confirm(turn: Turn, case: Case, event: CaseEvent) -> None:
    """What the presser reads."""
    match event:
        case CaseEvent.ACCEPT:
            turn.toast("accepted", number=case.number)
        case CaseEvent.APPROVE:
            turn.toast("approved" if case.state is CaseState.ANSWERED else "approved-first", number=case.number)
        case CaseEvent.ANSWER:
            _offer_to_keep(turn, case)
        case _:
            pass


def _offer_to_keep(turn: Turn, case: Case) -> None:
    """What was answered once need not be answered again."""
    rows = ((Key(Text("standard-keep"), StandardAnswerButton(case.id, "k")),),)
    name = f"c:{case.id}:{turn.services.next_id()}"
    html = turn.text("inquiry-answered", number=case.number)
    card = cards.card_name(case.id)
    turn.batch.show(
        turn.chat, name, html, rows, language=turn.language, fresh=True, reply_to=card, priority=Priority.STAFF
    )
