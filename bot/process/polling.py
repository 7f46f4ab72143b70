"""Long polling (getUpdates): an update is confirmed to Telegram only once the transaction that contains it is committed."""

import asyncio
import logging

import msgspec

from bot.process.telegram import BotApi, TelegramUnreachedError
from bot.process.worker import Worker
from handlers.turns import inbound
from storage.queue.inbox import RawEvent

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
WAIT_SECONDS = 25
_RETRY_SECONDS = 1.0


class Polling:
    """Runs in the process that holds the lease, if there is no webhook."""

    def __init__(self, api: BotApi, worker: Worker) -> None:
        self._api, self._worker = api, worker
        self._offset: int | None = None

    async def run(self) -> None:
        while True:
            updates = await self._fetch()
            if updates:
                await self._take(updates)

    async def _fetch(self) -> list[bytes]:
        asked: dict[str, object] = {"timeout": WAIT_SECONDS, "allowed_updates": ALLOWED_UPDATES}
        if self._offset is not None:
            asked["offset"] = self._offset
        try:
            answer = await self._api.call("getUpdates", msgspec.json.encode(asked).decode(), timeout=WAIT_SECONDS + 10)
        except TelegramUnreachedError as error:
            log.warning("no updates: %s", error)
            await asyncio.sleep(_RETRY_SECONDS)
            return []
        if not answer.ok:
            log.warning("no updates: %s", answer.description)
            await asyncio.sleep(answer.parameters.retry_after or _RETRY_SECONDS)
            return []
        return [bytes(raw) for raw in msgspec.json.decode(answer.result, type=list[msgspec.Raw])]

    async def _take(self, updates: list[bytes]) -> None:
        """Submit all of them, wait until all are safe, then move the offset. One bad update does not take others with it."""
        ids, readable = [], []
        for raw in updates:
            try:
                ids.append(inbound.parse_update_id(raw))
            except msgspec.MsgspecError:
                log.error("something that is no update came with the updates: %.200r", raw)  # noqa: TRY400 -- no news in the trace
            else:
                readable.append(raw)
        if not ids:
            await asyncio.sleep(_RETRY_SECONDS)
            return
        entered = [
            self._worker.enter(RawEvent("telegram", str(id_), raw)) for id_, raw in zip(ids, readable, strict=True)
        ]
        outcomes = await asyncio.gather(*entered, return_exceptions=True)
        if any(isinstance(outcome, BaseException) for outcome in outcomes):
            await asyncio.sleep(_RETRY_SECONDS)  # not safe: ask Telegram for the same updates again
            return
        self._offset = max(ids) + 1
