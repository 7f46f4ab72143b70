"""Rows of evidence: which files there are, what has become of them, and the keys of those that the store has (ADR 30).

1. A row is written in the transaction that writes the contribution: what is to be fetched is never only in memory.
2. The key of an object is in its row alone: without the row nobody can read the object, wherever copies of it are.
3. What is erased (`storage/privacy/ownership.py`) keeps nothing but the object's name, until the store has let it go.
"""

import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, select, update

from domain.cases.evidence import EvidenceState
from storage import installation
from storage.engine.bulk import BulkStatement, among
from storage.engine.columns import spell
from storage.engine.database import Tx, insert
from storage.models import contributions, evidence


@dataclass(frozen=True, slots=True)
class SealedObject:
    """A file in the store: the object's name, the key (hex) that opens it, the file's SHA-256, its size and suffix, such as `jpg`."""

    name: str
    key: str
    digest: str
    size: int
    suffix: str


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that somebody attached; `object` where the store has it."""

    id: int
    contribution: int
    kind: str
    file_id: str
    state: EvidenceState
    attempts: int
    size: int
    object: SealedObject | None


EARLIER_ROWS = 200
"""So many contributions of earlier releases are looked at in one transaction."""

_EARLIER, _ALL = "evidence owed up to", "all"
_OWE = BulkStatement.into(lambda tx: insert(tx, evidence), [column for column in evidence.c if column.name != "id"])
_IS_WAITING = evidence.c.state == spell(EvidenceState.WAITING)
_IS_KEPT = evidence.c.state == spell(EvidenceState.KEPT)
_IS_ERASED = evidence.c.state == spell(EvidenceState.ERASED)


async def owe_files(tx: Tx, contribution: int, files: Iterable[tuple[str, str, str]], now: datetime) -> None:
    """Files of a contribution, as (kind, Telegram's id, album), are to be fetched."""
    waiting = EvidenceState.WAITING.value
    await _OWE.execute(
        tx, [(contribution, kind, id_, waiting, 0, now, "", "", "", 0, "") for kind, id_, _album in files]
    )


async def list_due(tx: Tx, now: datetime, limit: int) -> list[EvidenceFile]:
    """What is to be fetched now, what has waited longest first."""
    due = select(evidence).where(_IS_WAITING, evidence.c.due_at <= now).order_by(evidence.c.due_at).limit(limit)
    return await _list(tx, due)


async def list_by_case(tx: Tx, case: int) -> list[EvidenceFile]:
    """The files of a case, in the order in which they came."""
    mine = select(evidence).join(contributions).where(contributions.c.case == case)
    return await _list(tx, mine.order_by(evidence.c.contribution, evidence.c.id))


async def find_case(tx: Tx, id_: int) -> int | None:
    """The case that it was attached to."""
    mine = select(contributions.c.case).join(evidence).where(evidence.c.id == id_)
    return await tx.scalar(mine)


async def fetch_by_id(tx: Tx, ids: Iterable[int]) -> dict[int, EvidenceFile]:
    return {file.id: file for file in await _list(tx, select(evidence).where(among(tx, evidence.c.id, ids)))}


async def _list(tx: Tx, statement: Select[Any]) -> list[EvidenceFile]:
    return [_make_file(row) for row in await tx.execute(statement)]


def _make_file(row: Row[Any]) -> EvidenceFile:
    state = EvidenceState(row.state)
    kept = SealedObject(row.object, row.key, row.digest, row.size, row.suffix)
    known = kept if state is EvidenceState.KEPT else None
    return EvidenceFile(row.id, row.contribution, row.kind, row.file_id, state, row.attempts, row.size, known)


# --- what becomes of a file ------------------------------------------------------------------------------------------


async def put_kept(tx: Tx, id_: int, kept: SealedObject) -> bool:
    """The store has it. False if nobody waits for it any more: it was erased meanwhile."""
    values = {"object": kept.name, "key": kept.key, "digest": kept.digest, "size": kept.size, "suffix": kept.suffix}
    return await _put_state(tx, id_, EvidenceState.KEPT, values)


async def put_missed(tx: Tx, id_: int, state: EvidenceState, size: int = 0) -> bool:
    """It is not kept, for good. False if nobody waits for it any more."""
    return await _put_state(tx, id_, state, {"size": size})


async def _put_state(tx: Tx, id_: int, state: EvidenceState, values: dict[str, Any]) -> bool:
    changed = update(evidence).where(evidence.c.id == id_, _IS_WAITING).values(state=state.value, **values)
    return (await tx.execute(changed)).rowcount == 1


async def postpone(tx: Tx, id_: int, attempts: int, due_at: datetime) -> None:
    """It could not be fetched now."""
    changed = update(evidence).where(evidence.c.id == id_, _IS_WAITING)
    await tx.execute(changed.values(attempts=attempts, due_at=due_at))


async def continue_in(tx: Tx, contribution: int, copy: int) -> None:
    """A contribution goes on as a copy in another case: its files are the same objects, and none is fetched twice."""
    await tx.execute(delete(evidence).where(evidence.c.contribution == copy))
    rows = (
        await tx.execute(select(evidence).where(evidence.c.contribution == contribution).order_by(evidence.c.id))
    ).all()
    names = [column.name for column in evidence.c if column.name != "id"]
    values = [{**{name: row._mapping[name] for name in names}, "contribution": copy} for row in rows]  # noqa: SLF001 -- a row's public mapping
    await _OWE.execute(tx, [[one[name] for name in names] for one in values])


# --- what the store is to have ---------------------------------------------------------------------------------------


async def list_erased(tx: Tx, limit: int) -> dict[int, str | None]:
    """Erased rows, and the object of each that the store is to let go; None where there is none, or another row has the same."""
    erased = select(evidence.c.id, evidence.c.object).where(_IS_ERASED).order_by(evidence.c.id).limit(limit)
    rows = {row.id: row.object for row in await tx.execute(erased)}
    shared = await list_known(tx, rows.values())
    return {id_: name if name and name not in shared else None for id_, name in rows.items()}


async def drop(tx: Tx, ids: Iterable[int]) -> None:
    """The store has let go the objects of these rows."""
    await tx.execute(delete(evidence).where(among(tx, evidence.c.id, ids), _IS_ERASED))


async def list_known(tx: Tx, names: Iterable[str]) -> set[str]:
    """Which of these objects somebody can still read."""
    return set(await tx.scalars(select(evidence.c.object).where(among(tx, evidence.c.object, names), _IS_KEPT)))


async def stream_objects(tx: Tx) -> AsyncIterator[str]:
    """The names of all objects that the store is to have."""
    result = await tx.stream_scalars(select(evidence.c.object).where(_IS_KEPT).distinct().order_by(evidence.c.object))
    async for name in result:
        yield name


async def count_missing(tx: Tx) -> dict[EvidenceState, int]:
    """How many files there are in each state but `KEPT`."""
    missing = select(evidence.c.state, func.count()).where(evidence.c.state != spell(EvidenceState.KEPT))
    counted = {EvidenceState(state): n for state, n in await tx.execute(missing.group_by(evidence.c.state))}
    return {state: counted.get(state, 0) for state in EvidenceState if state is not EvidenceState.KEPT}


# --- what was attached before there was evidence ---------------------------------------------------------------------


async def owe_earlier_files(tx: Tx, now: datetime) -> bool:
    """Owe the files of some contributions of earlier releases; False when there are no more."""
    mark = await installation.get(tx, _EARLIER) or "0"
    if mark == _ALL:
        return False
    some = select(contributions.c.id, contributions.c.files).where(contributions.c.id > int(mark))
    rows = (await tx.execute(some.order_by(contributions.c.id).limit(EARLIER_ROWS))).all()
    known = set(
        await tx.scalars(
            select(evidence.c.contribution).where(among(tx, evidence.c.contribution, [row.id for row in rows]))
        )
    )
    for row in rows:
        if row.id not in known:
            await owe_files(tx, row.id, json.loads(row.files), now)
    await installation.put(tx, _EARLIER, str(rows[-1].id) if rows else _ALL)
    return bool(rows)
