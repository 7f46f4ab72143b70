"""What was contributed is shown where it belongs and nowhere else, once, and under a name that is found again."""

from dataclasses import replace

import pytest

from handlers.cases.messages import copies
from handlers.turns.batch import Batch
from storage.cases import cases
from storage.cases.cases import Contribution
from tests.harness.inside import GROUP, NOON, WANG, Desk, body, said
from tests.harness.talking import SHOWN, answer_to, edits, owned, picture, stands, to


@pytest.mark.parametrize(
    ("side", "chats"),
    [("customer", {GROUP}), ("report", {GROUP}), ("staff", {WANG.id}), ("note", set())],
)
async def test_where_each_side_is_shown(desk: Desk, side: str, chats: set[int]) -> None:
    """The customer's words and reports in the group, letters at the customer's, notes nowhere; media follow their words."""
    id_ = await owned(desk)

    async def show(batch: Batch) -> None:
        case = await cases.get(batch.tx, id_)
        assert case is not None
        await copies.show(batch, case, Contribution(9, id_, "words", (("photo", "p", ""),), NOON, side=side))

    await desk.batch(show)
    calls = [one for one in await desk.owed() if not one.name.startswith("card:")]
    assert {one.chat_id for one in calls} == chats
    for chat in chats:
        copy, photo = to(calls, chat)
        assert copy.name == "said:9"
        assert "words" in said([copy])[0]
        assert body(photo)["photo"] == "p"


async def test_edited_before_it_was_shown(desk: Desk) -> None:
    """An album whose caption is corrected while it settles: the copy has one name, so it is one message with the new words."""
    case = await owned(desk)
    await stands(desk, WANG.id, f"c:{case}:77", SHOWN)
    await desk.say(WANG, message_id=950, caption="frist", media_group_id="a", **picture("p"), **answer_to(SHOWN))
    early = await edits(desk, WANG, 950, caption="first", media_group_id="a", **picture("p"))
    late = await desk.ring(seconds=2)
    shown = [one for one in to([*early, *late], GROUP) if one.name.startswith("said:")]
    assert len({one.name for one in shown}) == 1
    assert not any(one.fresh for one in shown)
    assert "first" in said(shown)[-1]


async def test_a_customer_without_a_chat(desk: Desk) -> None:
    """Nobody to write to: nothing is owed, and nothing fails."""
    id_ = await owned(desk)

    async def look(batch: Batch) -> None:
        case = await cases.get(batch.tx, id_)
        assert case is not None
        found = await copies.customer_of(batch, case)
        assert found is not None
        assert found.telegram_id == WANG.id
        nobody = replace(case, customer=None)
        assert await copies.customer_of(batch, nobody) is None
        await copies.show(batch, nobody, Contribution(9, id_, "words", (), NOON, side="staff"))
        assert batch.calls == []

    await desk.batch(look)
