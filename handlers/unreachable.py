"""A chat that Telegram will not let us write to: what was owed is kept with the reason, and whoever should know is told."""

from domain.delivery import Fate
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
        await _unanswerable(batch, int(call.name.rpartition(":")[2]))


async def _unanswerable(batch: Batch, invitation: int) -> None:
    """A survey that did not arrive: it was not delivered, so that it is in no response rate."""
    if await ratings.with_answers(batch.tx, [invitation]):
        return
    found = await ratings.get(batch.tx, invitation)
    if found is not None and found.state == "open":
        await ratings.close(batch.tx, [invitation], "undelivered")
        if found.delivery is not None:
            batch.fates[found.delivery] = Fate.BLOCKED
