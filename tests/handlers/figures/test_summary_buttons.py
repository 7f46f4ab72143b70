"""The keyboard of a summary, and its three menus."""

import pytest

from conversations.buttons import SummaryButton
from domain.figures.period import parse_period
from domain.people import Role
from handlers.figures.summary_buttons import MENUS, draw_menu
from storage.queue.outbox import BUTTONS, PICTURE
from tests.harness.in_process import BOSS, COMPANY, NOON, Desk, find_button_data, list_labels, read_body


@pytest.fixture
async def boss(desk: Desk) -> None:
    await desk.grant(BOSS, Role.MANAGER)


@pytest.mark.usefixtures("boss")
async def test_a_menu_changes_the_buttons_alone(desk: Desk) -> None:
    """Nothing is counted or drawn; what is chosen is marked; Back leads to the figures again."""
    (call,) = await desk.say(BOSS, "/summary today by courier")
    for menu, marked in (("Period ▾", ["• Today"]), ("Break down ▾", ["• Couriers"]), ("More ▾", [])):
        (shown,) = await desk.press(BOSS, find_button_data([call], menu), at=77)
        assert (shown.method, read_body(shown)["message_id"]) == (BUTTONS, 77)
        assert [label for label in list_labels(shown) if label.startswith("•")] == marked
        (back,) = await desk.press(BOSS, find_button_data([shown], "« Back"), at=77)
        assert (list_labels(back), back.method) == (list_labels(call), PICTURE)


@pytest.mark.parametrize("menu", MENUS)
def test_a_menu_has_a_way_back(menu: str) -> None:
    """To the same period, breakdown and unit."""
    period = parse_period("week", NOON, COMPANY.zone)
    *_, (back,) = draw_menu(SummaryButton("week", "c", "abcd1234", menu), period)
    assert back.button == SummaryButton("week", "c", "abcd1234")
