"""Erasure in backups: who was erased from the database is erased from the backups, too, by the process that leads.

Each backup within reach has the person's key destroyed where it stands (`storage/backup/person_keys.py`), and is uploaded again if it is
a scheduled one. For those out of reach the person is noted in the list beside the backups (`storage/backup/erased_list.py`). Until both is
done the database remembers it, whatever happens to the process.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from pathlib import Path

from bot.backup_settings import BackupSettings
from bot.process.backups import PREFIX, SUFFIX, run_command
from storage.backup import erased_list, erased_subjects, record
from storage.backup.person_keys import destroy_keys
from storage.backup.sealed_file import BackupError, name_part
from storage.engine.database import Database
from storage.engine.failures import FAILURES

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
"""Seconds between two looks at whether anybody was erased."""

AT_ONCE = 10_000
"""Subjects that are looked for in one reading of a backup."""

STILL_SECONDS = 3600.0
"""A half-written file that nobody has touched for so long belongs to a process that is gone."""


class BackupErasure:
    """Works for the process that leads, and for the command that writes a backup, which may be the only one that has the key."""

    def __init__(self, database: Database, settings: BackupSettings, leads: Callable[[], bool]) -> None:
        self._database, self._settings, self._leads = database, settings, leads

    async def run(self) -> None:
        """Erase whoever is noted, until cancelled."""
        while True:
            try:
                if self._leads():
                    while await self.step():
                        pass
            except FAILURES as error:
                log.warning("somebody could not be erased from the backups (%s); trying again", type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def step(self) -> int:
        """Erase some of those who are noted from all backups within reach; how many.

        Raises:
            OSError: when a backup, or the list beside it, cannot be written; those noted stay noted.
        """
        async with self._database.read() as tx:
            noted = await erased_subjects.fetch_noted(tx, AT_ONCE)
            written = await record.fetch_files(tx) if noted else []
        if not noted:
            return 0
        if written and not self._settings.keys:
            return 0  # whoever writes backups has the key, and does it: `huifang backup`
        if self._settings.keys:
            if any(_is_being_written(path) for path in written):
                return 0  # it may hold whoever was erased since it was begun
            changed = await asyncio.to_thread(erase_from_files, self._find_files(written), self._settings.keys, noted)
            for path in changed:
                await self._upload(path)
        async with self._database.begin() as tx:
            await erased_subjects.end(tx, noted)
        return len(noted)

    def _find_files(self, written: Collection[Path]) -> list[Path]:
        folder = self._settings.folder
        kept = {path.absolute() for path in folder.glob(f"*{SUFFIX}")} if folder is not None else set()
        return sorted(path for path in kept.union(written) if path.exists())

    async def _upload(self, path: Path) -> None:
        """Have a scheduled backup replace the copy of it that was uploaded before."""
        folder, upload = self._settings.folder, self._settings.upload
        is_scheduled = folder is not None and path.parent == folder.absolute() and path.name.startswith(PREFIX)
        if upload and is_scheduled and not await run_command([*upload, str(path)]):
            raise OSError(f"{path} could not be uploaded again")


def _is_being_written(path: Path) -> bool:
    try:
        return time.time() - name_part(path).stat().st_mtime < STILL_SECONDS
    except FileNotFoundError:
        return False


def erase_from_files(paths: Collection[Path], keys: tuple[str, ...], subjects: Mapping[str, datetime]) -> list[Path]:
    """Destroy the keys of these subjects in these backups, and note them beside each; the backups that changed.

    Raises:
        OSError: when a file cannot be written.
    """
    for folder in sorted({path.parent for path in paths}):
        for moment in sorted(set(subjects.values())):
            erased_list.add(folder, keys, [name for name, at in subjects.items() if at == moment], moment)
    changed = []
    for path in paths:
        try:
            if destroy_keys(path, keys, subjects):
                changed.append(path)
        except BackupError as error:  # of another key, or none of ours: the list is what is left
            log.warning("nobody can be erased from %s: %s", path, error)
    return changed
