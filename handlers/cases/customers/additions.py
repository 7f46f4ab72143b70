"""Additions to a case: whatever way a customer's words and files come (a dialogue, a reply, an answer), they take this one.

1. A case that waits for its customer goes on, and an answered inquiry goes back to the department.
2. Words are shown to the department at once or with the rest of a burst, an album as soon as it is complete: its timer starts anew
   with each part.
3. Anyone who sends a burst reads once that it was passed on.
"""

from collections.abc import Sequence
from datetime import timedelta

from domain.cases.case import Case, CaseEvent, CaseKind, CaseRefusal, CaseState, Need
from domain.timer_kinds import TimerKind
from handlers.cases.life import telling
from handlers.cases.life.card_chats import list_working_chats
from handlers.cases.life.customer_buttons import CUSTOMER
from handlers.cases.messages import contributions, copies, gathering, threads
from handlers.cases.notices import events
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.cases import cases
from storage.cases import contributions as contribution_rows
from storage.cases.contributions import INCOMPLETE, WAITING, Contribution
from storage.cases.messages import FileKey, SourceMessage
from storage.queue import outbox

ALBUM_SETTLES_IN = timedelta(seconds=1.5)
"""How long an album is given to be complete."""


async def add(
    turn: Turn,
    case: Case,
    words: str,
    said: Sequence[SourceMessage],
    *,
    album: str = "",
    files: Sequence[FileKey] = (),
    receipt: str = "",
) -> tuple[Case, bool]:
    """Keep what the customer adds to an open case, and bring it before the department.

    `said` are the messages it came in, `files` those of the messages where nothing else is said. `receipt` is the key of what the
    customer reads when it has been passed on, empty where a dialogue says it. Returns the case as it goes on, and False where this
    is one more part of an album.
    """
    case = await cases.hold(turn.tx, case)
    case = await _resume_waiting(turn, case)
    contribution, is_new = await contributions.record_contribution(
        turn, case, words, said, album=album, files=files, shown_in=INCOMPLETE if album else WAITING
    )
    if is_new:
        turn.batch.record(turn.person.id, "case.add", f"case:{case.id}")
        case = await _reopen_inquiry(turn, case, words)
        if album and receipt:
            await outbox.name_message(turn.tx, turn.chat, threads.album_name(album), turn.message)
    if album:
        await _await_album(turn, case, contribution, said)
    elif await gathering.show_soon(turn.batch, case) and receipt:
        turn.say(receipt, number=case.number)
    return case, is_new


async def _await_album(turn: Turn, case: Case, album: Contribution, said: Sequence[SourceMessage]) -> None:
    """An album is shown when it is complete. A part that comes later still is shown by itself."""
    if album.shown_in in {None, INCOMPLETE}:
        turn.batch.set_timer(TimerKind.ALBUM, str(album.id), turn.now + ALBUM_SETTLES_IN)
    elif album.shown_in != WAITING:
        await copies.update_copies(turn.batch, case, album)
        late = [(one.file[0], one.file[1]) for one in said if one.file is not None]
        for chat in await list_working_chats(turn.batch, case):
            telling.forward_files(turn.batch, chat, case, late)


async def on_album_timer(batch: Batch, contribution: int) -> None:
    """An album is complete: the department sees all of it; a customer who sent it as a reply reads that it was passed on."""
    addition = await contribution_rows.fetch_contribution(batch.tx, contribution)
    case = await cases.get(batch.tx, addition.case, for_update=True) if addition else None
    if addition is None or case is None:
        return
    await contribution_rows.set_shown_in(batch.tx, [addition.id], WAITING)
    is_shown = await gathering.show_soon(batch, case)
    customer = await telling.find_customer(batch, case)
    if is_shown and customer is not None:
        place = (customer.telegram_id, threads.album_name(addition.album))
        if await outbox.find_messages(batch.tx, [place]):
            html = batch.services.texts.html(customer.language, "passed-on", {"number": case.number})
            batch.say(customer.telegram_id, html)


async def _resume_waiting(turn: Turn, case: Case) -> Case:
    """The customer has sent something: a case that was waiting for it goes on. The copy under the card names the owner."""
    if case.state is not CaseState.WAITING:
        return case
    moved = await events.cause(turn.batch, case, CaseEvent.CUSTOMER_ANSWERS, CUSTOMER, {}, by=turn.person)
    return case if isinstance(moved, CaseRefusal) else moved


async def _reopen_inquiry(turn: Turn, case: Case, words: str) -> Case:
    """What the customer writes about an answered inquiry sends it back to the department; any other case stays as it is."""
    if case.kind is not CaseKind.INQUIRY or case.state is not CaseState.ANSWERED:
        return case
    facts = {Need.WORDS: words.strip() or turn.plain("inquiry-only-files")}
    moved = await events.cause(turn.batch, case, CaseEvent.ASK_MORE, CUSTOMER, facts, by=turn.person)
    return case if isinstance(moved, CaseRefusal) else moved
