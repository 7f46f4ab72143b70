"""Forum topics: one topic per case in forum groups, if the company wants that (C11). Nothing depends on one.

1. A topic is created when the first message of its case is sent; its number is kept in the table `topics`.
2. A deleted topic is created again and the message at hand goes there; in a group without topics, or where the bot may not create them,
   messages go where they always went.
"""

import time

import msgspec

from bot.process.telegram import Answer, BotApi
from storage.cases import forum_topics
from storage.engine.database import Database

ASK_AGAIN_SECONDS = 600.0
"""Seconds until a group that refused a topic is asked again: it may have become a forum."""


class TopicUnansweredError(Exception):
    """Telegram asks us to wait, or cannot answer now; `answer` says which."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.description)
        self.answer = answer


class _CreatedTopic(msgspec.Struct, frozen=True):
    message_thread_id: int


class ForumTopics:
    """Finds and creates the topics of cases."""

    def __init__(self, api: BotApi, database: Database) -> None:
        self._api, self._database = api, database
        self._known: dict[tuple[int, int], int] = {}
        self._without: dict[int, float] = {}

    async def thread(self, chat: int, case: int) -> int | None:
        """Where messages about this case go in this group; None for the group itself. Below zero it is a topic's own number.

        Raises TopicUnansweredError when Telegram asks us to wait, TelegramUnreachedError when no answer came.
        """
        if case < 0:
            return -case
        if (chat, case) in self._known:
            return self._known[chat, case]
        if time.monotonic() < self._without.get(chat, 0):
            return None
        async with self._database.read() as tx:
            thread = await forum_topics.find(tx, chat, case)
            name = await forum_topics.fetch_title(tx, case)
        if thread is None:
            thread = await self._make(chat, case, name)
        if thread is not None:
            self._known[chat, case] = thread
        return thread

    async def forget(self, chat: int, case: int) -> None:
        """Note that the topic is gone."""
        if case < 0:
            return
        self._known.pop((chat, case), None)
        async with self._database.begin() as tx:
            await forum_topics.drop(tx, chat, case)

    async def _make(self, chat: int, case: int, name: str) -> int | None:
        answer = await self._api.call("createForumTopic", msgspec.json.encode({"chat_id": chat, "name": name}).decode())
        if answer.ok:
            thread = msgspec.json.decode(answer.result, type=_CreatedTopic).message_thread_id
            async with self._database.begin() as tx:
                await forum_topics.put(tx, chat, case, thread)
            return thread
        if answer.error_code == 429 or answer.error_code >= 500 or answer.parameters.migrate_to_chat_id is not None:  # noqa: PLR2004 -- HTTP
            raise TopicUnansweredError(answer)
        self._without[chat] = time.monotonic() + ASK_AGAIN_SECONDS
        return None
