"""One call after another: what Telegram's answers lead to, and what none leads to."""

import asyncio
import sqlite3
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.sending.dispatcher import ATTEMPTS
from bot.sending.limits import FLOODED_CHATS
from storage.engine.lease import Lost
from storage.models import people
from storage.people import people as person_rows
from storage.people.people import Newcomer
from storage.queue import outbox
from storage.queue.outbox import OwedCall, Priority
from tests.harness.live_sender import LiveSender


async def test_without_the_lease_nothing_is_sent(post: LiveSender) -> None:
    """After a pause the lease is asked for again; where it is gone, another process sends."""
    await post.stop()
    asked: list[str] = []

    async def check_lease() -> None:
        asked.append("again")
        raise Lost

    await post.start(check_lease)
    wang = await post.person()
    await post.owe(post.call(wang.id, "1"))
    while not asked:  # noqa: ASYNC110 -- the sender asks
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    assert await post.calls("sendMessage") == []
    assert await post.count_left() == {"owed": 1}


@pytest.mark.parametrize("kind", ["500", "502html", "reset"])
async def test_what_did_not_arrive_is_sent_again(post: LiveSender, kind: str) -> None:
    """An error of Telegram's own, or none at all: once more, in its place."""
    wang = await post.person()
    await post.telegram.fault(kind, method="sendMessage", times=2)
    await post.owe(post.call(wang.id, "1"), post.call(wang.id, "2"))
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["1", "2"]


async def test_a_message_that_is_gone_is_sent_anew(post: LiveSender) -> None:
    """Telegram does not find what is to be edited: a new message takes the name, and is edited from then on."""
    wang = await post.person()
    await post.owe(post.show(wang.id, "card", "1"))
    await post.wait_until_quiet()
    await post.telegram.fault("400", method="editMessageText", description="Bad Request: message to edit not found")
    await post.owe(post.show(wang.id, "card", "2"))
    await post.wait_until_quiet()
    await post.owe(post.show(wang.id, "card", "3"))
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["1", "3"]
    assert await post.count_places() == 1


async def test_not_modified_is_success(post: LiveSender) -> None:
    """The same words again, by a process that does not know them, are accepted as done at the first attempt."""
    wang = await post.person()
    for _ in range(2):
        await post.owe(post.show(wang.id, "card", "same"))
        await post.wait_until_quiet()
        post.sender._telegram._shown.forget(wang.id)
    (edit,) = await post.calls("editMessageText")
    assert "not modified" in edit["description"]
    assert await post.count_left() == {}


async def test_a_late_answer_to_a_press_is_success(post: LiveSender) -> None:
    """Telegram's "query is too old" is nobody's fault, and holds up nothing."""
    wang = await post.person()
    query = post.call(None, method="answerCallbackQuery", payload='{"callback_query_id":"1","text":"x"}')
    await post.owe(query, post.call(wang.id, "1"))
    await post.wait_until_quiet()
    (answer,) = await post.calls("answerCallbackQuery")
    assert not answer["ok"]
    assert await post.count_left() == {}


async def test_a_429_pauses_its_chat_alone(post: LiveSender) -> None:
    """For a second nothing is sent to it, and then everything in order, once; others hear nothing of it."""
    wang, li = await post.person("Wang"), await post.person("Li")
    await post.telegram.fault("429", method="sendMessage", chat=wang.id, retry_after=1)
    began = monotonic()
    await post.owe(post.call(wang.id, "1"), post.call(wang.id, "2"), post.call(li.id, "3"))
    while not await post.texts(li.id):  # noqa: ASYNC110 -- the playground does it
        await asyncio.sleep(0.01)
    assert monotonic() - began < 1
    await post.wait_until_quiet()
    assert monotonic() - began >= 1
    assert (await post.texts(wang.id), await post.texts(li.id)) == (["1", "2"], ["3"])
    accepted = [call for call in await post.calls("sendMessage") if call["ok"]]
    assert len(accepted) == 3
    assert len(await post.calls("sendMessage")) == 4
    assert accepted[-1]["at"] - accepted[-2]["at"] > 0.9  # what waits there keeps its distance, whatever the rate


async def test_a_429_of_several_private_chats_is_about_broadcasts(post: LiveSender) -> None:
    """Three people's chats are told to wait at once: a broadcast to a fourth waits without being told, a reply to a fifth does not."""
    people = [await post.person(f"P{n}") for n in range(FLOODED_CHATS)]
    wang, li = await post.person("Wang"), await post.person("Li")
    await post.telegram.fault("429", method="sendMessage", times=FLOODED_CHATS, retry_after=1)
    await post.owe(*[post.call(who.id, "x") for who in people])
    while len(await post.calls("sendMessage")) < FLOODED_CHATS:  # noqa: ASYNC110 -- the playground does it
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)
    await post.owe(post.call(wang.id, "broadcast", priority=Priority.BROADCAST), post.call(li.id, "reply"))
    await post.wait_until_quiet()
    calls = await post.calls("sendMessage")
    assert [call["ok"] for call in calls] == [False] * FLOODED_CHATS + [True] * (FLOODED_CHATS + 2)
    at = {call["params"]["text"]: call["at"] - calls[0]["at"] for call in calls if call["ok"]}
    assert at["reply"] < 1 <= at["broadcast"]


async def test_a_429_of_all_groups_stops_no_broadcast(post: LiveSender) -> None:
    """Five groups have had their twenty: everybody else's messages go on."""
    groups = [await post.telegram.group(f"G{n}", [await post.person()]) for n in range(5)]
    wang = await post.person("Wang")
    for group in groups:
        await post.telegram.fault("429", method="sendMessage", chat=group, retry_after=1)
    await post.owe(*[post.call(group, "x", priority=Priority.STAFF) for group in groups])
    while len(await post.calls("sendMessage")) < len(groups):  # noqa: ASYNC110 -- the playground does it
        await asyncio.sleep(0.01)
    await post.owe(post.call(wang.id, "broadcast", priority=Priority.BROADCAST))
    await post.wait_until_quiet()
    order = [call["params"]["text"] for call in await post.calls("sendMessage") if call["ok"]]
    assert order == ["broadcast", *["x"] * len(groups)]


async def test_the_first_success_wakes_everybody(post: LiveSender) -> None:
    """However long each of twenty chats would sleep by itself: seconds after the Bot API is back, all have their message."""
    people = [await post.person(f"P{n}") for n in range(20)]
    outage = await post.telegram.fault("outage", times=0)
    calls = [post.call(who.id, "x") for who in people]
    for call in calls:
        call.attempts = 7
    await post.owe(*calls)
    while not post.sender._dispatcher._outage.lasts:  # noqa: ASYNC110 -- the sender notices
        await asyncio.sleep(0.01)
    await asyncio.sleep(1.5)
    during = len(await post.calls("sendMessage"))
    assert during <= len(people)
    await post.telegram.heal(outage)
    await post.wait_until_quiet(within=20)
    assert [await post.texts(who.id) for who in people] == [["x"]] * 20


async def test_a_database_that_is_away_refuses_no_call(post: LiveSender, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often a call needs the table and the file is locked: it is not given up, as one that cannot be made would be."""
    wang = await post.person()
    locked = sqlite3.OperationalError("database is locked")
    locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
    make_call, times = post.outside.make_call, 2 * ATTEMPTS

    async def fails_for_a_while(call: OwedCall) -> Any:  # noqa: ANN401 -- an outcome
        nonlocal times
        times -= 1
        if times > 0:
            raise OperationalError("SELECT 1", {}, locked)
        return await make_call(call)

    monkeypatch.setattr(post.outside, "make_call", fails_for_a_while)
    monkeypatch.setattr("bot.sending.dispatcher.UNMADE_SECONDS", 0.01)
    await post.owe(post.call(wang.id, "1"))
    await post.wait_until_quiet(within=30)
    assert await post.texts(wang.id) == ["1"]


async def test_who_blocked_the_bot_is_unreachable(post: LiveSender) -> None:
    """403: what is owed is held with the reason, the person is marked; other chats go on, and on return it is sent."""
    wang, li = await post.person("Wang"), await post.person("Li")
    await post.telegram.private(wang).block()
    async with post.desk.database.begin() as tx:
        await person_rows.add(tx, [Newcomer(5, wang.id, "en", "Wang", "")], "open", post.desk.clock.now())
    await post.owe(post.call(wang.id, "1"), post.call(wang.id, "2"), post.call(li.id, "3"))
    await post.wait_until_quiet()
    assert await post.texts(li.id) == ["3"]
    assert await post.list_reasons() == [("held", "Forbidden: bot was blocked by the user")] * 2
    assert [row.reach for row in await post.desk.rows(select(people.c.reach))] == ["blocked"]
    await post.telegram.private(wang).unblock()
    async with post.desk.database.begin() as tx:
        await outbox.release(tx, wang.id)
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["1", "2"]


async def test_a_group_that_moved_is_followed(post: LiveSender) -> None:
    """Telegram names the new group: what is owed arrives there, also where the group is no department's."""
    wang = await post.person()
    for bound in (True, False):
        group = await post.telegram.group("Transport", [wang], kind="group")
        if bound:
            await post.desk.bind("transport", group)
        new = await post.telegram.migrate(group)
        await post.owe(post.call(group, "1"), post.show(group, "card", "2"))
        await post.wait_until_quiet()
        assert await post.texts(new) == ["1", "2"]


async def test_what_telegram_will_never_take_is_set_aside(post: LiveSender) -> None:
    """A refusal for good is kept with its reason, and the next of the chat goes on."""
    wang = await post.person()
    await post.owe(post.call(wang.id, ""), post.call(wang.id, "2"))
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["2"]
    ((state, reason),) = await post.list_reasons()
    assert state == "failed"
    assert "text is empty" in str(reason)


async def test_what_is_not_accepted_is_in_no_doubt(post: LiveSender) -> None:
    """Thirty people who block the bot hold up nobody who comes after them."""
    blocking = [await post.person(f"P{n}") for n in range(30)]
    for who in blocking:
        await post.telegram.private(who).block()
    wang = await post.person()
    await post.owe(*[post.call(who.id, "x", priority=Priority.BROADCAST) for who in [*blocking, wang]])
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["x"]
    assert len(await post.list_reasons()) == 30


async def _lose_answer(post: LiveSender, chat: int) -> int:
    """A screen that stands further up is asked for anew; Telegram shows it, and nobody hears of it: where it is."""
    await post.owe(post.show(chat, "screen", "old"))
    await post.wait_until_quiet()
    await post.telegram.fault("reset", method="sendMessage", when="after")
    await post.owe(post.show(chat, "screen", "question 1", fresh=True))
    shown = await post.telegram.wait_for(chat, lambda m: m.get("text") == "question 1")
    return int(shown["message_id"])


async def test_a_press_says_where_a_message_is_whose_answer_was_lost(post: LiveSender) -> None:
    """Who presses it has it: it is changed in place, not sent again."""
    wang = await post.person()
    place = await _lose_answer(post, wang.id)
    await post.owe(post.show(wang.id, "screen", "question 2", message_id=place))
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["old", "question 2"]
    await post.owe(post.show(wang.id, "screen", "question 3"))
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["old", "question 3"]


async def test_a_press_on_what_stood_before_leaves_the_new_message_owed(post: LiveSender) -> None:
    """Only a message newer than the one we know of can be the one whose answer was lost."""
    wang = await post.person()
    place = await _lose_answer(post, wang.id) - 1
    assert (await post.telegram.messages(wang.id))[-2]["message_id"] == place
    await post.owe(post.show(wang.id, "screen", "question 2", message_id=place))
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["old", "question 1", "question 2"]
