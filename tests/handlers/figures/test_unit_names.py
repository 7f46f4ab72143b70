"""What units of a breakdown are called."""

import pytest

from conversations.buttons import SummaryButton
from domain.figures.breakdown import By
from domain.people import Role
from handlers.figures.unit_names import hash_unit, name_unit
from handlers.turns.batch import Batch
from tests.harness.in_process import BOSS, NOON, WANG, Desk, find_button_data, list_labels


@pytest.fixture
async def boss(desk: Desk) -> None:
    await desk.grant(BOSS, Role.MANAGER)


@pytest.mark.usefixtures("boss")
async def test_couriers_go_by_name(desk: Desk) -> None:
    """Whatever their place among many; two of one name are told apart by their ids."""
    for n in range(22):
        courier = {"id": f"k{n:02}", "name": "Twin" if n in {3, 4} else f"Name {n:02}"}
        await desk.press(WANG, find_button_data(await desk.open_survey(waybill=f"W{n}", courier=courier), "5"))
    first = (await desk.say(BOSS, "/summary today by courier"))[0]
    second = (await desk.press(BOSS, SummaryButton("today", "c", n=1), at=77))[0]
    third = (await desk.press(BOSS, SummaryButton("today", "c", n=2), at=77))[0]
    labels = [label for call in (first, second, third) for label in list_labels(call)]
    assert {"Name 00", "Name 21", "Twin (k03)", "Twin (k04)"} <= set(labels)
    assert not [label for label in labels if label.startswith("k")]


async def test_a_unit_without_a_name_goes_by_its_key(desk: Desk) -> None:
    """A department that left the company file, a courier of whom no name came, a value that was not given."""
    async with desk.database.begin() as tx:
        batch = Batch(tx, desk.services, NOON)
        assert name_unit(batch, By.DEPARTMENT, "transport", "en") == "Transport"
        assert name_unit(batch, By.DEPARTMENT, "gone", "en") == "gone"
        assert name_unit(batch, By.ROUTE, "", "zh") == "未注明"
    assert hash_unit("k17") != hash_unit("k18")
