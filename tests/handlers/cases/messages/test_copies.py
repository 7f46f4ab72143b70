"""What was contributed is shown where it belongs and nowhere else, once, and under a name that is found again."""

from dataclasses import replace

import pytest

from handlers.cases.messages import copies
from handlers.turns.batch import Batch
from storage.cases import cases
from storage.cases.contributions import Contribution
from tests.harness.case_messages import (
    SHOWN,
    edit_message,
    list_calls_to,
    make_picture,
    make_reply,
    place_message,
    set_up_owned_case,
)
from tests.harness.in_process import GROUP, NOON, WANG, Desk, list_texts, read_body


@pytest.mark.parametrize(
    ("side", "chats"),
    [("report", {GROUP}), ("staff", {WANG.id}), ("note", set())],
)
async def test_where_each_side_is_shown(desk: Desk, side: str, chats: set[int]) -> None:
    """Reports in the group, letters at the customer's, notes nowhere; media follow their words. The customer's are gathered."""
    id_ = await set_up_owned_case(desk)

    async def show(batch: Batch) -> None:
        case = await cases.get(batch.tx, id_)
        assert case is not None
        await copies.show_copies(batch, case, Contribution(9, id_, "words", (("photo", "p", ""),), NOON, side=side))

    await desk.batch(show)
    calls = [one for one in await desk.fetch_owed() if not one.name.startswith("card:")]
    assert {one.chat_id for one in calls} == chats
    for chat in chats:
        copy, photo = list_calls_to(calls, chat)
        assert copy.name == "said:9"
        assert "words" in list_texts([copy])[0]
        assert read_body(photo)["photo"] == "p"


async def test_edited_before_it_was_shown(desk: Desk) -> None:
    """An album whose caption is corrected while it settles: the copy has one name, so it is one message with the new words."""
    case = await set_up_owned_case(desk)
    await place_message(desk, WANG.id, f"c:{case}:77", SHOWN)
    await desk.say(WANG, message_id=950, caption="frist", media_group_id="a", **make_picture("p"), **make_reply(SHOWN))
    early = await edit_message(desk, WANG, 950, caption="first", media_group_id="a", **make_picture("p"))
    late = await desk.ring(seconds=2)
    shown = [one for one in list_calls_to([*early, *late], GROUP) if one.name.startswith("said:")]
    assert len({one.name for one in shown}) == 1
    assert not any(one.fresh for one in shown)
    assert "first" in list_texts(shown)[-1]


async def test_a_customer_without_a_chat(desk: Desk) -> None:
    """Nobody to write to: nothing is owed, and nothing fails."""
    id_ = await set_up_owned_case(desk)

    async def look(batch: Batch) -> None:
        case = await cases.get(batch.tx, id_)
        assert case is not None
        nobody = replace(case, customer=None)
        await copies.show_copies(batch, nobody, Contribution(9, id_, "words", (), NOON, side="staff"))
        assert batch.calls == []

    await desk.batch(look)
