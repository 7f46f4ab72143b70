"""The cases behind a period of a chart: ten a page, for those who may see them, opened by a button (M4)."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from conversations.buttons import CaseViewButton, DrillDownButton
from domain.people import Role
from handlers.figures import drill_down
from storage.engine.database import Database
from tests.harness.daily_totals import add_handling
from tests.harness.in_process import (
    BOSS,
    GROUP,
    LI,
    WANG,
    ZHAO,
    Desk,
    at_desk,
    find_button,
    list_labels,
    list_texts,
    read_body,
)
from tests.harness.rows import file_case

MONDAY = date(2026, 11, 16)
WEEK = drill_down.make_button("week", MONDAY, "transport")


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    async with at_desk(database) as made:
        yield made


async def staged(desk: Desk, many: int = 12) -> None:
    """So many complaints of transport on a Wednesday, one of service, one a week before."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.grant(LI, Role.STAFF, "transport")
    await desk.grant(ZHAO, Role.STAFF, "service")
    async with desk.database.begin() as tx:
        for n in range(many):
            case = await file_case(tx, f"C-261118-{n:04}", department="transport")
            await add_handling(tx, case.id, date(2026, 11, 18))
        other = await file_case(tx, "C-261118-0900", department="service")
        await add_handling(tx, other.id, date(2026, 11, 18), "service")
        earlier = await file_case(tx, "C-261111-0001", department="transport")
        await add_handling(tx, earlier.id, date(2026, 11, 11))


async def test_ten_a_page(desk: Desk) -> None:
    """Ten cases with a button each, then the rest in the same message; another department's and another week's are not there."""
    await staged(desk)
    (call,) = await desk.press(BOSS, WEEK)
    (text,) = list_texts([call])
    assert text.startswith("<b>Cases of 2026-11-16 – 2026-11-22</b> · Transport: 12\n")
    assert call.fresh
    assert call.name.startswith("behind:")
    numbers = [one for one in list_labels(call) if one.startswith("C-")]
    assert len(numbers) == 10
    assert isinstance(find_button([call], numbers[0]), CaseViewButton)
    more = find_button([call], "More ▸")
    assert more == DrillDownButton(WEEK.period, "transport", 1)
    (page,) = await desk.press(BOSS, more)
    rest = [one for one in list_labels(page) if one.startswith("C-")]
    assert len({*numbers, *rest}) == 12
    assert not [one for one in (*numbers, *rest) if one in {"C-261118-0900", "C-261111-0001"}]
    assert find_button([page], "◂ Previous") == WEEK


async def test_a_page_that_is_no_more(desk: Desk) -> None:
    """The last one there is."""
    await staged(desk, 3)
    (call,) = await desk.press(BOSS, DrillDownButton(WEEK.period, "transport", 999))
    assert len([one for one in list_labels(call) if one.startswith("C-")]) == 3


async def test_whose_they_are(desk: Desk) -> None:
    """Staff see their own department's, in private and in its group; all departments' are cut to what somebody may see; others nothing."""
    await staged(desk, 2)
    await desk.bind("transport")
    for who, chat in ((LI, None), (LI, GROUP), (BOSS, None)):
        (call,) = await desk.press(who, WEEK, chat)
        assert "Transport: 2" in list_texts([call])[0]
    (everything,) = await desk.press(BOSS, drill_down.make_button("week", MONDAY, ""))
    assert list_texts([everything])[0].startswith("<b>Cases of 2026-11-16 – 2026-11-22</b>: 3\n")
    (own,) = await desk.press(LI, drill_down.make_button("week", MONDAY, ""))
    assert ": 2\n" in list_texts([own])[0]
    for who in (ZHAO, WANG):
        (answer,) = await desk.press(who, WEEK)
        assert read_body(answer)["text"] == desk.plain("not-yours")


async def test_nothing_behind_it(desk: Desk) -> None:
    """It is said; what is no period, is still to come, or names no department, does nothing."""
    await desk.grant(BOSS, Role.MANAGER)
    (answer,) = await desk.press(BOSS, drill_down.make_button("month", date(2026, 9, 1), ""))
    assert read_body(answer)["text"] == "There are no cases of 2026-09."
    tuesday, later = MONDAY.toordinal() + 1, date(2027, 1, 4).toordinal()
    for period in ("x739000", "w", f"w{tuesday}", f"w{later}", "d9999999", "m0", "w²"):
        (answer,) = await desk.press(BOSS, DrillDownButton(period))
        assert read_body(answer)["text"] == desk.plain("not-now"), period
    (answer,) = await desk.press(BOSS, DrillDownButton(WEEK.period, "nobody"))
    assert read_body(answer)["text"] == desk.plain("not-now")
