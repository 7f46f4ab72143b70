"""Who may do what that is not about one case, and where; and that nobody decides it elsewhere."""

import re
from pathlib import Path

import pytest

from domain.people import Grant, Person, Role
from handlers.access import rights
from handlers.access.rights import Right
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from tests.harness.in_process import GROUP, LI, Desk

EVERYWHERE = ("private", "quality", "management", "transport", "unbound")
ALLOWED = {
    (Role.MANAGER, "private"): set(Right) - {Right.BIND_GROUPS, Right.PHONE_CUSTOMERS, Right.END_CALLS},
    (Role.MANAGER, "quality"): {
        *(Right.BIND_GROUPS, Right.GIVE_ROLES, Right.RUN_CAMPAIGNS, Right.READ_RESULTS),
        *(Right.LIST_OPEN_CASES, Right.OVERSEE, Right.DECIDE_APPEALS),
    },
    (Role.MANAGER, "management"): set(Right) - {Right.PHONE_CUSTOMERS, Right.END_CALLS, Right.TAKE_WORDS},
    (Role.MANAGER, "transport"): {Right.BIND_GROUPS, Right.GIVE_ROLES, Right.RUN_CAMPAIGNS, Right.LIST_OPEN_CASES},
    (Role.MANAGER, "unbound"): {Right.BIND_GROUPS, Right.GIVE_ROLES, Right.RUN_CAMPAIGNS, Right.LIST_OPEN_CASES},
    (Role.QUALITY, "private"): {Right.LIST_OPEN_CASES, Right.OVERSEE, Right.DECIDE_APPEALS, Right.END_CALLS},
    (Role.QUALITY, "quality"): {
        *(Right.LIST_OPEN_CASES, Right.OVERSEE, Right.DECIDE_APPEALS, Right.PHONE_CUSTOMERS, Right.END_CALLS),
    },
    (Role.QUALITY, "management"): {Right.LIST_OPEN_CASES, Right.OVERSEE, Right.DECIDE_APPEALS, Right.END_CALLS},
    (Role.QUALITY, "transport"): {Right.LIST_OPEN_CASES, Right.END_CALLS},
    (Role.QUALITY, "unbound"): {Right.LIST_OPEN_CASES, Right.END_CALLS},
}
"""By role and place; all other roles have none of these rights anywhere."""

ELSEWHERE = {
    "campaigns/cards.py": "who is written to",
    "figures/reports.py": "which departments somebody chooses from, with what may be seen here",
    "figures/summaries.py": "which of two refusals is said",
}
"""Where else a manager or quality is told from others, and for what."""


@pytest.mark.parametrize("place", EVERYWHERE)
async def test_who_may_do_what_where(desk: Desk, place: str) -> None:
    """Each role in each place has exactly the rights that are written down here."""
    if place not in {"private", "unbound"}:
        await desk.bind(place)

    async def work(batch: Batch) -> None:
        for role in Role:
            department = {Role.MANAGER: None, Role.QUALITY: "quality"}.get(role, "transport")
            person = Person(1, LI.id, "en", grants=frozenset({Grant(role, department)}))
            turn = Turn(batch, person, LI.id if place == "private" else GROUP, "1:1", "en", private=place == "private")
            allowed = {right for right in Right if await rights.may(turn, right)}
            assert allowed == ALLOWED.get((role, place), set()), role

    await desk.batch(work)


def test_no_handler_asks_for_these_roles_itself() -> None:
    """Handlers ask `may`, except where the role decides something other than a right."""
    root = Path(__file__).parents[3] / "handlers"
    asking = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "access" not in path.parts and re.search(r"\.is_(manager|quality)\b", path.read_text("utf-8"))
    }
    assert asking == set(ELSEWHERE)
