"""What could not be sent, read from the outbox; and sending it again.

1. `failed`: Telegram refused the call itself. `held`: its chat could not be written to; it is sent when the chat is back.
2. Sent again is what may succeed now: what was refused, what waits for a group (which counts as back until Telegram says no), and what
   waits for somebody who is back by what we know. Who has blocked the bot is not asked again.
"""

from datetime import datetime

from sqlalchemy import case, func, or_, select, update

from domain.people import Reach
from domain.undelivered import MessageKind, Undelivered, UndeliveredRow, fold
from storage.engine.columns import spell
from storage.engine.database import Tx
from storage.models import groups, outbox, people
from storage.queue.outbox import CARD_PREFIX, DOCUMENT, PICTURE

_IS_KEPT = outbox.c.state != spell("owed")
"""The condition of the index that holds only these."""

_KIND = case(
    (outbox.c.name.contains(":rate:", autoescape=True), MessageKind.SURVEY.value),
    (outbox.c.name.startswith(CARD_PREFIX, autoescape=True), MessageKind.CARD.value),
    (outbox.c.method.in_((PICTURE, DOCUMENT)), MessageKind.FILE.value),
    else_=MessageKind.MESSAGE.value,
).label("kind")
_UNDELIVERED = (
    select(outbox.c.chat_id, outbox.c.reason, _KIND, func.count(), func.min(outbox.c.created_at))
    .where(_IS_KEPT)
    .group_by(outbox.c.chat_id, outbox.c.reason, _KIND)
)


async def list_undelivered(tx: Tx) -> list[Undelivered]:
    """Everything that could not be sent, by cause."""
    rows = await tx.execute(_UNDELIVERED)
    return fold(
        UndeliveredRow(chat, reason or "", MessageKind(kind), count, since) for chat, reason, kind, count, since in rows
    )


async def send_again(tx: Tx, now: datetime) -> int:
    """Owe once more whatever may succeed now; how many calls that are. A group that was lost counts as back until Telegram says no."""
    back = select(people.c.telegram_id).where(people.c.reach == Reach.OPEN.value)
    may_succeed = or_(outbox.c.state == "failed", outbox.c.chat_id < 0, outbox.c.chat_id.in_(back))
    held_for = select(outbox.c.chat_id).where(_IS_KEPT, outbox.c.state == "held", outbox.c.chat_id < 0)
    here = {"state": "here", "reason": None, "updated_at": now}
    await tx.execute(update(groups).where(groups.c.state == "lost", groups.c.chat_id.in_(held_for)).values(here))
    again = {"state": "owed", "reason": None, "holder": None}
    return (await tx.execute(update(outbox).where(_IS_KEPT, may_succeed).values(again))).rowcount
