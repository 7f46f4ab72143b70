"""Forum topics."""

from __future__ import annotations

import pytest

from playground.people.barebot import BareBot
from playground.people.client import TelegramClient
from playground.people.connection import Participant


@pytest.fixture
async def forum(telegram: TelegramClient, wang: Participant, bot: BareBot) -> int:
    chat: int = await telegram.group("Cases", [wang], forum=True)
    await telegram.member(chat, "administrator")
    await bot.updates()
    return chat


async def test_a_topic_is_made_used_closed_and_deleted(
    bot: BareBot, telegram: TelegramClient, wang: Participant, forum: int
) -> None:
    """A deleted one refuses what is sent there, and its messages are gone."""
    topic = (await bot.ok("createForumTopic", chat_id=forum, name="C-1"))["message_thread_id"]
    at = {"chat_id": forum, "message_thread_id": topic}
    sent = await bot.ok("sendMessage", **at, text="card")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    said = await telegram.say(forum, wang, "in here", reply_to=sent["message_id"])
    assert said["message_thread_id"] == topic
    assert await bot.ok("editForumTopic", **at, name="C-1 done")
    assert await bot.no("editForumTopic", **at, name="C-1 done") == "Bad Request: TOPIC_NOT_MODIFIED"
    assert await bot.ok("closeForumTopic", **at)
    await telegram.member(forum, "member")
    assert await bot.no("sendMessage", **at, text="x") == "Bad Request: TOPIC_CLOSED"
    await telegram.member(forum, "administrator")
    assert await bot.ok("reopenForumTopic", **at)
    assert await bot.ok("deleteForumTopic", **at)
    assert await bot.no("sendMessage", **at, text="x") == "Bad Request: message thread not found"
    edit = await bot.no("editMessageText", chat_id=forum, message_id=sent["message_id"], text="y")
    assert edit == "Bad Request: message to edit not found"


async def test_topics_need_a_forum_and_the_right(
    bot: BareBot, telegram: TelegramClient, group: int, forum: int
) -> None:
    """And a name."""
    assert await bot.no("createForumTopic", chat_id=group, name="x") == "Bad Request: the chat is not a forum"
    assert await bot.no("createForumTopic", chat_id=forum, name=" ") == "Bad Request: TOPIC_TITLE_EMPTY"
    await telegram.member(forum, "member")
    assert "not enough rights" in await bot.no("createForumTopic", chat_id=forum, name="x")


async def test_every_message_in_a_topic_replies_to_its_first(
    bot: BareBot, telegram: TelegramClient, wang: Participant, forum: int
) -> None:
    """Telegram's own trap: it is no answer to the bot."""
    topic = (await bot.ok("createForumTopic", chat_id=forum, name="C-1"))["message_thread_id"]
    said = await telegram.say(forum, wang, "plain", thread=topic)
    assert "forum_topic_created" in said["reply_to_message"]
    await telegram.member(forum, "member")
    await bot.updates()
    await telegram.say(forum, wang, "plain", thread=topic)
    assert await bot.updates() == []
