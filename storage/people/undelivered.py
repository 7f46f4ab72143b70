"""What could not be sent, read from the outbox; and sending it again.

1. `failed`: Telegram refused the call itself. `held`: its chat could not be written to; it is sent when the chat is back.
2. Sent again is what may succeed now: what was refused, what waits for a group (which counts as back until Telegram says no), and what
   waits for somebody who is back by what we know. Who has blocked the bot is not asked again.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, String, case, func, or_, select, update

from domain.people import Reach
from domain.undelivered import MessageKind, Side, Undelivered, UndeliveredRow, fold
from storage.engine.bulk import among
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
_SIDE = func.sign(func.coalesce(outbox.c.chat_id, 0), type_=Integer).label("side")
_REASON = func.coalesce(outbox.c.reason, "", type_=String).label("reason")
_UNDELIVERED = (
    select(_SIDE, _REASON, _KIND, func.count(), func.min(outbox.c.created_at))
    .where(_IS_KEPT)
    .group_by(_SIDE, _REASON, _KIND)
)

NAMED_CHATS = 5
"""So many chats of each cause are named; of the others their number."""


async def list_undelivered(tx: Tx) -> list[Undelivered]:
    """Everything that could not be sent, by cause; the database counts, so that a hundred thousand rows take it a moment."""
    rows = await tx.execute(_UNDELIVERED)
    causes = fold(
        UndeliveredRow(Side(side), reason, MessageKind(kind), count, since) for side, reason, kind, count, since in rows
    )
    return [await _add_chats(tx, cause) for cause in causes]


async def _add_chats(tx: Tx, cause: Undelivered) -> Undelivered:
    """To whom: those with most of it, and how many there are."""
    sources: list[ColumnElement[bool]] = []
    for side, reasons in cause.reasons.items():
        is_side: ColumnElement[bool] = _SIDE.element.in_((side.value,))
        sources.append(is_side & among(tx, _REASON.element, reasons))
    where = (_IS_KEPT, outbox.c.chat_id.is_not(None), or_(*sources))
    most = (
        select(outbox.c.chat_id)
        .where(*where)
        .group_by(outbox.c.chat_id)
        .order_by(func.count().desc(), outbox.c.chat_id)
    )
    chats = tuple((await tx.execute(most.limit(NAMED_CHATS))).scalars())
    count = await tx.scalar(select(func.count(outbox.c.chat_id.distinct())).where(*where)) or 0
    return replace(cause, chats=chats, chat_count=count)


async def send_again(tx: Tx, now: datetime) -> int:
    """Owe once more whatever may succeed now; how many calls that are. A group that was lost counts as back until Telegram says no."""
    back = select(people.c.telegram_id).where(people.c.reach == Reach.OPEN.value)
    may_succeed = or_(outbox.c.state == "failed", outbox.c.chat_id < 0, outbox.c.chat_id.in_(back))
    held_for = select(outbox.c.chat_id).where(_IS_KEPT, outbox.c.state == "held", outbox.c.chat_id < 0)
    here = {"state": "here", "reason": None, "updated_at": now}
    await tx.execute(update(groups).where(groups.c.state == "lost", groups.c.chat_id.in_(held_for)).values(here))
    again = {"state": "owed", "reason": None, "holder": None}
    return (await tx.execute(update(outbox).where(_IS_KEPT, may_succeed).values(again))).rowcount
