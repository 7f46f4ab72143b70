"""`/mydata`: two files with everything that is kept about whoever asks, written when they are sent; once an hour."""

from datetime import timedelta

from domain.own_data import OwnDataRequest
from handlers.turns import attachments
from handlers.turns.turn import Turn
from storage import audit

KIND = "mydata"
"""The kind of file; bot/drawing/helper_process.py has it written by a separate process."""

TAKEN = "person.data"
"""Its name in the log."""

PAUSE = timedelta(hours=1)

FORMS = ("html", "json")
"""One to read, one for other programs."""


async def on_command(turn: Turn, _args: str) -> None:
    """Say that it comes, and owe both files."""
    subject = f"person:{turn.person.id}"
    logged = await audit.list_entries(turn.tx, subject)
    if any(entry.what == TAKEN and entry.at > turn.now - PAUSE for entry in logged):
        turn.say("mydata-later")
        return
    turn.batch.record(turn.person.id, TAKEN, subject)
    turn.say("mydata-coming")
    day = turn.now.astimezone(turn.company.zone).date().isoformat()
    for form in FORMS:
        attachments.send_file(
            turn.batch,
            turn.chat,
            KIND,
            OwnDataRequest(turn.person.id, form, turn.now),
            filename=f"huifang-my-data-{day}.{form}",
            language=turn.language,
            caption=turn.text("mydata-caption", form=form),
        )
