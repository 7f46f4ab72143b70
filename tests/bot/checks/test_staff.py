"""Managers, departments and their groups, as `huifang check` sees them."""

from bot.checks.finding import State, look, ok, wrong
from bot.checks.staff import check_departments, check_groups, check_managers
from domain.people import Reach, Role
from storage.people import groups, people
from tests.bot.checks.conftest import MakeInspection
from tests.harness.in_process import GROUP, Desk, TelegramUser

BOSS = TelegramUser(1, "Boss")


async def test_a_fresh_installation(inspect: MakeInspection, desk: Desk) -> None:
    """Nothing is wrong: it says what comes next, the first manager and then the groups."""
    async with desk.database.read() as tx:
        (managers,), (departments,) = await check_managers(tx, inspect()), await check_departments(tx, inspect())
    assert (managers.state, departments.state) == (State.LOOK, State.LOOK)
    assert "/start CODE" in managers.cure
    assert departments.said.startswith("none has a group yet: ")
    assert "/bind DEPARTMENT" in departments.cure


async def test_the_managers(inspect: MakeInspection, desk: Desk) -> None:
    """One is enough, unless nobody can write to any."""
    await desk.grant(BOSS, Role.MANAGER)
    async with desk.database.begin() as tx:
        await people.set_reach(tx, BOSS.id, Reach.OPEN)
        assert await check_managers(tx, inspect()) == [ok("managers", "1")]
        await people.set_reach(tx, BOSS.id, Reach.BLOCKED)
        (finding,) = await check_managers(tx, inspect())
    assert finding == wrong("managers", "none of 1 can be written to", finding.cure)


async def test_the_departments(inspect: MakeInspection, desk: Desk) -> None:
    """Those without a group, and those with a group and no head; without a company file none is known."""
    keys = list(inspect().company.departments)  # type: ignore[union-attr]  # the example has a company
    for n, key in enumerate(keys[:-1]):
        await desk.bind(key, GROUP - n)
    async with desk.database.read() as tx:
        without_group, without_head = await check_departments(tx, inspect())
    assert without_group == look("departments", f"without a group: {keys[-1]}", without_group.cure)
    assert without_head.said.startswith("without a head: transport, ")
    assert "quality" not in without_head.said
    await desk.bind(keys[-1], GROUP - 50)
    for key in keys:
        await desk.grant(BOSS, Role.HEAD, key)
    async with desk.database.read() as tx:
        assert await check_departments(tx, inspect()) == [ok("departments", "each has a group and a head")]


async def test_the_groups(inspect: MakeInspection, desk: Desk) -> None:
    """A lost group is said with the way back."""
    await desk.bind("transport")
    await desk.bind("quality", -1002)
    async with desk.database.begin() as tx:
        assert await check_groups(tx, inspect()) == []
        await groups.mark_lost(tx, GROUP, "kicked", desk.clock.now())
        (finding,) = await check_groups(tx, inspect())
    cure = "add the bot to it again, or bind another with /bind"
    assert finding == wrong("group of transport", "lost: nothing can be sent to it", cure)


async def test_a_group_of_a_department_that_is_gone(inspect: MakeInspection, desk: Desk) -> None:
    """Its key was renamed in the company file: the line says so, and what to do."""
    await desk.bind("lorries")
    cure = "put its key back, or bind the group anew with /bind"
    async with desk.database.read() as tx:
        assert await check_groups(tx, inspect()) == [
            wrong("group of lorries", "the company file has no such department", cure)
        ]
