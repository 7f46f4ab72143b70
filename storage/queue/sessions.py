"""Session store: where every conversation is, one row per lane (chat and person) and key, so that several can be open at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select, update

from storage.engine.bulk import BulkStatement, KeyedQuery
from storage.engine.database import Tx, upsert
from storage.models import sessions


@dataclass(frozen=True, slots=True)
class Session:
    """`key` tells the dialogues of a lane apart (its column is called topic); `state` is the dialogue's own JSON.

    `touched` orders the sessions of a lane by when they last changed. `consent_asked` is the version of the sentence about consent that
    the screen shows, 0 where it shows none.
    """

    lane: str
    key: str
    dialogue: str
    state: str
    awaits: bool
    touched: int
    consent_asked: int = 0


_SAVE = BulkStatement.into(lambda tx: upsert(tx, sessions), sessions.c)
_END = BulkStatement(
    lambda _tx: delete(sessions).where(sessions.c.lane == bindparam("l"), sessions.c.topic == bindparam("t")),
    {"l": sessions.c.lane.type, "t": sessions.c.topic.type},
)
_LOAD = KeyedQuery(sessions.c.lane, lambda wanted: select(sessions).where(wanted))
_KEYS = select(sessions.c.lane, sessions.c.topic)


async def load(tx: Tx, lanes: Iterable[str]) -> dict[str, dict[str, Session]]:
    """All open conversations of these lanes, by lane and key."""
    by_lane: dict[str, dict[str, Session]] = {lane: {} for lane in lanes}
    for row in await _LOAD.execute(tx, by_lane):
        session = Session(*tuple(row))
        by_lane[session.lane][session.key] = session
    return by_lane


async def list_by_key(tx: Tx, keys: Sequence[str]) -> list[Session]:
    """Every open conversation with one of these keys, in any chat."""
    return [Session(*row) for row in await tx.execute(select(sessions).where(sessions.c.topic.in_(list(keys))))]


async def save(tx: Tx, changed: Sequence[Session]) -> None:
    await _SAVE.execute(
        tx, [(s.lane, s.key, s.dialogue, s.state, s.awaits, s.touched, s.consent_asked) for s in changed]
    )


async def end(tx: Tx, keys: Sequence[tuple[str, str]]) -> None:
    await _END.execute(tx, keys)


async def move_chat(tx: Tx, old: int, new: int) -> None:
    """A group became a supergroup: its lanes follow; a dialogue already started in the new chat wins."""
    begun = {tuple(row) for row in await tx.execute(_KEYS.where(sessions.c.lane.like(f"{new}:%")))}
    for lane, key in (await tx.execute(_KEYS.where(sessions.c.lane.like(f"{old}:%")))).all():
        moved = f"{new}:{lane.split(':', 1)[1]}"
        where = (sessions.c.lane == lane, sessions.c.topic == key)
        if (moved, key) in begun:
            await tx.execute(delete(sessions).where(*where))
        else:
            await tx.execute(update(sessions).where(*where).values(lane=moved))
