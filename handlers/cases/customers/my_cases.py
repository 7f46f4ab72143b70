"""Customer's case list, `/mycases`: one message that turns from the list to a timeline and back, with the buttons that
the case's table allows.

1. The buttons are derived from the table of the case's kind, and checked again at the press.
2. Everything is edited in place; a list requested again is a new message.
"""

from datetime import datetime, timedelta

from conversations.buttons import MyCaseButton
from conversations.cases import reason
from conversations.protocol import Key, KeyboardRow, Text, Words
from domain.cases.case import OPEN, Case, CaseEvent, CaseKind, CaseRefusal, CaseState, Need
from handlers.cases.customers import complaints, inquiries, verdicts
from handlers.cases.life import card_chats, cards, customer_buttons
from handlers.cases.messages import copies
from handlers.cases.notices import events
from handlers.turns import engine
from handlers.turns.batch import Batch
from handlers.turns.pager import draw_pager
from handlers.turns.turn import Turn
from storage.cases import cases
from storage.queue import sessions
from storage.queue.outbox import Priority
from texts.length import trim

PAGE = 10
SHOWN_CHARACTERS = 300
"""How many characters of the customer's own words and of the answer a timeline shows."""


async def on_command(turn: Turn, _args: str) -> None:
    """The customer's cases, as a new message."""
    await _show_list(turn, 0)


async def on_press(turn: Turn, button: MyCaseButton) -> None:
    """A press in the list or in a timeline."""
    if button.what == "l":
        await _show_list(turn, button.page)
        return
    case = await cases.get(turn.tx, button.case, for_update=button.what in "We")
    if case is None or case.customer != turn.person.id:
        turn.toast("not-yours")
        return
    match button.what:
        case "a" if case.state in OPEN:
            complaints.begin_addition(turn, case)
        case "a":
            turn.toast("case-over", alert=True)
        case "w" if CaseEvent.WITHDRAW in customer_buttons.list_allowed(case):
            _show(
                turn, case, turn.text("withdraw-really", number=case.number), _draw_withdraw_buttons(case, button.page)
            )
        case "W":
            await _withdraw(turn, case, button.page)
        case "n" if CaseEvent.REOPEN in customer_buttons.list_allowed(case):
            verdicts.ask_why(turn, case, CaseEvent.REOPEN)
        case "q" if CaseEvent.ASK_MORE in customer_buttons.list_allowed(case):
            verdicts.ask_why(turn, case, CaseEvent.ASK_MORE)
        case "f":
            await copies.send_files_again(turn.batch, case)
        case "e":
            await inquiries.close_inquiry(turn, case)
        case "t":
            await _show_timeline(turn, case, button.page)
        case _:
            turn.toast("verdict-late", number=case.number)


async def on_fact(turn: Turn, fact: reason.ReasonGiven) -> None:
    """Not solved after all: reopen the case, or, when it is too late for that, take it up as a new one."""
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is None or case.customer != turn.person.id:
        return
    facts = {Need.REASON: fact.reason}
    moved = await events.cause(turn.batch, case, CaseEvent.REOPEN, customer_buttons.CUSTOMER, facts, by=turn.person)
    if not isinstance(moved, CaseRefusal):
        await verdicts.clear_handling_rating(turn, moved)
        verdicts.confirm_round(turn, moved)
    elif moved.why == "case-too-late":
        await complaints.take_up_again(turn, case, fact.reason)
    else:
        turn.say("verdict-late", number=case.number)


# --- the list --------------------------------------------------------------------------------------------------------


async def _show_list(turn: Turn, page: int) -> None:
    own_cases = await cases.list_customer_page(turn.tx, turn.person.id, page * PAGE, PAGE + 1)
    if not own_cases:
        turn.toast("mycases-none")
        return
    rows: list[KeyboardRow] = [
        (Key(Words(_draw_line(turn, case)), MyCaseButton(case.id, "t", page)),) for case in own_cases[:PAGE]
    ]
    labels = ("mycases-newer", "mycases-older")
    rows += draw_pager(lambda n: MyCaseButton(0, "l", n), page, more=len(own_cases) > PAGE, labels=labels)
    turn.batch.show(
        turn.chat,
        "mycases",
        turn.text("mycases"),
        tuple(rows),
        language=turn.language,
        message_id=turn.pressed_at,
        fresh=not turn.callback,
    )


def _draw_line(turn: Turn, case: Case) -> str:
    return f"{case.number} · {turn.plain(f'kind-{case.kind}')} · {_draw_state(turn, case)}"


def _draw_state(turn: Turn, case: Case) -> str:
    return turn.plain(f"state-{case.state.replace('_', '-')}")


# --- one case --------------------------------------------------------------------------------------------------------


async def _show_timeline(turn: Turn, case: Case, page: int) -> None:
    """What happened, in the customer's words, and what comes next by when."""
    history = await cases.fetch_history(turn.tx, case.id)
    lines = [turn.text("timeline-head", number=case.number, state=_draw_state(turn, case))]
    if case.description:
        lines.append(turn.text("timeline-words", text=trim(case.description, SHOWN_CHARACTERS)))
    lines.append("")
    for event in history:
        key = f"timeline-{event.event.replace('_', '-')}"
        lines.append(turn.text(key, at=cards.format_moment(event.at, turn.company)))
    answer = (case.resolution or {}).get("action", "") if case.state in {CaseState.ANSWERED, CaseState.CLOSED} else ""
    words = next((one.facts["words"] for one in reversed(history) if one.facts.get("words") and not answer), "")
    if (answer or words) and history[-1].event is not CaseEvent.ASK_MORE:
        lines += ["", turn.text("timeline-reply", text=trim(answer or words, SHOWN_CHARACTERS))]
    if following := await _draw_next_step(turn, case, history[-1].at):
        lines += ["", following]
    _show(turn, case, "\n".join(lines), _draw_buttons(case, page))


async def _draw_next_step(turn: Turn, case: Case, since: datetime) -> str:
    """What comes next, and by when; empty if nothing does."""
    handling, now = turn.company.handling, turn.now
    match case.state:
        case CaseState.ASSIGNED | CaseState.IN_WORK | CaseState.PLANNED | CaseState.IN_REVIEW:
            return turn.text(f"next-{case.state.replace('_', '-')}", due=cards.format_moment(case.due_at, turn.company))
        case CaseState.WAITING:
            return turn.text("next-waiting")
        case CaseState.ANSWERED:
            return turn.text("next-answered")
        case CaseState.ADOPTED:
            return turn.text("next-adopted", due=cards.format_plan_due(case, turn.company))
        case CaseState.MERGED if case.merged_into is not None:
            into = await cases.get(turn.tx, case.merged_into)
            return turn.text("next-merged", number=into.number) if into is not None else ""
        case CaseState.CLOSED if CaseEvent.REOPEN in customer_buttons.list_allowed(case):
            until = since + timedelta(days=handling.reopen_within_days)
            return turn.text("next-closed", until=cards.format_moment(until, turn.company)) if now <= until else ""
        case _:
            return ""


def _draw_buttons(case: Case, page: int) -> tuple[KeyboardRow, ...]:
    """The buttons of a timeline, by what the table allows the customer now."""
    may = customer_buttons.list_allowed(case)
    rows: list[KeyboardRow] = []
    if CaseEvent.SATISFIED in may:
        rows += (
            customer_buttons.draw_more_rows(case)
            if case.kind is CaseKind.INQUIRY
            else customer_buttons.draw_verdict_rows(case)
        )
    work = [Key(Text("add-to-case"), MyCaseButton(case.id, "a"))] if case.state in OPEN else []
    work += [Key(Text("withdraw"), MyCaseButton(case.id, "w", page))] if CaseEvent.WITHDRAW in may else []
    rows += [tuple(work)] if work else []
    rows += customer_buttons.draw_reopen_rows(case)
    rows.append((Key(Text("mycases-back"), MyCaseButton(0, "l", page)),))
    return tuple(rows)


def _draw_withdraw_buttons(case: Case, page: int) -> tuple[KeyboardRow, ...]:
    return (
        (
            Key(Text("withdraw-yes"), MyCaseButton(case.id, "W", page)),
            Key(Text("withdraw-no"), MyCaseButton(case.id, "t", page)),
        ),
    )


def _show(turn: Turn, case: Case, html: str, rows: tuple[KeyboardRow, ...]) -> None:
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
    moved = await events.cause(turn.batch, case, CaseEvent.WITHDRAW, customer_buttons.CUSTOMER, {}, by=turn.person)
    if isinstance(moved, CaseRefusal):
        turn.toast("verdict-late", number=case.number)
        return
    await end_dialogues(turn.batch, moved)
    back = ((Key(Text("mycases-back"), MyCaseButton(0, "l", page)),),)
    _show(turn, moved, turn.text("withdrawn", number=case.number), back)


async def end_dialogues(batch: Batch, case: Case) -> None:
    """End every dialogue about this case, no matter who is being asked, and say so in the question's message."""
    asked = ["add", "answer", "answering", "question", "reason", *(event.value for event in CaseEvent)]
    for session in await sessions.list_by_key(batch.tx, [f"{what}:{case.id}" for what in asked]):
        chat = int(session.lane.partition(":")[0])
        batch.end_session(session.lane, session.key)
        language = await card_chats.find_language(batch, chat)
        html = batch.services.texts.html(language, "dialogue-over", {"number": case.number})
        # A message that forces a reply cannot be edited: in a group the notice comes below it.
        fresh, name = session.awaits and chat < 0, engine.screen_name(session.lane, session.key)
        batch.show(
            chat, name, html, language=language, fresh=fresh, priority=Priority.STAFF if chat < 0 else Priority.PEOPLE
        )
