"""Persons are counted once, whether they are in chat, have a number, or only a company's reference."""

from sqlalchemy import insert

from storage.engine.database import Database
from storage.models import deliveries, people
from storage.privacy.counting import PersonCounts, count_persons
from tests.harness.rows import NOW


async def test_everybody_once(database: Database) -> None:
    """Two deliveries of one number are one person; what belongs to somebody in chat is theirs; who has left Telegram is no longer in chat."""
    common = {"source": "erp", "fingerprint": "", "delivered_at": NOW, "created_at": NOW}
    async with database.begin() as tx:
        assert await count_persons(tx) == PersonCounts(0, 0)
        for id_, account in ((1, 11), (2, 12), (3, None)):
            row = {"id": id_, "telegram_id": account, "language": "en", "name": "", "created_at": NOW}
            await tx.execute(insert(people).values(row))
        for n, (person, phone, ref) in enumerate(
            [(1, "p1", None), (None, "p2", "r2"), (None, "p2", None), (None, None, "r3"), (None, None, "r3")], 1
        ):
            delivery = common | {"id": n, "waybill": str(n), "person": person, "phone_hash": phone, "ref_hash": ref}
            await tx.execute(insert(deliveries).values(delivery))
        assert await count_persons(tx) == PersonCounts(4, 2)
