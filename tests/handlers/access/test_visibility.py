"""Whose cases may be seen, by whom and where."""

import pytest

from domain.people import Grant, Role
from handlers.access import rights, visibility
from handlers.access.rights import Right
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.people import people
from tests.harness.in_process import GROUP, LI, Desk
from tests.harness.rows import make_case

STAFF, HEAD = Grant(Role.STAFF, "transport"), Grant(Role.HEAD, "service")
QUALITY, MANAGER = Grant(Role.QUALITY, "quality"), Grant(Role.MANAGER)


@pytest.mark.parametrize(
    ("grants", "bound", "seen", "all_"),
    [
        ([], "", (), False),
        ([STAFF], "", ("transport",), False),
        ([STAFF, HEAD], "", ("service", "transport"), False),
        ([QUALITY], "", None, True),
        ([MANAGER, STAFF], "", None, True),
        ([STAFF], "transport", ("transport",), False),
        ([STAFF], "service", (), False),
        ([MANAGER], "transport", ("transport",), False),
        ([QUALITY], "quality", None, True),
        ([MANAGER], "management", None, True),
        ([Grant(Role.STAFF, "management")], "management", None, False),
        ([STAFF], "quality", (), False),
        ([MANAGER], "nobody's", (), False),
    ],
)
async def test_who_sees_what(
    desk: Desk,
    grants: list[Grant],
    bound: str,
    seen: tuple[str, ...] | None,
    all_: bool,  # noqa: FBT001 -- a parameter
) -> None:
    """In private the roles decide, in a group the group; only quality and managers oversee."""
    for given in grants:
        await desk.grant(LI, given.role, given.department)
    await desk.grant(LI, Role.COURIER, "k1")
    if bound and bound != "nobody's":
        await desk.bind(bound)

    async def work(batch: Batch) -> None:
        person = (await people.attach_grants(batch.tx, (await people.fetch_by_account(batch.tx, [LI.id])).values()))[0]
        chat = GROUP if bound else LI.id
        turn = Turn(batch, person, chat, "1:1", "en", private=not bound)
        assert await visibility.find_departments(turn) == seen
        assert await rights.may(turn, Right.OVERSEE) is all_
        led, helped = (
            make_case(department="transport"),
            make_case(department="sales", cooperating=("aftersales", "transport")),
        )
        for case in (led, helped):
            assert await visibility.may_see(turn, case) is (seen is None or "transport" in seen)

    await desk.batch(work)


@pytest.mark.parametrize(
    ("grants", "bound", "seen"),
    [
        ([], "", ()),
        ([STAFF, QUALITY], "", ()),
        ([HEAD, Grant(Role.HEAD, "transport"), STAFF], "", ("service", "transport")),
        ([MANAGER], "", None),
        ([MANAGER], "transport", ("transport",)),
        ([HEAD], "service", ("service",)),
        ([HEAD], "transport", ()),
        ([STAFF], "transport", ()),
        ([MANAGER], "quality", None),
        ([Grant(Role.HEAD, "quality"), QUALITY], "quality", ()),
        ([MANAGER], "nobody's", ()),
    ],
)
async def test_whose_figures(desk: Desk, grants: list[Grant], bound: str, seen: tuple[str, ...] | None) -> None:
    """A manager's all, a head's the own; a department's group is shown that department alone, no matter who asks."""
    for given in grants:
        await desk.grant(LI, given.role, given.department)
    await desk.grant(LI, Role.COURIER, "k1")
    if bound and bound != "nobody's":
        await desk.bind(bound)

    async def work(batch: Batch) -> None:
        person = (await people.attach_grants(batch.tx, (await people.fetch_by_account(batch.tx, [LI.id])).values()))[0]
        turn = Turn(batch, person, GROUP if bound else LI.id, "1:1", "en", private=not bound)
        assert await visibility.find_figures_departments(turn) == seen

    await desk.batch(work)
