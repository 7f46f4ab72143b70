"""A chat that Telegram will not let us write to: what was owed is kept with the reason, and whoever should know is told."""

from domain.deliveries.delivery import Fate
from handlers.deliveries.deliveries import is_sampled
from handlers.people import groups
from handlers.surveys import unnamed
from handlers.surveys.invitations import EXPIRE, REMIND
from handlers.surveys.ratings import topic
from handlers.turns import counting
from handlers.turns.batch import Batch, lane_of
from storage.people import people
from storage.queue import outbox
from storage.queue.outbox import Owed
from storage.surveys import campaigns, ratings

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
    names = {call.name} if _SURVEY in call.name else set()
    for name in sorted(names | {*await outbox.unseen(batch.tx, chat, _SURVEY)}):
        await _never_asked(batch, chat, name, int(name.rpartition(":")[2]))


async def _never_asked(batch: Batch, chat: int, name: str, invitation: int) -> None:
    """A survey that did not arrive: nobody was asked, so that it is in no rate and may be asked on return."""
    found = await ratings.get(batch.tx, invitation)
    if found is None or found.person is None or await ratings.with_answers(batch.tx, [invitation]):
        return
    if await unnamed.was_touched(batch, found, chat):
        return
    await outbox.drop(batch.tx, chat, name)
    if await outbox.find(batch.tx, [(chat, name)]):
        return  # it had arrived before: this was a reminder
    await campaigns.undelivered(batch.tx, invitation)
    await counting.survey_undone(batch, invitation)
    await ratings.undo(batch.tx, invitation)
    await people.never_asked(batch.tx, found.person)
    batch.end_session(lane_of(chat), topic(invitation))
    for kind in (REMIND, EXPIRE, unnamed.SETTLE):
        batch.cancel_timer(kind, f"{invitation}:{chat}")
    about = (await batch.frozen([found.delivery])).get(found.delivery) if found.delivery is not None else None
    if about is not None:
        sampled = is_sampled(batch.services, about.source, about.waybill, about.values["priority"])
        batch.fates[about.delivery] = Fate.BLOCKED if sampled else Fate.SAMPLED_OUT
