"""`/mycases`: a customer's own cases, one message from the list to the timeline and back, with the buttons that the case's table allows.

1. What can be pressed is read off the table of the case's kind, and checked again at the press.
2. Everything is edited in place; a list begun anew comes as a new message.
"""

from datetime import datetime, timedelta

from conversations.buttons import Mine
from conversations.cases import reason
from conversations.protocol import Key, Row, Text, Words
from domain.cases.case import OPEN, Case, Event, Kind, Need, Part, Refused, State
from handlers.cases.customers import complaints, inquiries, verdicts
from handlers.cases.life import cards
from handlers.cases.life import cases as case_work
from handlers.turns import engine
from handlers.turns.batch import Batch, Turn
from storage.cases import cases
from storage.queue import outbox, sessions
from texts.length import trim

PAGE = 10
SAID = 300
"""How much of the own words and of the answer a timeline shows."""

_CUSTOMER = frozenset({Part.CUSTOMER})


async def my_cases(turn: Turn) -> None:
    """The own cases, as a new message."""
    await _list(turn, 0)


async def my_case(turn: Turn, button: Mine) -> None:
    """A press in the list or in a timeline."""
    if button.what == "l":
        await _list(turn, button.page)
        return
    case = await cases.get(turn.tx, button.case, for_update=button.what in "We")
    if case is None or case.customer != turn.person.id:
        turn.toast("not-yours")
        return
    match button.what:
        case "a" if case.state in OPEN:
            complaints.begin_adding(turn, case)
        case "a":
            turn.toast("case-over", alert=True)
        case "w" if Event.WITHDRAW in verdicts.may(case):
            _show(turn, case, turn.text("withdraw-really", number=case.number), _really(case, button.page))
        case "W":
            await _withdraw(turn, case, button.page)
        case "n" if Event.REOPEN in verdicts.may(case):
            verdicts.ask_why(turn, case, Event.REOPEN)
        case "q" if Event.ASK_MORE in verdicts.may(case):
            verdicts.ask_why(turn, case, Event.ASK_MORE)
        case "e":
            await inquiries.enough(turn, case)
        case "t":
            await _timeline(turn, case, button.page)
        case _:
            turn.toast("verdict-late", number=case.number)


async def reopened(turn: Turn, fact: reason.Reasoned) -> None:
    """Not solved after all: the case is opened again, or, when it is too late for that, taken up as a new one."""
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is None or case.customer != turn.person.id:
        return
    facts = {Need.REASON: fact.reason}
    moved = await case_work.move(turn.batch, case, Event.REOPEN, _CUSTOMER, facts, actor=turn.person.id)
    if not isinstance(moved, Refused):
        await verdicts.forget_handling(turn, moved)
        await verdicts.begin_round(turn, moved, fact.reason)
    elif moved.why == "case-too-late":
        await complaints.take_up_again(turn, case, fact.reason)
    else:
        turn.say("verdict-late", number=case.number)


# --- the list --------------------------------------------------------------------------------------------------------


async def _list(turn: Turn, page: int) -> None:
    found = await cases.page_of_customer(turn.tx, turn.person.id, page * PAGE, PAGE + 1)
    if not found:
        turn.toast("mycases-none")
        return
    rows: list[Row] = [(Key(Words(_line(turn, case)), Mine(case.id, "t", page)),) for case in found[:PAGE]]
    turns = [Key(Text("mycases-newer"), Mine(0, "l", page - 1))] if page else []
    turns += [Key(Text("mycases-older"), Mine(0, "l", page + 1))] if len(found) > PAGE else []
    if turns:
        rows.append(tuple(turns))
    turn.batch.show(
        turn.chat,
        "mycases",
        turn.text("mycases"),
        tuple(rows),
        language=turn.language,
        message_id=turn.pressed_at,
        fresh=not turn.callback,
    )


def _line(turn: Turn, case: Case) -> str:
    return f"{case.number} · {turn.plain(f'kind-{case.kind}')} · {_state(turn, case)}"


def _state(turn: Turn, case: Case) -> str:
    return turn.plain(f"state-{case.state.replace('_', '-')}")


# --- one case --------------------------------------------------------------------------------------------------------


async def _timeline(turn: Turn, case: Case, page: int) -> None:
    """What happened, in the customer's words, and what comes next by when."""
    history = await cases.history(turn.tx, case.id)
    lines = [turn.text("timeline-head", number=case.number, state=_state(turn, case))]
    if case.description:
        lines.append(turn.text("timeline-words", text=trim(case.description, SAID)))
    lines.append("")
    for event in history:
        key = f"timeline-{event.event.replace('_', '-')}"
        lines.append(turn.text(key, at=cards.moment(event.at, turn.company)))
    answer = (case.resolution or {}).get("action", "") if case.state in {State.ANSWERED, State.CLOSED} else ""
    words = next((one.facts["words"] for one in reversed(history) if one.facts.get("words") and not answer), "")
    if (answer or words) and history[-1].event is not Event.ASK_MORE:
        lines += ["", turn.text("timeline-reply", text=trim(answer or words, SAID))]
    if following := await _next(turn, case, history[-1].at):
        lines += ["", following]
    _show(turn, case, "\n".join(lines), _rows(case, page))


async def _next(turn: Turn, case: Case, since: datetime) -> str:
    """What comes next, and by when; empty where nothing does."""
    handling, now = turn.company.handling, turn.now
    match case.state:
        case State.ASSIGNED | State.IN_WORK | State.PLANNED | State.IN_REVIEW:
            return turn.text(f"next-{case.state.replace('_', '-')}", due=cards.moment(case.due_at, turn.company))
        case State.WAITING:
            return turn.text("next-waiting")
        case State.ANSWERED:
            return turn.text("next-answered")
        case State.ADOPTED:
            return turn.text("next-adopted", due=cards.due_of_plan(case, turn.company))
        case State.MERGED if case.merged_into is not None:
            into = await cases.get(turn.tx, case.merged_into)
            return turn.text("next-merged", number=into.number) if into is not None else ""
        case State.CLOSED if Event.REOPEN in verdicts.may(case):
            until = since + timedelta(days=handling.reopen_within_days)
            return turn.text("next-closed", until=cards.moment(until, turn.company)) if now <= until else ""
        case _:
            return ""


def _rows(case: Case, page: int) -> tuple[Row, ...]:
    """The buttons of a timeline, by what the table allows the customer now."""
    may = verdicts.may(case)
    rows: list[Row] = []
    if Event.SATISFIED in may:
        rows += inquiries.more_rows(case) if case.kind is Kind.INQUIRY else case_work.verdict_rows(case)
    work = [Key(Text("add-to-case"), Mine(case.id, "a"))] if case.state in OPEN else []
    work += [Key(Text("withdraw"), Mine(case.id, "w", page))] if Event.WITHDRAW in may else []
    rows += [tuple(work)] if work else []
    rows += verdicts.reopen_rows(case)
    rows.append((Key(Text("mycases-back"), Mine(0, "l", page)),))
    return tuple(rows)


def _really(case: Case, page: int) -> tuple[Row, ...]:
    return (
        (
            Key(Text("withdraw-yes"), Mine(case.id, "W", page)),
            Key(Text("withdraw-no"), Mine(case.id, "t", page)),
        ),
    )


def _show(turn: Turn, case: Case, html: str, rows: tuple[Row, ...]) -> None:
    turn.batch.show(
        turn.chat,
        f"mine:{case.id}",
        html,
        rows,
        language=turn.language,
        message_id=turn.pressed_at,
        fresh=not turn.callback,
    )


# --- withdrawing -----------------------------------------------------------------------------------------------------


async def _withdraw(turn: Turn, case: Case, page: int) -> None:
    """The department hears of it, and nobody is asked about the case any more."""
    moved = await case_work.move(turn.batch, case, Event.WITHDRAW, _CUSTOMER, {}, actor=turn.person.id)
    if isinstance(moved, Refused):
        turn.toast("verdict-late", number=case.number)
        return
    await _end_dialogues(turn.batch, moved)
    await case_work.tell(turn.batch, moved, "withdrawn-here")
    back = ((Key(Text("mycases-back"), Mine(0, "l", page)),),)
    _show(turn, moved, turn.text("withdrawn", number=case.number), back)


async def _end_dialogues(batch: Batch, case: Case) -> None:
    """Whatever is being asked about this case, of whomever, is over, and the question says so."""
    asked = ["add", "answer", "answering", "question", "reason", *(event.value for event in Event)]
    for one in await sessions.about(batch.tx, [f"{what}:{case.id}" for what in asked]):
        chat = int(one.lane.partition(":")[0])
        batch.end_session(one.lane, one.topic)
        language = await case_work.language_of(batch, chat)
        html = batch.services.texts.html(language, "dialogue-over", {"number": case.number})
        # A question that forces a reply cannot be edited: in a group the word comes below it.
        fresh, name = one.awaits and chat < 0, engine.screen_name(one.lane, one.topic)
        batch.show(
            chat, name, html, language=language, fresh=fresh, priority=outbox.STAFF if chat < 0 else outbox.PEOPLE
        )
