"""People inside the server: they act at once, and wait for what the bot shows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from playground.people.barebot import BareBot
from playground.people.connection import Participant as Somebody
from playground.people.presence import NotSeenError, PresentPerson, WorldWatch, message_buttons, shows_words
from playground.world.world import World

KEYS = {"inline_keyboard": [[{"text": "Yes 1", "callback_data": "y"}, {"text": "No 2", "callback_data": "n"}]]}


@pytest.fixture
async def watch(world: World) -> AsyncIterator[WorldWatch]:
    watch = WorldWatch(world)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(watch.run())
        yield watch
        running.cancel()


@pytest.fixture
def me(watch: WorldWatch, wang: Somebody) -> PresentPerson:
    return PresentPerson(watch, wang.id, wang.id)


async def test_what_the_bot_shows_is_seen_and_pressed(me: PresentPerson, bot: BareBot) -> None:
    """A wait ends with the message that fits; a press is found by its label; an edit is the same message changed."""
    me.start("d1")
    seeing = asyncio.create_task(me.sees(shows_words("How", "^Yes")))
    await bot.ok("sendMessage", chat_id=me.chat, text="How was it?", reply_markup=KEYS)
    message = await seeing
    assert [button["text"] for button in message_buttons(message)] == ["Yes 1", "No 2"]
    me.press(message, "2$")
    pressed = (await bot.updates())[-1]["callback_query"]
    assert pressed["data"] == "n"
    await bot.ok("editMessageText", chat_id=me.chat, message_id=message["message_id"], text="Thank you")
    assert (await me.changed(message))["text"] == "Thank you"
    assert me.now(message)["text"] == "Thank you"


async def test_what_does_not_come_is_missed(me: PresentPerson, bot: BareBot) -> None:
    """After its time a wait ends, and older messages do not count where a newer one is wanted."""
    me.start()
    sent = await bot.ok("sendMessage", chat_id=me.chat, text="before")
    with pytest.raises(NotSeenError):
        await me.sees(shows_words("before"), after=sent["message_id"], seconds=0.05)
    with pytest.raises(NotSeenError, match="Nothing"):
        me.press(await me.sees(shows_words("before")), "^Nothing$")


async def test_quiet_is_when_nothing_waits(me: PresentPerson, watch: WorldWatch, bot: BareBot) -> None:
    """An update that the bot has not fetched keeps it from being quiet."""
    me.say("hello")
    waiting = asyncio.create_task(watch.quiet(0.02))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await bot.updates()
    await bot.updates()
    await waiting
