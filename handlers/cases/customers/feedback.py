"""Suggestions and praise: collected, filed, passed to those they are for; and what the customer hears about the outcome.

1. Praise is shown to the department and to the courier it is about; the courier is not told who it is from.
2. What staff say about a suggestion or an inquiry reaches the customer in the staff's own words.
"""

from collections.abc import Mapping
from datetime import timedelta

from conversations.buttons import StandardAnswerButton
from conversations.cases import feedback
from conversations.protocol import Key, Text
from domain.cases.case import Case, CaseEvent, CaseKind, Need
from domain.people import Person, Role
from domain.surveys.survey import localize
from handlers.cases.customers import filing, inquiries
from handlers.cases.life import cards
from handlers.cases.life import cases as case_work
from handlers.turns import engine
from handlers.turns.batch import Turn
from storage.deliveries import deliveries
from storage.people import people
from storage.queue import outbox
from storage.surveys import ratings

RECENT = timedelta(days=60)
"""How far back deliveries can be praised."""


async def on_suggest_command(turn: Turn, _args: str) -> None:
    """`/suggest`: an unfinished draft is offered again where it stands."""
    if not _show_left_draft(turn, feedback.SUGGESTION):
        options = tuple((key, localize(one.name, turn.language)) for key, one in turn.company.categories.items())
        _begin(turn, feedback.SUGGESTION, options)


async def on_praise_command(turn: Turn, _args: str) -> None:
    """`/praise`: one of the recent deliveries can be chosen."""
    await begin_praise(turn)


async def begin_praise(turn: Turn, invitation: int = 0) -> None:
    """Ask for praise; after a good rating the delivery is already known."""
    if not invitation and _show_left_draft(turn, feedback.PRAISE):
        return
    recent = await deliveries.list_recent(turn.tx, turn.person.id, turn.now - RECENT)
    options = tuple((str(one.id), one.waybill) for one in recent)
    rated = await ratings.get(turn.tx, invitation) if invitation else None
    chosen = str(rated.delivery) if rated is not None and rated.delivery is not None else ""
    known = tuple(one for one in options if one[0] == chosen)
    _begin(turn, feedback.PRAISE, known or options, chosen if known else "")


async def on_fact(turn: Turn, fact: feedback.FeedbackGiven) -> None:
    """Submitted: give it a number and pass it to those it is for."""
    if fact.kind == feedback.SUGGESTION:
        category = fact.chosen if fact.chosen in turn.company.categories else ""
        case = await filing.file(turn, CaseKind.SUGGESTION, fact.pieces, category=category)
        due = cards.format_moment(case.due_at, turn.company)
        filing.show_filed(turn, dialogue_key(fact.kind), case, "suggestion-filed", due=due)
        return
    case = await filing.file(
        turn, CaseKind.PRAISE, fact.pieces, delivery=int(fact.chosen) if fact.chosen.isdecimal() else None
    )
    filing.show_filed(turn, dialogue_key(fact.kind), case, "praise-filed")
    if case.courier:
        await _tell_courier(turn, case)


async def tell_event(turn: Turn, case: Case, event: CaseEvent, facts: Mapping[Need, str]) -> bool:
    """Tell those concerned of an event triggered by staff; False if it is announced like a complaint's."""
    if case.kind is CaseKind.COMPLAINT or event in {CaseEvent.TRANSFER, CaseEvent.HAND_OVER}:
        return False
    customer = (
        (await people.fetch_by_id(turn.tx, [case.customer])).get(case.customer) if case.customer is not None else None
    )
    if event is CaseEvent.ACCEPT:
        turn.toast("accepted", number=case.number)
    if event is CaseEvent.ANSWER:
        _offer_to_keep(turn, case)
    if customer is not None:
        _tell_customer(turn, case, customer, event, facts)
    return True


def dialogue_key(kind: str) -> str:
    """The topic of a lane under which feedback of this kind is given."""
    return f"{feedback.NAME}:{kind}"


def _show_left_draft(turn: Turn, kind: str) -> bool:
    left = turn.batch.sessions.get(turn.lane, {}).get(dialogue_key(kind))
    if left is not None:
        engine.show(turn, left)
    return left is not None


def _begin(turn: Turn, kind: str, options: tuple[tuple[str, str], ...], chosen: str = "") -> None:
    state = feedback.WritingFeedback(turn.services.next_id(), kind, options, chosen)
    engine.begin(turn, dialogue_key(kind), feedback.NAME, state)


def _tell_customer(turn: Turn, case: Case, customer: Person, event: CaseEvent, facts: Mapping[Need, str]) -> None:
    match event:
        case CaseEvent.ANSWER:
            inquiries.tell_answer(turn.batch, case, customer, facts[Need.WORDS])
        case CaseEvent.ACCEPT:
            case_work.tell_customer(turn.batch, customer, "suggestion-accepted", number=case.number)
        case CaseEvent.ADOPT | CaseEvent.DECLINE:
            key = "suggestion-adopted" if event is CaseEvent.ADOPT else "suggestion-declined"
            due = cards.format_plan_due(case, turn.company) if event is CaseEvent.ADOPT else ""
            why = facts[Need.REASON]
            case_work.tell_customer(turn.batch, customer, key, number=case.number, text=why, due=due)
        case CaseEvent.PROGRESS | CaseEvent.FINISH:
            key = "suggestion-progress" if event is CaseEvent.PROGRESS else "suggestion-finished"
            case_work.tell_customer(turn.batch, customer, key, number=case.number, text=facts[Need.WORDS])
        case _:
            pass


def _offer_to_keep(turn: Turn, case: Case) -> None:
    """Offer to keep an answer as a standard answer, so that it need not be written again."""
    rows = ((Key(Text("standard-keep"), StandardAnswerButton(case.id, "k")),),)
    name = f"c:{case.id}:{turn.services.next_id()}"
    html = turn.text("inquiry-answered", number=case.number)
    card = cards.card_name(case.id)
    turn.batch.show(
        turn.chat, name, html, rows, language=turn.language, fresh=True, reply_to=card, priority=outbox.STAFF
    )


async def _tell_courier(turn: Turn, case: Case) -> None:
    """Send the words to whoever is known as this courier, without saying whose they are."""
    for courier in await people.list_holders(turn.tx, Role.COURIER, department=case.courier):
        if courier.telegram_id and courier.id != turn.person.id:
            case_work.tell_customer(turn.batch, courier, "praise-for-you", text=case.description)
