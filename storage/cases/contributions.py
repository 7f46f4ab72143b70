"""Contributions to cases: what somebody added at one time, kept in order; files of one album join."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, select, update

from domain.cases.case import OPEN, ContributionSide
from storage.cases import evidence, word_index
from storage.engine.bulk import BulkStatement
from storage.engine.database import Tx, insert
from storage.models import cases, contributions

WAITING, INCOMPLETE = 0, -1
"""What a customer added and staff have not been shown yet; an album whose parts are still coming."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What somebody added at one time: words, files as (kind, id, album), or an album.

    `side` is who wrote it: the customer, staff to the customer, staff as an internal note, or a cooperating department reporting.
    """

    id: int
    case: int
    words: str
    files: tuple[tuple[str, str, str], ...]
    at: datetime
    album: str = ""
    side: str = "customer"
    author: int | None = None
    edits: tuple[Mapping[str, Any], ...] = ()
    """What it said before it was edited, oldest first: at, words, files."""
    shown_in: int | None = None
    """The contribution whose copy shows this one too (its own id where it is the first there); `WAITING` or `INCOMPLETE` before it is
    shown; None where nothing is gathered: what was filed, what staff wrote, what an earlier release showed."""


_CONTRIBUTE = BulkStatement.into(
    lambda tx: insert(tx, contributions),
    (
        contributions.c.id,
        contributions.c.case,
        contributions.c.side,
        contributions.c.author,
        contributions.c.album,
        contributions.c.words,
        contributions.c.files,
        contributions.c.at,
        contributions.c.shown_in,
    ),
)


async def add_contribution(tx: Tx, new: Contribution) -> bool:
    """Keep what somebody added; files of one album join one contribution. True when this started a new one."""
    if new.album:
        statement = select(contributions).where(contributions.c.case == new.case, contributions.c.album == new.album)
        row = (await tx.execute(statement)).first()
        if row is not None:
            known = [tuple(f) for f in json.loads(row.files)]
            others = [f for f in new.files if f not in known]
            files = known + others
            text = "\n".join(filter(None, (row.words, new.words)))
            changed = update(contributions).where(contributions.c.id == row.id)
            await tx.execute(changed.values(files=json.dumps(files), words=text))
            await evidence.owe_files(tx, row.id, others, new.at)
            if new.words:
                await word_index.owe_words(tx, row.id)
            return False
    said = (new.words, format_files(new.files), new.at, new.shown_in)
    row_values = (new.id, new.case, new.side, new.author, new.album, *said)
    await _CONTRIBUTE.execute(tx, [row_values])
    await evidence.owe_files(tx, new.id, new.files, new.at)
    if new.words:
        await word_index.owe_words(tx, new.id)
    return True


def format_files(files: Iterable[tuple[str, str, str]]) -> str:
    """Files as they are stored."""
    return json.dumps(list(files))


async def list_contributions(tx: Tx, case: int, *sides: str) -> list[Contribution]:
    """Everything contributed from these sides (from all of them if none is named), in order; the customer's first is what was filed."""
    statement = select(contributions).where(contributions.c.case == case).order_by(contributions.c.id)
    if sides:
        statement = statement.where(contributions.c.side.in_(sides))
    return [_make_contribution(row) for row in await tx.execute(statement)]


async def list_waiting(tx: Tx, case: int) -> tuple[list[Contribution], list[Contribution]]:
    """What the customer added and nobody has been shown yet, and what the newest copy of what was added shows; both in order.

    However much there is besides, it is not read.
    """
    mine = (contributions.c.case == case, contributions.c.side == ContributionSide.CUSTOMER.value)
    newest = await tx.scalar(select(func.max(contributions.c.shown_in)).where(*mine)) or WAITING
    statement = select(contributions).where(*mine, contributions.c.shown_in.in_({WAITING, newest} - {INCOMPLETE}))
    rows = [_make_contribution(row) for row in await tx.execute(statement.order_by(contributions.c.id))]
    return [one for one in rows if one.shown_in == WAITING], [one for one in rows if one.shown_in != WAITING]


async def list_letter_moments(tx: Tx, case: int) -> list[datetime]:
    """When staff wrote to the customer, in order."""
    letters = (contributions.c.case == case, contributions.c.side == ContributionSide.STAFF.value)
    return list(await tx.scalars(select(contributions.c.at).where(*letters).order_by(contributions.c.at)))


@dataclass(frozen=True, slots=True)
class OpenThread:
    """An open case of a customer, and when the department last wrote to them about it (None: it has not)."""

    case: int
    number: str
    written_at: datetime | None


async def list_open_threads(tx: Tx, person: int, limit: int = 5) -> list[OpenThread]:
    """The open cases of this customer, the newest first."""
    letters = and_(contributions.c.case == cases.c.id, contributions.c.side == ContributionSide.STAFF.value)
    statement = (
        select(cases.c.id, cases.c.number, func.max(contributions.c.at))
        .select_from(cases.outerjoin(contributions, letters))
        .where(cases.c.customer == person, cases.c.state.in_([state.value for state in OPEN]))
        .group_by(cases.c.id, cases.c.number)
        .order_by(cases.c.id.desc())
        .limit(limit)
    )
    return [OpenThread(*row) for row in await tx.execute(statement)]


async def fetch_contribution(tx: Tx, id_: int) -> Contribution | None:
    row = (await tx.execute(select(contributions).where(contributions.c.id == id_))).first()
    return _make_contribution(row) if row else None


async def find_album(tx: Tx, case: int, album: str) -> int | None:
    where = (contributions.c.case == case, contributions.c.album == album)
    return await tx.scalar(select(contributions.c.id).where(*where))


async def set_shown_in(tx: Tx, ids: Sequence[int], shown_in: int) -> None:
    """Record in whose copy these contributions are shown, or that they wait to be."""
    await tx.execute(update(contributions).where(contributions.c.id.in_(list(ids))).values(shown_in=shown_in))


def _make_contribution(row: Row[Any]) -> Contribution:
    files = tuple((kind, id_, album) for kind, id_, album in json.loads(row.files)) if row.files != "[]" else ()
    edits = tuple(json.loads(row.edits)) if row.edits else ()
    return Contribution(
        row.id, row.case, row.words, files, row.at, row.album, row.side, row.author, edits, row.shown_in
    )
