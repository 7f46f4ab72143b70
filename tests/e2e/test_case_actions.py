"""What staff do about a case beyond accepting and resolving: plan, ask, extend, hand over, merge, answer the regulator (C6)."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from playground.people.seat import Seat
from storage.models import case_events, cases, contributions
from tests.harness.stage import DAY, StoryStage, list_labels


async def facts(stage: StoryStage, event: str) -> dict[str, str]:
    """What this event brought along."""
    (row,) = await stage.rows(select(case_events.c.facts).where(case_events.c.event == event))
    read: dict[str, str] = json.loads(row.facts)
    return read


async def asked(seat: Seat, press: str, *answers: tuple[str, str]) -> None:
    """Press, and answer each question by a reply as soon as it is there; `Confirm` at the end."""
    await seat.press(press)
    for question, words in answers:
        prompt = await seat.see(question)
        await seat.reply(words, to=prompt["message_id"])


async def test_a_plan_for_tomorrow_evening(stage: StoryStage) -> None:
    """Li writes 明天18点: it is shown back with its weekday, and counts when it is confirmed."""
    number = await stage.set_up_accepted_case()
    li = stage.at("transport", stage.li)
    await asked(li, "Plan", ("1/3", "A second van"), ("2/3", "in a while"))
    again = await li.see("I could not read")
    await li.reply("明天18点", to=again["message_id"])
    goal = await li.see("3/3")
    day = (datetime.now(UTC) + timedelta(hours=8)).date() + timedelta(days=1)
    assert f"{day:%A}, {day} 18:00" in goal["text"]
    await li.press("Customer satisfied")
    await li.see("the plan, please check")
    assert not await stage.rows(select(case_events.c.event).where(case_events.c.event == "plan"))
    await li.press("Confirm")
    await li.see("the plan is recorded")
    assert (await facts(stage, "plan"))["due"] == f"{day}T18:00:00+08:00"
    await stage.card("transport", number, "Plan: A second van")


async def test_a_question_and_its_answer_with_a_photo(stage: StoryStage) -> None:
    """Wang reads Li's question, replies with words and a photo; Li is told by name, and the work goes on."""
    number = await stage.set_up_accepted_case()
    li, customer = stage.at("transport", stage.li), stage.customer
    await asked(li, "Ask customer", ("What would you like to ask", "Which door was it?"))
    await li.see("The customer will read")
    await li.press("Confirm")
    question = await customer.see("Which door was it?")
    await li.see("waiting for the customer")
    await customer.reply("The red one", to=question["message_id"])
    told = await li.see("The red one")
    assert "Li" in told["text"]
    await customer.see("We have your answer")
    await customer.album(1, caption="here")
    await stage.telegram.wait_for(li.chat, lambda m: m["sent_by_bot"] and "photo" in m)
    await customer.see("(messages: 2)")
    await customer.press("Done")
    await customer.see("Thank you. The department has your answer")
    await stage.card("transport", number, "in progress")
    written = await stage.rows(select(contributions.c.words).where(contributions.c.side == "customer"))
    assert "The red one" in {one.words for one in written}


@pytest.mark.prove
async def test_a_later_date_is_told_and_a_passed_one_stays(stage: StoryStage) -> None:
    """Wang reads the new date with its reason; once the promised date has passed it cannot be moved."""
    await stage.set_up_accepted_case()
    li = stage.at("transport", stage.li)
    await asked(li, "Extend", ("1/2", "The part comes from abroad"), ("2/2", "in 10 days"))
    await li.see("a later date, please check")
    await li.press("Confirm")
    told = await stage.customer.see("longer than we promised")
    assert "The part comes from abroad" in told["text"]
    (before,) = await stage.rows(select(cases.c.due_at))
    await stage.bot.clock(12 * DAY)
    await li.see("overdue")
    assert "can no longer be moved" in await stage.toast(await li.press("Extend"))
    assert await stage.rows(select(cases.c.due_at)) == [before]


@pytest.mark.prove
async def test_the_regulators_appeal_is_answered(stage: StoryStage) -> None:
    """Quality registers it on an answered case; the owner fills in the regulator's form; after the review Wang has the answer."""
    number = await stage.file_complaint()
    zhao, quality = stage.at("transport", stage.zhao), stage.at("quality", stage.boss)
    await zhao.see(number)
    await zhao.press("Accept")
    await zhao.see("Owner: Zhao")
    await asked(zhao, "Resolve", ("1/4", "Late"), ("2/4", "Apologised"))
    await zhao.see("3/4")
    for shown, label in (("3/4", "Skip"), ("4/4", "Not at fault"), ("please check", "Confirm")):
        await zhao.see(shown)
        await zhao.press(label)
    await stage.card("quality", number)
    await quality.press("Approve")
    await stage.customer.see("Is it solved?")
    await quality.see("answered")
    await asked(quality, "Regulator", ("1/2", "yesterday"), ("2/2", "REG-7"))
    await quality.see("an appeal from the regulator, please check")
    await quality.press("Confirm")
    assert "Zhao" in (await zhao.see("an appeal from the regulator (received"))["text"]
    await zhao.see("The regulator is waiting for the answer")
    await asked(zhao, "Resolve", ("1/6", "Lost in the hub"))
    await zhao.see("2/6")
    await zhao.press("Liable")
    for question, words in (("3/6", "A new one is on its way"), ("4/6", "50 CNY")):
        await zhao.see(question)
        await zhao.reply(words)
    await zhao.see("5/6")
    await zhao.press("Satisfied")
    await zhao.see("6/6")
    await zhao.reply("Zhao, 138 0000 0000")
    await zhao.see("the answer to the regulator, please check")
    await zhao.press("Confirm")
    await quality.see("in review")
    await quality.press("Approve")
    await stage.customer.see("A new one is on its way")
    (latest,) = await stage.rows(
        select(case_events.c.facts)
        .where(case_events.c.event == "resolve")
        .order_by(case_events.c.version.desc())
        .limit(1)
    )
    assert json.loads(latest.facts)["handler"] == "Zhao, 138 0000 0000"
    assert [tuple(row) for row in await stage.rows(select(cases.c.state, cases.c.appealed))] == [("answered", False)]


async def test_two_cases_become_one(stage: StoryStage) -> None:
    """Quality merges the second case into the first: its card brings the words, Wang reads the number that counts."""
    first = await stage.file_complaint("The box was wet", "SF1")
    second = await stage.file_complaint("And the second one too", "SF2", department="aftersales")
    quality = stage.at("quality", stage.boss)
    card = await stage.card("quality", second)
    await quality.press("Merge", message_id=card["message_id"])
    choice = await quality.see("which of this customer's other cases")
    (label,) = [one for one in list_labels(choice) if one.startswith(first)]
    await quality.press(label)
    await quality.see("moves to")
    await quality.press("Confirm")
    told = await stage.customer.see("We have joined your case")
    assert first in told["text"]
    brought = await stage.at("transport", stage.li).see("has been merged into this case")
    assert "And the second one too" in brought["text"]
    states = {row.number: row.state for row in await stage.rows(select(cases.c.number, cases.c.state))}
    assert states == {first: "assigned", second: "merged"}


@pytest.mark.prove
async def test_a_case_changes_hands(stage: StoryStage) -> None:
    """Li hands the case over to Chen, who is told by name and goes on."""
    await stage.set_up_accepted_case()
    li, chen = stage.at("transport", stage.li), stage.at("transport", stage.chen)
    await chen.press("History")
    await chen.see("History of")
    await li.press("Hand over")
    await li.see("who will take it over")
    await li.press("Chen")
    assert "Chen" in (await chen.see("is now yours. Li has handed it over"))["text"]
    await chen.see("Owner: Chen")
    await asked(chen, "Plan", ("1/3", "Call the customer"), ("2/3", "Friday"))
    await chen.see("3/3")
