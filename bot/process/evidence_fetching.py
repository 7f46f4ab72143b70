"""Fetching of evidence: the process that leads brings what was attached to cases from Telegram into the store, and keeps that in order.

1. What Telegram refuses is tried ten times in a day, then it is gone. What is only out of reach (Telegram, the store, the virus scan) waits.
2. A file is sealed as it comes, piece by piece: memory does not grow with it, and no press waits for it.
3. An object is in the store before its row says so: what a killed process leaves is an object without a row, which a sweep removes.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import PurePosixPath

import msgspec

from bot.clock import Clock
from bot.evidence_settings import EvidenceSettings
from bot.process.evidence_sweep import Sweep
from bot.process.telegram import BotApi, FileGoneError, TelegramUnreachedError
from bot.process.virus_scan import ScanError, is_infected, remove_left_folders
from domain.cases.evidence import EvidenceState
from domain.timer_kinds import TimerKind
from storage.cases import evidence
from storage.cases.evidence import EvidenceFile, SealedObject
from storage.engine.database import Database
from storage.engine.failures import FAILURES
from storage.objects.object_store import ObjectStore, StoreError, open_store, read_file
from storage.objects.sealed_object import KEY_BYTES, ObjectWriter, open_sealed
from storage.queue import timers
from storage.queue.timers import Timer

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""Seconds between two looks for what is to be fetched."""

TOGETHER = 4
"""So many files are fetched at a time."""

ATTEMPTS_MOST, FIRST_WAIT, LONGEST_WAIT = 10, timedelta(minutes=1), timedelta(hours=6)
"""Telegram says of a file that is only busy what it says of one that is gone: after ten times in a day it is gone."""

LEFT_FOR = timedelta(hours=1)
"""Longer than any scan: what a killed process gave to one goes with the next start."""

OUTAGE_WAIT = timedelta(seconds=30)
SUFFIX_LENGTH = 8


class _TelegramFile(msgspec.Struct, frozen=True):
    file_path: str
    file_size: int = 0


class _Missed(Exception):
    """It will not be kept."""

    def __init__(self, state: EvidenceState, size: int) -> None:
        super().__init__(state.value)
        self.state, self.size = state, size


class _AskedToWait(Exception):
    """Telegram asks to come again after some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"after {seconds:.0f} s")
        self.seconds = seconds


class EvidenceFetching:
    """Works for the process that leads, where there is a place for evidence."""

    def __init__(
        self, database: Database, api: BotApi, settings: EvidenceSettings, clock: Clock, leads: Callable[[], bool]
    ) -> None:
        self._database, self._api, self._settings, self._clock, self._leads = database, api, settings, clock, leads
        self._owes_earlier = True

    async def run(self) -> None:
        """Fetch what is owed, until cancelled."""
        if self._settings.place is None:
            return
        store = open_store(self._settings.place)
        remove_left_folders((self._clock.now() - LEFT_FOR).timestamp())
        sweep = Sweep(self._database, store, self._clock)
        while True:
            more = False
            try:
                if self._leads():
                    await sweep.step()
                    more = await self.step(store)
            except StoreError as error:
                log.warning("the store of evidence: %s; trying again", error)
            except FAILURES as error:
                log.warning("evidence cannot be looked after (%s); trying again", type(error).__name__)
            await asyncio.sleep(0 if more else LOOK_SECONDS)

    async def step(self, store: ObjectStore) -> bool:
        """Fetch what is due, a few files at a time; whether there may be more."""
        if self._owes_earlier:
            async with self._database.begin() as tx:
                self._owes_earlier = await evidence.owe_earlier_files(tx, self._clock.now())
        async with self._database.read() as tx:
            due = await evidence.list_due(tx, self._clock.now(), TOGETHER)
        async with asyncio.TaskGroup() as tasks:
            for file in due:
                tasks.create_task(self._fetch(store, file))
        return len(due) == TOGETHER or self._owes_earlier

    async def _fetch(self, store: ObjectStore, file: EvidenceFile) -> None:
        """Fetch one file, and write down what became of it."""
        try:
            kept = await self._keep(store, file)
        except _Missed as missed:
            await self._put_missed(file, missed)
        except FileGoneError as error:
            if file.attempts + 1 >= ATTEMPTS_MOST:
                log.warning("a file of contribution %d is gone: %s", file.contribution, error)
                await self._put_missed(file, _Missed(EvidenceState.GONE, 0))
            else:
                await self._postpone(file, min(FIRST_WAIT * 2**file.attempts, LONGEST_WAIT), refused=True)
        except _AskedToWait as asked:
            await self._postpone(file, timedelta(seconds=asked.seconds))
        except (TelegramUnreachedError, StoreError, ScanError, OSError) as error:
            log.warning("a file of contribution %d waits: %s", file.contribution, error)
            await self._postpone(file, OUTAGE_WAIT)
        else:
            async with self._database.begin() as tx:
                is_wanted = await evidence.put_kept(tx, file.id, kept)
            if not is_wanted:
                await store.delete([kept.name])

    async def _keep(self, store: ObjectStore, file: EvidenceFile) -> SealedObject:
        """Bring it into the store. Raises what `_fetch` knows."""
        told, limit = await self._ask(file), self._settings.limit_bytes
        if told.file_size > limit:
            raise _Missed(EvidenceState.TOO_BIG, told.file_size)
        key, suffix = secrets.token_bytes(KEY_BYTES), _find_suffix(told.file_path)
        with ObjectWriter(store.workroom, key) as writer:
            async for piece in self._api.download(told.file_path):
                await asyncio.to_thread(writer.add, piece)
                if writer.size > limit:
                    raise _Missed(EvidenceState.TOO_BIG, writer.size)
            await asyncio.to_thread(writer.finish)
            scan = self._settings.scan
            if scan and await is_infected(scan, open_sealed(key, read_file(writer.path)), suffix):
                raise _Missed(EvidenceState.INFECTED, writer.size)
            await store.put(writer.name, writer.path)
            return SealedObject(writer.name, key.hex(), writer.digest, writer.size, suffix)

    async def _ask(self, file: EvidenceFile) -> _TelegramFile:
        """Where Telegram has it. Raises what `_fetch` knows."""
        answer = await self._api.call("getFile", msgspec.json.encode({"file_id": file.file_id}).decode())
        if answer.ok:
            try:
                return msgspec.json.decode(answer.result, type=_TelegramFile)
            except msgspec.MsgspecError as error:
                raise FileGoneError(f"getFile: {error}") from error
        if answer.parameters.retry_after is not None:
            raise _AskedToWait(answer.parameters.retry_after)
        if answer.error_code != 400:  # noqa: PLR2004 -- Bad Request
            raise TelegramUnreachedError(f"getFile: {answer.description}")
        if "too big" in answer.description.lower():
            raise _Missed(EvidenceState.TOO_BIG, 0)
        raise FileGoneError(answer.description)

    async def _put_missed(self, file: EvidenceFile, missed: _Missed) -> None:
        """Write down that it is not kept; of an infected file staff are told."""
        now = self._clock.now()
        async with self._database.begin() as tx:
            if (
                await evidence.put_missed(tx, file.id, missed.state, missed.size)
                and missed.state is EvidenceState.INFECTED
            ):
                await timers.set_all(tx, [Timer(TimerKind.EVIDENCE_INFECTED, str(file.id), now)])

    async def _postpone(self, file: EvidenceFile, wait: timedelta, *, refused: bool = False) -> None:
        async with self._database.begin() as tx:
            await evidence.postpone(tx, file.id, file.attempts + refused, self._clock.now() + wait)


def _find_suffix(path: str) -> str:
    """How the file's name at Telegram ends, if that is plain."""
    suffix = PurePosixPath(path).suffix.removeprefix(".").lower()
    return suffix if suffix.isascii() and suffix.isalnum() and len(suffix) <= SUFFIX_LENGTH else ""
