"""Taking a complaint: at any moment back, skip, cancel, or leave for days and go on (C1, C2, C4, C5)."""

import pytest
from sqlalchemy import select

from storage.models import cases, contributions
from tests.harness.stage import DAY, StoryStage, find_case_number, list_labels


async def _begun(stage: StoryStage) -> None:
    """Wang has begun to complain about SF1, as far as the category."""
    await stage.open_survey()
    customer = stage.customer
    await customer.say("/complain")
    await customer.see("Which delivery")
    await customer.press("SF1")
    await customer.see("What is it about")


async def test_the_whole_dialogue_with_back_and_skip(stage: StoryStage) -> None:
    """Back changes what was chosen, Skip leaves out what is optional, the summary shows all, Confirm gives number and date."""
    await _begun(stage)
    customer = stage.customer
    await customer.press("Other")
    await customer.see("What happened")
    await customer.press("Back")
    await customer.see("What is it about")
    await customer.press("Back")
    await customer.see("Which delivery")
    await customer.press("SF1")
    await customer.see("What is it about")
    await customer.press("Delivery and logistics")
    await customer.see("Choose what fits best")
    await customer.press("Late")
    await customer.see("Please describe it")
    assert "Skip" not in await customer.buttons()
    await customer.say("It never came")
    await customer.see("Would you like to add photos")
    await customer.say(photo=True)
    await customer.see("1 file received")
    await customer.press("Done")
    await customer.see("What would you like us to do")
    await customer.say("My money back")
    await customer.see("How can we reach you")
    await customer.press("Skip")
    summary = (await customer.see("Please check your complaint"))["text"]
    for line in (
        "Delivery: SF1",
        "About: Delivery and logistics",
        "Reason: Late",
        "It never came",
        "With 1 file",
        "My money back",
    ):
        assert line in summary
    assert not await stage.rows(select(cases.c.id))
    await customer.press("Confirm")
    filed = await customer.see("is filed and passed on")
    assert "You will have an answer by 20" in filed["text"]
    card = await stage.card("transport", find_case_number(filed))
    for words in ("It never came", "My money back", "SF1", "1 file"):
        assert words in card["text"]
    await customer.say("/mycases")
    await customer.see("Your cases")
    await customer.press("C-")
    await customer.see("filed and passed on")


@pytest.mark.prove
async def test_cancel_leaves_nothing_behind(stage: StoryStage) -> None:
    """The button and the command both end it; what is written afterwards is not taken for a complaint."""
    await _begun(stage)
    customer = stage.customer
    await customer.press("Cancel")
    await customer.see("The complaint was cancelled")
    await customer.say("/complain")
    await customer.see("Which delivery")
    await customer.press("Skip")
    await customer.see("What is it about")
    await customer.press("Other")
    await customer.see("What happened")
    await customer.say("/cancel")
    await customer.see("Cancelled. Nothing was sent")
    await customer.say("It never came")
    await customer.press("Nothing, thanks", message_id=(await customer.see("I have kept your message"))["message_id"])
    await customer.see("What you wrote has been deleted")
    await customer.say("/cancel")
    await customer.see("nothing to cancel")
    assert not await stage.rows(select(cases.c.id))


async def test_left_for_days_and_through_a_power_cut(stage: StoryStage) -> None:
    """The bot is killed in the middle, three days pass, what was sent meanwhile arrives, and the complaint goes on."""
    await _begun(stage)
    customer = stage.customer
    await customer.press("Delivery and logistics")
    await customer.see("What happened")
    await stage.bot.kill()
    await customer.say("It was left in the rain")
    await stage.bot.clock(3 * DAY)
    await stage.bot.start()
    await customer.see("Would you like to add photos")
    await stage.bot.kill()
    await stage.bot.start()
    await customer.press("Done")
    await customer.see("What would you like")
    await customer.press("Skip")
    await customer.see("How can we reach you")
    await customer.press("Skip")
    await customer.see("It was left in the rain")
    await stage.bot.kill()
    await customer.press("Confirm")
    await stage.bot.start()
    number = find_case_number(await customer.see("is filed and passed on"))
    await stage.card("transport", number)
    assert len(await stage.rows(select(cases.c.id))) == 1


@pytest.mark.prove
async def test_a_second_complaint_about_the_same_delivery_joins(stage: StoryStage) -> None:
    """While one is open, the second is added to it: one case, two contributions, and the department reads the new words."""
    number = await stage.set_up_accepted_case()
    customer = stage.customer
    await customer.say("/complain")
    await customer.see("Which delivery")
    await customer.press("SF1")
    await customer.see("What is it about")
    await customer.press("Product quality")
    await customer.see("What happened")
    await customer.say("And the vase is broken")
    await customer.see("Would you like to add photos")
    await customer.press("Done")
    await customer.see("What would you like")
    await customer.press("Skip")
    await customer.see("How can we reach you")
    await customer.press("Skip")
    await customer.see("Please check your complaint")
    await customer.press("Confirm")
    assert number in (await customer.see("has been added to it"))["text"]
    await stage.at("transport", stage.li).see("And the vase is broken")
    assert len(await stage.rows(select(cases.c.id))) == 1
    assert len(await stage.rows(select(contributions.c.id))) == 2
    await stage.wait_until_quiet()
    shown = await stage.telegram.messages(customer.chat)
    assert not any("Confirm" in list_labels(message) for message in shown), "the dialogue's keyboard is still there"
