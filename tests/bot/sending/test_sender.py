"""The one door to Telegram: in order, people first, within the limits, nothing dropped, nothing sent twice."""

import asyncio
from collections.abc import Sequence
from time import monotonic

import pytest
from sqlalchemy import select, update

from bot.sending.announcements import KEPT_PLACES
from bot.sending.doubt import DOUBT_LIMIT, find_broadcast_range
from bot.sending.limits import GROUP_PER_MINUTE, MINUTE, Limits
from storage.engine.lease import Lost
from storage.models import group_windows
from storage.models import outbox as rows
from storage.queue.outbox import Priority, SentCall
from tests.harness.live_sender import HOLDER, LiveSender


async def test_a_chat_gets_its_messages_in_order(post: LiveSender) -> None:
    """Fifty to one person and fifty to another: each chat in the order in which they were owed, each once."""
    wang, li = await post.person("Wang"), await post.person("Li")
    calls = [post.call(who.id, str(n)) for n in range(50) for who in (wang, li)]
    await post.owe(*calls)
    await post.wait_until_quiet()
    for who in (wang, li):
        assert await post.texts(who.id) == [str(n) for n in range(50)]
    assert len(await post.calls("sendMessage")) == 100


async def test_edits_of_one_message_collapse_into_the_last(post: LiveSender) -> None:
    """While Telegram is slow, twenty versions of a card make one message and one edit; every row is settled."""
    wang = await post.person()
    await post.telegram.fault("slow", delay_ms=200)
    versions = [post.show(wang.id, "card", f"version {n}") for n in range(-10, 10)]
    await post.write(*versions, holder=HOLDER)
    post.sender.take(versions[:10])
    await asyncio.sleep(0.05)
    for version in versions[10:]:
        post.sender.take([version])
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["version 9"]
    assert [call["method"] for call in await post.calls("sendMessage", "editMessageText")] == [
        "sendMessage",
        "editMessageText",
    ]


async def test_a_picture_of_the_newest_message_is_not_lost_to_an_older_one(post: LiveSender) -> None:
    """An edit, then a fresh message of the same name, then an edit: the last one is what the fresh message says."""
    wang = await post.person()
    await post.owe(post.show(wang.id, "s", "first"))
    await post.wait_until_quiet()
    await post.telegram.fault("slow", delay_ms=200)
    await post.owe(
        post.call(wang.id, "busy"),
        post.show(wang.id, "s", "edit of the first"),
        post.show(wang.id, "s", "second", fresh=True),
        post.show(wang.id, "s", "edit of the second"),
    )
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["edit of the first", "busy", "edit of the second"]


async def test_what_is_asked_for_again_is_sent_once(post: LiveSender) -> None:
    """Fifty people ask for the same history while Telegram is slow: one or two messages, the newest words, nothing left owed."""
    wang = await post.person()
    await post.telegram.fault("slow", delay_ms=200)
    await post.owe(*[post.show(wang.id, "history", f"version {n}", fresh=True) for n in range(50)])
    await post.owe(post.call(wang.id, "between"), post.show(wang.id, "history", "the newest", fresh=True))
    await post.wait_until_quiet()
    texts = await post.texts(wang.id)
    assert texts[-2:] == ["between", "the newest"]
    assert len(texts) <= 3


@pytest.mark.parametrize("rate", [30])
async def test_ten_changes_in_a_second_are_one_edit(post: LiveSender) -> None:
    """A card that changes ten times is drawn once more when it comes to rest; what else is said meanwhile does not wait for it."""
    group = await post.telegram.group("Transport", [await post.person()])
    await post.owe(post.show(group, "card:1", "new"))
    await post.wait_until_quiet()
    for n in range(10):
        await post.owe(post.show(group, "card:1", f"version {n}"))
        await asyncio.sleep(0.02)
    await post.owe(post.call(group, "a word"))
    await post.wait_until_quiet()
    methods = [call["method"] for call in await post.calls("sendMessage", "editMessageText")]
    assert methods.count("editMessageText") == 1
    assert await post.texts(group) == ["version 9", "a word"]


async def _flood_group(post: LiveSender) -> int:
    """A group whose card 1 stands; thirty copies and a redrawing of card 1 are owed while Telegram is slow."""
    group = await post.telegram.group("Transport", [await post.person()])
    await post.owe(post.show(group, "card:1", "card 1", priority=Priority.STAFF))
    await post.wait_until_quiet()
    await post.telegram.fault("slow", delay_ms=20, times=0)
    await post.owe(
        *[
            post.call(group, f"copy {n}", name=f"said:{n}", reply_to="card:1", priority=Priority.STAFF)
            for n in range(30)
        ],
        post.show(group, "card:1", "card 1 again", priority=Priority.STAFF),
    )
    return group


async def test_a_new_card_goes_before_copies_of_others(post: LiveSender) -> None:
    """Cards 2 and 3 overtake thirty copies under card 1, in their order; what stands under card 2 comes after it; nothing is lost."""
    group = await _flood_group(post)
    staff = Priority.STAFF
    await post.owe(
        post.show(group, "card:2", "card 2", priority=staff),
        post.call(group, "under 2", reply_to="card:2", priority=staff),
        post.show(group, "card:3", "card 3", priority=staff),
    )
    await post.wait_until_quiet()
    texts = await post.texts(group)
    assert texts[0] == "card 1 again"
    assert texts.index("card 2") < texts.index("card 3") <= 4
    assert [text for text in texts if text.startswith("copy")] == [f"copy {n}" for n in range(30)]
    assert texts.index("under 2") > texts.index("card 2")
    (under,) = [m for m in await post.telegram.messages(group) if m.get("text") == "under 2"]
    assert under["reply_to_message"]["text"] == "card 2"
    assert len(texts) == 34


async def test_a_new_card_goes_before_notices_and_behind_answers(post: LiveSender) -> None:
    """What answers staff in the group goes before what stands under cards, then the card, then notices; a redrawn card gains no place."""
    group = await _flood_group(post)
    staff = Priority.STAFF
    await post.owe(post.call(group, "notice", priority=staff), post.call(group, "to staff"))
    await post.owe(post.show(group, "card:2", "card 2", priority=staff))
    await post.owe(post.show(group, "card:1", "card 1 at last", priority=staff))
    await post.wait_until_quiet()
    texts = await post.texts(group)
    assert texts[0] == "card 1 at last"
    assert texts.index("to staff") < texts.index("card 2") <= 4
    assert texts[-1] == "notice"


async def test_other_names_do_not_collapse(post: LiveSender) -> None:
    """Two cards are two cards, and what is said between edits keeps its place."""
    wang = await post.person()
    await post.telegram.fault("slow", delay_ms=100)
    await post.owe(post.show(wang.id, "a", "a1"), post.show(wang.id, "b", "b1"), post.call(wang.id, "said"))
    await post.owe(post.show(wang.id, "b", "b2"))
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["a1", "b2", "said"]
    assert await post.count_places() == 2


@pytest.mark.parametrize("rate", [30])
async def test_real_limits_are_kept_without_a_429(post: LiveSender) -> None:
    """Forty people, one of them with three messages: all arrive, at most 30 in a second, one to a chat; Telegram never complains.

    However busy the machine is: what counts is when calls arrive, and the sender knows it.
    """
    await post.telegram.strict()
    chats = [await post.person(f"P{n}") for n in range(40)]
    began = monotonic()
    await post.owe(*[post.call(who.id, "hello") for who in chats], *[post.call(chats[0].id, str(n)) for n in range(2)])
    await post.wait_until_quiet()
    assert monotonic() - began > 2
    assert await post.texts(chats[0].id) == ["hello", "0", "1"]
    assert [await post.texts(who.id) for who in chats[1:]] == [["hello"]] * 39
    calls = await post.calls("sendMessage")
    arrived = [(call["at"], call["params"]["chat_id"]) for call in calls]
    assert _keeps_limits(arrived)
    assert all(call["ok"] for call in calls)


def _keeps_limits(moments: Sequence[tuple[float, int]]) -> bool:
    """Whether no second has more than thirty of them, or two to one chat."""

    def busiest(some: list[float]) -> int:
        return max(sum(begin <= moment < begin + 1 for moment in some) for begin in some)

    chats = {chat for _, chat in moments}
    return busiest([moment for moment, _ in moments]) <= 30 and all(
        busiest([moment for moment, other in moments if other == chat]) <= 1 for chat in chats
    )


async def test_rows_of_a_lost_commit_are_sent(post: LiveSender) -> None:
    """Owed in our own name, and never handed over: they go out as soon as a COMMIT is in doubt, and none twice."""
    wang = await post.person()
    await post.owe(post.call(wang.id, "1"))
    await post.write(post.call(wang.id, "2"), holder=HOLDER)
    post.sender.doubt_commits()
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["1", "2"]
    assert len(await post.calls("sendMessage")) == 2


async def test_read_twice_is_owed_once(post: LiveSender) -> None:
    """A row that is read again while it waits in memory is the same call: it is not taken for a newer text and forgotten unsent."""
    await post.stop()

    async def check_lease() -> None:
        raise Lost

    await post.start(check_lease)
    wang = await post.person()
    await post.owe(post.call(wang.id, "1"), card := post.show(wang.id, "card", "2"))
    post.sender.take([card])
    await asyncio.sleep(0.2)
    assert post.sender.backlog == 2
    assert await post.count_left() == {"owed": 2}


@pytest.mark.parametrize("rate", [30])
async def test_a_groups_minute_outlives_the_process(post: LiveSender) -> None:
    """Twenty messages in a minute, and a restart: the next waits for the minute, as Telegram would make it wait."""
    group = await post.telegram.group("Transport", [await post.person("Li")])
    now = monotonic()
    for n in range(GROUP_PER_MINUTE):
        post.limits.begin(n, group, now - 30 + n, person=False, edit=False)
        post.limits.settle(n, now - 30 + n, answered=True)
    await post.owe(post.call(group, "the last one", priority=Priority.STAFF, name="x"))
    post.sender._worker.mark(SentCall(1))
    async with asyncio.timeout(5):
        while not (await post.desk.rows(select(group_windows.c.moments))):  # noqa: ASYNC110 -- the worker writes it
            await asyncio.sleep(0.01)
    await post.stop()
    post.limits = Limits(30)
    await post.start()
    at = post.limits.chat_at(group, monotonic(), edit=False)
    assert 20 < at - monotonic() < MINUTE + 1


async def test_an_answer_follows_its_message(post: LiveSender) -> None:
    """`reply_to` finds the message of that name, also when it was sent by an earlier process; a missing one does not matter."""
    wang = await post.person()
    await post.owe(
        post.show(wang.id, "card", "1"), post.call(wang.id, "2", reply_to="card"), post.call(wang.id, "3", reply_to="x")
    )
    await post.wait_until_quiet()
    post.outside._places.clear()
    await post.owe(post.call(wang.id, "4", reply_to="card"))
    await post.wait_until_quiet()
    shown = [m for m in await post.telegram.messages(wang.id) if m["sent_by_bot"]]
    number = shown[0]["message_id"]
    assert [m.get("reply_to_message", {}).get("message_id") for m in shown] == [None, number, None, number]


async def test_what_a_dead_process_left_is_taken_over(post: LiveSender) -> None:
    """Rows of another holder, and of none: sent once, in order, before what comes later."""
    wang = await post.person()
    await post.write(post.call(wang.id, "1"), post.call(wang.id, "2"), holder=5)
    await post.write(post.call(wang.id, "3"))
    await asyncio.sleep(0.6)
    await post.owe(post.call(wang.id, "4"))
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["1", "2", "3", "4"]


async def test_a_press_while_nobody_sends_is_an_edit(post: LiveSender) -> None:
    """The process that sent was killed before its mark was durable; the press came to another one: the successor edits."""
    wang = await post.person()
    await post.owe(post.show(wang.id, "screen", "old"))
    await post.wait_until_quiet()
    await post.stop()
    post.desk.worker.outlet = None
    sent = post.show(wang.id, "screen", "question 1", fresh=True)
    await post.outside.make_call(sent)
    place = (await post.telegram.messages(wang.id))[-1]["message_id"]
    await post.write(sent, holder=5)
    await post.write(post.show(wang.id, "screen", "question 2", message_id=place), holder=6)
    post.outside._places.clear()
    await post.start()
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["old", "question 2"]


async def test_a_row_that_comes_back_is_not_sent_twice(post: LiveSender) -> None:
    """While Telegram is down, the rows lose their holder (a group's return does that): each is sent once."""
    wang = await post.person()
    outage = await post.telegram.fault("outage", times=0)
    await post.owe(*[post.call(wang.id, str(n)) for n in range(5)])
    async with post.desk.database.begin() as tx:
        await tx.execute(update(rows).values(holder=None))
    await asyncio.sleep(0.7)
    await post.telegram.heal(outage)
    await post.wait_until_quiet()
    assert await post.texts(wang.id) == [str(n) for n in range(5)]


async def test_the_company_says_how_many_are_in_doubt(post: LiveSender) -> None:
    """Three instead of eight."""
    await post.stop()
    await post.start(doubt_limit=3)
    calls = [post.call((await post.person(f"P{n}")).id, "x") for n in range(12)]
    await post.write(*calls, holder=HOLDER)
    async with post.desk.database.begin():  # nobody else can commit now
        post.sender.take(calls)
        while len(await post.calls("sendMessage")) < 3:  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.3)
        assert len(await post.calls("sendMessage")) == 3
    await post.wait_until_quiet()
    assert len(await post.calls("sendMessage")) == 12


@pytest.mark.parametrize("number", [12, 20])
async def test_a_slow_database_leaves_no_more_in_doubt(
    post: LiveSender, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """However long the marks of what Telegram has accepted take: no more goes out meanwhile, and then the rest does."""
    monkeypatch.setattr("bot.sending.doubt.PATIENCE_SECONDS", 0.05)
    people = [await post.person(f"P{n}") for n in range(number)]
    owed = [post.call(one.id, "x") for one in people]
    await post.write(*owed, holder=HOLDER)
    async with post.desk.worker.turn:  # the database takes its time
        post.sender.take(owed)
        while len(await post.calls("sendMessage")) < DOUBT_LIMIT or post.sender._dispatcher.schedule.under_way:  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.01)
        monkeypatch.setattr("bot.sending.doubt.DOUBT_SECONDS", 0.0)  # and it has taken long already
        post.sender._dispatcher.pump()
        await asyncio.sleep(0.3)
        assert len(await post.calls("sendMessage")) == DOUBT_LIMIT
    await post.wait_until_quiet()
    assert len(await post.calls("sendMessage")) == len(people)


async def test_a_slow_road_leaves_more_in_doubt(post: LiveSender) -> None:
    """Where Telegram takes a fifth of a second, two at a time would be ten a second: more are under way, and never more than eight."""
    await post.telegram.fault("slow", method="sendMessage", delay_ms=200, times=0)
    await post.owe(*[post.call((await post.person(f"P{n}")).id, "x", priority=Priority.BROADCAST) for n in range(40)])
    most = 0
    for _ in range(100):
        most = max(most, post.sender._dispatcher.schedule._doubt.broadcasts)
        if not post.sender.backlog:
            break
        await asyncio.sleep(0.05)
    assert 2 < most <= find_broadcast_range(DOUBT_LIMIT)[1]
    await post.wait_until_quiet()


@pytest.mark.parametrize("rate", [30])
async def test_anyone_who_takes_over_lets_a_second_pass(post: LiveSender) -> None:
    """What its predecessor sent a moment ago counts at Telegram still: messages to many wait, people do not."""
    await post.stop()
    wang, li = await post.person("Wang"), await post.person("Li")
    await post.start()
    await post.owe(post.call(wang.id, "to many", priority=Priority.BROADCAST))
    await post.owe(post.call(li.id, "reply"))
    await post.wait_until_quiet()
    assert [call["params"]["text"] for call in await post.calls("sendMessage")] == ["reply", "to many"]


async def test_silent_answers_go_at_once(post: LiveSender) -> None:
    """An answer to a press without words needs no row."""
    post.sender.tell([post.call(None, method="answerCallbackQuery", payload='{"callback_query_id":"1"}')])
    for _ in range(100):
        if await post.calls("answerCallbackQuery"):
            break
        await asyncio.sleep(0.01)
    assert len(await post.calls("answerCallbackQuery")) == 1
    assert await post.count_left() == {}


@pytest.mark.parametrize("rate", [30])
async def test_new_cards_are_named_when_a_groups_minute_is_full(post: LiveSender) -> None:
    """Cases come when a group's minute has no room for each of their cards: all are named within seconds, also one that comes later."""
    group = await post.telegram.group("Transport", [await post.person()])
    now = monotonic()
    for n in range(GROUP_PER_MINUTE - KEPT_PLACES):
        post.limits.begin(n, group, now - 30, person=False, edit=False)
        post.limits.settle(n, now - 30, answered=True)
    for cards in (range(12), [12]):
        await post.owe(*[post.show(group, f"card:{n}", f"<b>C-{n}</b>", priority=Priority.STAFF) for n in cards])
        async with asyncio.timeout(10):
            while {f"C-{n}" for n in cards} - set("\n".join(await post.texts(group)).split("\n")):  # noqa: ASYNC110 -- as above
                await asyncio.sleep(0.01)
    assert len(await post.texts(group)) == 2
