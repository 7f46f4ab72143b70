"""A low rating never goes unheard: it is filed, or declined, or becomes a case by itself (S6)."""

import pytest
from sqlalchemy import select

from storage.models import audit, cases
from tests.harness.stage import HOUR, MINUTE, StoryStage, list_labels


async def test_two_stars_reach_the_department_that_delivered(stage: StoryStage) -> None:
    """Two stars and one tap: the card is in the group of the department that delivered, and in no other."""
    number = await stage.file_complaint()
    card = await stage.card("transport", number, "Waybill: SF1", "2/5")
    assert list_labels(card)[:2] == ["Accept", "Transfer"]
    await stage.wait_until_quiet()
    assert [group for group in stage.groups if await stage.has_card(group)] == ["transport"]


@pytest.mark.prove
async def test_the_category_leads_when_the_delivery_names_no_department(stage: StoryStage) -> None:
    """Low for the courier's attitude, no department named: the service department leads, and nobody else has the card."""
    customer = await stage.open_survey(department="")
    for score, following in ((4, "Question 2"), (4, "Question 3"), (4, "Question 4"), (1, "What was wrong")):
        await customer.press(str(score))
        await customer.see(following)
    await customer.press("Rude")
    await stage.telegram.settle()
    await customer.press("File a complaint")
    await customer.see("is filed and passed on")
    await stage.card("service", "C-", "Service attitude", "Rude")
    await stage.wait_until_quiet()
    assert [group for group in stage.groups if await stage.has_card(group)] == ["service"]


async def test_a_department_without_a_group_is_stood_in_for_by_quality(stage: StoryStage) -> None:
    """Broken goods lead to After-sales, which has no group yet: quality gets the card, so nobody's complaint is lost."""
    customer = await stage.open_survey(department="")
    for score, following in ((4, "Question 2"), (4, "Question 3"), (1, "What was wrong")):
        await customer.press(str(score))
        await customer.see(following)
    await customer.press("File a complaint")
    await customer.see("is filed and passed on")
    await stage.card("quality", "C-", "Product quality")


@pytest.mark.prove
async def test_no_thanks_is_respected_for_good(stage: StoryStage) -> None:
    """Who declines is not pursued: an hour later there is still no case."""
    customer = await stage.rate_delivery(1)
    pressed = await customer.press("No, thanks")
    assert "still counts" in await stage.toast(pressed)
    await stage.bot.clock(HOUR)
    await stage.wait_until_quiet()
    assert not await stage.rows(select(cases.c.id))
    assert not await stage.has_card("transport")
    assert await stage.rows(select(audit.c.id).where(audit.c.what == "complaint.declined"))


async def test_silence_becomes_a_case_after_half_an_hour(stage: StoryStage) -> None:
    """Who neither files nor declines has a case after thirty minutes, not before, and only one."""
    customer = await stage.rate_delivery(2)
    await stage.bot.clock(29 * MINUTE)
    await stage.wait_until_quiet()
    assert not await stage.rows(select(cases.c.id))
    await stage.bot.clock(31 * MINUTE)
    await customer.see("so we have opened case")
    await stage.card("transport", "C-")
    await stage.bot.clock(3 * HOUR)
    await stage.wait_until_quiet()
    assert len(await stage.rows(select(cases.c.id))) == 1
    shown = await stage.telegram.messages(stage.customer.chat)
    assert not any("File a complaint" in list_labels(message) for message in shown)


@pytest.mark.prove
async def test_a_better_rating_within_the_half_hour_leaves_no_case(stage: StoryStage) -> None:
    """Two stars corrected to five before the half hour is over: nobody is unhappy, so there is no case."""
    customer = await stage.rate_delivery(2)
    await customer.press("Back")
    await customer.see("overall")
    await customer.press("5")
    await customer.see("Question 2")
    await stage.bot.clock(HOUR)
    await stage.wait_until_quiet()
    assert not await stage.rows(select(cases.c.id))


async def test_filing_twice_files_once(stage: StoryStage) -> None:
    """A double tap on the button that files, even forged later, makes one case."""
    customer = await stage.rate_delivery(2)
    question = await customer.see("Question 2")
    data = next(
        button["callback_data"]
        for row in question["reply_markup"]["inline_keyboard"]
        for button in row
        if button["text"] == "File a complaint"
    )
    presses = [await customer.forge(data, message_id=question["message_id"]) for _ in range(3)]
    for press in presses:
        await stage.toast(press)
    await stage.card("transport", "C-")
    assert len(await stage.rows(select(cases.c.id))) == 1
