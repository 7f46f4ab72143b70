"""What a customer does about a complaint: files it, adds to it, looks at it, and says whether it is solved."""

from datetime import timedelta

from conversations import adding, complaint, reason
from conversations.buttons import Mine, OpenComplaint, Verdict
from conversations.protocol import Key, Row, Text, Words
from domain.case import OPEN, Case, Event, Need, Part, Refused, State
from handlers import cases as case_work
from handlers import engine
from handlers.batch import Turn
from storage import cases, deliveries
from storage.cases import Contribution

RECENT = timedelta(days=60)
"""Deliveries that can be named."""


SETTLE = timedelta(seconds=1.5)
"""How long an album is given to be complete before staff see it."""


async def complain(turn: Turn, delivery: int = 0) -> None:
    """`/complain`, or the button: a new draft; one that was left is offered again where it stands."""
    left = turn.batch.sessions.get(turn.lane, {}).get(complaint.NAME)
    if left is not None and not delivery:
        engine.show(turn, left)
        return
    recent = await deliveries.recent(turn.tx, turn.person.id, turn.now - RECENT)
    choices = tuple((one.id, one.waybill) for one in recent)
    about = next((choice for choice in choices if choice[0] == delivery), None)
    engine.begin(turn, complaint.NAME, complaint.NAME, complaint.begin(turn.services.next_id(), choices, about))


async def confirmed(turn: Turn, fact: complaint.Confirmed) -> None:
    """File it; a second complaint about a delivery that is being dealt with joins the first (C4)."""
    draft = fact.draft
    files = tuple((file.kind, file.id, file.album) for file in draft.files)
    if draft.delivery is not None:
        open_one = await cases.open_of_waybill(turn.tx, turn.person.id, draft.delivery)
        if open_one is not None:
            text = "\n".join(filter(None, (draft.description, draft.wanted)))
            await _contribute(turn, open_one, text, [(file.kind, file.id) for file in draft.files], "")
            html = turn.text("complaint-joined", number=open_one.number)
            name = engine.screen_name(turn.lane, complaint.NAME)
            turn.batch.show(turn.chat, name, html, language=turn.language, message_id=turn.pressed_at)
            return
    frozen = (await turn.batch.frozen([draft.delivery])).get(draft.delivery) if draft.delivery is not None else None
    new = {"waybill": draft.waybill, "description": draft.description, "wanted": draft.wanted, "contact": draft.contact}
    if frozen is not None:
        new["courier"] = frozen.values["courier"]
    case = await case_work.file(
        turn.batch,
        new,
        category=draft.category,
        department=turn.company.categories[draft.category].lead,
        customer=turn.person.id,
        delivery=draft.delivery,
        actor=turn.person.id,
        files=files,
    )
    due = case_work.moment(case.due_at, turn.company)
    html = turn.text("case-filed", number=case.number, due=due)
    rows = (_mine_row(case),)
    turn.batch.show(
        turn.chat,
        engine.screen_name(turn.lane, complaint.NAME),
        html,
        rows,
        language=turn.language,
        message_id=turn.pressed_at,
    )


async def my_cases(turn: Turn) -> None:
    found = await cases.of_customer(turn.tx, turn.person.id)
    if not found:
        turn.say("mycases-none")
        return
    rows = tuple((Key(Words(f"{case.number} · {_state(turn, case)}"), Mine(case.id, "t")),) for case in found)
    turn.batch.show(turn.chat, "mycases", turn.text("mycases"), rows, language=turn.language, fresh=True)


async def my_case(turn: Turn, button: Mine) -> None:
    """The timeline of an own case, or more to add to it."""
    case = await cases.get(turn.tx, button.case)
    if case is None or case.customer != turn.person.id:
        turn.toast("not-yours")
        return
    if button.what == "a":
        if case.state not in OPEN:
            turn.toast("case-over", alert=True)
            return
        begin_adding(turn, case)
        return
    lines = [turn.text("timeline-head", number=case.number, state=_state(turn, case))]
    for event in await cases.history(turn.tx, case.id):
        key = f"timeline-{event.event.replace('_', '-')}"
        lines.append(turn.text(key, at=case_work.moment(event.at, turn.company)))
    if case.state in OPEN:
        lines.append(turn.text("timeline-due", due=case_work.moment(case.due_at, turn.company)))
    rows = (_mine_row(case, add_only=True),) if case.state in OPEN else ()
    turn.batch.show(
        turn.chat,
        f"mine:{case.id}",
        "\n".join(lines),
        rows,
        language=turn.language,
        message_id=turn.pressed_at,
        fresh=not turn.callback,
    )


def begin_adding(turn: Turn, case: Case, *, fresh: bool = False) -> None:
    due = case_work.moment(case.due_at, turn.company)
    state = adding.Adding(turn.services.next_id(), case.id, case.number, fresh=fresh, due=due if fresh else "")
    engine.begin(turn, f"add:{case.id}", adding.NAME, state)


async def added(turn: Turn, fact: adding.Added) -> None:
    case = await cases.get(turn.tx, fact.case)
    if case is None or case.customer != turn.person.id:
        return
    files = [(fact.file.kind, fact.file.id)] if fact.file else []
    await _contribute(turn, case, fact.text, files, fact.file.album if fact.file else "")


async def _contribute(turn: Turn, case: Case, text: str, files: list[tuple[str, str]], album: str) -> None:
    """Keep what the customer adds and bring it before the department; an album is shown once it has settled."""
    id_ = turn.services.next_id()
    stored = tuple((kind, file, album) for kind, file in files)
    is_new = await cases.contribute(turn.tx, Contribution(id_, case.id, text, stored, turn.now, album))
    if is_new:
        turn.batch.record(turn.person.id, "case.add", f"case:{case.id}")
    if album:
        known = await cases.album_of(turn.tx, case.id, album)
        turn.batch.set_timer("album", str(known), turn.now + SETTLE)
        return
    await show_contribution(turn, case, text, files)


async def show_contribution(turn: Turn, case: Case, text: str, files: list[tuple[str, str]]) -> None:
    for chat in await case_work.refresh(turn.batch, case):
        language = await case_work.language_of(turn.batch, chat)
        html = turn.services.texts.html(language, "customer-added", {"number": case.number, "text": text})
        turn.batch.say(chat, html, priority=1, reply_to=case_work.card_name(case.id))
        case_work.forward(turn.batch, chat, case, files)


async def verdict(turn: Turn, button: Verdict) -> None:
    """Solved or not: what counts is the customer's word."""
    case = await cases.get(turn.tx, button.case, for_update=True)
    if case is None or case.customer != turn.person.id:
        turn.toast("not-yours")
        return
    if case.state is not State.ANSWERED or case.round != button.round:
        turn.toast("verdict-late", number=case.number)
        return
    if not button.solved:
        state = reason.Asking(turn.services.next_id(), case.id, case.number, Event.NOT_SATISFIED.value, confirm=False)
        engine.begin(turn, f"reason:{case.id}", reason.NAME, state)
        return
    moved = await case_work.move(turn, case, Event.SATISFIED, frozenset({Part.CUSTOMER}), {})
    if isinstance(moved, Refused):
        turn.toast(moved.why)
        return
    html = turn.text("case-solved", number=case.number)
    turn.batch.show(turn.chat, answer_name(case), html, language=turn.language, message_id=turn.pressed_at)


async def not_satisfied(turn: Turn, fact: reason.Reasoned) -> None:
    """Another round: the department sees the reason and the whole history."""
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is None or case.customer != turn.person.id:
        return
    facts = {Need.REASON: fact.reason}
    moved = await case_work.move(turn, case, Event.NOT_SATISFIED, frozenset({Part.CUSTOMER}), facts)
    if isinstance(moved, Refused):
        turn.say("verdict-late", number=case.number)
        return
    turn.say("case-again", number=case.number, round=moved.round, due=case_work.moment(moved.due_at, turn.company))
    for chat, language in (await case_work.card_chats(turn.batch, moved)).items():
        args: dict[str, str | int] = {"number": case.number, "round": moved.round, "reason": fact.reason}
        html = turn.services.texts.html(language, "round-begins", args)
        turn.batch.say(chat, html, priority=1, reply_to=case_work.card_name(case.id))


def answer_name(case: Case) -> str:
    return f"answer:{case.id}:{case.round}"


async def open_complaint(turn: Turn, button: OpenComplaint) -> None:
    await complain(turn, button.delivery)


def _state(turn: Turn, case: Case) -> str:
    return turn.plain(f"state-{case.state.replace('_', '-')}")


def _mine_row(case: Case, *, add_only: bool = False) -> Row:
    add = Key(Text("add-to-case"), Mine(case.id, "a"))
    return (add,) if add_only else (add, Key(Text("see-case"), Mine(case.id, "t")))
