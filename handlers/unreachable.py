"""A chat that Telegram will not let us write to: what was owed is kept with the reason, and whoever should know is told."""

from handlers import groups
from handlers.batch import Batch
from storage import outbox, people, ratings
from storage.outbox import Owed

_SURVEY = ":rate:"


async def chat_gone(batch: Batch, call: Owed, why: str) -> None:
    """A person blocked the bot (or never wrote), or a group is lost."""
    chat = call.chat_id
    if chat is None:
        await outbox.fail(batch.tx, call.id, why)
        return
    if chat < 0:
        await groups.lost(batch, chat, why)
        return
    await outbox.hold(batch.tx, chat, why)
    person = await people.set_reach(batch.tx, chat, "blocked")
    if person is not None:
        batch.record(None, "person.blocked", f"person:{person}", None, why)
    if _SURVEY in call.name:
        invitation = int(call.name.rpartition(":")[2])
        if not await ratings.has_answers(batch.tx, invitation):
            await ratings.close(batch.tx, invitation, "undelivered")
