"""Five photos sent together are one thing, in whatever order Telegram delivers them (C1)."""

import json

from sqlalchemy import select

from storage.models import cases, contributions
from tests.harness.stage import StoryStage, find_case_number

ORDER = [3, 0, 4, 1, 2]


async def _photos(stage: StoryStage, chat: int) -> int:
    return sum("photo" in message and message["sent_by_bot"] for message in await stage.telegram.messages(chat))


async def _files(stage: StoryStage) -> list[int]:
    rows = await stage.rows(select(contributions.c.files).order_by(contributions.c.id))
    return [len(json.loads(row.files)) for row in rows]


async def test_an_album_in_a_complaint_is_one_contribution(stage: StoryStage) -> None:
    """Five photos out of order while describing: one complaint, five files, shown to the department."""
    await stage.open_survey()
    customer = stage.customer
    await customer.say("/complain")
    await customer.see("Which delivery")
    await customer.press("SF1")
    await customer.see("What is it about")
    await customer.press("Delivery and logistics")
    await customer.see("What happened")
    await customer.album(5, caption="The box is crushed", order=ORDER, delay_ms=40)
    await customer.see("5 files received")
    await customer.press("Done")
    await customer.see("What would you like")
    await customer.press("Skip")
    await customer.see("How can we reach you")
    await customer.press("Skip")
    await customer.see("With 5 files")
    await customer.press("Confirm")
    number = find_case_number(await customer.see("is filed and passed on"))
    await stage.card("transport", number, "5 files", "The box is crushed")
    await stage.wait_until_quiet()
    assert await _files(stage) == [5]
    assert len(await stage.rows(select(cases.c.id))) == 1
    assert await _photos(stage, stage.groups["transport"]) == 5


async def test_an_album_added_to_a_case_is_one_contribution(stage: StoryStage) -> None:
    """Five photos out of order after filing: one contribution of five, and the group sees the five together, once."""
    await stage.rate_delivery(2)
    customer = stage.customer
    await customer.press("File a complaint")
    number = find_case_number(await customer.see("is filed and passed on"))
    await customer.album(5, caption="Look at this", order=ORDER, delay_ms=40)
    group = stage.at("transport", stage.li)
    await group.see("Look at this")
    await stage.wait_until_quiet()
    assert await _files(stage) == [0, 5]
    assert await _photos(stage, stage.groups["transport"]) == 5
    albums = await stage.telegram.calls("sendMediaGroup")
    assert len(albums) == 1
    await stage.card("transport", number, "5 files")
    assert len(await stage.rows(select(cases.c.id))) == 1
