"""How many persons there are, as the thresholds of data protection laws count them."""

from dataclasses import dataclass

from sqlalchemy import func, select

from storage.engine.database import Tx
from storage.models import deliveries, people


@dataclass(frozen=True, slots=True)
class PersonCounts:
    """`kept`: different persons of whom anything is kept; `in_chat`: those of them whose data passes through Telegram, that is, abroad."""

    kept: int
    in_chat: int


async def count_persons(tx: Tx) -> PersonCounts:
    """Everybody in chat, and everybody else by a number or a reference of theirs; reads all deliveries of those who are not in chat."""
    in_chat = await tx.scalar(select(func.count()).select_from(people).where(people.c.telegram_id.is_not(None))) or 0
    nobodys = deliveries.c.person.is_(None)
    by_number = await tx.scalar(select(func.count(deliveries.c.phone_hash.distinct())).where(nobodys)) or 0
    unnumbered = (nobodys, deliveries.c.phone_hash.is_(None))
    by_reference = await tx.scalar(select(func.count(deliveries.c.ref_hash.distinct())).where(*unnumbered)) or 0
    return PersonCounts(in_chat + by_number + by_reference, in_chat)
