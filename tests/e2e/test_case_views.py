"""Looking at cases: the file in three parts and on paper, the search, lists, and the page for other systems (C12, P3, M5)."""

from io import BytesIO
from typing import Any

import aiohttp
import pytest
from pypdf import PdfReader

from tests.harness.stage import DAY, StoryStage, list_labels


async def asked(stage: StoryStage, question: str) -> tuple[int, Any]:
    """The page of cases, as another system reads it."""
    headers = {"Authorization": "Bearer hf_test"}
    async with (
        aiohttp.ClientSession(headers=headers) as http,
        http.get(f"{stage.bot.url}/api/v1/cases{question}") as answer,
    ):
        return answer.status, await answer.json()


async def test_a_case_in_three_parts_and_on_paper(stage: StoryStage) -> None:
    """A manager reads complaint, process and result on one message, takes the PDF, and finds in the log that it was taken."""
    number = await stage.file_complaint("The box was thrown over the fence")
    li, zhao = stage.at("transport", stage.li), stage.at("transport", stage.zhao)
    await li.see(number)
    await li.press("Accept")
    await li.see("Owner: Li")
    await stage.set_up_resolved_case("We retrained the driver", cause="The van was late")
    await zhao.press("Approve")
    await stage.customer.see("Is it solved?")
    await stage.customer.press("Solved")
    await stage.customer.see("Thank you")
    manager = stage.manager
    await manager.say(f"/case {int(number[-4:])}")
    shown = await manager.see("Customer: W***")
    for label, words in (("Process", "Li · accepted"), ("Result", "Root cause: The van was late")):
        await manager.press(label, message_id=shown["message_id"])
        assert (await manager.see(words))["message_id"] == shown["message_id"]
    await manager.press("PDF", message_id=shown["message_id"])
    sent = await stage.telegram.wait_for(manager.chat, lambda m: m["sent_by_bot"] and "document" in m)
    assert sent["document"]["file_name"] == f"{number}.pdf"
    pdf = PdfReader(BytesIO(await stage.telegram.file(sent["document"]["file_id"])))
    text = " ".join(page.extract_text() for page in pdf.pages)
    for words in (number, "thrown over the fence", "We retrained the driver", "Rectification form", "Wang"):
        assert words in text
    await manager.press("Audit", message_id=shown["message_id"])
    assert "Boss · fetched the file as PDF" in (await manager.see("fetched the file as PDF"))["text"]


async def test_found_by_a_later_word(stage: StoryStage) -> None:
    """A word that only the customer's addition has finds the case, in the group and at home; a button opens it."""
    number = await stage.set_up_accepted_case("It is broken")
    await stage.telegram.private(stage.li).start()
    question = stage.at("transport", stage.li)
    await question.press("Ask customer")
    prompt = await question.see("What would you like to ask")
    await question.reply("What was in it?", to=prompt["message_id"])
    await question.see("The customer will read")
    await question.press("Confirm")
    asked = await stage.customer.see("What was in it?")
    await stage.customer.reply("A chandelier from Murano", to=asked["message_id"])
    await stage.customer.see("We have your answer")
    await question.see("A chandelier")
    await stage.wait_until_quiet()  # its words are in the index
    for seat in (question, stage.telegram.private(stage.li)):
        await seat.say("/search murano")
        message = await seat.see("Found for")
        assert list_labels(message) == [number]
        await seat.press(number, message_id=message["message_id"])
        await seat.see("In the customer's words")


@pytest.mark.prove
async def test_nobody_else_finds_it(stage: StoryStage) -> None:
    """A stranger, the customer and staff of another department: the answer of a number that does not exist, and an empty search."""
    number = await stage.set_up_accepted_case("It is broken")
    stranger = stage.telegram.private(await stage.telegram.user("Sun"))
    service = stage.at("service", stage.boss)
    for seat in (stranger, stage.customer, service):
        await seat.say(f"/case {number}")
        await seat.see(f"There is no case {number} here")
    await stage.wait_until_quiet()  # its words are in the index
    for seat in (stranger, stage.customer):
        await seat.say("/search broken")
        await seat.see("This is for staff")
    await service.say("/search broken")
    assert number not in (await service.see("Nothing found"))["text"]


async def test_what_is_late_in_chat_and_for_other_systems(stage: StoryStage) -> None:
    """After eight days the manager's list marks it, and the page of cases says which deadline was missed, and nothing personal."""
    number = await stage.set_up_accepted_case("It is broken")
    await stage.bot.clock(8 * DAY)
    await stage.manager.say("/overdue")
    assert f"⚠️ {number}" in (await stage.manager.see("Overdue cases"))["text"]
    status, answer = await asked(stage, "?state=in_work")
    assert status == 200
    (case,) = answer["cases"]
    assert (case["number"], case["department"]) == (number, "transport")
    assert {clock["stage"]: clock["missed"] for clock in case["deadlines"]} == {"accept": False, "answer": True}
    assert not {"Wang", "Li", "broken"} & set(str(answer).split("'"))
    status, answer = await asked(stage, "?state=lost")
    assert (status, [error["at"] for error in answer["errors"]]) == (400, ["/state"])
