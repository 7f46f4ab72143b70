"""What customers write unasked is never thrown away: kept, offered, filed with what was said, or an inquiry for quality."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from domain.people import Role
from storage.models import cases, contributions, sessions, timers
from tests.harness.case_messages import QUALITY, list_contributions, make_picture, set_up_owned_case
from tests.harness.in_process import (
    BOSS,
    GROUP,
    LI,
    WANG,
    ZHAO,
    Desk,
    find_button_data,
    list_labels,
    list_texts,
    read_body,
)
from tests.harness.in_process import find_button as find

WORDS = "My parcel is broken, nobody answers the phone!!"
PHONE = {"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id}


async def meet(desk: Desk) -> None:
    """Wang has had a delivery; transport and quality have their groups."""
    await desk.bind("transport")
    await desk.bind("quality", QUALITY)
    await desk.deliver()
    await desk.say(WANG, contact=PHONE)


async def press(desk: Desk, shown: list[Any], *labels: str) -> list[Any]:
    for label in labels:
        shown = await desk.press(WANG, find_button_data(shown, label))
    return shown


async def test_words_become_a_complaint(desk: Desk) -> None:
    """About the delivery that was pressed; the words and the picture are on file without being asked for again."""
    await meet(desk)
    shown = await desk.say(WANG, WORDS)
    assert desk.text("triage-kept", count=1) in list_texts(shown)[0]
    again = await desk.say(WANG, **make_picture("p1"), caption="Look")
    (call,) = [one for one in again if one.method == "show"]
    assert (call.fresh, call.name) == (False, shown[0].name)
    assert desk.text("triage-kept", count=2) in list_texts(again)[0]
    shown = await press(desk, again, "A complaint")
    assert list_labels(shown[0])[0].startswith("SF1 · 23 Nov")
    shown = await press(desk, shown, "SF1 · 23 Nov")
    assert WORDS in list_texts(shown)[0]
    shown = await press(desk, shown, "Product quality")
    shown = await press(desk, shown, "Skip")
    assert desk.text("complaint-files", count=1) in list_texts(shown)[0]
    shown = await press(desk, shown, "Done", "Skip", "Skip", "Confirm")
    (case,) = await desk.rows(select(cases.c.description, cases.c.kind, cases.c.waybill))
    assert tuple(case) == (f"{WORDS}\nLook", "complaint", "SF1")
    assert not await desk.rows(select(sessions.c.topic))
    await desk.ring(minutes=31)
    assert len(await desk.rows(select(cases.c.id))) == 1


async def test_words_become_a_question_praise_or_a_suggestion(desk: Desk) -> None:
    """A question is with the department at once; praise and a suggestion are shown back with what was said."""
    await meet(desk)
    shown = await press(desk, await desk.say(WANG, "Where is it?"), "A question", "SF1 · 23 Nov")
    assert "Q-261123-0001" in list_texts(shown, WANG.id)[-1]
    (case,) = await desk.rows(select(cases.c.description, cases.c.waybill))
    assert tuple(case) == ("Where is it?", "SF1")
    shown = await press(desk, await desk.say(WANG, "So kind"), "Praise", "SF1 · 23 Nov")
    assert list_texts(shown)[-1].endswith("So kind")
    shown = await press(desk, shown, "Confirm")
    shown = await press(desk, await desk.say(WANG, "Use bikes"), "A suggestion", "None of these", "Skip")
    assert list_texts(shown)[-1].endswith("Use bikes")
    await press(desk, shown, "Confirm")
    rows = await desk.rows(select(cases.c.kind, cases.c.waybill).order_by(cases.c.id))
    assert [tuple(row) for row in rows] == [("inquiry", "SF1"), ("praise", "SF1"), ("suggestion", "")]


async def test_nothing_pressed_and_it_goes_to_quality_once(desk: Desk) -> None:
    """Half an hour after the last message: an inquiry with everything, in the quality group, and the customer reads its number."""
    await meet(desk)
    await desk.say(WANG, WORDS)
    await desk.ring(minutes=20)
    await desk.say(WANG, **make_picture("p1"))
    assert list_texts(await desk.ring(minutes=20), WANG.id) == []
    told = await desk.ring(minutes=11)
    taken, filed = list_texts(told, WANG.id)
    assert WORDS in taken
    assert not list_labels(next(one for one in told if one.chat_id == WANG.id))
    assert filed == desk.text("triage-filed", number="Q-261123-0001", due="2026-11-24 12:51")
    card = next(one for one in told if one.chat_id == QUALITY)
    assert WORDS in read_body(card)["text"]
    (row,) = await desk.rows(select(cases.c.kind, cases.c.department, cases.c.description))
    assert tuple(row) == ("inquiry", "quality", WORDS)
    (kept,) = await desk.rows(select(contributions.c.files))
    assert len(json.loads(kept.files)) == 1
    await desk.ring(hours=1)
    assert len(await desk.rows(select(cases.c.id))) == 1
    assert not await desk.rows(select(sessions.c.topic).where(sessions.c.dialogue == "triage"))


async def test_quality_answers_what_came_to_it(desk: Desk) -> None:
    """A member of quality answers the inquiry by a reply to the prompt, and the customer reads it."""
    await meet(desk)
    await desk.grant(BOSS, Role.QUALITY, "quality")
    await desk.say(WANG, WORDS)
    card = [one for one in await desk.ring(minutes=31) if one.chat_id == QUALITY]
    asked = await desk.press(BOSS, find(card, "Answer"), QUALITY)
    assert desk.text("reply-words", number="Q-261123-0001") in list_texts(asked, QUALITY)[0]


async def test_nothing_thanks(desk: Desk) -> None:
    """Said to be discarded, and it is: no case comes of it."""
    await meet(desk)
    shown = await press(desk, await desk.say(WANG, "Hello"), "Nothing, thanks")
    assert list_texts(shown, WANG.id) == [desk.text("triage-discarded")]
    await desk.ring(hours=1)
    assert not await desk.rows(select(cases.c.id))


@pytest.mark.parametrize(
    "content",
    [
        make_picture("p1"),
        {"voice": {"file_id": "v", "file_unique_id": "u", "duration": 1}},
        {"document": {"file_id": "d"}},
    ],
)
async def test_what_is_no_words_is_kept_too(desk: Desk, content: dict[str, Any]) -> None:
    """A picture, a voice message, a file: a question asks for words first, the complaint for a description."""
    await meet(desk)
    shown = await desk.say(WANG, **content)
    assert desk.text("triage-kept", count=1) in list_texts(shown)[0]
    asked = await press(desk, shown, "A question", "None of these")
    assert desk.text("inquiry-words") in list_texts(asked)
    await press(desk, await desk.say(WANG, "What is that?"), "Done")
    ((files,),) = await desk.rows(select(contributions.c.files))
    assert len(json.loads(files)) == 1


async def test_an_album_is_answered_once(desk: Desk) -> None:
    """Four photos sent together: one screen, which says so already when the others come, and one message kept."""
    await meet(desk)
    calls = [one for n in range(4) for one in await desk.say(WANG, media_group_id="a", **make_picture(f"p{n}"))]
    (text,) = list_texts(calls)
    assert desk.text("triage-kept", count=1) in text
    await press(desk, calls, "A complaint", "None of these")
    (row,) = await desk.rows(select(sessions.c.state).where(sessions.c.dialogue == "complaint"))
    assert row.state.count('"photo"') == 8  # each file, and the message it came in


async def test_a_command_takes_up_what_was_written(desk: Desk) -> None:
    """/complain right after the words: they are the complaint's."""
    await meet(desk)
    await desk.say(WANG, WORDS)
    shown = await desk.say(WANG, "/complain")
    assert WORDS in list_texts(shown)[0]
    shown = await press(desk, shown, "SF1", "Other", "Skip")
    assert desk.text("complaint-files", count=0) in list_texts(shown)[0]
    await desk.ring(hours=1)
    assert not await desk.rows(select(cases.c.id))


async def test_an_answer_to_what_the_department_wrote_reaches_the_case(desk: Desk) -> None:
    """Without the reply gesture, where one case was written about lately; where several were, the customer is asked which."""
    case = await set_up_owned_case(desk)
    await write_letter(desk, case)
    told = await desk.say(WANG, "On Monday, please")
    assert list_texts(told, WANG.id) == [desk.text("passed-on", number="C-261123-0001")]
    assert (await list_contributions(desk, "customer"))[-1][1] == "On Monday, please"
    await desk.file_complaint(waybill="SF2")
    (_, other) = await desk.rows(select(cases.c.id).order_by(cases.c.id))
    await desk.say(WANG, "/cancel")
    await write_letter(desk, other.id)
    shown = await desk.say(WANG, "At noon")
    assert list_labels(shown[0])[:2] == ["It belongs to C-261123-0002", "It belongs to C-261123-0001"]
    told = await press(desk, shown, "It belongs to C-261123-0002")
    assert desk.text("passed-on", number="C-261123-0002") in list_texts(told, WANG.id)
    assert (await list_contributions(desk, "customer"))[-1][1] == "At noon"


async def write_letter(desk: Desk, case: int) -> None:
    """The department writes to Wang about this case."""
    async with desk.database.begin() as tx:
        values = {"id": desk.services.next_id(), "case": case, "side": "staff", "author": None, "album": ""}
        more = {"words": "When are you in?", "files": "[]", "at": desk.clock.now(), "shown_in": None}
        await tx.execute(contributions.insert().values(**values, **more))


async def test_staff_read_what_the_bot_is_for(desk: Desk) -> None:
    """Who works here is no customer, unless something is delivered to them: then what they write is kept like anybody's."""
    await desk.bind("transport")
    await desk.grant(LI, Role.STAFF, "transport")
    assert list_texts(await desk.say(LI, "Hello")) == [desk.text("hint")]
    assert not await desk.rows(select(timers.c.subject).where(timers.c.kind == "unsorted"))
    await desk.deliver()
    await desk.say(LI, contact=PHONE | {"user_id": LI.id})
    assert desk.text("triage-kept", count=1) in list_texts(await desk.say(LI, "Hello"))[0]
    assert GROUP not in {row.chat_id for row in await desk.say(ZHAO, "Hello")}
