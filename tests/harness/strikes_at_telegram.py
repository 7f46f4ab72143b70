"""Faults of Telegram: calls refused or unanswered; updates doubled, replayed and poisoned; groups, topics and people that come and go."""

import asyncio
import random

from playground.shape.wire import Json
from tests.harness.fault_arena import Arena, Department, NotStruckError, Strike

POISON: tuple[Json, ...] = (
    {"message": {"date": 0}},
    {"message": {"message_id": "one", "chat": {"id": 5, "type": "private"}}},
    {"callback_query": {"id": 5, "from": None}},
    {"my_chat_member": []},
    {"message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "half a smile: \ud83d"}},
)
"""Updates that cannot be read; the last one is valid JSON that is no text."""


# --- the Bot API


def refuse_calls(kind: str, when: str, times: tuple[int, ...] = (1, 2, 3), **details: object) -> Strike:
    """Some of the next calls fail in this way."""

    async def strike(arena: Arena, chance: random.Random) -> None:
        skip = chance.randrange(10)
        await arena.telegram.fault(kind, when=when, skip=skip, times=chance.choice(times), **details)

    return strike


async def cut_telegram_off(arena: Arena, chance: random.Random) -> None:
    fault = await arena.telegram.fault("outage", times=0)
    await asyncio.sleep(chance.uniform(0.3, 2.5))
    arena.server.world.faults.remove(fault)


# --- updates


async def double_updates(arena: Arena, _chance: random.Random) -> None:
    await arena.telegram.fault("duplicate", times=0)


async def hold_updates_back(arena: Arena, chance: random.Random) -> None:
    """The next updates are overtaken by those of other chats."""
    for _ in range(5):
        await arena.telegram.fault("reorder", delay_ms=chance.randrange(50, 500))


async def replay_updates(arena: Arena, chance: random.Random) -> None:
    """Updates that were handled long ago come again."""
    known = list(arena.server.world.updates._history)
    for update in chance.sample(known, min(10, len(known))):
        await arena.telegram.repeat(update)


async def poison(arena: Arena, chance: random.Random) -> None:
    arena.server.world.updates.inject(dict(chance.choice(POISON)))
    await asyncio.sleep(0)


# --- groups, topics and people


async def migrate_a_group(arena: Arena, chance: random.Random) -> None:
    """A basic group becomes a supergroup."""
    basic = [one for one in arena.departments if arena.server.world.find(one.chat).type == "group"]
    if not basic:
        raise NotStruckError
    department = chance.choice(basic)
    department.chat = await arena.telegram.migrate(department.chat)


async def remove_the_bot(arena: Arena, chance: random.Random) -> None:
    """A group removes the bot, and takes it back a moment later."""
    await _change_for_a_while(arena, chance, "kicked")


async def mute_the_bot(arena: Arena, chance: random.Random) -> None:
    """A group takes the right to write from the bot, and gives it back a moment later."""
    await _change_for_a_while(arena, chance, "restricted", {"can_send_messages": False})


async def _change_for_a_while(
    arena: Arena, chance: random.Random, status: str, rights: dict[str, bool] | None = None
) -> None:
    department: Department = chance.choice(arena.departments)
    await arena.telegram.member(department.chat, status, by=arena.boss, rights=rights)
    await asyncio.sleep(chance.uniform(0.2, 1.5))
    await arena.telegram.member(department.chat, "member", by=arena.boss)


async def delete_a_topic(arena: Arena, chance: random.Random) -> None:
    """An administrator deletes the topic of a case, and every message in it."""
    world = arena.server.world
    topics = [(world.find(one.chat), topic) for one in arena.departments for topic in world.find(one.chat).topics]
    if not topics:
        raise NotStruckError
    chat, topic = chance.choice(topics)
    del chat.topics[topic]
    for message in list(chat.messages.newest()):
        if message.get("message_thread_id") == topic:
            world.remove(chat, message["message_id"])
    world.tell(chat)
    await asyncio.sleep(0)


async def block_the_bot(arena: Arena, chance: random.Random) -> None:
    """Some customers block the bot, and unblock it a moment later."""
    started = [chat for chat in arena.server.world.chats.values() if chat.is_private and chat.started]
    some = [chat.id for chat in chance.sample(started, min(8, len(started))) if chat.id != arena.boss.id]
    if not some:
        raise NotStruckError
    for chat in some:
        await arena.telegram.member(chat, "kicked", by=chat)
    await asyncio.sleep(chance.uniform(0.2, 1.5))
    for chat in some:
        await arena.telegram.member(chat, "member", by=chat)
