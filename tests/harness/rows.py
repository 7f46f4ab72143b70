"""Rows that tests start from, and two transactions that want the same thing."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from domain.cases.case import Case, CaseState
from storage.cases import cases, word_index
from storage.deliveries import deliveries
from storage.engine.database import Database, Tx
from storage.models import metadata
from storage.people import people
from storage.people.people import Newcomer
from storage.surveys import ratings
from storage.surveys.ratings import Invitation

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
WAIT_SECONDS = 0.25
"""Seconds after which somebody who has not answered is taken to be waiting."""

T = TypeVar("T")


async def add_person(tx: Tx, id_: int, name: str = "Anna", username: str = "", *, reach: str = "open") -> int:
    """Somebody with the Telegram account 1000 + id."""
    await people.add(tx, [Newcomer(id_, 1000 + id_, "en", name, username)], reach, NOW)
    return id_


def make_delivery_row(id_: int, waybill: str = "", **changes: Any) -> dict[str, Any]:  # noqa: ANN401 -- any column
    return {
        "id": id_,
        "source": "shop",
        "waybill": waybill or f"W{id_}",
        "fingerprint": "f",
        "delivered_at": NOW,
        "language": "en",
        "department": "north",
        "courier": "c7",
        "created_at": NOW,
    } | changes


async def add_delivery(tx: Tx, id_: int, waybill: str = "", **changes: Any) -> int:  # noqa: ANN401 -- any column
    await deliveries.add(tx, [make_delivery_row(id_, waybill, **changes)])
    return id_


def make_invitation(id_: int, person_: int, delivery_: int | None = None, **changes: Any) -> Invitation:  # noqa: ANN401
    """An open invitation; `changes` are what it remembers of the delivery, and `at` its date."""
    at = changes.pop("at", NOW)
    frozen = dict.fromkeys(("department", "courier", "route", "station", "service", "priority", "customer_type"), "")
    origin = "sent" if delivery_ else "rate"
    return Invitation(id_, delivery_, person_, "delivery@1", origin, at, at + timedelta(days=7), frozen | changes)


async def invite(tx: Tx, *new: Invitation) -> None:
    await ratings.invite(tx, new)


def make_case(number: str = "C-261123-0001", **changes: Any) -> Case:  # noqa: ANN401 -- any field
    fields: dict[str, Any] = {
        "state": CaseState.ASSIGNED,
        "category": "delivery",
        "severity": "normal",
        "department": "north",
        "created_at": NOW,
        "due_at": NOW + timedelta(days=7),
    }
    return Case(0, number, **(fields | changes))


async def file_case(tx: Tx, number: str = "C-261123-0001", **changes: Any) -> Case:  # noqa: ANN401 -- any field
    return await cases.file(tx, make_case(number, **changes), None, {"category": "delivery"})


async def fetch_table(tx: Tx, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """What a table holds, in the order of its primary key."""
    definition = metadata.tables[table]
    statement = select(*(definition.c[name] for name in columns or definition.c.keys())).order_by(
        *definition.primary_key
    )
    return [tuple(row) for row in await tx.execute(statement)]


async def race(database: Database, other: Database, work: Callable[[Tx], Awaitable[T]]) -> tuple[T, T]:
    """Both do the same; `other` starts while `database` has done it and not committed yet, and has to wait for that."""

    async def follow() -> T:
        async with other.begin() as tx:
            return await work(tx)

    async with database.begin() as tx:
        first = await work(tx)
        task = asyncio.create_task(follow())
        await asyncio.sleep(WAIT_SECONDS)
        assert not task.done()
    return first, await task


async def run_all_at_once(databases: Sequence[Database], times: int, work: Callable[[Tx], Awaitable[T]]) -> list[T]:
    """`times` transactions at the same time, spread over these databases."""

    async def run_once(database: Database) -> T:
        async with database.begin() as tx:
            return await work(tx)

    return await asyncio.gather(*(run_once(databases[n % len(databases)]) for n in range(times)))


async def index_words(tx: Tx) -> None:
    """Everything that was contributed can be searched for, as a moment later."""
    while (owed := await word_index.find_owed(tx)) is not None:
        await word_index.index_piece(tx, owed)
