"""Triage of unsolicited messages: what a customer writes unasked is kept and sorted; nothing pressed, and it is an inquiry for quality.

1. Where the department wrote lately about just one open case, it belongs to that case. Otherwise the customer says what it is.
2. Who works here and is no customer of ours reads what the bot is for: nothing of theirs is a case.
3. A command that begins a complaint, a question, a suggestion or praise begins it with what was kept.
4. The timer is a row, and what it does ends the dialogue in the same transaction: it happens once, whatever dies.
"""

from datetime import timedelta

from conversations.cases import triage
from conversations.pieces import join_words, list_files, shorten
from conversations.protocol import Attached, Said
from domain.cases.case import OPEN, CaseKind
from domain.deliveries.delivery import RECENT
from domain.timer_kinds import TimerKind
from handlers.cases.customers import additions, complaints, feedback, filing, inquiries, replies
from handlers.cases.messages import contributions
from handlers.turns import engine
from handlers.turns.batch import Batch
from handlers.turns.room import OnCommand
from handlers.turns.turn import Turn, open_turn
from storage.cases import cases
from storage.cases import contributions as contribution_rows
from storage.cases.contributions import OpenThread
from storage.deliveries import deliveries
from texts import escape

CASES_OFFERED = 3
SHOWN_CHARACTERS = 600


async def on_message(turn: Turn, event: Said | Attached) -> None:
    """Somebody writes outside every dialogue, in private."""
    await turn.load_roles()
    threads = await contribution_rows.list_open_threads(turn.tx, turn.person.id)
    if (addressed := _find_addressed(turn, threads)) is not None:
        case = await cases.get(turn.tx, addressed.case)
        if case is not None:
            await replies.on_reply(turn, event, case)
            return
    recent = await deliveries.list_recent(turn.tx, turn.person.id, turn.now - RECENT)
    if turn.person.grants and not threads and not recent:
        if not turn.quiet:
            turn.say("hint")
        return
    draft, now = turn.services.next_id(), engine.format_now(turn)
    choices = tuple((one.id, one.waybill) for one in recent)
    open_cases = tuple((one.case, one.number) for one in threads[:CASES_OFFERED])
    state = triage.Sorting(
        draft, (triage.make_piece(event),), choices, open_cases, now, now, days=turn.list_days(recent)
    )
    engine.begin(turn, triage.NAME, triage.NAME, state)
    _set_timer(turn, draft)


def begin_with_kept(kind: CaseKind, on_command: OnCommand) -> OnCommand:
    """The command that begins a dialogue of this kind; what the customer has just written is where it begins."""

    async def begin(turn: Turn, args: str) -> None:
        session = turn.batch.sessions.get(turn.lane, {}).get(triage.NAME)
        if session is None:
            await on_command(turn, args)
            return
        state: triage.State = engine.decode_state(turn, session)
        turn.batch.end_session(turn.lane, triage.NAME)
        await _begin_dialogue(turn, triage.MessagesSorted(kind, state.pieces), is_known=False)

    return begin


async def on_kept_fact(turn: Turn, fact: triage.MessageKept) -> None:
    """One more message: the time begins anew."""
    _set_timer(turn, fact.draft)


async def on_sorted_fact(turn: Turn, fact: triage.MessagesSorted) -> None:
    """The customer has said what it is: the dialogue of that kind begins with it."""
    await _begin_dialogue(turn, fact, is_known=True)


async def on_case_fact(turn: Turn, fact: triage.MessagesForCase) -> None:
    """It belongs to an open case; to one that was closed meanwhile it is kept."""
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is None or case.customer != turn.person.id:
        return
    words = join_words(fact.pieces)
    said = [contributions.make_source_message(one.message, one.words, one.file) for one in fact.pieces]
    key = "passed-on"
    if case.state in OPEN:
        await additions.add(turn, case, words, said)
    else:
        await contributions.record_contribution(turn, case, words, said)
        turn.batch.record(turn.person.id, "case.add", f"case:{case.id}")
        key = "kept-closed"
    _show(turn, turn.text(key, number=case.number))


async def on_timer(batch: Batch, subject: tuple[int, int]) -> None:
    """Nothing was pressed: what was kept is an inquiry for quality, and the table tells the customer."""
    telegram_id, draft = subject
    turn = await open_turn(batch, telegram_id)
    session = turn.batch.sessions[turn.lane].get(triage.NAME) if turn is not None else None
    if turn is None or session is None:
        return
    state: triage.State = engine.decode_state(turn, session)
    if state.draft != draft:
        return
    batch.end_session(turn.lane, triage.NAME)
    _show_taken(turn, triage.MessagesSorted(CaseKind.INQUIRY, state.pieces))
    await filing.file(turn, CaseKind.INQUIRY, state.pieces, department=turn.company.quality, by_clock=True)


async def _begin_dialogue(turn: Turn, fact: triage.MessagesSorted, *, is_known: bool) -> None:
    """The dialogue of this kind, with what was said. `is_known`: the customer was asked which delivery it is about."""
    if fact.kind is CaseKind.INQUIRY:
        is_filed = await inquiries.begin_with_kept(turn, fact.pieces, fact.delivery)
        if not (is_filed and turn.callback):  # a pressed message says that it is filed
            _show_taken(turn, fact)
        return
    _show_taken(turn, fact)
    if fact.kind is CaseKind.COMPLAINT:
        await complaints.begin_with_kept(turn, fact.pieces, fact.delivery, is_known=is_known)
    else:
        await feedback.begin_with_kept(turn, fact.kind, fact.pieces, fact.delivery, is_known=is_known)


def _find_addressed(turn: Turn, threads: list[OpenThread]) -> OpenThread | None:
    """The one case about which the department wrote lately, so that an answer is meant for it; None if there are several."""
    since = turn.now - timedelta(hours=turn.company.handling.waiting_hours)
    written = [one for one in threads if one.written_at is not None and one.written_at >= since]
    return written[0] if len(written) == 1 else None


def _set_timer(turn: Turn, draft: int) -> None:
    due = turn.now + timedelta(minutes=turn.company.handling.unsorted_becomes_inquiry_after_minutes)
    turn.batch.set_timer(TimerKind.UNSORTED_MESSAGES, f"{turn.person.telegram_id}:{draft}", due)


def _show_taken(turn: Turn, fact: triage.MessagesSorted) -> None:
    """The question's own message says what it became, without buttons."""
    words, count = shorten(join_words(fact.pieces), SHOWN_CHARACTERS), len(list_files(fact.pieces))
    files = turn.text("telling-summary-files", count=count) if count else ""
    _show(turn, "\n".join(filter(None, (turn.text("triage-taken", kind=fact.kind.value), escape(words), files))))


def _show(turn: Turn, html: str) -> None:
    name = engine.screen_name(turn.lane, triage.NAME)
    turn.batch.show(turn.chat, name, html, language=turn.language, message_id=turn.pressed_at)
