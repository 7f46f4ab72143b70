"""Transactional outbox: every call owed to Telegram, written in the transaction that owes it, deleted when Telegram has accepted it.

1. A row has a `holder`: the sender that has it in memory. A sender takes every row that is not its own, so the same statement picks up
   what a dead process or another replica left behind.
2. Rows are in the order of `seq`, which PostgreSQL counts, and of their ids: never in the order of several processes' clocks.
3. A message has a name we gave it; `messages` keeps the number Telegram gave it.
"""

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Integer, Select, bindparam, delete, func, or_, select, update

from storage.engine.bulk import BulkStatement, among
from storage.engine.columns import spell
from storage.engine.database import Tx, insert, upsert
from storage.models import group_windows, messages, outbox


class Priority(enum.IntEnum):
    """In which order calls are sent: replies to people (staff in their group, too) first, then cards and notices, then broadcasts."""

    PEOPLE = 0
    STAFF = 1
    BROADCAST = 2


SHOW = "show"
"""Not a Telegram method: edit the message of this name, or send it if there is none."""


QUERY = "ask"
"""Not a Telegram method: a question whose answer comes back through the inbox, with the update it is about."""

PIN = "pin"
"""Not a Telegram method: pin the message of this name; a group that does not let us goes without."""

ERASE = "erase"
"""Not a Telegram method: delete the message of this name; one too old for that says what is in the payload instead."""

BUTTONS = "editMessageReplyMarkup"
"""Other buttons under a message of which nothing else changes; a message that is gone needs none."""

CARD_PREFIX = "card:"
SHARED_PREFIXES = (CARD_PREFIX, "open-cases", "calls:")
"""Name prefixes of messages that belong to everybody in the chat."""

PICTURE = "picture"
"""Not a Telegram method: a picture drawn from the figures in the payload when its turn comes, sent or edited in place."""

DOCUMENT = "document"
"""Not a Telegram method: a file drawn from the facts in the payload when its turn comes; always a new message."""


@dataclass(slots=True)
class OwedCall:
    """One call; `payload` is finished JSON without chat_id and message_id, `name` is our name for the message.

    `message_id` is where the message is known to be; `fresh` asks for a new message even if one of this name exists (with both, see
    `ApiCaller`: the new one may have arrived); `reply_to` names the message this one answers, `topic` the case whose forum topic it belongs
    in; below zero, the topic itself by Telegram's number. A call that is `held` waits until the chat is open again (see `release`).
    `since` is when what caused it arrived, on the process's monotonic clock; 0 for one that was read from the table.
    `attempts` counts what Telegram did not answer, `failures` how often the call could not even be made.
    """

    id: int
    chat_id: int | None
    method: str
    payload: str
    name: str = ""
    message_id: int | None = None
    fresh: bool = False
    priority: Priority = Priority.PEOPLE
    reply_to: str = ""
    topic: int | None = None
    attempts: int = 0
    held: bool = False
    failures: int = 0
    since: float = 0.0


@dataclass(frozen=True, slots=True)
class SentCall:
    """An accepted call; `message_id` if it made or changed a named message."""

    id: int
    chat_id: int | None = None
    name: str = ""
    message_id: int | None = None


_OWE = BulkStatement.into(
    lambda tx: insert(tx, outbox),
    (
        outbox.c.id,
        outbox.c.chat_id,
        outbox.c.method,
        outbox.c.name,
        outbox.c.message_id,
        outbox.c.fresh,
        outbox.c.priority,
        outbox.c.reply_to,
        outbox.c.topic,
        outbox.c.payload,
        outbox.c.holder,
        outbox.c.created_at,
        outbox.c.state,
    ),
)
_FORGET = BulkStatement(lambda _tx: delete(outbox).where(outbox.c.id == bindparam("i")), {"i": outbox.c.id.type})
_KEEP_WINDOW = BulkStatement.into(lambda tx: upsert(tx, group_windows), group_windows.c)
_PLACE = BulkStatement.into(lambda tx: upsert(tx, messages), messages.c)


def is_shared(call: OwedCall) -> bool:
    """Whether many people change what this message says (a card, an overview). A burst of changes is drawn once."""
    return call.method == SHOW and not call.fresh and call.name.startswith(SHARED_PREFIXES)


def is_card(call: OwedCall) -> bool:
    """Whether this shows the card of a case."""
    return call.method == SHOW and not call.fresh and call.name.startswith(CARD_PREFIX)


def answers_card(call: OwedCall) -> bool:
    """Whether this stands under the card of a case: a copy of what its customer wrote, a file, a notice."""
    return call.priority == Priority.STAFF and call.reply_to.startswith(CARD_PREFIX)


def is_notice(call: OwedCall) -> bool:
    """Whether this tells staff something that nobody asked for, on its own: a digest, a reminder."""
    return call.priority == Priority.STAFF and not call.name and not call.reply_to and call.method.startswith("send")


def extract_buttons(call: OwedCall) -> str:
    """The part of the finished call that is its buttons, to tell whether they changed."""
    return call.payload.partition('"reply_markup":')[2]


_ORDER = (outbox.c.seq, outbox.c.id)
_COLUMNS = (
    outbox.c.id,
    outbox.c.chat_id,
    outbox.c.method,
    outbox.c.payload,
    outbox.c.name,
    outbox.c.message_id,
    outbox.c.fresh,
    outbox.c.priority,
    outbox.c.reply_to,
    outbox.c.topic,
)


async def owe(tx: Tx, calls: Sequence[OwedCall], holder: int | None, now: datetime) -> None:
    rows = [
        (
            c.id,
            c.chat_id,
            c.method,
            c.name,
            c.message_id,
            c.fresh,
            c.priority,
            c.reply_to,
            c.topic,
            c.payload,
            holder,
            now,
            "held" if c.held else "owed",
        )
        for c in calls
    ]
    await _OWE.execute(tx, rows)


def _select_owed(*where: ColumnElement[bool]) -> Select[Any]:
    return select(*_COLUMNS).where(*where).order_by(*_ORDER).limit(bindparam("most", type_=Integer))


_IS_OWED = outbox.c.state == spell("owed")
_IS_KEPT = outbox.c.state != spell("owed")
_IS_TO_CHATS = outbox.c.chat_id.in_(bindparam("chats", expanding=True))
_IS_MINE = outbox.c.holder == bindparam("me")
_IS_FREE = or_(outbox.c.holder.is_(None), outbox.c.holder != bindparam("me"))
_FREE, _FREE_TO_CHATS = _select_owed(_IS_OWED, _IS_FREE), _select_owed(_IS_OWED, _IS_TO_CHATS, _IS_FREE)
_MINE = select(outbox.c.id).where(_IS_OWED, _IS_MINE)
_MINE_TO_CHATS = select(outbox.c.id).where(_IS_OWED, _IS_TO_CHATS, _IS_MINE)


async def take(
    tx: Tx, holder: int, limit: int = 1000, *, chats: Collection[int] = (), known: Collection[int] | None = None
) -> list[OwedCall]:
    """The owed calls that no live sender holds, oldest first, to these chats or to any; `holder` has them from now on.

    With `known`: also those in the name of `holder` that are not among these; the answer to the COMMIT that owed them was lost.
    """
    sought: dict[str, object] = {"me": holder, "chats": list(chats)} if chats else {"me": holder}
    strays = []
    if known is not None:
        mine = (await tx.execute(_MINE_TO_CHATS if chats else _MINE, sought)).scalars()
        strays = [id_ for id_ in mine if id_ not in known]
    statement, sought = _FREE_TO_CHATS if chats else _FREE, sought | {"most": limit}
    if strays:
        owed = (_IS_OWED, _IS_TO_CHATS) if chats else (_IS_OWED,)
        statement = _select_owed(*owed, or_(_IS_FREE, among(tx, outbox.c.id, strays)))
    calls = [OwedCall(*row) for row in await tx.execute(statement, sought)]
    if calls:
        taken = among(tx, outbox.c.id, [call.id for call in calls])
        await tx.execute(update(outbox).where(taken).values(holder=holder))
    return calls


async def find_newest_id(tx: Tx) -> int:
    """The greatest id of a row that is still here; 0 if there is none."""
    return await tx.scalar(select(func.max(outbox.c.id))) or 0


async def save_group_windows(tx: Tx, windows: Mapping[int, Sequence[float]]) -> None:
    """Keep when these groups were written to in the last minute (seconds since the epoch)."""
    rows = [(chat, msgspec.json.encode(moments).decode()) for chat, moments in windows.items()]
    await _KEEP_WINDOW.execute(tx, rows)


async def list_group_windows(tx: Tx) -> dict[int, list[float]]:
    """When each group was written to in a last minute (seconds since the epoch)."""
    rows = await tx.execute(select(group_windows.c.chat_id, group_windows.c.moments))
    return {chat: msgspec.json.decode(moments, type=list[float]) for chat, moments in rows}


async def list_group_chats(tx: Tx) -> list[int]:
    """The groups that somebody holds a call for: it may have been sent before that process died."""
    where = (_IS_OWED, outbox.c.chat_id < 0, outbox.c.holder.is_not(None))
    return list((await tx.execute(select(outbox.c.chat_id).where(*where).distinct())).scalars())


async def record_sent(tx: Tx, sent: Sequence[SentCall]) -> None:
    """These calls were accepted: delete them, and remember where the named messages are."""
    await _FORGET.execute(tx, [(one.id,) for one in sent])
    placed = {(s.chat_id, s.name): s.message_id for s in sent if s.name and s.message_id is not None}
    if placed:
        await _PLACE.execute(tx, [(chat, name, message) for (chat, name), message in placed.items()])


async def mark_failed(tx: Tx, call: int, reason: str) -> None:
    """Telegram will not accept this call; it stays visible with the reason."""
    await tx.execute(update(outbox).where(outbox.c.id == call).values(state="failed", reason=reason))


async def hold(tx: Tx, chat: int, reason: str) -> None:
    """Nothing can be sent to this chat now; what is owed waits until something can."""
    await tx.execute(update(outbox).where(outbox.c.chat_id == chat, _IS_OWED).values(state="held", reason=reason))


def _are_held(chat: int) -> tuple[ColumnElement[bool], ...]:
    return (_IS_KEPT, outbox.c.state == "held", outbox.c.chat_id == chat)


async def release(tx: Tx, chat: int) -> None:
    """The chat can be written to again: what was held is owed."""
    values = {"state": "owed", "reason": None, "holder": None}
    await tx.execute(update(outbox).where(*_are_held(chat)).values(values))


async def drop(tx: Tx, chat: int, name: str) -> None:
    """What is owed under this name is no longer wanted."""
    for where in ((_IS_OWED,), (_IS_KEPT, outbox.c.state.in_(("held", "failed")))):  # each by its own index
        await tx.execute(delete(outbox).where(*where, outbox.c.chat_id == chat, outbox.c.name == name))


async def list_broadcasts(tx: Tx, limit: int) -> list[str]:
    """The names of up to `limit` broadcast messages that are owed and not sent yet."""
    where = (_IS_OWED, outbox.c.priority == Priority.BROADCAST)
    return list((await tx.execute(select(outbox.c.name).where(*where).limit(limit))).scalars())


async def list_unseen(tx: Tx, chat: int, containing: str) -> list[str]:
    """The names of held messages that never appeared in this chat and contain this text."""
    where = (*_are_held(chat), outbox.c.name.contains(containing, autoescape=True))
    seen = select(messages.c.name).where(messages.c.chat_id == chat, messages.c.name == outbox.c.name)
    return list((await tx.execute(select(outbox.c.name).where(*where, ~seen.exists()).distinct())).scalars())


async def find_messages(tx: Tx, names: Sequence[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Where these messages are, by chat and name."""
    # By the primary key: of pairs in a list SQLite would look through all messages of a chat, or through all there are.
    chats = among(tx, messages.c.chat_id, {chat for chat, _ in names})
    called = among(tx, messages.c.name, {name for _, name in names})
    rows = await tx.execute(select(messages.c.chat_id, messages.c.name, messages.c.message_id).where(chats, called))
    wanted = set(names)
    return {(chat, name): message for chat, name, message in rows if (chat, name) in wanted}


async def name_message(tx: Tx, chat: int, name: str, message_id: int) -> None:
    """Give a message somebody else wrote a name of ours, so that it can be answered and found again."""
    await _PLACE.execute(tx, [(chat, name, message_id)])


async def find_name(tx: Tx, chat: int, message_id: int) -> str | None:
    """Our name for a message, None if it has none (or lost it to a newer message)."""
    where = (messages.c.chat_id == chat, messages.c.message_id == message_id)
    return await tx.scalar(select(messages.c.name).where(*where).order_by(messages.c.name).limit(1))


async def move_chat(tx: Tx, old: int, new: int) -> None:
    """A group became a supergroup: what is owed follows it; message numbers do not survive the move."""
    values = {"chat_id": new, "message_id": None, "holder": None}
    await tx.execute(update(outbox).where(outbox.c.chat_id == old).values(values))
    await tx.execute(delete(messages).where(messages.c.chat_id == old))


async def count_backlog(tx: Tx) -> dict[str, int]:
    """How many calls are owed, held and failed."""
    counted = select(outbox.c.state, func.count())
    kept = counted.where(_IS_KEPT, outbox.c.state.in_(("held", "failed"))).group_by(outbox.c.state)
    rows = await tx.execute(counted.where(_IS_OWED).group_by(outbox.c.state).union_all(kept))
    return {state: count for state, count in rows}  # noqa: C416 -- rows are not tuples to the type checker
