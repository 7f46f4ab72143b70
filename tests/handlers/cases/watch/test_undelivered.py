"""`/undelivered`: who sees it, what it says of thousands, and sending again."""

import msgspec
from sqlalchemy import select

from domain.people import Reach, Role
from storage.models import audit
from storage.people import people
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from tests.harness.in_process import GROUP, WANG, Desk, TelegramUser, find_button_data, list_labels, list_texts

BOSS = TelegramUser(1, "Boss")
LONGEST = 4096


async def set_up(desk: Desk) -> None:
    await desk.say(BOSS, "Hello")
    await desk.grant(BOSS, Role.MANAGER)
    await desk.say(WANG, "Hello")


async def test_who_sees_it(desk: Desk) -> None:
    """Managers, and nobody else; in a department's group nobody."""
    await set_up(desk)
    (words,) = list_texts(await desk.say(WANG, "/undelivered"))
    assert words == desk.text("undelivered-where")
    (words,) = list_texts(await desk.say(BOSS, "/undelivered"))
    assert words == desk.text("undelivered-none")
    await desk.bind("transport")
    owed = await desk.answer_questions(await desk.say(BOSS, "/undelivered", chat=GROUP), "member")
    assert list_texts(owed, GROUP) == [desk.text("undelivered-where")]


async def test_five_thousand(desk: Desk) -> None:
    """One message that can be read: by cause, with a few masked names, what Telegram said, and what to do."""
    await set_up(desk)
    async with desk.database.begin() as tx:
        calls = [OwedCall(n, 10_000 + n, "sendMessage", "{}", f"{n}:rate:{n}") for n in range(1, 5001)]
        await outbox.owe(tx, [*calls, OwedCall(6000, WANG.id, "sendMessage", "{}")], None, desk.clock.now())
        for call in calls:
            await outbox.hold(tx, call.chat_id or 0, "Forbidden: bot was blocked by the user")
        await outbox.mark_failed(tx, 6000, "Bad Request: tag 'secret words'")
    (call,) = await desk.say(BOSS, "/undelivered")
    (words,) = list_texts([call])
    assert "Not delivered: 5,00" in words
    assert "surveys: 5,000" in words
    assert "and 4,995 more" in words
    assert "Forbidden: bot was blocked by the user" in words
    assert f"To: {WANG.name[0]}***" in words
    assert WANG.name not in words
    assert "secret words" not in words
    assert len(words) < LONGEST
    assert list_labels(call) == [desk.plain("undelivered-send-again")]


async def test_sent_again(desk: Desk) -> None:
    """The press owes it once more, says how much that was, shows what is left, and is in the log; a stranger's press does nothing."""
    await set_up(desk)
    async with desk.database.begin() as tx:
        await outbox.owe(tx, [OwedCall(n, WANG.id, "sendMessage", "{}") for n in (1, 2)], None, desk.clock.now())
        await outbox.mark_failed(tx, 1, "Bad Request: something new")
        await outbox.hold(tx, WANG.id, "Forbidden: bot was blocked by the user")
        await people.set_reach(tx, WANG.id, Reach.BLOCKED)
    shown = await desk.say(BOSS, "/undelivered")
    data = find_button_data(shown, desk.plain("undelivered-send-again"))
    assert data == '["u"]'
    owed = await desk.press(TelegramUser(99, "Stranger"), data)
    assert desk.text("undelivered-where") in str([msgspec.json.decode(call.payload) for call in owed])
    owed = await desk.press(BOSS, data)
    assert any("1 message is being sent again" in call.payload for call in owed)
    (left,) = [call for call in owed if call.name == "undelivered"]
    assert "Refused by Telegram" not in left.payload
    assert "Blocked the bot" in left.payload
    assert list_labels(left) == []
    assert [row.after for row in await desk.rows(select(audit.c.after).where(audit.c.what == "messages.again"))] == [
        "1"
    ]
