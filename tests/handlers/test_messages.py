"""What is said and who takes it: everything that people can send is answered, in private and where a question was put to one of a group."""

from typing import Any

import pytest
from sqlalchemy import select

from storage.models import sessions
from tests.harness.case_messages import (
    PROMPT,
    SHOWN,
    ask_for_note,
    list_contributions,
    make_reply,
    place_message,
    set_up_owned_case,
)
from tests.harness.in_process import (
    GROUP,
    LI,
    WANG,
    Desk,
    find_button_data,
    list_texts,
)

SPOT = {"latitude": 31.230416, "longitude": 121.473701}
PLACE = "31.230416, 121.473701"


@pytest.mark.parametrize("kind", ["sticker", "poll", "dice"])
async def test_what_cannot_be_passed_on_is_answered(desk: Desk, kind: str) -> None:
    """In a dialogue the question is put again; outside it a friendly word; in a group only where it answers us."""
    strange: dict[str, Any] = {kind: {"id": "1"}}
    assert list_texts(await desk.say(WANG, None, **strange)) == [desk.text("unusable-alone")]
    await desk.say(WANG, "/complain")
    (again,) = list_texts(await desk.say(WANG, None, **strange))
    assert again.startswith(desk.text("unusable"))
    assert desk.text("complaint-category") in again
    await desk.say(WANG, "/cancel")
    await ask_for_note(desk)
    assert await desk.say(LI, None, GROUP, **strange) == []
    (again,) = list_texts(await desk.say(LI, None, GROUP, **make_reply(PROMPT), **strange))
    assert desk.text("unusable") in again
    assert "what would you like to note?" in again


async def test_a_rating_answered_with_a_sticker(desk: Desk) -> None:
    """The question is shown again; after the last one the thanks are not."""
    shown = await desk.open_survey()
    (again,) = list_texts(await desk.say(WANG, None, sticker={"id": "1"}))
    assert "How was your delivery overall?" in again
    for score in ("5", "5", "5", "5", "Skip"):
        shown = await desk.press(WANG, find_button_data(shown, score))
    assert list_texts(await desk.say(WANG, None, sticker={"id": "1"})) == [desk.text("unusable-alone")]


async def test_a_place_is_kept_where_words_are(desk: Desk) -> None:
    """Unasked, in a complaint, in a reply about a case; in the group it is masked like an address."""
    assert desk.text("triage-kept", count=1) in list_texts(await desk.say(WANG, None, location=SPOT))[0]
    await desk.say(WANG, "/cancel")
    case = await set_up_owned_case(desk)
    await place_message(desk, WANG.id, f"c:{case}:77", SHOWN)
    shown = await desk.say(WANG, None, **make_reply(SHOWN), venue={"location": SPOT, "title": "Gate"}, location=SPOT)
    assert list_texts(shown, WANG.id) == [desk.text("passed-on", number="C-261123-0001")]
    assert PLACE in (await list_contributions(desk, "customer"))[-1][1]
    assert not any(PLACE in text for text in list_texts(shown, GROUP))
    assert any("📍***" in text for text in list_texts(shown, GROUP))


async def test_somebody_elses_contact_is_kept(desk: Desk) -> None:
    """In words: it links nothing, which is said, and is offered like any other message."""
    card = {"phone_number": "8613900139000", "first_name": "Guard"}
    told = list_texts(await desk.say(WANG, None, contact=card))
    assert told[0] == desk.text("contact-not-yours")
    assert desk.text("triage-kept", count=1) in told[1]
    (row,) = await desk.rows(select(sessions.c.state))
    assert "Guard, 8613900139000" in row.state
