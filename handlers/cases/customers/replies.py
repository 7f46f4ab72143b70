"""Customer replies: what a customer writes about a case by replying to one of our messages.

1. It goes to the department in the same transaction that tells the customer it was passed on; an album once it is
   complete.
2. For a finished case it is kept, and the customer is told how to take the case up again.
"""

from conversations.protocol import Attached, Said
from domain.cases.case import OPEN, Case
from handlers.cases.customers import additions
from handlers.cases.messages import contributions, threads
from handlers.turns.turn import Turn
from storage.cases import cases
from storage.queue import outbox


async def on_reply(turn: Turn, event: Said | Attached, case: Case) -> None:
    """The customer replies to a message about their own case; a merged case continues in the one it was merged into."""
    while case.merged_into is not None and (whole := await cases.get(turn.tx, case.merged_into)) is not None:
        case = whole
    words, file = (event.text, None) if isinstance(event, Said) else (event.caption, event.file)
    album = file.album if file is not None else ""
    said = [contributions.make_source_message(turn.message, words, file)]
    if case.state in OPEN:
        await additions.add(turn, case, words, said, album=album, receipt="passed-on")
        return
    _, is_new = await contributions.record_contribution(turn, case, words, said, album=album)
    if is_new:
        turn.batch.record(turn.person.id, "case.add", f"case:{case.id}")
        if album:
            await outbox.name_message(turn.tx, turn.chat, threads.album_name(album), turn.message)
        if not turn.quiet:
            turn.say("kept-closed", number=case.number)
