"""A question that is put to one person of a group: who may answer it, and how."""

from sqlalchemy import select

from storage.models import cases
from tests.harness.case_messages import CHEN, PROMPT, ask_for_note, list_contributions, make_reply
from tests.harness.in_process import GROUP, LI, Desk, read_body


async def test_another_who_answers_a_prompt_reads_who_is_asked(desk: Desk) -> None:
    """Once, under what they wrote, and nothing is taken; who was asked can still answer."""
    await ask_for_note(desk)
    (told,) = await desk.say(CHEN, "I noted it", GROUP, **make_reply(PROMPT))
    assert read_body(told)["text"] == desk.text("asked-other", name="Li")
    assert told.reply_to == f"told:{PROMPT}:{CHEN.id}"
    assert await desk.say(CHEN, "Really", GROUP, **make_reply(PROMPT)) == []
    assert await list_contributions(desk, "note") == []
    (preview,) = await desk.say(LI, "It was wet", GROUP, **make_reply(PROMPT))
    assert desk.text("letter-preview-note", number="C-261123-0001") in read_body(preview)["text"]


async def test_an_answer_that_is_no_reply_is_asked_for_again(desk: Desk) -> None:
    """Where we can see it: once, with how to answer; nothing is taken, and colleagues without a question are left alone."""
    await ask_for_note(desk)
    assert await desk.say(CHEN, "Good morning", GROUP) == []
    (again,) = await desk.say(LI, "It was wet", GROUP)
    body = read_body(again)
    assert desk.text("reply-please") in body["text"]
    assert "what would you like to note?" in body["text"]
    assert body["reply_markup"]["force_reply"]
    assert await desk.say(LI, "It was very wet", GROUP) == []
    assert await list_contributions(desk, "note") == []
    assert not any("wet" in row.description for row in await desk.rows(select(cases.c.description)))


async def test_staff_who_answer_one_another_are_left_alone(desk: Desk) -> None:
    """A reply to a colleague is no answer of ours, no matter who is being asked something."""
    await ask_for_note(desk)
    reply = {"reply_to_message": {"message_id": 3, "date": 1, "chat": {}, "from": CHEN.user, "text": "Lunch?"}}
    assert await desk.say(LI, "At noon", GROUP, **reply) == []


async def test_a_reply_to_another_bot_answers_no_question(desk: Desk) -> None:
    """Also where only one question is open: what Li says to a weather bot is noted nowhere."""
    await ask_for_note(desk)
    weather = {"id": 98, "is_bot": True, "first_name": "Weather", "username": "weather_bot"}
    reply = {"reply_to_message": {"message_id": 4711, "date": 1, "chat": {}, "from": weather, "text": "Rain"}}
    assert await desk.say(LI, "It was wet", GROUP, **reply) == []
