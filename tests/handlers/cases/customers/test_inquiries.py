"""Questions: a standard answer that helps is no case; what is left goes to a person, and comes back."""

from typing import Any

import pytest
from sqlalchemy import select

from conversations.buttons import MyCaseButton
from domain.people import Role
from storage.cases import standard_answers
from storage.models import audit, cases, contributions
from storage.queue.outbox import OwedCall
from tests.harness.customer_case import fetch_case_state, make_prompt
from tests.harness.in_process import (
    BOT_USER,
    GROUP,
    LI,
    WANG,
    Desk,
    find_button_data,
    list_labels,
    list_texts,
    make_chat,
    read_body,
)

NUMBER = "Q-261123-0001"


async def known(desk: Desk) -> None:
    """Li has answered one question once and for all."""
    author = await desk.grant(LI, Role.STAFF, "service")
    async with desk.database.begin() as tx:
        question, answer = "How do I track my parcel?", "Scan the code on the slip."
        await standard_answers.add(tx, 7, question, answer, "service", author, desk.clock.now())


async def asked(desk: Desk, words: str = "Do you deliver to <Mars>?") -> list[OwedCall]:
    await desk.bind("service")
    await desk.say(WANG, "/ask")
    return await desk.say(WANG, words)


async def answered(desk: Desk) -> list[OwedCall]:
    """Li's answer, confirmed."""
    await desk.press_and_confirm(LI, "Answer", await asked(desk))
    shown = await desk.say(LI, "Not <yet>", GROUP, reply_to_message=make_prompt())
    return await desk.press(LI, find_button_data(shown, "Confirm"), GROUP)


async def test_a_standard_answer_helps(desk: Desk) -> None:
    """Offered, read, enough: no case, and the answer has helped once."""
    await known(desk)
    shown = await asked(desk, "track a parcel")
    assert list_texts(shown) == [desk.text("inquiry-offer")]
    shown = await desk.press(WANG, find_button_data(shown, "1. How do I track my parcel?"))
    assert "Scan the code" in list_texts(shown)[0]
    done = await desk.press(WANG, find_button_data(shown, "That helps"))
    assert list_texts(done)[0].startswith(desk.text("inquiry-helped"))
    assert not await desk.rows(select(cases.c.id))
    async with desk.database.read() as tx:
        answer = await standard_answers.get(tx, 7)
    assert answer is not None
    assert answer.used == 1


async def test_a_person_where_it_does_not(desk: Desk) -> None:
    """The question goes to the department as it was, in the same message."""
    await known(desk)
    shown = await asked(desk, "track a parcel")
    calls = await desk.press(WANG, find_button_data(shown, "Ask a person"), at=640)
    (filed,) = [call for call in calls if call.chat_id == WANG.id]
    assert filed.message_id == 640
    assert list_texts([filed]) == [desk.text("inquiry-filed", number=NUMBER, due="2026-11-24 12:00")]
    assert "track a parcel" in list_texts(calls, GROUP)[0]


async def test_asked_and_answered(desk: Desk) -> None:
    """The card has Transfer and Answer; the answer is shown back, and reaches the customer in the same words."""
    calls = await asked(desk)
    (card,) = [call for call in calls if call.chat_id == GROUP]
    assert list_labels(card)[:2] == ["Transfer", "Answer"]
    for words in (NUMBER, "Inquiry", "Do you deliver to &lt;Mars&gt;?", "Answer due: 2026-11-24 12:00"):
        assert words in list_texts([card])[0]
    await desk.press_and_confirm(LI, "Answer", calls)
    shown = await desk.say(LI, "Not <yet>", GROUP, reply_to_message=make_prompt())
    assert "Not &lt;yet&gt;" in list_texts(shown)[0]
    assert await fetch_case_state(desk, NUMBER) == "assigned"
    calls = await desk.press(LI, find_button_data(shown, "Confirm"), GROUP)
    (told,) = [call for call in calls if call.chat_id == WANG.id]
    assert list_texts([told]) == [desk.text("inquiry-answer", number=NUMBER, text="Not <yet>")]
    assert list_labels(told) == ["No, thank you", "Ask more"]
    assert any("Keep as a standard answer" in list_labels(call) for call in calls if call.chat_id == GROUP)


async def test_no_thank_you_closes(desk: Desk) -> None:
    """And the old button is late."""
    calls = [call for call in await answered(desk) if call.chat_id == WANG.id]
    done = await desk.press(WANG, find_button_data(calls, "No, thank you"))
    assert desk.text("inquiry-closed", number=NUMBER) in list_texts(done, WANG.id)
    assert await fetch_case_state(desk, NUMBER) == "closed"
    (late,) = await desk.press(WANG, find_button_data(calls, "Ask more"))
    assert read_body(late)["text"] == desk.plain("verdict-late", number=NUMBER)


@pytest.mark.parametrize("how", ["button", "reply"])
async def test_one_more_question_goes_back(desk: Desk, how: str) -> None:
    """By the button or by a reply to the answer: the department reads it, and owes an answer again."""
    calls = [call for call in await answered(desk) if call.chat_id == WANG.id]
    if how == "button":
        await desk.press(WANG, find_button_data(calls, "Ask more"))
        calls = await desk.say(WANG, "And to Venus?")
        assert any("Your question is with the department again" in text for text in list_texts(calls, WANG.id))
    else:
        answer = {
            "message_id": 900,
            "date": 1,
            "chat": make_chat(WANG.id),
            "from": BOT_USER,
            "text": list_texts(calls)[0],
        }
        calls = await desk.say(WANG, "And to Venus?", reply_to_message=answer)
    assert any("And to Venus?" in text for text in list_texts(calls, GROUP))
    assert await fetch_case_state(desk, NUMBER) == "assigned"
    assert len(await desk.rows(select(contributions.c.id))) == 2
    assert await desk.rows(select(audit.c.id).where(audit.c.what == "case.ask_more"))


async def test_pictures_of_an_album_are_one_question(desk: Desk) -> None:
    """It goes on with Done, with every part."""
    await desk.bind("service")
    await desk.say(WANG, "/ask")
    photo = {"file_unique_id": "u", "width": 1, "height": 1}
    for n in range(3):
        caption: dict[str, Any] = {"caption": "What is this?"} if n == 0 else {}
        shown = await desk.say(WANG, photo=[photo | {"file_id": f"p{n}"}], media_group_id="a", **caption)
    calls = await desk.press(WANG, find_button_data(shown, "Done"))
    assert [call.method for call in calls if call.chat_id == GROUP and call.method != "show"][-1:] == ["sendMediaGroup"]


async def test_left_and_asked_again(desk: Desk) -> None:
    """/ask goes on where it stands; Cancel ends it."""
    await known(desk)
    shown = await asked(desk, "track a parcel")
    assert list_texts(await desk.say(WANG, "/ask")) == list_texts(shown)
    await desk.press(WANG, find_button_data(shown, "Cancel"))
    assert list_texts(await desk.say(WANG, "/ask")) == [desk.text("inquiry-words")]
    assert not await desk.rows(select(cases.c.id))


async def test_in_the_timeline_too(desk: Desk) -> None:
    """The answer and both buttons stand there; enough is enough."""
    await answered(desk)
    ((case,),) = await desk.rows(select(cases.c.id))
    (timeline,) = [call for call in await desk.press(WANG, MyCaseButton(case, "t")) if call.name]
    assert list_labels(timeline)[:2] == ["No, thank you", "Ask more"]
    assert "Our answer: Not &lt;yet&gt;" in list_texts([timeline])[0]
    await desk.press(WANG, find_button_data([timeline], "No, thank you"))
    assert await fetch_case_state(desk, NUMBER) == "closed"
