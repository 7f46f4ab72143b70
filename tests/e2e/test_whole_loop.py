"""The whole loop, from a delivery to the customer's word and the manager's summary, whichever way the updates come."""

import pytest

from tests.harness.stage import StoryStage

pytestmark = pytest.mark.both_engines


@pytest.mark.parametrize(
    ("database_url", "webhook"),
    [
        ("sqlite", True),
        ("postgresql", False),
        pytest.param("sqlite", False, marks=pytest.mark.prove),
        pytest.param("postgresql", True, marks=pytest.mark.prove),
    ],
    indirect=["database_url"],
)
async def test_from_a_delivery_to_a_closed_complaint(stage: StoryStage) -> None:
    """Asked, dissatisfied, filed, accepted, resolved, returned, resolved, approved, not solved, solved, summed up; nothing refused."""
    number = await stage.set_up_accepted_case("It was thrown over the fence")
    customer, zhao = stage.customer, stage.at("transport", stage.zhao)
    await stage.set_up_resolved_case("Sorry")
    await zhao.press("Return")
    await zhao.see("what is missing")
    await zhao.reply("Say what was done")
    await zhao.see("goes back to its owner")
    await zhao.press("Confirm")
    await zhao.see("was returned")
    await stage.set_up_resolved_case("We retrained the driver")
    await zhao.press("Approve")
    answer = await customer.see("We retrained the driver")
    await customer.press("Not solved")
    await customer.see("What is still not solved")
    await customer.say("Nobody paid for the vase")
    await customer.see("open again (round 2)")
    await stage.at("transport", stage.li).see("Round 2 begins")
    await stage.at("transport", stage.li).press("Accept")
    await stage.at("transport", stage.li).see("Owner: Li")
    await stage.set_up_resolved_case("We paid for the vase")
    await zhao.press("Approve")
    second = await customer.see("We paid for the vase")
    assert second["message_id"] > answer["message_id"]
    await customer.press("Solved", message_id=second["message_id"])
    await customer.see(f"{number} is solved")
    await stage.manager.say("/summary week")
    summary = await stage.manager.see("Service quality")
    assert "Satisfaction 0 of 1" in summary["caption"]
    assert "Complaints open now 0" in summary["caption"]
    assert [group for group in stage.groups if await stage.has_card(group)] == ["transport"]


async def test_a_clean_stop_repeats_nothing(stage: StoryStage) -> None:
    """What Telegram had accepted and confirmed when the bot was asked to end is not sent again by the next one."""
    await stage.bot.stop()
    await stage.bot.start()
    await stage.wait_until_quiet()
    lines = [line for line in await stage.at("transport", stage.boss).transcript() if "Zhao is now head" in line]
    assert len(lines) == 1, lines
