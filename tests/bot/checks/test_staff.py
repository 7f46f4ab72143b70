"""Departments and their groups, as `huifang check` sees them."""

from bot.checks.finding import ok, wrong
from bot.checks.staff import check_groups
from storage.people import groups
from tests.bot.checks.conftest import MakeInspection
from tests.harness.in_process import GROUP, Desk


async def test_the_groups(inspect: MakeInspection, desk: Desk) -> None:
    """Each bound group is a line: reachable, or lost with the way back."""
    await desk.bind("transport")
    await desk.bind("quality", -1002)
    async with desk.database.begin() as tx:
        await groups.mark_lost(tx, GROUP, "kicked", desk.clock.now())
        assert await check_groups(tx, inspect()) == [
            ok("group of quality", "reachable"),
            wrong("group of transport", "lost", "add the bot to it again, or bind another with /bind"),
        ]


async def test_a_group_of_a_department_that_is_gone(inspect: MakeInspection, desk: Desk) -> None:
    """Its key was renamed in the company file: the line says so, and what to do."""
    await desk.bind("lorries")
    cure = "put its key back, or bind the group anew with /bind"
    async with desk.database.read() as tx:
        assert await check_groups(tx, inspect()) == [
            wrong("group of lorries", "the company file has no such department", cure)
        ]
