"""A case moves one event at a time, and nothing about it is forgotten."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.cases.case import OPEN, UNSOLVED, Case, CaseEvent, CaseState, HistoryEntry
from storage.cases import cases
from storage.engine.database import Database, Tx
from tests.harness.plans import explain
from tests.harness.rows import (
    NOW,
    WAIT_SECONDS,
    add_delivery,
    add_person,
    fetch_table,
    file_case,
    invite,
    make_case,
    make_invitation,
    race,
)

LATER = NOW + timedelta(hours=1)
FULL = make_case(
    severity="severe",
    waybill="W9",
    courier="Li 李",
    description="包裹破损 😀\n'\"",
    wanted="a new one",
    contact="+8613800138000",
    note="call first",
    customer=5,
    delivery=9,
)


async def test_filed(database: Database) -> None:
    """A case comes back as it was filed, by its id and by its number in any letters, with the event that filed it."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_delivery(tx, 9)
        await invite(tx, make_invitation(3, 5, 9))
        new = await cases.file(tx, FULL, 5, {"category": "配送"}, 3)
        assert new == replace(FULL, id=new.id)
        assert await cases.get(tx, new.id) == await cases.fetch_by_number(tx, "c-261123-0001") == new
        assert await cases.find_by_invitation(tx, 3) == new
        assert "ix_cases_invitation" in await explain(database, tx, cases.find_by_invitation(tx, 1))
        assert await cases.fetch_history(tx, new.id) == [
            HistoryEntry(1, CaseEvent.FILE, CaseState.ASSIGNED, 5, NOW, {"category": "配送"})
        ]
        assert await cases.get(tx, 404) is None
        assert await cases.fetch_by_number(tx, "C-1") is None
        assert await cases.find_by_invitation(tx, 4) is None


async def test_numbers_are_given_once(database: Database) -> None:
    """The database refuses a second case of the same number."""
    async with database.begin() as tx:
        await file_case(tx, "C-1")
    with pytest.raises(IntegrityError):
        async with database.begin() as tx:
            await file_case(tx, "C-1")


async def test_moved(database: Database) -> None:
    """An event changes what it may change, and is the next line of the history, with who, when and why."""
    async with database.begin() as tx:
        await add_person(tx, 7, "Bao")
        old = await file_case(tx)
        after = replace(
            old,
            state=CaseState.IN_WORK,
            previous=CaseState.ASSIGNED,
            version=2,
            owner=7,
            note="looks like ours",
            due_at=LATER,
            department="claims",
            resolution={"valid": "yes", "action": "送新的"},
        )
        moved = await cases.move(tx, old, after, CaseEvent.ACCEPT, 7, LATER, {"reason": "ours"})
        assert moved == replace(after, owner_name="Bao")
        assert await cases.get(tx, old.id) == moved
        history = await cases.fetch_history(tx, old.id)
        assert history[1:] == [HistoryEntry(2, CaseEvent.ACCEPT, CaseState.IN_WORK, 7, LATER, {"reason": "ours"})]


@pytest.mark.parametrize(
    ("resolution", "valid"), [(None, None), ({"valid": "yes"}, True), ({"valid": "no"}, False), ({}, False)]
)
async def test_valid_is_countable(database: Database, resolution: dict[str, str] | None, *, valid: bool | None) -> None:
    """Whether the company was at fault can be counted without opening the sealed resolution."""
    async with database.begin() as tx:
        old = await file_case(tx)
        moved = await cases.move(
            tx, old, replace(old, version=2, resolution=resolution), CaseEvent.RESOLVE, None, LATER, {}
        )
        assert moved is not None
        assert moved.resolution == resolution
        assert await fetch_table(tx, "cases", "valid") == [(valid,)]


async def test_moments_of_a_case(database: Database) -> None:
    """When a case was answered and when it was closed are kept from the events that did it."""
    async with database.begin() as tx:
        case = await file_case(tx)
        case = await _moved(tx, case, CaseState.ANSWERED, CaseEvent.APPROVE, 1)
        case = await _moved(tx, case, CaseState.CLOSED, CaseEvent.SATISFIED, 2)
        assert await fetch_table(tx, "cases", "answered_at", "closed_at") == [(_after(1), _after(2))]
        case = await _moved(tx, case, CaseState.ASSIGNED, CaseEvent.REOPEN, 3)
        case = await _moved(tx, case, CaseState.ANSWERED, CaseEvent.APPROVE, 4)
        assert (await fetch_table(tx, "cases", "answered_at"))[0] == (_after(4),)


def _after(hours: int) -> object:
    return NOW + timedelta(hours=hours)


async def _moved(tx: Tx, case: Case, state: CaseState, event: CaseEvent, hours: int) -> Case:
    moved = replace(case, state=state, previous=case.state, version=case.version + 1)
    stored = await cases.move(tx, case, moved, event, None, NOW + timedelta(hours=hours), {})
    assert stored is not None
    return stored


async def test_of_two_moves_one_wins(database: Database, second: Database) -> None:
    """Two who take the same case at the same moment: one has it, the other is told, and the history has one line."""
    async with database.begin() as tx:
        await add_person(tx, 7, "Bao")
        old = await file_case(tx)
    mine = replace(old, state=CaseState.IN_WORK, version=2, owner=7)

    async def accept(tx: Tx) -> Case | None:
        return await cases.move(tx, old, mine, CaseEvent.ACCEPT, 7, LATER, {})

    won, lost = await race(database, second, accept)
    assert won is not None
    assert lost is None
    async with database.read() as tx:
        assert [line.version for line in await cases.fetch_history(tx, old.id)] == [1, 2]
        assert await cases.get(tx, old.id) == won


async def test_an_old_button_moves_nothing(database: Database) -> None:
    """A move from a state the case has left writes nothing at all."""
    async with database.begin() as tx:
        old = await file_case(tx)
        now = await _moved(tx, old, CaseState.IN_WORK, CaseEvent.ACCEPT, 1)
        again = replace(old, state=CaseState.WITHDRAWN, version=2)
        assert await cases.move(tx, old, again, CaseEvent.WITHDRAW, None, LATER, {}) is None
        assert await cases.get(tx, old.id) == now
        assert len(await cases.fetch_history(tx, old.id)) == 2


async def test_held_while_it_is_decided(database: Database, second: Database) -> None:
    """A transaction that reads a case for update has it to itself: the next one waits and sees what became of it."""
    async with database.begin() as tx:
        old = await file_case(tx)

    async def follow() -> Case | None:
        async with second.begin() as tx:
            return await cases.get(tx, old.id, for_update=True)

    async with database.begin() as tx:
        held = await cases.get(tx, old.id, for_update=True)
        assert held == old
        task = asyncio.create_task(follow())
        await asyncio.sleep(WAIT_SECONDS)
        assert not task.done()
        moved = await _moved(tx, old, CaseState.IN_WORK, CaseEvent.ACCEPT, 1)
    assert await task == moved


@pytest.mark.parametrize(
    "statement", ["UPDATE case_events SET version = 9", "DELETE FROM case_events", "DELETE FROM case_events WHERE 1=1"]
)
async def test_history_is_not_edited(database: Database, statement: str) -> None:
    """The database itself refuses to change or delete a line of a case's history."""
    async with database.begin() as tx:
        case = await file_case(tx)
    with pytest.raises(DBAPIError, match="case_events is append-only"):
        async with database.begin() as tx:
            await tx.execute(text(statement))
    async with database.read() as tx:
        assert [line.version for line in await cases.fetch_history(tx, case.id)] == [1]


async def test_of_a_customer(database: Database) -> None:
    """A customer sees their own cases, latest first, so many of them."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_person(tx, 6)
        mine = [await file_case(tx, f"C-{n}", customer=5) for n in range(4)]
        await file_case(tx, "C-9", customer=6)
        await file_case(tx, "C-10")
        assert await cases.list_by_customer(tx, 5) == mine[::-1]
        assert await cases.list_by_customer(tx, 5, limit=2) == [mine[3], mine[2]]
        assert await cases.list_by_customer(tx, 7) == []


@pytest.mark.parametrize("state", CaseState)
async def test_open_about_a_delivery(database: Database, state: CaseState) -> None:
    """The case about a delivery that the company owes an answer is found, by its own customer alone."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_person(tx, 6)
        await add_delivery(tx, 9)
        case = await file_case(tx, customer=5, delivery=9, state=state)
        assert await cases.find_open_by_delivery(tx, 5, 9) == (case if state in UNSOLVED else None)
        assert await cases.find_open_by_delivery(tx, 6, 9) is None
        assert await cases.find_open_by_delivery(tx, 5, 8) is None
        assert await cases.list_unsolved(tx, ["north"]) == ([case] if state in UNSOLVED else [])
        assert state in OPEN or state not in UNSOLVED


async def test_unsolved_in_order_of_promise(database: Database) -> None:
    """What departments owe comes earliest promise first; other departments' cases do not."""
    async with database.begin() as tx:
        late = await file_case(tx, "C-1", due_at=NOW + timedelta(days=3))
        early = await file_case(tx, "C-2", due_at=NOW - timedelta(days=3), department="claims")
        await file_case(tx, "C-3", department="south")
        assert await cases.list_unsolved(tx, ["north", "claims"]) == [early, late]
        assert await cases.list_unsolved(tx, ["north", "claims"], limit=1) == [early]
        assert await cases.list_unsolved(tx, []) == []


async def test_cards_follow_the_group(database: Database) -> None:
    """A chat has one card of a case; when the group moves its cards move, also where the new chat has one already."""
    async with database.begin() as tx:
        case, other = await file_case(tx, "C-1"), await file_case(tx, "C-2")
        for chat in (-100, -100, -200):
            await cases.add_card(tx, case.id, chat)
        await cases.add_card(tx, other.id, -100)
        await cases.add_card(tx, other.id, -1009)
        assert sorted(await cases.list_card_chats(tx, case.id)) == [-200, -100]
        await cases.move_cards(tx, -100, -1009)
        assert sorted(await cases.list_card_chats(tx, case.id)) == [-1009, -200]
        assert await cases.list_card_chats(tx, other.id) == [-1009]


async def test_pages_of_a_customers_cases(database: Database) -> None:
    """Open ones first, the newest of them first; then what is over; nobody else's."""
    async with database.begin() as tx:
        await add_person(tx, 7)
        await add_person(tx, 8)
        states = (CaseState.ASSIGNED, CaseState.CLOSED, CaseState.ANSWERED, CaseState.WITHDRAWN, CaseState.IN_WORK)
        for n, state in enumerate(states):
            await file_case(tx, f"C-{n}", customer=7, state=state)
        await file_case(tx, "C-9", customer=8)
        assert [one.number for one in await cases.list_customer_page(tx, 7, 0, 3)] == ["C-4", "C-2", "C-0"]
        assert [one.number for one in await cases.list_customer_page(tx, 7, 3, 3)] == ["C-3", "C-1"]


async def test_how_the_handling_was(database: Database) -> None:
    """Kept with the case, changed without a new version; what is no score is refused."""
    async with database.begin() as tx:
        case = await file_case(tx)
        assert case.handling is None
        await cases.set_handling_rating(tx, case.id, 4)
        await cases.set_handling_rating(tx, case.id, 2)
        again = await cases.get(tx, case.id)
    assert again is not None
    assert (again.handling, again.version) == (2, case.version)
    with pytest.raises(IntegrityError):
        async with database.begin() as tx:
            await cases.set_handling_rating(tx, case.id, 6)
