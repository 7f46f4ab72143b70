"""Unreachable chats: what was queued is kept with the reason, and those who should know are told."""

from domain.deliveries.delivery import Fate
from domain.people import Reach
from domain.timer_kinds import TimerKind
from handlers.deliveries.deliveries import is_sampled
from handlers.people import groups
from handlers.surveys import anonymous
from handlers.surveys.ratings import dialogue_key
from handlers.turns import totals
from handlers.turns.batch import Batch, make_lane
from storage.people import people
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from storage.surveys import campaigns, ratings

_SURVEY_NAME_PART = ":rate:"


async def mark_unreachable(batch: Batch, call: OwedCall, why: str) -> None:
    """A person blocked the bot (or never wrote to it), or a group is lost."""
    chat = call.chat_id
    if chat is None:
        await outbox.mark_failed(batch.tx, call.id, why)
        return
    if chat < 0:
        await groups.mark_group_lost(batch, chat, why)
        return
    await outbox.hold(batch.tx, chat, why)
    person = await people.set_reach(batch.tx, chat, Reach.BLOCKED)
    if person is not None:
        batch.record(None, "person.blocked", f"person:{person}", None, why)
    names = {call.name} if _SURVEY_NAME_PART in call.name else set()
    for name in sorted(names | {*await outbox.list_unseen(batch.tx, chat, _SURVEY_NAME_PART)}):
        await _undo_invitation(batch, chat, name, int(name.rpartition(":")[2]))


async def _undo_invitation(batch: Batch, chat: int, name: str, invitation: int) -> None:
    """Undo the invitation of a survey that did not arrive: nobody was asked, so it is in no rate and may be asked on return."""
    asked = await ratings.get(batch.tx, invitation)
    if asked is None or asked.person is None or await ratings.find_answered(batch.tx, [invitation]):
        return
    if await anonymous.was_touched(batch, asked, chat):
        return
    await outbox.drop(batch.tx, chat, name)
    if await outbox.find_messages(batch.tx, [(chat, name)]):
        return  # it had arrived before: this was a reminder
    await campaigns.mark_undelivered(batch.tx, invitation)
    await totals.remove_survey(batch, invitation)
    await ratings.undo(batch.tx, invitation)
    await people.undo_asked(batch.tx, asked.person)
    batch.end_session(make_lane(chat), dialogue_key(invitation))
    for kind in (TimerKind.SURVEY_REMIND, TimerKind.SURVEY_EXPIRE, TimerKind.SURVEY_SETTLE):
        batch.cancel_timer(kind, f"{invitation}:{chat}")
    about = (await batch.frozen([asked.delivery])).get(asked.delivery) if asked.delivery is not None else None
    if about is not None:
        sampled = is_sampled(batch.services, about.source, about.waybill, about.values["priority"])
        batch.fates[about.delivery] = Fate.BLOCKED if sampled else Fate.SAMPLED_OUT
