"""Scheduled backups: the process that leads has one written, keeps the newest few, and hands each to the operator's command.

A backup is written by a process of its own (`huifang backup`): nobody waits for it, and what becomes of it does no harm to the bot. What
fails is told to management once, by a timer, and each morning with the digest.
"""

import asyncio
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from bot.backup_settings import BackupSettings
from bot.clock import Clock
from domain.timer_kinds import TimerKind
from storage.backup import record
from storage.backup.record import BackupTrouble, Failing
from storage.engine.database import Database
from storage.engine.failures import FAILURES
from storage.queue import timers
from storage.queue.timers import Timer

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
"""Seconds between two looks at whether a backup is due."""

AGAIN = timedelta(minutes=15)
"""After what has failed it is tried again."""

LONGEST_SECONDS = 6 * 3600.0
"""Seconds after which a command is ended."""

PREFIX, SUFFIX = "huifang-", ".backup"


class ScheduledBackups:
    """Works for the process that leads, where a folder is set."""

    def __init__(self, database: Database, settings: BackupSettings, clock: Clock, leads: Callable[[], bool]) -> None:
        self._database, self._settings, self._clock, self._leads = database, settings, clock, leads
        self._not_before = clock.now()

    async def run(self) -> None:
        """Have backups written, until cancelled."""
        while self._settings.folder is not None:
            try:
                if self._leads() and await self._is_due():
                    await self.step(self._settings.folder)
            except FAILURES as error:
                log.warning("backups cannot be looked after (%s); trying again", type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def _is_due(self) -> bool:
        now = self._clock.now()
        if now < self._not_before:
            return False
        async with self._database.read() as tx:
            last = await record.fetch_last(tx)
        return last is None or now - last.at >= self._settings.every

    async def step(self, folder: Path) -> Failing | None:
        """Write one backup, let the oldest go, upload it; what of that failed."""
        now = self._clock.now()
        self._not_before = now + AGAIN
        path, failing = folder / f"{PREFIX}{now:%Y%m%dT%H%M%SZ}{SUFFIX}", None
        make_room(folder)
        if not await run_command([sys.executable, "-m", "bot", "backup", str(path)]):
            failing = Failing.WRITING
        else:
            remove_oldest(folder, self._settings.kept)
            if self._settings.upload and not await run_command([*self._settings.upload, str(path)]):
                failing = Failing.UPLOAD
        async with self._database.begin() as tx:
            if failing is None:
                await record.end_trouble(tx)
            elif await record.put_trouble(tx, BackupTrouble(failing, now)):
                await timers.set_all(tx, [Timer(TimerKind.BACKUP_TROUBLE, TimerKind.BACKUP_TROUBLE, now)])
        return failing


def make_room(folder: Path) -> None:
    """Make the folder, its owner's alone; what was half written when its process ended goes. What cannot be done, the backup tells."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in folder.glob(f"{PREFIX}*{SUFFIX}.part"):
            path.unlink()


def remove_oldest(folder: Path, kept: int) -> None:
    """Leave the newest scheduled backups, as many as are kept; what has another name stays."""
    for path in sorted(folder.glob(f"{PREFIX}*{SUFFIX}"))[:-kept]:
        with suppress(OSError):
            path.unlink()


async def run_command(command: Sequence[str]) -> bool:
    """Run a command to its end; what it complains of goes to the log."""
    try:
        process = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE)
    except OSError as error:
        log.warning("a backup: %s cannot be run (%s)", command[0], error)
        return False
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            _, complaints = await process.communicate()
    except TimeoutError:
        log.warning("a backup: %s took too long", command[0])
        return False
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        log.warning("a backup: %s: %s", command[0], complaints.decode(errors="replace").strip()[-500:])
    return process.returncode == 0
