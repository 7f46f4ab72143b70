"""Which chat is which department's, wherever it moves."""

from datetime import timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from storage.engine.database import Database
from storage.models import groups as rows
from storage.people import groups
from storage.people.groups import Group
from tests.harness.rows import NOW, fetch_table

LATER = NOW + timedelta(hours=1)
OLD, NEW = -100, -1001234567890


async def test_bound(database: Database) -> None:
    """A bound chat is found by its id, by its department, and in the list of all; a stranger is not."""
    async with database.begin() as tx:
        assert await groups.bind(tx, OLD, "north", "zh", NOW) is None
        assert await groups.bind(tx, -200, "claims", "en", NOW) is None
        north, claims = Group(OLD, "north", "zh", here=True), Group(-200, "claims", "en", here=True)
        assert await groups.get(tx, OLD) == await groups.find_by_department(tx, "north") == north
        assert await groups.list_bound(tx) == [claims, north]
        assert await groups.get(tx, 404) is None
        assert await groups.find_by_department(tx, "south") is None


async def test_bound_again(database: Database) -> None:
    """Binding the same chat again replaces nobody and finds a lost chat again."""
    async with database.begin() as tx:
        await groups.bind(tx, OLD, "north", "zh", NOW)
        await groups.mark_lost(tx, OLD, "kicked", NOW)
        assert await groups.bind(tx, OLD, "north", "en", LATER) is None
        assert await fetch_table(tx, "groups") == [(OLD, "north", "en", "here", None, LATER)]


async def test_another_chat_takes_over(database: Database) -> None:
    """A department has one chat: the one that had it is named, and has none from then on."""
    async with database.begin() as tx:
        await groups.bind(tx, OLD, "north", "zh", NOW)
        assert await groups.bind(tx, -200, "north", "en", LATER) == Group(OLD, "north", "zh", here=True)
        assert await groups.get(tx, OLD) == Group(OLD, None, "zh", here=True)
        assert await groups.list_bound(tx) == [Group(-200, "north", "en", here=True)]


async def test_a_chat_changes_department(database: Database) -> None:
    """A chat has one department: bound to another one, it leaves the first."""
    async with database.begin() as tx:
        await groups.bind(tx, OLD, "north", "zh", NOW)
        await groups.bind(tx, OLD, "south", "zh", LATER)
        assert await groups.find_by_department(tx, "north") is None
        assert await groups.list_bound(tx) == [Group(OLD, "south", "zh", here=True)]


async def test_two_chats_never_share_a_department(database: Database) -> None:
    """The database refuses a second chat of a department, no matter who writes it."""
    row = {"department": "north", "language": "en", "state": "here", "updated_at": NOW}
    with pytest.raises(IntegrityError):
        async with database.begin() as tx:
            await tx.execute(insert(rows), [row | {"chat_id": 1}, row | {"chat_id": 2}])


async def test_lost_and_found(database: Database) -> None:
    """Losing a chat and finding it again are each told once; a chat nobody knows is neither."""
    async with database.begin() as tx:
        await groups.bind(tx, OLD, "north", "zh", NOW)
        assert not await groups.mark_here(tx, OLD, NOW)
        assert await groups.mark_lost(tx, OLD, "kicked", LATER)
        assert not await groups.mark_lost(tx, OLD, "kicked again", LATER)
        assert await fetch_table(tx, "groups") == [(OLD, "north", "zh", "lost", "kicked", LATER)]
        assert await groups.get(tx, OLD) == Group(OLD, "north", "zh", here=False)
        assert await groups.mark_here(tx, OLD, LATER)
        assert not await groups.mark_here(tx, OLD, LATER)
        assert await groups.get(tx, OLD) == Group(OLD, "north", "zh", here=True)
        assert not await groups.mark_lost(tx, 404, "kicked", NOW)


@pytest.mark.parametrize("known", [False, True])
async def test_moved(database: Database, *, known: bool) -> None:
    """The binding follows into the supergroup, also where the new chat was written down before; telling it twice does no harm."""
    async with database.begin() as tx:
        await groups.bind(tx, OLD, "north", "zh", NOW)
        await groups.mark_lost(tx, OLD, "upgraded", NOW)
        if known:
            row = {"chat_id": NEW, "department": None, "language": "en", "state": "lost", "updated_at": NOW}
            await tx.execute(insert(rows), row)
        assert await groups.move(tx, OLD, NEW, LATER)
        assert await fetch_table(tx, "groups") == [(NEW, "north", "zh", "here", None, LATER)]
        assert not await groups.move(tx, OLD, NEW, LATER)
        assert await fetch_table(tx, "groups") == [(NEW, "north", "zh", "here", None, LATER)]
