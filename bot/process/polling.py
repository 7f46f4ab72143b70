"""Long polling (getUpdates): an update is confirmed to Telegram only once the transaction that contains it is committed.

What nobody can read is set aside one by one; the others of the same answer are handled, and all of them are confirmed.
"""

import asyncio
import json
import logging
import re
import time

import msgspec

from bot.process.error_report import describe_error
from bot.process.telegram import BotApi, TelegramUnreachedError
from bot.process.worker import Worker
from handlers.turns import inbound
from storage.engine.failures import FAILURES, describe_failure
from storage.queue.inbox import RawEvent

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
WAIT_SECONDS = 25
RETRY_SECONDS = 1.0
_MANY = 100


class Polling:
    """Runs in the process that holds the lease, if there is no webhook."""

    def __init__(self, api: BotApi, worker: Worker) -> None:
        self._api, self._worker = api, worker
        self._offset: int | None = None
        self._limit = _MANY
        self._taken_at = time.monotonic()
        self.trouble = ""

    @property
    def late_seconds(self) -> float:
        """Seconds since updates could last be taken, be there any or not; `trouble` says why they cannot."""
        return (
            max(time.monotonic() - self._taken_at - WAIT_SECONDS, 0)
            if not self.trouble
            else time.monotonic() - self._taken_at
        )

    async def run(self) -> None:
        """Take what comes until cancelled; nothing that comes ends it."""
        self._taken_at = time.monotonic()
        while True:
            try:
                updates = await self._fetch()
                if updates is not None and await self._take(updates):
                    self._taken_at, self.trouble = time.monotonic(), ""
                    continue
            except FAILURES as error:
                self._complain(describe_failure(error))
            except Exception as error:
                log.exception("updates could not be taken; trying again")
                self.trouble = f"{type(error).__name__}: {error}"
            await asyncio.sleep(RETRY_SECONDS)

    def _complain(self, trouble: str) -> None:
        if trouble != self.trouble:
            log.warning("no updates: %s", trouble)
        self.trouble = trouble

    async def _fetch(self) -> list[bytes] | None:
        """The next updates, raw; None if there is no answer that can be used."""
        asked: dict[str, object] = {"timeout": WAIT_SECONDS, "allowed_updates": ALLOWED_UPDATES, "limit": self._limit}
        if self._offset is not None:
            asked["offset"] = self._offset
        try:
            answer = await self._api.call("getUpdates", msgspec.json.encode(asked).decode(), timeout=WAIT_SECONDS + 10)
        except TelegramUnreachedError as error:
            self._complain(str(error))
            return None
        if not answer.ok:
            self._complain(answer.description)
            if answer.parameters.retry_after:
                await asyncio.sleep(answer.parameters.retry_after)
            return None
        updates = _split(bytes(answer.result))
        if updates is None:  # not even apart: ask for them one by one, and set aside the one it is
            updates = [bytes(answer.result)] if self._limit == 1 else None
            self._limit = 1
            return updates
        self._limit = _MANY
        return updates

    async def _take(self, updates: list[bytes]) -> bool:
        """Submit all of them, wait until all are safe, then move the offset. One bad update does not take others with it."""
        ids, safe = [], []
        for raw in updates:
            try:
                id_ = inbound.parse_update_id(raw)
            except (msgspec.MsgspecError, RecursionError) as error:
                unreadable = _find_id(raw)
                if unreadable is None:
                    log.error("something that is no update came with the updates: %d bytes", len(raw))  # noqa: TRY400 -- no news in the trace
                    continue
                await self._worker.park(RawEvent("telegram", str(unreadable), raw), describe_error(error))
                ids.append(unreadable)
            else:
                ids.append(id_)
                safe.append(self._worker.enter(RawEvent("telegram", str(id_), raw), hurries=True))
        if updates and not ids:
            self.trouble = "what comes is no update"
            return False
        for outcome in await asyncio.gather(*safe, return_exceptions=True):
            if isinstance(outcome, BaseException):
                self._complain(describe_failure(outcome))  # not safe: ask Telegram for the same updates again
                return False
        if ids:
            self._offset = max(ids) + 1
        return True


def _split(result: bytes) -> list[bytes] | None:
    """The updates of an answer, each raw; None if it cannot be taken apart."""
    try:
        return [bytes(raw) for raw in msgspec.json.decode(result, type=list[msgspec.Raw])]
    except (msgspec.MsgspecError, RecursionError):
        pass
    try:
        return [json.dumps(update).encode() for update in json.loads(result)]
    except (ValueError, TypeError, RecursionError):
        return None


def _find_id(raw: bytes) -> int | None:
    """The id of an update that cannot be read; the last resort is to look for its number."""
    id_ = inbound.find_update_id(raw)
    if id_ is None and (match := re.search(rb'"update_id"\s*:\s*(\d+)', raw)):
        id_ = int(match.group(1))
    return id_
