"""Which case a message is about, by its name, by what it says, by who wrote it; and who has to do with it here."""

from typing import Any

import msgspec
import pytest

from handlers.cases.messages import threads
from handlers.turns import inbound
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.cases import contributions as contribution_rows
from storage.cases import messages
from storage.cases.messages import SourceMessage
from storage.people import people
from tests.harness.case_messages import SHOWN, make_reply, place_message, set_up_owned_case
from tests.harness.in_process import GROUP, LI, WANG, Desk, TelegramUser, make_chat

LANE = f"{WANG.id}:{WANG.id}"


async def turn_of(batch: Batch, who: TelegramUser, chat: int) -> Turn:
    person = (await people.attach_grants(batch.tx, (await people.fetch_by_account(batch.tx, [who.id])).values()))[0]
    return Turn(batch, person, chat, f"{chat}:{who.id}", "en", private=chat > 0)


async def meant(desk: Desk, who: TelegramUser, chat: int, reply: dict[str, Any]) -> int | None:
    """The case that a reply is about."""
    message = {"message_id": 5, "date": 1, "chat": make_chat(chat), "from": who.user, "text": "x", **reply}
    arrival = inbound.parse_update(msgspec.json.encode({"update_id": 1, "message": message}))
    assert arrival is not None
    ids: list[int] = []

    async def look(batch: Batch) -> None:
        case = await threads.find_case(await turn_of(batch, who, chat), arrival)
        ids.extend([case.id] if case else [])

    await desk.batch(look)
    return ids[0] if ids else None


@pytest.mark.parametrize(
    "name",
    ["card:{}", "c:{}:99", "c:{}:99.1", "mine:{}", "answer:{}:2", f"s:{LANE}:add:{{}}", f"s:{LANE}:reason:{{}}"],
)
async def test_names_that_carry_the_case(desk: Desk, name: str) -> None:
    """Every name that a message about a case has."""
    case = await set_up_owned_case(desk)
    await place_message(desk, WANG.id, name.format(case), SHOWN)
    assert await meant(desk, WANG, WANG.id, make_reply(SHOWN)) == case


@pytest.mark.parametrize(
    "name", ["mycases", "card:999999", "card:x", f"s:{LANE}:rate:1", f"s:{LANE}:complaint", "said:5"]
)
async def test_names_that_carry_none(desk: Desk, name: str) -> None:
    """Lists, surveys, cases that are not there."""
    await set_up_owned_case(desk)
    await place_message(desk, WANG.id, name, SHOWN)
    assert await meant(desk, WANG, WANG.id, make_reply(SHOWN)) is None


async def test_a_copy_leads_to_its_contribution(desk: Desk) -> None:
    """`said:<contribution>`, also the later parts of long words."""
    case = await set_up_owned_case(desk)
    async with desk.database.begin() as tx:
        (first,) = await contribution_rows.list_contributions(tx, case)
    for name in (f"said:{first.id}", f"said:{first.id}.1"):
        await place_message(desk, GROUP, name, SHOWN)
        assert await meant(desk, LI, GROUP, make_reply(SHOWN)) == case


async def test_a_dialogues_message_in_a_group_is_nobody_elses(desk: Desk) -> None:
    """Somebody else's reply to Li's question is no letter, whatever number stands in it."""
    case = await set_up_owned_case(desk)
    await place_message(desk, GROUP, f"s:{GROUP}:{LI.id}:resolve:{case}", SHOWN)
    assert await meant(desk, LI, GROUP, make_reply(SHOWN, "C-261123-0001: why?")) is None


async def test_the_own_earlier_message_in_private(desk: Desk) -> None:
    """A customer answers the own contribution; in a group colleagues answer one another."""
    case = await set_up_owned_case(desk)
    async with desk.database.begin() as tx:
        (first,) = await contribution_rows.list_contributions(tx, case)
        await messages.record_messages(tx, WANG.id, case, first.id, [SourceMessage(60, "x")])
        await messages.record_messages(tx, GROUP, case, first.id, [SourceMessage(60, "x")])
    for who, chat, wanted in ((WANG, WANG.id, case), (LI, GROUP, None)):
        reply = make_reply(60)
        reply["reply_to_message"]["from"] = who.user
        assert await meant(desk, who, chat, reply) == wanted
