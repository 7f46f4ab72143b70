"""Filing complaints: a customer files one, adds to it, takes it up again. Verdicts on the answer are in verdicts.py."""

from collections.abc import Sequence
from dataclasses import replace

from conversations.buttons import MyCaseButton, OpenComplaintButton
from conversations.cases import addition, complaint
from conversations.cases.complaint_states import ComplaintDraft, State
from conversations.pieces import Piece
from conversations.protocol import Key, KeyboardRow, Text
from domain.cases.case import Case
from domain.deliveries.delivery import RECENT
from handlers.cases.customers import additions
from handlers.cases.life import cards
from handlers.cases.life.transitions import NewCase
from handlers.cases.messages import contributions
from handlers.cases.notices import events
from handlers.turns import engine
from handlers.turns.turn import Turn
from storage.cases import cases, messages
from storage.cases.messages import SourceMessage
from storage.deliveries import deliveries
from storage.people import groups


async def on_command(turn: Turn, _args: str) -> None:
    """`/complain`."""
    await begin_complaint(turn)


async def begin_complaint(turn: Turn, delivery: int = 0) -> None:
    """Start a new draft; an unfinished one is offered again where it stands."""
    left = turn.batch.sessions.get(turn.lane, {}).get(complaint.NAME)
    if left is not None and not delivery:
        engine.show(turn, left)
        return
    engine.begin(turn, complaint.NAME, complaint.NAME, await _make_draft(turn, delivery))


async def begin_with_kept(turn: Turn, kept: tuple[Piece, ...], delivery: int | None, *, is_known: bool) -> None:
    """Start with what the customer wrote before; an unfinished draft goes on with it. `is_known`: no delivery was said to be meant."""
    left = turn.batch.sessions.get(turn.lane, {}).get(complaint.NAME)
    if left is not None:
        state = engine.decode_state(turn, left)
    elif delivery is None and is_known:
        state = complaint.begin(turn.services.next_id(), ())
    else:
        state = await _make_draft(turn, delivery or 0)
    engine.begin(turn, complaint.NAME, complaint.NAME, complaint.keep(state, kept))


async def _make_draft(turn: Turn, delivery: int) -> State:
    recent = await deliveries.list_recent(turn.tx, turn.person.id, turn.now - RECENT)
    choices = tuple((one.id, one.waybill) for one in recent)
    about = next((choice for choice in choices if choice[0] == delivery), None)
    return complaint.begin(turn.services.next_id(), choices, about, turn.list_days(recent))


async def on_complaint_fact(turn: Turn, fact: complaint.ComplaintConfirmed) -> None:
    """File it; a second complaint about a delivery with an open case joins the first (C4)."""
    draft = fact.draft
    files = tuple((file.kind, file.id, file.album) for file in draft.files)
    if draft.delivery is not None:
        open_one = await cases.find_open_by_delivery(turn.tx, turn.person.id, draft.delivery)
        if open_one is not None:
            await _join(turn, open_one, draft)
            return
    frozen = (await turn.batch.frozen([draft.delivery])).get(draft.delivery) if draft.delivery is not None else None
    new = {"waybill": draft.waybill, "description": draft.description, "wanted": draft.wanted, "contact": draft.contact}
    new["reason"] = draft.reason
    if frozen is not None:
        new["courier"] = frozen.values["courier"]
    case = await events.file_case(
        turn.batch,
        NewCase(
            new,
            category=draft.category,
            department=turn.company.route(draft.category, draft.reason).lead,
            customer=turn.person.id,
            delivery=draft.delivery,
            files=files,
        ),
        by=turn.person,
    )
    said = [contributions.make_source_message(one.message, one.words, one.file) for one in draft.spoken]
    await contributions.record_first_messages(turn, case, said)
    due = cards.format_moment(case.due_at, turn.company)
    html = turn.text("case-filed", number=case.number, due=due)
    rows = (_draw_case_buttons(case),)
    turn.batch.show(
        turn.chat,
        engine.screen_name(turn.lane, complaint.NAME),
        html,
        rows,
        language=turn.language,
        message_id=turn.pressed_at,
    )


async def _join(turn: Turn, case: Case, draft: ComplaintDraft) -> None:
    """Pass the new words to those dealing with the first; a different category is shown on the card as a note."""
    if (draft.category, draft.reason or case.reason) != (case.category, case.reason):
        group = await groups.find_by_department(turn.tx, case.department)
        language = group.language if group is not None else turn.company.language
        other = replace(case, category=draft.category, reason=draft.reason)
        about = [cards.category_name(turn.company, other, language), cards.reason_name(turn.company, other, language)]
        key, args = "joined-note", {"about": " · ".join(filter(None, about))}
        await messages.set_note(turn.tx, case.id, turn.services.texts.plain(language, key, args))
        turn.batch.record(turn.person.id, "case.joined", f"case:{case.id}", case.category, draft.category)
        case = await cases.get(turn.tx, case.id) or case
    text = "\n".join(filter(None, (draft.description, draft.wanted)))
    said = [contributions.make_source_message(one.message, one.words, one.file) for one in draft.spoken]
    await additions.add(turn, case, text, said, files=[(file.kind, file.id, "") for file in draft.files])
    html = turn.text("complaint-joined", number=case.number)
    name = engine.screen_name(turn.lane, complaint.NAME)
    turn.batch.show(turn.chat, name, html, language=turn.language, message_id=turn.pressed_at)


async def take_up_again(turn: Turn, old: Case, why: str) -> None:
    """Too late to reopen: file a new case linked to the old one, or join the one now open about the same delivery."""
    known = (
        await cases.find_open_by_delivery(turn.tx, turn.person.id, old.delivery) if old.delivery is not None else None
    )
    if known is not None:
        await additions.add(turn, known, why, [SourceMessage(turn.message, why)])
        turn.say("complaint-joined", number=known.number)
        return
    company = turn.company
    category = old.category if old.category in company.categories else next(iter(company.categories))
    route = company.route(category, old.reason, old.department)
    new = {"waybill": old.waybill, "courier": old.courier, "description": why, "contact": old.contact}
    case = await events.file_case(
        turn.batch,
        NewCase(
            new | {"reason": old.reason},
            category=category,
            department=route.lead,
            customer=turn.person.id,
            delivery=old.delivery,
            linked=old.id,
        ),
        by=turn.person,
    )
    await contributions.record_first_messages(turn, case, [SourceMessage(turn.message, why)])
    due = cards.format_moment(case.due_at, company)
    rows, html = (_draw_case_buttons(case),), turn.text("taken-up-again", old=old.number, number=case.number, due=due)
    turn.batch.show(turn.chat, f"mine:{case.id}", html, rows, language=turn.language, fresh=True)


async def join_low_rating(turn: Turn, case: Case, answers: str, files: Sequence[tuple[str, str, str]] = ()) -> None:
    """A low rating of a delivery that has an open complaint: add its answers to it."""
    await additions.add(turn, case, answers, [SourceMessage(0, answers)], files=files)


def begin_addition(turn: Turn, case: Case, *, fresh: bool = False) -> None:
    due = cards.format_moment(case.due_at, turn.company)
    state = addition.Adding(turn.services.next_id(), case.id, case.number, fresh=fresh, due=due if fresh else "")
    engine.begin(turn, f"add:{case.id}", addition.NAME, state)


async def on_addition_fact(turn: Turn, fact: addition.Added) -> None:
    case = await cases.get(turn.tx, fact.case)
    if case is None or case.customer != turn.person.id:
        return
    said = [contributions.make_source_message(turn.message, fact.text, fact.file)]
    await additions.add(turn, case, fact.text, said, album=fact.file.album if fact.file else "")


async def on_press(turn: Turn, button: OpenComplaintButton) -> None:
    await begin_complaint(turn, button.delivery)


def _draw_case_buttons(case: Case) -> KeyboardRow:
    return (Key(Text("add-to-case"), MyCaseButton(case.id, "a")), Key(Text("see-case"), MyCaseButton(case.id, "t")))
