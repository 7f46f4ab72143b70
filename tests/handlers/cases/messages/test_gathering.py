"""What a customer adds in a burst is few messages in the group, all of it in the case file, and nobody else waits for it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import pytest
from sqlalchemy import event, select

from domain.timer_kinds import TimerKind
from handlers.cases.messages import gathering
from handlers.turns.batch import Batch
from storage.cases.contributions import Contribution
from storage.models import cases, contributions
from storage.queue import timers
from storage.queue.outbox import OwedCall
from tests.harness.case_messages import (
    SHOWN,
    edit_message,
    list_calls_to,
    list_contributions,
    make_picture,
    make_reply,
    place_message,
    set_up_owned_case,
)
from tests.harness.in_process import GROUP, LI, WANG, Desk, find_button_data, list_texts, read_body


async def begin(desk: Desk) -> int:
    """A message about the case stands in Wang's chat, to reply to; the case."""
    case = await set_up_owned_case(desk)
    await place_message(desk, WANG.id, f"c:{case}:77", SHOWN)
    return case


async def say_many(desk: Desk, count: int, **content: Any) -> list[OwedCall]:  # noqa: ANN401 -- JSON
    """So many replies within the same moment; word n is in message 2000 + n."""
    desk.reads = False
    said = [
        {"text": f"Word {n}"} if not content else {key: value(n) for key, value in content.items()}
        for n in range(count)
    ]
    await asyncio.gather(
        *(desk.say(WANG, message_id=2000 + n, **one, **make_reply(SHOWN)) for n, one in enumerate(said))
    )
    desk.reads = True
    return await desk.fetch_owed()


def list_copies(calls: list[OwedCall]) -> list[OwedCall]:
    """The copies of words among these calls, the last version of each."""
    return list({one.name: one for one in list_calls_to(calls, GROUP) if one.name.startswith("said:")}.values())


async def test_eighty_messages_are_one_in_the_group(desk: Desk) -> None:
    """The first at once, the rest in the same message a moment later; "passed on" once; the case file has every word."""
    await begin(desk)
    calls = await say_many(desk, 80)
    (first,) = list_copies(calls)
    assert "Word 0" in read_body(first)["text"]
    assert list_texts(calls, WANG.id).count(desk.text("passed-on", number="C-261123-0001")) == 1
    later = await desk.ring(seconds=3)
    (copy,) = list_copies(later)
    assert (copy.name, copy.fresh) == (first.name, False)
    assert all(f"Word {n}" in read_body(copy)["text"].splitlines() for n in range(80))
    assert len(list_calls_to([*calls, *later], GROUP)) <= 5  # two of them the copy's, the others the card's
    assert {words for _, words, _ in await list_contributions(desk, "customer")} >= {f"Word {n}" for n in range(80)}
    assert list_calls_to(await desk.ring(minutes=1), GROUP) == []


async def test_who_goes_on_is_shown_at_longer_intervals(desk: Desk) -> None:
    """A word every second for a minute: a handful of edits of one message, the last word among them at the end."""
    await begin(desk)
    versions = []
    for n in range(60):
        calls = await desk.say(WANG, f"Word {n}", **make_reply(SHOWN))
        versions += [one for one in [*calls, *await desk.ring(seconds=1)] if one.name.startswith("said:")]
    versions += [one for one in await desk.ring(seconds=15) if one.name.startswith("said:")]
    assert len({one.name for one in versions}) == 1
    assert 3 <= len(versions) <= 7
    assert "Word 59" in read_body(versions[-1])["text"]


async def test_what_is_said_later_is_a_message_of_its_own(desk: Desk) -> None:
    """An edit notifies nobody: after five minutes words are new."""
    await begin(desk)
    names = []
    for pause in (10, 300, 10):
        (copy,) = list_copies(await desk.say(WANG, "More", **make_reply(SHOWN)))
        names.append(copy.name)
        await desk.ring(seconds=pause)
    (copy,) = list_copies(await desk.say(WANG, "More", **make_reply(SHOWN)))
    assert names[0] == names[1] != names[2] == copy.name


async def test_no_copy_is_longer_than_a_message(desk: Desk) -> None:
    """Ten times a thousand characters: as many messages as they need, every word in one of them, whole."""
    await begin(desk)
    calls = await say_many(desk, 10, text=lambda n: f"Word {n} " + "长" * 1000)
    copies = list_copies([*calls, *await desk.ring(seconds=3)])
    texts = [read_body(one)["text"] for one in copies]
    assert len(copies) == 4
    assert all(len(text) <= 4096 for text in texts)
    assert all(sum(f"Word {n} " + "长" * 1000 in text for text in texts) == 1 for n in range(10))


async def test_eighty_photos_are_albums_of_ten(desk: Desk) -> None:
    """One at once and eight albums; every photo once, and in the case file."""
    await begin(desk)
    calls = await say_many(desk, 80, photo=lambda n: make_picture(f"p{n}")["photo"])
    later = await desk.ring(seconds=3)
    shown = [read_body(one) for one in list_calls_to([*calls, *later], GROUP) if one.method.startswith("send")]
    files = [
        file for body in shown for file in ([body["photo"]] if "photo" in body else [m["media"] for m in body["media"]])
    ]
    assert sorted(files) == sorted(f"p{n}" for n in range(80))
    assert len(shown) == 9
    kept = [file for _, _, files in await list_contributions(desk, "customer") for _, file, _ in json.loads(files)]
    assert sorted(kept) == sorted(files)


async def test_albums_at_once_are_shown_together(desk: Desk) -> None:
    """Ten albums of two: the first when it is complete, the others together a moment later."""
    await begin(desk)
    calls = await say_many(
        desk, 20, photo=lambda n: make_picture(f"p{n}")["photo"], media_group_id=lambda n: f"album {n // 2}"
    )
    assert list_calls_to(calls, GROUP) == []
    shown = [*await desk.ring(seconds=1.5), *await desk.ring(seconds=3)]
    albums = [read_body(one)["media"] for one in shown if one.method == "sendMediaGroup"]
    assert [len(media) for media in albums] == [2, 10, 8]
    assert len({item["media"] for media in albums for item in media}) == 20


async def test_a_late_part_of_an_album_is_shown_by_itself(desk: Desk) -> None:
    """What the album showed already is not shown again."""
    await begin(desk)
    await desk.say(WANG, media_group_id="a", **make_picture("p1"), **make_reply(SHOWN))
    await desk.say(WANG, media_group_id="a", **make_picture("p2"), **make_reply(SHOWN))
    await desk.ring(seconds=1.5)
    late = await desk.say(WANG, media_group_id="a", caption="the last", **make_picture("p3"), **make_reply(SHOWN))
    (photo,) = [one for one in late if one.method.startswith("sendP") or one.method == "sendMediaGroup"]
    assert read_body(photo)["photo"] == "p3"
    (copy,) = list_copies(late)
    assert "the last" in read_body(copy)["text"]
    assert [one for one in await desk.ring(minutes=1) if one.method.startswith("send")] == []


async def test_an_edit_changes_the_gathered_copy_in_place(desk: Desk) -> None:
    """One word of many; also while it waits to be shown, and then it is shown once, as it is."""
    await begin(desk)
    calls = await say_many(desk, 3)
    waiting = await edit_message(desk, WANG, 2002, text="Third")
    assert list_copies(waiting) == []
    (shown,) = list_copies(await desk.ring(seconds=3))
    assert read_body(shown)["text"].splitlines()[1:4] == ["Word 0", "Word 1", "Third"]
    (copy,) = list_copies(await edit_message(desk, WANG, 2001, text="Second"))
    assert {copy.name, shown.name} == {list_copies(calls)[0].name}
    lines = read_body(copy)["text"].splitlines()
    assert lines[1:5] == ["Word 0", "Second", "Third", desk.text("said-edited")]
    assert not copy.fresh


async def test_edits_do_not_make_messages(desk: Desk) -> None:
    """Every word is lengthened to a whole message, then shortened: the copy never has more than its few messages, and says what is true."""
    await begin(desk)
    calls = await say_many(desk, 8)
    calls += await desk.ring(seconds=3)
    (name,) = {one.name for one in list_copies(calls)}
    edits = [one for n in range(8) for one in await edit_message(desk, WANG, 2000 + n, text="长" * 4096)]
    names = {one.name for one in list_calls_to(edits, GROUP) if not one.name.startswith(("card:", "open-cases"))}
    assert names <= {name, f"{name}.1", f"{name}.2", f"{name}.3"}
    for n, part in enumerate(sorted(names)):
        await place_message(desk, GROUP, part, 800 + n)
    for n in range(8):
        shorter = await edit_message(desk, WANG, 2000 + n, text="short")
    last = {one.name: read_body(one)["text"] for one in list_copies(shorter)}
    assert set(last) == names
    assert "长" not in "".join(last.values())


async def test_a_changed_photo_that_waits_is_shown_once(desk: Desk) -> None:
    """The new one, without a mark: nobody saw the old one."""
    await begin(desk)
    await say_many(desk, 2, photo=lambda n: make_picture(f"p{n}")["photo"])
    edited = await edit_message(desk, WANG, 2001, **make_picture("other"))
    assert [one for one in list_calls_to(edited, GROUP) if one.method.startswith("send")] == []
    (photo,) = [one for one in await desk.ring(seconds=3) if one.method == "sendPhoto"]
    assert read_body(photo)["photo"] == "other"


async def test_a_reply_of_staff_reaches_the_customer(desk: Desk) -> None:
    """The gathered message is about the case like any copy: a reply to it begins a letter, sent it is the customer's."""
    await begin(desk)
    await say_many(desk, 5)
    (copy,) = list_copies(await desk.ring(seconds=3))
    await place_message(desk, GROUP, copy.name, 790)
    preview = await desk.say(LI, "We are looking into it", GROUP, message_id=900, **make_reply(790))
    sent = await desk.press(LI, find_button_data(preview, "Send"), GROUP)
    assert any("We are looking into it" in text for text in list_texts(sent, WANG.id))


@pytest.mark.parametrize("closes", [False, True])
async def test_what_waits_is_shown_whatever_becomes_of_the_case(desk: Desk, closes: bool) -> None:  # noqa: FBT001 -- a parameter
    """Also when the case has moved on meanwhile."""
    case = await begin(desk)
    await say_many(desk, 2)
    if closes:
        async with desk.database.begin() as tx:
            await tx.execute(cases.update().where(cases.c.id == case).values(state="closed"))
    (copy,) = list_copies(await desk.ring(seconds=3))
    assert "Word 1" in read_body(copy)["text"]
    assert all(row.shown_in != 0 for row in await desk.rows(select(contributions.c.shown_in)))


async def test_nothing_waits_for_a_timer_that_is_over(desk: Desk) -> None:
    """A word, the timer and another word share a transaction: the first is shown by the timer, the second begins a moment of its own."""
    case = await begin(desk)
    await say_many(desk, 2)
    key = (TimerKind.CASE_ADDITIONS, str(case))

    async def work(batch: Batch) -> None:
        assert await batch.has_timer(*key)
        (due,) = await timers.list_due(batch.tx, batch.now + timedelta(seconds=3))
        assert await timers.claim(batch.tx, due)
        await gathering.on_timer(batch, case)
        batch.set_timers.clear()
        assert not await batch.has_timer(*key)

    await desk.batch(work)
    assert "Word 1" in read_body(list_copies(await desk.fetch_owed())[0])["text"]


async def test_a_message_of_a_burst_costs_the_same_however_many_came_before(desk: Desk) -> None:
    """The hundredth makes as many statements as the third: nobody waits longer because somebody writes much."""
    await begin(desk)
    counts: list[int] = []

    def count(*_: object) -> None:
        counts[-1] += 1

    event.listen(desk.database.engine.sync_engine, "before_cursor_execute", count)
    desk.reads = False
    for n in range(100):
        counts.append(0)
        await desk.say(WANG, f"Word {n}", **make_reply(SHOWN))
    assert len(set(counts[2:30])) == len(set(counts[35:])) == 1  # from the thirty-first on it is a flood as well
    assert counts[99] <= counts[2] < counts[0]


class CountedWords(str):
    """Words that know how often their length was asked for."""

    __slots__ = ("asked",)
    asked: int

    def __new__(cls, words: str) -> Self:
        made = super().__new__(cls, words)
        made.asked = 0
        return made

    def isascii(self) -> bool:
        self.asked += 1
        return super().isascii()


def test_each_of_many_is_measured_once_or_twice() -> None:
    """What waits is put together in one go: six hundred messages take ten times as long as sixty, not a hundred times."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    words = [CountedWords("Word " * 10) for _ in range(600)]
    waiting = [Contribution(n, 1, one, (), now, shown_in=0) for n, one in enumerate(words, 2)]
    copies = gathering._distribute([], waiting, now)
    assert [one.id for together in copies for one in together] == [one.id for one in waiting]
    assert all(sum(len(one.words) + 1 for one in together) <= gathering.ROOM_UNITS for together in copies)
    assert max(one.asked for one in words) <= 2
