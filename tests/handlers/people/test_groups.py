"""Staff groups: bound by a manager, followed when they move, stood in for when they are lost (G5)."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from domain.people import Role
from handlers.people import groups
from handlers.turns.batch import Batch
from handlers.turns.flush import flush
from handlers.turns.services import Services
from storage.models import cards, grants, outbox, sessions
from storage.models import groups as group_rows
from storage.queue.outbox import OwedCall
from tests.harness.in_process import BOSS, GROUP, LI, WANG, ZHAO, Desk, list_texts

NEW = -1009


@pytest.fixture
async def boss(desk: Desk) -> int:
    return await desk.grant(BOSS, Role.MANAGER)


async def department_of(desk: Desk, chat: int) -> str | None:
    rows = await desk.rows(select(group_rows.c.department).where(group_rows.c.chat_id == chat))
    return rows[0].department if rows else None


@pytest.mark.parametrize("text", ["/bind transport", "/bind Transport", "/bind 运输部", "/bind  TRANSPORT "])
@pytest.mark.usefixtures("boss")
async def test_a_manager_binds_a_group(desk: Desk, text: str) -> None:
    """By the department's key or its name; the manager becomes staff of it, and its open cases appear."""
    await desk.file_complaint()
    calls = await desk.say(BOSS, text, GROUP)
    assert list_texts(calls)[0] == desk.text("bound", department="Transport")
    assert any(call.name.startswith("card:") for call in calls)
    assert await department_of(desk, GROUP) == "transport"
    assert {row.role for row in await desk.rows(select(grants.c.role))} == {"manager", "staff"}


@pytest.mark.usefixtures("boss")
async def test_what_binding_refuses(desk: Desk) -> None:
    """In private, without a known department, and by anybody else."""
    known = desk.list_departments(keyed=True)
    assert list_texts(await desk.say(BOSS, "/bind transport")) == [desk.text("bind-in-group", departments=known)]
    for args in ("", " moon", " transport service"):
        assert list_texts(await desk.say(BOSS, f"/bind{args}", GROUP)) == [desk.text("bind-which", departments=known)]
    assert list_texts(await desk.say(LI, "/bind transport", GROUP)) == [desk.text("only-managers")]
    assert await department_of(desk, GROUP) is None


@pytest.mark.usefixtures("boss")
async def test_a_department_has_one_group(desk: Desk) -> None:
    """Bound elsewhere, the first group is nobody's any more, and is told so; a group that changes its department is, too."""
    await desk.say(BOSS, "/bind transport", GROUP)
    calls = await desk.say(BOSS, "/bind transport", -1002)
    assert (await department_of(desk, GROUP), await department_of(desk, -1002)) == (None, "transport")
    assert list_texts(calls, GROUP) == [desk.text("bound-elsewhere", department="Transport", who="Boss")]
    calls = await desk.say(BOSS, "/bind service", -1002)
    instead = desk.text("bound-instead", department="Customer service", before="Transport")
    assert list_texts(calls, -1002)[0] == instead


async def test_a_group_hears_that_its_department_has_left_the_company_file(desk: Desk) -> None:
    """At the start, once, whatever restarts; after it came back, again."""
    await desk.bind("transport")
    company = desk.services.company
    departments = {key: one for key, one in company.departments.items() if key != "transport"}
    without = replace(desk.services, company=replace(company, departments=departments))

    async def start(services: Services) -> list[str]:
        async with desk.database.begin() as tx:
            batch = Batch(tx, services, desk.clock.now())
            await groups.tell_of_removed_departments(batch)
            await flush(batch, None)
        return list_texts(await desk.fetch_owed(), GROUP)

    told = [desk.text("department-removed", department="transport")]
    assert [await start(one) for one in (desk.services, without, without, desk.services, without)] == [
        [],
        told,
        [],
        [],
        told,
    ]


@pytest.mark.usefixtures("boss")
async def test_a_lost_group_is_stood_in_for(desk: Desk) -> None:
    """Kicked: quality hears of it once and gets the open cases; back: what was owed is owed again."""
    await desk.bind("transport")
    await desk.bind("quality", -1002)
    await desk.file_complaint()
    calls = await desk.member(LI, "kicked", GROUP)
    assert desk.text("group-lost", department="Transport", reason="kicked") in list_texts(calls, -1002)
    assert any(call.name.startswith("card:") and call.chat_id == -1002 for call in calls)
    assert await desk.member(LI, "left", GROUP) == []
    async with desk.database.begin() as tx:
        await tx.execute(outbox.update().values(state="held", chat_id=GROUP))
    await desk.member(LI, "member", GROUP)
    assert {row.state for row in await desk.rows(select(outbox.c.state))} == {"owed"}
    assert [row.state for row in await desk.rows(select(group_rows.c.state).where(group_rows.c.chat_id == GROUP))] == [
        "here"
    ]


async def test_without_groups_the_managers_hear(desk: Desk, boss: int) -> None:
    """Quality itself is lost, and there is no management group."""
    del boss
    await desk.bind("quality", -1002)
    calls = await desk.member(LI, "kicked", -1002)
    assert desk.text("group-lost", department="Quality", reason="kicked") in list_texts(calls, BOSS.id)


async def test_a_new_group_is_told_what_to_do(desk: Desk) -> None:
    """Added where nothing is bound: how to bind; lost again, nobody minds."""
    calls = await desk.member(BOSS, "member", GROUP)
    assert list_texts(calls) == [desk.text("added-to-group", departments=desk.list_departments(keyed=True))]
    assert await desk.member(BOSS, "left", GROUP) == []


async def moved(desk: Desk, work: Any = None) -> None:  # noqa: ANN401 -- a batch's work
    async def both(batch: Batch) -> None:
        if work is not None:
            await work(batch)
        await groups.on_migration(batch, GROUP, NEW)

    await desk.batch(both)


async def test_a_group_that_moves_takes_everything_along(desk: Desk) -> None:
    """Binding, cards, open questions and what is owed are the new group's; the second word of it changes nothing."""
    await desk.bind("transport")
    await desk.grant(ZHAO, Role.HEAD, "transport")
    accepted = await desk.press_and_confirm(LI, "Accept", await desk.file_complaint())
    await desk.press_and_confirm(LI, "Resolve", accepted)
    for _ in range(2):
        await desk.say(LI, None, GROUP, migrate_to_chat_id=NEW)
        assert (await department_of(desk, GROUP), await department_of(desk, NEW)) == (None, "transport")
        assert {row.chat_id for row in await desk.rows(select(cards.c.chat_id))} == {NEW}
        lanes = {row.lane for row in await desk.rows(select(sessions.c.lane).where(sessions.c.dialogue == "form"))}
        assert lanes == {f"{NEW}:{LI.id}"}
        assert GROUP not in {row.chat_id for row in await desk.rows(select(outbox.c.chat_id))}


async def test_what_is_owed_follows_also_where_nothing_is_bound(desk: Desk) -> None:
    """An answer to a group that is no department's, or one owed after the first word of the move, arrives in the new group."""
    await desk.say(LI, "/help", GROUP)
    await moved(desk)
    assert [row.chat_id for row in await desk.rows(select(outbox.c.chat_id))] == [NEW]

    async def late(batch: Batch) -> None:
        batch.owe(OwedCall(batch.services.next_id(), GROUP, "sendMessage", '{"text":"late"}'))
        await flush(batch, None)
        batch.calls.clear()

    await desk.bind("transport")
    await moved(desk)
    await moved(desk, late)
    assert {row.chat_id for row in await desk.rows(select(outbox.c.chat_id))} == {NEW}


async def test_who_leaves_is_no_longer_staff(desk: Desk) -> None:
    """The role goes with the membership; a head stays head until a manager says otherwise."""
    await desk.bind("transport")
    await desk.grant(LI, Role.STAFF, "transport")
    await desk.grant(LI, Role.HEAD, "transport")
    await desk.say(LI, None, GROUP, left_chat_member=LI.user)
    assert [row.role for row in await desk.rows(select(grants.c.role))] == ["head"]
    await desk.say(LI, None, GROUP, left_chat_member=WANG.user)


async def test_blocking_and_coming_back(desk: Desk) -> None:
    """A person who blocks is unreachable until unblocked; what was held is owed again."""
    from storage.models import people

    await desk.say(WANG, "/help")
    reach = select(people.c.reach)
    await desk.member(WANG, "kicked")
    assert [row.reach for row in await desk.rows(reach)] == ["blocked"]
    await desk.member(WANG, "member")
    assert [row.reach for row in await desk.rows(reach)] == ["open"]


async def test_the_overseers_of_quality_are_not_quality(desk: Desk) -> None:
    """The group that was lost is not the one to be told."""
    await desk.bind("quality", -1002)
    await desk.bind("management", -1003)

    async def work(batch: Batch) -> None:
        assert await groups.find_overseers(batch, "transport") == {-1002: "en"}
        assert await groups.find_overseers(batch, "quality") == {-1003: "en"}

    await desk.batch(work)
