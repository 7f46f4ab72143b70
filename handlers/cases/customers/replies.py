"""Customer replies: what a customer writes about a case by replying to one of our messages.

1. It goes to the department in the same transaction that tells the customer it was passed on; an album once it is
   complete.
2. For a finished case it is kept, and the customer is told how to take the case up again.
"""

from datetime import timedelta

from conversations.protocol import Attached, Said
from domain.cases.case import OPEN, Case
from handlers.cases.customers import verdicts
from handlers.cases.messages import contributions, copies, threads
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.cases import cases
from storage.people import people
from storage.queue import outbox

SETTLED = "said"
SETTLE = timedelta(seconds=1.5)
"""How long to wait for an album to be complete."""


async def on_reply(turn: Turn, event: Said | Attached, case: Case) -> None:
    """The customer replies to a message about their own case; a merged case continues in the one it was merged into."""
    while case.merged_into is not None and (whole := await cases.get(turn.tx, case.merged_into)) is not None:
        case = whole
    words, file = (event.text, None) if isinstance(event, Said) else (event.caption, event.file)
    album = file.album if file is not None else ""
    said = [contributions.make_source_message(turn.message, words, file)]
    contribution, is_new = await contributions.record_contribution(turn, case, words, said, album=album)
    if is_new:
        turn.batch.record(turn.person.id, "case.add", f"case:{case.id}")
        if album:
            await outbox.name_message(turn.tx, turn.chat, threads.album_name(album), turn.message)
    if case.state not in OPEN:
        if is_new:
            turn.say("kept-closed", number=case.number)
    elif album:
        turn.batch.set_timer(SETTLED, str(contribution.id), turn.now + SETTLE)
    else:
        await copies.show_copies(turn.batch, case, contribution)
        turn.say("passed-on", number=case.number)
    if is_new:
        case = await verdicts.resume_waiting(turn, case)
        await verdicts.reopen_inquiry(turn, case, words)


async def on_timer(batch: Batch, contribution: int) -> None:
    """An album is complete: show it to the department, and tell the customer so."""
    addition = await cases.fetch_contribution(batch.tx, contribution)
    case = await cases.get(batch.tx, addition.case) if addition else None
    if addition is None or case is None or case.customer is None:
        return
    await copies.show_copies(batch, case, addition)
    customer = (await people.fetch_by_id(batch.tx, [case.customer])).get(case.customer)
    if customer is not None:
        html = batch.services.texts.html(customer.language, "passed-on", {"number": case.number})
        batch.say(customer.telegram_id, html)
