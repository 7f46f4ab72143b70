"""The survey as the customer lives it: one tap, more if they like, changed if they like (S3, S7, S8, S9)."""

import pytest
from sqlalchemy import select

from storage.models import answers, audit, invitations
from tests.harness.stage import DAY, StoryStage, list_labels


async def _scores(stage: StoryStage) -> dict[str, int]:
    rows = await stage.rows(select(answers.c.question, answers.c.score).where(answers.c.score.is_not(None)))
    return {row.question: row.score for row in rows}


async def test_every_tap_counts_at_once_in_one_message(stage: StoryStage) -> None:
    """Later questions come by editing; Back and Skip work; what was answered counts even when left halfway."""
    customer = await stage.open_survey()
    question = await customer.see("overall")
    await customer.press("5")
    await customer.see("Question 2 of 5")
    assert await _scores(stage) == {"overall": 5}
    await customer.press("Skip")
    await customer.see("Question 3 of 5")
    await customer.press("4")
    await customer.see("Question 4 of 5")
    await customer.press("Back")
    await customer.see("Question 3 of 5")
    await customer.press("3")
    await customer.see("Question 4 of 5")
    assert await _scores(stage) == {"overall": 5, "goods": 3}
    await customer.press("Skip")
    await customer.see("Anything you would like to tell us")
    await customer.say("Friendly man")
    thanks = await customer.see("Thank you. Your answer helps")
    assert "Your rating: 5 of 5" in thanks["text"]
    assert question["message_id"] != thanks["message_id"]
    assert len([line for line in await customer.transcript() if "Question" in line]) <= 1


async def test_a_changed_rating_is_one_response_with_its_history(stage: StoryStage) -> None:
    """Two stars, a week later five: one response says 5, the log says from what to what."""
    customer = await stage.rate_delivery(2)
    await customer.press("No, thanks")
    for _ in range(4):
        await stage.telegram.settle()
        await customer.press("Skip")
    await customer.see("Your rating: 2 of 5")
    await stage.bot.clock(8 * DAY)
    await stage.wait_until_quiet()
    await customer.press("Change my rating")
    await customer.see("overall")
    await customer.press("5")
    await customer.see("Question 2")
    assert await _scores(stage) == {"overall": 5}
    assert len(await stage.rows(select(invitations.c.id))) == 1
    changes = await stage.rows(select(audit.c.before, audit.c.after).where(audit.c.what == "answer.change"))
    assert [tuple(row) for row in changes] == [("overall=2", "overall=5")]


@pytest.mark.prove
async def test_after_fourteen_days_a_rating_stands(stage: StoryStage) -> None:
    """On day 15 the old buttons answer that they are out of use, and the rating is what it was."""
    customer = await stage.rate_delivery(4)
    message = await customer.see("Question 2")
    invitation = (await stage.rows(select(invitations.c.id)))[0].id
    await stage.bot.clock(15 * DAY)
    await stage.wait_until_quiet()
    told = await stage.toast(await customer.forge(f'["r",{invitation},0,1]', message_id=message["message_id"]))
    assert "no longer works" in told
    assert await _scores(stage) == {"overall": 4}


@pytest.mark.prove
async def test_rate_is_always_open(stage: StoryStage) -> None:
    """/rate without a delivery asks about none of them; with one, about that one; each is a response of its own."""
    customer = stage.customer
    await customer.say("/rate")
    listed = await customer.see("Which delivery would you like to rate")
    assert list_labels(listed) == ["None of these"]
    await customer.press("None of these")
    question = await customer.see("overall")
    assert "Delivery " not in question["text"]
    await customer.press("3")
    await customer.see("Question 2")
    await customer.contact()
    await customer.see("I will ask you here")
    await stage.report_delivery("SF7", ago=60)
    await customer.say("/rate")
    await stage.telegram.settle()
    assert await customer.buttons() == ["SF7", "None of these"]
    await customer.press("SF7")
    await customer.see("Delivery SF7")
    await customer.press("4")
    await stage.telegram.settle()
    rows = await stage.rows(
        select(invitations.c.delivery, invitations.c.origin, answers.c.score).join_from(invitations, answers)
    )
    assert sorted((row.delivery is None, row.origin, row.score) for row in rows) == [
        (False, "rate", 4),
        (True, "rate", 3),
    ]


async def test_the_language_counts_for_everything_sent_later(stage: StoryStage) -> None:
    """/language, 中文: the next survey and the case's messages come in Chinese, and stay so."""
    customer = stage.customer
    await customer.start()
    await customer.say("/language")
    await customer.see("Which language")
    await customer.press("中文")
    await stage.telegram.settle()
    await customer.start(await stage.report_delivery(customer={"phone": stage.wang.phone, "language": "en"}))
    await customer.see("您对这次配送总体满意吗")
    await customer.press("1")
    await stage.telegram.settle()
    assert "返回" in await customer.buttons()
    transcript = "\n".join((await customer.transcript())[-1:])
    assert "overall" not in transcript
