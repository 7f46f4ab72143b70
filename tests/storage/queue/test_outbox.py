"""What is owed to Telegram is owed until it was accepted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.engine.database import Database, Tx
from storage.queue import outbox
from storage.queue.outbox import SHOW, OwedCall, Priority, SentCall
from tests.harness.plans import explain
from tests.harness.rows import NOW, fetch_table, race

ME, OTHER = 11, 22
CALL = OwedCall(1, 5, "sendMessage", '{"text":"谢谢 😀"}')
CARD = OwedCall(2, -100, SHOW, "{}", "case:3", 17, fresh=True, priority=Priority.BROADCAST, reply_to="case:2")
TOAST = OwedCall(3, None, "answerCallbackQuery", "{}")


async def test_taken_over(database: Database) -> None:
    """What another holder left, and what nobody holds, is taken whole and in order; from then on it is one's own."""
    async with database.begin() as tx:
        await outbox.owe(tx, [CALL], None, NOW)
        await outbox.owe(tx, [CARD, TOAST], OTHER, NOW)
        assert await outbox.take(tx, ME) == [CALL, CARD, TOAST]
        assert await fetch_table(tx, "outbox", "id", "holder") == [(1, ME), (2, ME), (3, ME)]
        assert await outbox.take(tx, ME) == []


async def test_never_its_own(database: Database) -> None:
    """What a sender holds itself it never takes again, so that nothing is sent twice."""
    async with database.begin() as tx:
        await outbox.owe(tx, [CALL], ME, NOW)
        await outbox.owe(tx, [CARD], OTHER, NOW)
        assert await outbox.take(tx, ME) == [CARD]
        assert await outbox.take(tx, ME) == []


async def test_taken_in_parts(database: Database) -> None:
    """A long backlog is taken oldest first, so many at a time, each call once."""
    calls = [replace(CALL, id=n) for n in range(1, 26)]
    async with database.begin() as tx:
        await outbox.owe(tx, calls, None, NOW)
        parts = [await outbox.take(tx, ME, limit=10) for _ in range(4)]
    assert [len(part) for part in parts] == [10, 10, 5, 0]
    assert [call for part in parts for call in part] == calls


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_in_the_order_of_the_database(database: Database, second: Database) -> None:
    """Two replicas whose clocks differ make ids in an order of their own: what was owed first is sent first."""
    async with database.begin() as tx:
        await outbox.owe(tx, [replace(CALL, id=500), replace(CALL, id=400)], OTHER, NOW)
    async with second.begin() as tx:
        await outbox.owe(tx, [replace(CALL, id=300)], None, NOW)
    async with database.begin() as tx:
        assert [call.id for call in await outbox.take(tx, ME)] == [500, 400, 300]


async def test_strays(database: Database) -> None:
    """What is owed in one's own name without being known is found in its place among the rest, once; what is held for later is not."""
    calls = [replace(CALL, id=n) for n in range(1, 5)]
    async with database.begin() as tx:
        await outbox.owe(tx, [*calls, replace(CALL, id=6, held=True)], ME, NOW)
        await outbox.owe(tx, [replace(CALL, id=5), replace(CALL, id=7, chat_id=8)], OTHER, NOW)
        assert await outbox.take(tx, ME, chats=[8], known={1, 3}) == [replace(CALL, id=7, chat_id=8)]
        assert await outbox.take(tx, ME, known={1, 3, 7}) == [calls[1], calls[3], replace(CALL, id=5)]
        assert await outbox.take(tx, ME, known={1, 2, 3, 4, 5, 7}) == []
        assert await outbox.find_newest_id(tx) == 7


async def test_group_windows(database: Database) -> None:
    """Kept by chat, the newest wins; a group that a call is held for is in doubt, a person is not."""
    async with database.begin() as tx:
        await outbox.save_group_windows(tx, {-1: [1.5], -2: [2.0, 3.25]})
        await outbox.save_group_windows(tx, {-1: [1.5, 4.0]})
        assert await outbox.list_group_windows(tx) == {-1: [1.5, 4.0], -2: [2.0, 3.25]}
        await outbox.owe(tx, [replace(CALL, id=1, chat_id=-1), replace(CALL, id=2, chat_id=7)], OTHER, NOW)
        await outbox.owe(tx, [replace(CALL, id=3, chat_id=-2)], None, NOW)
        assert await outbox.list_group_chats(tx) == [-1]


async def test_forgotten_when_accepted(database: Database) -> None:
    """An accepted call is gone, and a named message is known by the place it got last."""
    async with database.begin() as tx:
        await outbox.owe(tx, [CALL, CARD, TOAST], ME, NOW)
        await outbox.record_sent(tx, [SentCall(1), SentCall(2, -100, "case:3", 17)])
        assert await fetch_table(tx, "outbox", "id") == [(3,)]
        assert await outbox.find_messages(tx, [(-100, "case:3"), (5, "case:3")]) == {(-100, "case:3"): 17}
        await outbox.record_sent(
            tx, [SentCall(8, -100, "case:3", 18), SentCall(9, -100, "case:3", 19), SentCall(10, -100, "x")]
        )
        assert await outbox.find_messages(tx, [(-100, "case:3"), (-100, "x")]) == {(-100, "case:3"): 19}
        assert await outbox.find_name(tx, -100, 19) == "case:3"
        assert await outbox.find_name(tx, -100, 17) is None
        assert await outbox.find_name(tx, 5, 19) is None
        assert await outbox.find_messages(tx, []) == {}


async def test_failed_stays_visible(database: Database) -> None:
    """A call that will never be accepted stays with its reason and is not tried again."""
    async with database.begin() as tx:
        await outbox.owe(tx, [CALL, CARD], OTHER, NOW)
        await outbox.mark_failed(tx, 1, "chat not found")
        assert await outbox.take(tx, ME) == [CARD]
        assert await fetch_table(tx, "outbox", "id", "state", "reason") == [
            (1, "failed", "chat not found"),
            (2, "owed", None),
        ]
        assert await outbox.count_backlog(tx) == {"failed": 1, "owed": 1}
        await outbox.release(tx, 5)
        assert await outbox.take(tx, ME) == []


async def test_held_and_released(database: Database) -> None:
    """What is owed to a chat that cannot be written to waits, and goes out when it can; other chats notice nothing."""
    async with database.begin() as tx:
        await outbox.owe(tx, [CALL, CARD], ME, NOW)
        await outbox.hold(tx, 5, "blocked")
        assert await outbox.count_backlog(tx) == {"held": 1, "owed": 1}
        assert await outbox.take(tx, OTHER) == [CARD]
        await outbox.release(tx, -100)
        assert await outbox.count_backlog(tx) == {"held": 1, "owed": 1}
        await outbox.release(tx, 5)
        assert await fetch_table(tx, "outbox", "state", "reason", "holder") == [
            ("owed", None, None),
            ("owed", None, OTHER),
        ]
        assert await outbox.take(tx, ME) == [CALL, CARD]


async def test_released_goes_to_the_one_who_held_it_too(database: Database) -> None:
    """A sender that held a call before it was put on hold gets it back when it is released."""
    async with database.begin() as tx:
        await outbox.owe(tx, [CALL], ME, NOW)
        await outbox.hold(tx, 5, "blocked")
        assert await outbox.take(tx, ME) == []
        await outbox.release(tx, 5)
        assert await outbox.take(tx, ME) == [CALL]


async def test_a_group_moves(database: Database) -> None:
    """What is owed follows into the supergroup for anybody to send; numbers of messages there are not believed any more."""
    other = replace(CALL, id=4)
    async with database.begin() as tx:
        await outbox.owe(tx, [CARD, other], ME, NOW)
        await outbox.record_sent(tx, [SentCall(90, -100, "case:3", 17), SentCall(91, 5, "case:3", 18)])
        await outbox.move_chat(tx, -100, -1009)
        assert await outbox.take(tx, ME) == [replace(CARD, chat_id=-1009, message_id=None)]
        places = await outbox.find_messages(tx, [(-100, "case:3"), (-1009, "case:3"), (5, "case:3")])
        assert places == {(5, "case:3"): 18}


async def test_dropped(database: Database) -> None:
    """What is not wanted any more goes, under this name and in this chat alone."""
    near = [replace(CARD, id=5, chat_id=-200), replace(CARD, id=6, name="case:4")]
    async with database.begin() as tx:
        await outbox.owe(tx, [CARD, *near, replace(CARD, id=7)], ME, NOW)
        await outbox.drop(tx, -100, "case:3")
        assert await outbox.take(tx, OTHER) == near


async def test_owed_with_the_transaction(database: Database) -> None:
    """What a transaction that failed would have said is not owed."""
    async with database.engine.connect() as tx:
        await outbox.owe(tx, [CALL], ME, NOW)
        await tx.rollback()
    async with database.begin() as tx:
        assert await outbox.take(tx, OTHER) == []


async def test_taken_by_one_after_the_other(database: Database, second: Database) -> None:
    """A successor that comes while its predecessor is still settling forgets nothing and finds nothing that was accepted."""
    async with database.begin() as tx:
        await outbox.owe(tx, [CALL, CARD], ME, NOW + timedelta(days=1))

    async def settle(tx: Tx) -> None:
        await outbox.record_sent(tx, [SentCall(1)])

    await race(database, second, settle)
    async with second.begin() as tx:
        assert await outbox.take(tx, OTHER) == [CARD]


async def test_a_message_of_somebody_elses_gets_a_name(database: Database) -> None:
    """It can be answered and found again; another message of the same name takes its place."""
    async with database.begin() as tx:
        await outbox.name_message(tx, 11, "from:1", 900)
        assert await outbox.find_name(tx, 11, 900) == "from:1"
        await outbox.name_message(tx, 11, "from:1", 901)
        assert await outbox.find_messages(tx, [(11, "from:1")]) == {(11, "from:1"): 901}
        assert await outbox.find_name(tx, 11, 900) is None


async def test_what_is_owed_to_many(database: Database) -> None:
    """The names of broadcasts that wait to be sent, no more than are asked for; held ones and other priorities are none of them."""
    many = [replace(CARD, id=n, chat_id=n, name=f"s:{n}", priority=Priority.BROADCAST) for n in range(10, 15)]
    async with database.begin() as tx:
        await outbox.owe(tx, [CALL, replace(CARD, priority=Priority.STAFF), *many], ME, NOW)
        await outbox.hold(tx, 14, "blocked")
        assert sorted(await outbox.list_broadcasts(tx, 9)) == ["s:10", "s:11", "s:12", "s:13"]
        assert len(await outbox.list_broadcasts(tx, 2)) == 2


async def test_what_was_never_seen(database: Database) -> None:
    """Held messages of this chat that have no place in it, each name once; `_` and `%` in a name are letters."""
    names = {20: "s:1:rate:7", 21: "s:1:rate:7", 22: "s:1:rate:8", 23: "s:1:plan", 24: "s:1:ra%e:9"}
    async with database.begin() as tx:
        await outbox.owe(tx, [replace(CARD, id=id_, chat_id=1, name=name) for id_, name in names.items()], ME, NOW)
        await outbox.owe(tx, [replace(CARD, id=30, chat_id=2, name="s:2:rate:9")], ME, NOW)
        assert await outbox.list_unseen(tx, 1, ":rate:") == []
        await outbox.hold(tx, 1, "blocked")
        await outbox.record_sent(tx, [SentCall(90, 1, "s:1:rate:8", 17), SentCall(91, 2, "s:1:rate:7", 17)])
        assert await outbox.list_unseen(tx, 1, ":rate:") == ["s:1:rate:7"]
        assert await outbox.list_unseen(tx, 1, ":ra%e:") == ["s:1:ra%e:9"]


async def test_places_are_found_by_their_key(database: Database) -> None:
    """Of several messages, too, however many a chat has."""
    many = [SentCall(n, 1, f"s:{n}", n) for n in range(3000)]
    async with database.begin() as tx:
        await outbox.record_sent(tx, many)
        await tx.execute(text("ANALYZE messages"))  # in a table of a few rows PostgreSQL may take any index
        for names in ([(1, "a")], [(1, "a"), (1, "b"), (2, "c")]):
            assert await explain(database, tx, outbox.find_messages(tx, names)) == ["pk_messages"]


async def test_what_is_kept_costs_nothing(database: Database) -> None:
    """A sender looks twice a second: by the index of what is owed, whatever is held back or was refused; and a chat finds its own of that."""
    async with database.begin() as tx:
        for work in (
            outbox.take(tx, ME),
            outbox.take(tx, ME, known={1}),
            outbox.list_group_chats(tx),
            outbox.list_broadcasts(tx, 9),
            outbox.hold(tx, 5, "blocked"),
        ):
            assert await explain(database, tx, work) == ["ix_outbox_owed"]
        assert await explain(database, tx, outbox.release(tx, 5)) == ["ix_outbox_kept"]
        both = ["ix_outbox_owed", "ix_outbox_kept"]
        assert await explain(database, tx, outbox.count_backlog(tx)) == both
        assert await explain(database, tx, outbox.drop(tx, 5, "card:1")) == both
        assert "ix_outbox_kept" in await explain(database, tx, outbox.list_unseen(tx, 5, ":rate:"))
