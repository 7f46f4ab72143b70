"""What could not be sent, on both engines."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from domain.people import Reach
from domain.undelivered import Cause, MessageKind
from storage.engine.database import Database
from storage.models import outbox as rows
from storage.people import groups, people
from storage.people.people import Newcomer
from storage.people.undelivered import list_undelivered, send_again
from storage.queue import outbox
from storage.queue.outbox import OwedCall

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
GROUP, GONE, BACK = -1001, 7, 8


async def fill(database: Database) -> None:
    """A refused file and a refused press, a lost group with a card, somebody gone, somebody back, and one that is still owed."""
    async with database.begin() as tx:
        await people.add(tx, [Newcomer(1, GONE, "en", "Anna", ""), Newcomer(2, BACK, "en", "Boris", "")], "open", NOW)
        await people.set_reach(tx, GONE, Reach.BLOCKED)
        await groups.bind(tx, GROUP, "transport", "en", NOW)
        await groups.mark_lost(tx, GROUP, "kicked", NOW)
        calls = [
            OwedCall(1, 9, outbox.DOCUMENT, "{}"),
            OwedCall(2, GROUP, outbox.SHOW, "{}", "card:17"),
            OwedCall(3, GONE, "sendMessage", "{}", "7:7:rate:5"),
            OwedCall(4, BACK, "sendMessage", "{}"),
            OwedCall(5, 10, "sendMessage", "{}"),
            OwedCall(6, None, "answerCallbackQuery", "{}"),
        ]
        await outbox.owe(tx, calls, 3, NOW - timedelta(hours=1))
        await outbox.mark_failed(tx, 1, "ValueError: no such period")
        await outbox.mark_failed(tx, 6, "Bad Request: something new")
        await outbox.hold(tx, GROUP, "Forbidden: bot was kicked from the group chat")
        for chat in (GONE, BACK):
            await outbox.hold(tx, chat, "Forbidden: bot was blocked by the user")


async def test_by_cause(database: Database) -> None:
    """Each cause with its kinds, its chats and since when; what is owed is none of them."""
    await fill(database)
    async with database.read() as tx:
        told = {cause.cause: cause for cause in await list_undelivered(tx)}
    assert {cause: dict(one.kinds) for cause, one in told.items()} == {
        Cause.LOST: {MessageKind.CARD: 1},
        Cause.UNMADE: {MessageKind.FILE: 1},
        Cause.REFUSED: {MessageKind.MESSAGE: 1},
        Cause.BLOCKED: {MessageKind.SURVEY: 1, MessageKind.MESSAGE: 1},
    }
    assert (told[Cause.LOST].chats, told[Cause.REFUSED].chats) == ((GROUP,), ())
    assert {cause: one.chat_count for cause, one in told.items()} == {
        Cause.LOST: 1,
        Cause.UNMADE: 1,
        Cause.REFUSED: 0,
        Cause.BLOCKED: 2,
    }
    assert {cause.since for cause in told.values()} == {NOW - timedelta(hours=1)}


async def test_sent_again(database: Database) -> None:
    """Everything but what waits for somebody who has blocked the bot; a lost group counts as back."""
    await fill(database)
    async with database.begin() as tx:
        assert await send_again(tx, NOW) == 4
        statement = select(rows.c.id, rows.c.state, rows.c.holder, rows.c.reason).order_by(rows.c.id)
        states = {row.id: (row.state, row.holder, row.reason is None) for row in await tx.execute(statement)}
        group = await groups.get(tx, GROUP)
    assert {id_ for id_, state in states.items() if state == ("owed", None, True)} == {1, 2, 4, 6}
    assert (states[3][0], states[5]) == ("held", ("owed", 3, True))
    assert group is not None
    assert group.here
    async with database.begin() as tx:
        assert await send_again(tx, NOW) == 0
