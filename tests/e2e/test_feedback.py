"""What is no complaint, and what comes after one: suggestions, questions, praise, withdrawing, taking up again (O1, O2, O3, C5, C6)."""

import pytest
from sqlalchemy import select

from playground.people.seat import Seat
from storage.models import cases, standard_answers
from tests.harness.stage import DAY, StoryStage, find_case_number, list_labels


async def _asked(stage: StoryStage, seat: Seat, label: str, prompt: str) -> int:
    """Press a button of the newest message that has it; the number of the question that follows."""
    before = (await seat.last())["message_id"]
    await seat.press(label)
    return int((await stage.newer(seat, prompt, before))["message_id"])


async def _told(stage: StoryStage, seat: Seat, label: str, words: str, shown: str = "please check") -> None:
    """A button, a reply to the question, a look back, and it counts."""
    await seat.reply(words, to=await _asked(stage, seat, label, "Reply to this message"))
    await seat.see(shown)
    await seat.press("Confirm")


async def test_a_suggestion_until_it_is_carried_out(stage: StoryStage) -> None:
    """Words, a picture, what it is about; accepted, adopted with a date, progress, result: the customer hears of each."""
    customer, staff = stage.customer, stage.at("service", stage.boss)
    await customer.say("/suggest")
    await customer.see("What would you suggest")
    await customer.say("Open at six")
    await customer.see("Would you like to add pictures")
    await customer.say(photo=True)
    await customer.see("1 file received")
    await customer.press("Done")
    await customer.see("What is it about")
    await customer.press("Other")
    await customer.see("Please check your suggestion")
    await customer.press("Confirm")
    number = find_case_number(await customer.see("is with the department"))
    assert number.startswith("S-")
    await staff.see("Open at six")
    await staff.press("Accept")
    await customer.see("is now looking into your suggestion")
    await staff.see("Owner: Boss")
    question = await _asked(stage, staff, "Adopt", "How valuable")
    await staff.press("4", message_id=question)
    await staff.see("How feasible")
    await staff.press("5", message_id=question)
    prompt = await staff.see("Why are we adopting it")
    await staff.reply("The early customers will like it", to=prompt["message_id"])
    prompt = await staff.see("By when will it be carried out")
    await staff.reply("in 10 days", to=prompt["message_id"])
    await staff.see("Value: 4 of 5")
    await staff.press("Confirm")
    await customer.see("The early customers will like it")
    await staff.see("Value 4 of 5, feasibility 5 of 5")
    await _told(stage, staff, "Progress", "The keys are made")
    await customer.see("The keys are made")
    await _told(stage, staff, "Finish", "We open at six from Monday")
    await customer.see("Thank you for helping us do better")
    assert [row.state for row in await stage.rows(select(cases.c.state))] == ["closed"]


@pytest.mark.prove
async def test_a_question_until_there_is_nothing_else(stage: StoryStage) -> None:
    """Answered by a person, asked further, answered, closed; kept as a standard answer, it helps the next one without a case."""
    customer, staff = stage.customer, stage.at("service", stage.boss)
    await customer.say("/ask")
    await customer.see("What would you like to know")
    await customer.say("Do you deliver on Sundays?")
    number = find_case_number(await customer.see("Your question"))
    assert number.startswith("Q-")
    await staff.see("Do you deliver on Sundays?")
    await _told(stage, staff, "Answer", "Yes, from ten to four")
    answer = await customer.see("Yes, from ten to four")
    await customer.press("Ask more", message_id=answer["message_id"])
    await customer.see("What else would you like to know")
    await customer.say("In Hangzhou as well?")
    await customer.see("is with the department again")
    await staff.see("In Hangzhou as well?")
    card = await stage.card("service", number)
    before = (await staff.last())["message_id"]
    await staff.press("Answer", message_id=card["message_id"])
    prompt = await stage.newer(staff, "What is the answer", before)
    await staff.reply("In every city, on Sundays from ten to four", to=prompt["message_id"])
    await stage.newer(staff, "please check", before)
    await staff.press("Confirm")
    answer = await customer.see("In every city")
    await customer.press("No, thank you", message_id=answer["message_id"])
    await customer.see("is closed")
    await staff.press("Keep as a standard answer")
    await staff.see("Customers who ask something similar")
    await staff.press("Confirm")
    await staff.see("Kept as a standard answer")
    await customer.say("/ask")
    await stage.newer(customer, "What would you like to know", answer["message_id"])
    await customer.say("sunday deliveries?")
    await customer.see("This may already answer your question")
    await customer.press("1. Do you deliver on Sundays?")
    await customer.see("Does that help?")
    await customer.press("That helps")
    await customer.see("Glad to help")
    assert [row.state for row in await stage.rows(select(cases.c.state))] == ["closed"]
    assert [row.used for row in await stage.rows(select(standard_answers.c.used))] == [1]


async def test_praise_reaches_the_courier(stage: StoryStage) -> None:
    """The head says who k17 is; after five stars one button, a few words, and the courier reads them without a name."""
    courier = stage.telegram.private(stage.chen)
    await courier.say("/start")
    hello = await stage.at("transport", stage.chen).say("Hello")
    await stage.at("transport", stage.zhao).say("/grant courier k17", reply_to=hello["message_id"])
    await stage.at("transport", stage.zhao).see("Chen is now courier (k17)")
    customer = await stage.rate_delivery(5)
    for _ in range(4):
        await customer.press("Skip", message_id=(await stage.newest_about("SF1", "Question"))["message_id"])
        await stage.wait_until_quiet()
    await customer.press("Praise the courier")
    await customer.see("What did you like?")
    await customer.say("He carried it to the fifth floor")
    await customer.see("Please check your praise")
    await customer.press("Confirm")
    number = find_case_number(await customer.see("has been passed on"))
    assert "Wang" not in (await courier.see("He carried it to the fifth floor"))["text"]
    shown = await stage.at("transport", stage.li).see(number)
    assert "due" not in shown["text"].lower()


@pytest.mark.prove
async def test_withdrawn(stage: StoryStage) -> None:
    """Asked twice; the department hears it, the prompt that was open is over, the list says how it ended."""
    number = await stage.set_up_accepted_case()
    customer, li = stage.customer, stage.at("transport", stage.li)
    await _asked(stage, li, "Plan", "1/3")
    await customer.say("/mycases")
    await customer.see("Your cases")
    await customer.press(f"{number} · Complaint · in progress")
    await customer.see("Next: you will have our answer by")
    await customer.press("Withdraw")
    await customer.see(f"Withdraw {number}?")
    await customer.press("Yes, withdraw it")
    await customer.see("is withdrawn, and the department has been told")
    await li.see("the customer has withdrawn it")
    await li.see("was withdrawn by the customer")
    await customer.press("Back to the list")
    await customer.see("Your cases")
    assert f"{number} · Complaint · withdrawn" in await customer.buttons()


@pytest.mark.prove
async def test_rated_reopened_and_too_late(stage: StoryStage) -> None:
    """The handling is rated and changed; reopened within the grace it is another round, after it a new case with both numbers."""
    number = await stage.set_up_answered_case()
    customer = stage.customer
    await customer.press("Solved")
    await customer.see("How satisfied are you with the way we dealt with it?")
    await customer.press("4")
    await customer.see("You rated the handling 4 of 5")
    await customer.press("3")
    await customer.see("You rated the handling 3 of 5")
    assert [row.handling for row in await stage.rows(select(cases.c.handling))] == [3]
    await _reopened(stage, number, "It rattles")
    await customer.see("is open again (round 2)")
    await stage.at("transport", stage.li).see("It rattles")
    li = stage.at("transport", stage.li)
    card = await stage.card("transport", number)
    await li.press("Accept", message_id=card["message_id"])
    await li.see("Owner: Li")
    await stage.set_up_resolved_case("We glued it")
    await stage.at("transport", stage.zhao).press("Approve")
    answer = await customer.see("We glued it")
    await customer.press("Solved", message_id=answer["message_id"])
    await customer.see("How satisfied are you with the way we dealt with it?")
    await stage.bot.clock(15 * DAY)
    await _reopened(stage, number, "It fell apart")
    told = await customer.see("continue under a new number")
    assert number in told["text"]
    await stage.at("transport", stage.li).see("It fell apart")
    rows = await stage.rows(select(cases.c.id, cases.c.number, cases.c.linked, cases.c.state).order_by(cases.c.id))
    assert [(row.linked, row.state) for row in rows] == [(None, "closed"), (rows[0].id, "assigned")]
    assert rows[1].number in told["text"]


async def _reopened(stage: StoryStage, number: str, why: str) -> None:
    """From the list: not solved after all, and why."""
    customer = stage.customer
    before = (await customer.last())["message_id"]
    await customer.say("/mycases")
    shown = await stage.newer(customer, "Your cases", before)
    label = next(one for one in list_labels(shown) if one.startswith(number))
    await customer.press(label, message_id=shown["message_id"])
    await stage.newer(customer, "you said it is solved", before)
    await customer.press("Not solved after all", message_id=shown["message_id"])
    await stage.newer(customer, f"What is still not solved about {number}", before)
    await customer.say(why)
