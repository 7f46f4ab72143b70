"""How a delivery reaches its customer: by link, by phone number, by itself (D4, S1), and what blocking does (G5)."""

import pytest
from sqlalchemy import select

from storage.models import deliveries, invitations, people
from tests.harness.stage import DAY, HOUR, StoryStage, list_labels


async def test_a_link_belongs_to_the_first_who_opens_it(stage: StoryStage) -> None:
    """The second person is told so and is not asked; the first may open it again."""
    link = await stage.report_delivery()
    await stage.customer.start(link)
    await stage.customer.see("overall")
    mallory = stage.telegram.private(await stage.telegram.user("Mallory"))
    await mallory.start(link)
    await mallory.see("Somebody else has already opened this link")
    await stage.customer.start(link)
    await stage.wait_until_quiet()
    assert (await stage.customer.last())["message_id"] > (await stage.customer.see("overall"))["message_id"] - 1
    assert len(await stage.rows(select(invitations.c.id))) == 1


async def test_a_link_that_was_tampered_with_or_made_up_opens_nothing(stage: StoryStage) -> None:
    """One character changed anywhere, or nonsense: a clear answer, no delivery."""
    link = await stage.report_delivery()
    customer = stage.customer
    for place in (1, 5, len(link) // 2, len(link) - 2):
        await customer.start(link[:place] + ("A" if link[place] != "A" else "B") + link[place + 1 :])
    for nonsense in ("d", "dAAAA", "x" * 64, "d" + "_" * 38):
        await customer.start(nonsense)
    await stage.wait_until_quiet()
    lines = [line for line in await customer.transcript() if "do not recognise this link" in line]
    assert len(lines) == 8
    assert not await stage.rows(select(invitations.c.id))


@pytest.mark.prove
async def test_a_link_expires_after_sixty_days(stage: StoryStage) -> None:
    """On day 59 it opens the survey, on day 62 it says that it has expired."""
    first, second = await stage.report_delivery("SF1"), await stage.report_delivery("SF2")
    await stage.bot.clock(59 * DAY)
    await stage.customer.start(first)
    await stage.customer.see("overall")
    await stage.bot.clock(62 * DAY)
    await stage.customer.start(second)
    await stage.customer.see("This link has expired")


async def test_an_own_contact_links_past_and_future_deliveries(stage: StoryStage) -> None:
    """Past ones are found and asked about, a week later the next comes by itself two hours after delivery, and not before."""
    await stage.report_delivery("PAST", ago=3 * HOUR)
    customer = stage.customer
    await customer.start()
    await customer.see("Hello")
    await customer.press("Share my phone number")
    await customer.see("I have found one delivery of yours")
    await customer.see("PAST")
    await stage.bot.clock(8 * DAY)
    await stage.report_delivery("NEXT", ago=-8 * DAY)
    await stage.bot.clock(8 * DAY + HOUR)
    await stage.wait_until_quiet()
    assert not [line for line in await customer.transcript() if "NEXT" in line]
    await stage.bot.clock(8 * DAY + 2 * HOUR + 60)
    question = await customer.see("NEXT")
    assert list_labels(question) == ["😡 1", "🙁 2", "😐 3", "🙂 4", "😍 5"]


@pytest.mark.prove
async def test_sharing_the_number_asks_nobody_too_early(stage: StoryStage) -> None:
    """A delivery of ten minutes ago is asked about two hours after it, also when the number is shared before that."""
    await stage.report_delivery("FRESH", ago=600)
    customer = stage.customer
    await customer.contact()
    await customer.see("I have found one delivery of yours")
    await stage.wait_until_quiet()
    assert not [line for line in await customer.transcript() if "FRESH" in line]
    await stage.bot.clock(2 * HOUR)
    await customer.see("FRESH")


async def test_somebody_elses_contact_is_refused(stage: StoryStage) -> None:
    """Wang's number, shared by Mallory as a contact card, links nothing."""
    await stage.report_delivery(ago=3 * HOUR)
    mallory = stage.telegram.private(await stage.telegram.user("Mallory"))
    await mallory.start()
    for user_id in (stage.wang.id, 0):
        await mallory.contact(stage.wang.phone, user_id)
    await mallory.see("somebody else's contact")
    await stage.wait_until_quiet()
    (row,) = await stage.rows(select(deliveries.c.person))
    assert row.person is None
    assert not [line for line in await mallory.transcript() if "SF1" in line]


@pytest.mark.prove
async def test_an_invitation_expires_after_seven_days(stage: StoryStage) -> None:
    """Nobody answered: the message says that it is over, and its old buttons do nothing."""
    customer = await stage.open_survey()
    question = await customer.see("overall")
    data = question["reply_markup"]["inline_keyboard"][0][4]["callback_data"]
    await stage.bot.clock(7 * DAY + HOUR)
    ended = await customer.see("This survey has closed")
    assert ended["message_id"] == question["message_id"]
    assert "no longer works" in await stage.toast(await customer.forge(data, message_id=question["message_id"]))
    (row,) = await stage.rows(select(invitations.c.state))
    assert row.state == "expired"


@pytest.mark.prove
async def test_a_delivery_older_than_a_week_is_not_asked_about(stage: StoryStage) -> None:
    """Reported eight days late: no invitation, and the reason is stored."""
    customer = stage.customer
    await customer.contact()
    await customer.see("I will ask you here")
    await stage.report_delivery("OLD", ago=8 * DAY)
    await stage.wait_until_quiet()
    assert not [line for line in await customer.transcript() if "OLD" in line]
    (row,) = await stage.rows(select(deliveries.c.fate))
    assert row.fate == "too_late"


async def test_who_blocks_is_unreachable_and_gets_what_was_held_on_return(stage: StoryStage) -> None:
    """The answer to a complaint is approved while the customer has blocked the bot: it comes when they are back."""
    await stage.set_up_accepted_case()
    await stage.set_up_resolved_case("We paid for the vase")
    await stage.customer.block()
    await stage.telegram.settle()
    (row,) = await stage.rows(select(people.c.reach).where(people.c.telegram_id == stage.wang.id))
    assert row.reach == "blocked"
    await stage.at("transport", stage.zhao).press("Approve")
    await stage.at("transport", stage.zhao).see("· answered")
    await stage.customer.unblock()
    await stage.customer.see("We paid for the vase")
    await stage.customer.press("Solved")
    await stage.customer.see("is solved")


async def test_a_block_that_telegram_never_announced_is_noticed(stage: StoryStage) -> None:
    """No my_chat_member came: the refusal makes the customer unreachable, what was owed is held, and comes on return."""
    stage.refusals.append("bot was blocked")
    await stage.file_complaint()
    await stage.wait_until_quiet()
    await stage.bot.stop()
    await stage.customer.block()
    stage.server.world.updates.drop()
    await stage.bot.start()
    await stage.at("transport", stage.li).press("Accept")
    await stage.at("transport", stage.li).see("Owner: Li")
    await stage.wait_until_quiet()
    (row,) = await stage.rows(select(people.c.reach).where(people.c.telegram_id == stage.wang.id))
    assert row.reach == "blocked"
    await stage.customer.unblock()
    await stage.customer.see("Somebody is now working on")
