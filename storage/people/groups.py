"""Staff groups: which chat belongs to which department, in what language, and whether the bot can still write there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from storage.engine.database import Tx, upsert
from storage.models import groups


@dataclass(frozen=True, slots=True)
class Group:
    """A group chat the bot was added to; `department` is the department's key once bound."""

    chat_id: int
    department: str | None
    language: str
    here: bool


async def get(tx: Tx, chat: int) -> Group | None:
    row = (await tx.execute(select(groups).where(groups.c.chat_id == chat))).first()
    return Group(row.chat_id, row.department, row.language, row.state == "here") if row else None


async def find_by_department(tx: Tx, department: str) -> Group | None:
    row = (await tx.execute(select(groups).where(groups.c.department == department))).first()
    return Group(row.chat_id, row.department, row.language, row.state == "here") if row else None


async def list_bound(tx: Tx) -> list[Group]:
    rows = await tx.execute(select(groups).where(groups.c.department.is_not(None)).order_by(groups.c.department))
    return [Group(row.chat_id, row.department, row.language, row.state == "here") for row in rows]


async def bind(tx: Tx, chat: int, department: str, language: str, now: datetime) -> Group | None:
    """Bind this chat to this department; returns the group it replaces if another chat was bound."""
    before = await find_by_department(tx, department)
    if before is not None and before.chat_id != chat:
        await tx.execute(
            update(groups).where(groups.c.chat_id == before.chat_id).values(department=None, updated_at=now)
        )
    row = {
        "chat_id": chat,
        "department": department,
        "language": language,
        "state": "here",
        "reason": None,
        "updated_at": now,
    }
    await tx.execute(upsert(tx, groups), row)
    return before if before is not None and before.chat_id != chat else None


async def mark_lost(tx: Tx, chat: int, reason: str, now: datetime) -> bool:
    """The bot cannot write there any more; True the first time."""
    where = (groups.c.chat_id == chat, groups.c.state == "here")
    result = await tx.execute(update(groups).where(*where).values(state="lost", reason=reason, updated_at=now))
    return result.rowcount == 1


async def mark_here(tx: Tx, chat: int, now: datetime) -> bool:
    """The bot is back; True if the group had been lost."""
    where = (groups.c.chat_id == chat, groups.c.state == "lost")
    return (
        await tx.execute(update(groups).where(*where).values(state="here", reason=None, updated_at=now))
    ).rowcount == 1


async def move(tx: Tx, old: int, new: int, now: datetime) -> bool:
    """A group became a supergroup and got another id; True if it was known under the old one."""
    group = await get(tx, old)
    if group is None:
        return False
    await tx.execute(delete(groups).where(groups.c.chat_id.in_([old, new])))
    row = {
        "chat_id": new,
        "department": group.department,
        "language": group.language,
        "state": "here",
        "reason": None,
        "updated_at": now,
    }
    await tx.execute(upsert(tx, groups), row)
    return True
