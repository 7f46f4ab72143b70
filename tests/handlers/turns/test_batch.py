"""One transaction's worth of events: what they owe is gathered, and written in one go."""

from datetime import timedelta

from sqlalchemy import select

from conversations.buttons import NoThanksButton
from conversations.protocol import Key, Text, Words
from domain.people import Person
from domain.timer_kinds import TimerKind
from handlers.turns.batch import Batch
from handlers.turns.flush import flush
from handlers.turns.turn import Turn
from storage import models
from storage.queue import outbox
from storage.queue.outbox import SHOW, OwedCall, Priority
from storage.queue.sessions import Session
from tests.harness.in_process import GROUP, NOON, Desk, list_labels, list_texts, read_body

ANNA = Person(1, 11, "en", "Anna")


def turn(batch: Batch, *, private: bool = True, callback: str = "") -> Turn:
    chat = 11 if private else GROUP
    return Turn(batch, ANNA, chat, f"{chat}:11", "en", private, callback=callback)


async def test_a_long_text_comes_in_parts_with_the_keyboard_at_the_end(desk: Desk) -> None:
    """What is longer than a message is split; the named message is then sent anew, below its first parts."""

    async def work(batch: Batch) -> None:
        rows = ((Key(Words("OK"), NoThanksButton(1)),),)
        batch.show(11, "n", "word " * 2000, rows, language="en", message_id=7)
        batch.show(11, "m", "short", language="en", message_id=7)
        batch.show(11, "e", "", language="en")

    first, middle, last, short, empty = (await desk.batch(work)).calls
    assert [list_labels(one) for one in (first, middle, last)] == [[], [], ["OK"]]
    assert [one.method for one in (first, middle, last)] == ["sendMessage", "sendMessage", SHOW]
    assert (last.fresh, short.fresh) == (True, False)
    assert all(len(text) <= 4096 for text in list_texts([first, middle, last]))
    assert "".join(list_texts([first, middle, last])).count("word") == 2000
    assert list_texts([empty]) == ["…"]


async def test_each_press_is_answered_once(desk: Desk) -> None:
    """The first answer counts; one without words is no row; without a press the words are a message."""

    async def work(batch: Batch) -> None:
        pressed = turn(batch, callback="q")
        pressed.toast("not-now", alert=True)
        pressed.toast("not-yours")
        pressed.finish()
        quiet = turn(batch, callback="p")
        quiet.finish()
        quiet.toast("not-now")
        turn(batch).toast("not-now")
        turn(batch).finish()

    batch = await desk.batch(work)
    answer, message = batch.calls
    assert read_body(answer) == {"callback_query_id": "q", "text": desk.plain("not-now"), "show_alert": True}
    assert (answer.chat_id, message.method, list_texts([message])) == (None, "sendMessage", [desk.text("not-now")])
    assert [read_body(call) for call in batch.silent] == [{"callback_query_id": "p"}]
    assert [call.id for call in await desk.fetch_owed()] == [answer.id, message.id]


async def test_whoever_acts_is_answered_first(desk: Desk) -> None:
    """What answers a person goes before what nobody asked for, in a group as in a private chat."""

    async def work(batch: Batch) -> None:
        turn(batch).say("not-now")
        turn(batch, private=False).say_html("x")
        turn(batch).tell(Text("not-now"))

    assert [call.priority for call in (await desk.batch(work)).calls] == [
        Priority.PEOPLE,
        Priority.PEOPLE,
        Priority.PEOPLE,
    ]


async def test_the_last_word_about_a_session_counts(desk: Desk) -> None:
    """Saved, ended and saved again within a batch: there is one row, and an ended one is gone."""
    first, second = (Session("11:11", topic, "rating", "{}", True, 1) for topic in ("a", "b"))

    async def work(batch: Batch) -> None:
        batch.save_session(first)
        batch.save_session(second)
        batch.end_session("11:11", "a")
        batch.end_session("11:11", "b")
        batch.end_session("11:11", "never")
        batch.save_session(first)

    batch = await desk.batch(work)
    assert batch.sessions == {"11:11": {"a": first}}
    rows = await desk.rows(select(models.sessions.c.topic))
    assert [row.topic for row in rows] == ["a"]


async def test_a_cancelled_timer_is_not_set(desk: Desk) -> None:
    """Set and cancelled in one batch: nothing rings; cancelled and set anew: it rings."""

    async def work(batch: Batch) -> None:
        batch.set_timer(TimerKind.SURVEY_LOW_RATING, "1", NOON)
        batch.cancel_timer(TimerKind.SURVEY_LOW_RATING, "1")
        batch.cancel_timer(TimerKind.SURVEY_LOW_RATING, "2")
        batch.set_timer(TimerKind.SURVEY_LOW_RATING, "2", NOON + timedelta(hours=1))

    await desk.batch(work)
    rows = await desk.rows(select(models.timers.c.subject, models.timers.c.due_at))
    assert [tuple(row) for row in rows] == [("2", NOON + timedelta(hours=1))]


async def test_what_is_owed_is_written_for_its_holder(desk: Desk) -> None:
    """The sender that will have the calls in memory is named, so that its own look does not take them again."""
    async with desk.database.begin() as tx:
        batch = Batch(tx, desk.services, desk.clock.now())
        batch.owe(OwedCall(5, 11, "sendMessage", "{}"))
        await flush(batch, 77)
    async with desk.database.begin() as tx:
        assert await outbox.take(tx, 77) == []
        assert [call.id for call in await outbox.take(tx, 78)] == [5]


async def test_the_log_is_written(desk: Desk) -> None:
    """Who, when, what, before, after."""

    async def work(batch: Batch) -> None:
        batch.record(5, "role.grant", "person:9", None, "head")

    await desk.batch(work)
    (row,) = await desk.rows(select(models.audit))
    assert (row.actor, row.at, row.what, row.subject, row.before, row.after) == (
        5,
        NOON,
        "role.grant",
        "person:9",
        None,
        "head",
    )


async def test_nothing_asked_nothing_written(desk: Desk) -> None:
    """An empty batch owes and shows nothing."""

    async def work(_batch: Batch) -> None:
        return

    assert (await desk.batch(work)).calls == []
