"""Backup and restore (`huifang backup`, `huifang restore`): one sealed file, from either engine to either, while the bot runs."""

import logging
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bot.clock import Clock
from bot.process.backup_erasure import BackupErasure
from bot.settings import Settings
from storage import canary
from storage.backup.backup import write_backup
from storage.backup.restore import Restored, restore_backup
from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.engine.failures import check_file, explain_no_database
from storage.objects.object_store import open_store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """How much is in a backup; `files` of evidence, of which `missing` were not in their store, None without them."""

    rows: int
    tables: int
    files: int | None
    missing: int

    def __str__(self) -> str:
        rows = f"{self.rows} rows of {self.tables} tables"
        if self.files is None:
            return f"{rows}, no files of cases"
        lost = f" ({self.missing} more are not in their store: see `huifang check`)" if self.missing else ""
        return f"{rows}, {self.files - self.missing} files of cases{lost}"


async def back_up(settings: Settings, path: Path) -> Written:
    """Write a backup of the database as it is, whatever its revision; who was erased is erased from the earlier ones.

    Raises:
        BackupError: when it cannot be written or read again.
    """
    check_file(settings.database)
    database = Database(settings.address, Keyring(settings.secrets))
    try:
        with explain_no_database(settings.database):
            await canary.find_state(database)
        now, release = Clock(settings.clock).now(), version("huifang")
        place = settings.evidence.place if settings.backups.with_evidence else None
        store = open_store(place) if place is not None else None
        manifest = await write_backup(database, path, settings.backups.keys, now, release, store)
        if manifest.revision == schema.find_newest_revision():
            await _erase_from_earlier(database, settings)
    finally:
        await database.close()
    return Written(manifest.rows, len(manifest.counts), manifest.files, manifest.missing)


async def _erase_from_earlier(database: Database, settings: Settings) -> None:
    """A bot without the key leaves it to this command. What cannot be done now stays noted, and is no reason to have no backup."""
    try:
        while await BackupErasure(database, settings.backups, lambda: True).step():
            pass
    except OSError as error:
        log.warning("somebody could not be erased from the backups: %s", error)


async def restore(settings: Settings, path: Path) -> Restored:
    """Fill an empty database with a backup. Raises BackupError when it is not empty, or the backup cannot be read to its end."""
    check_file(settings.database)
    database = Database(settings.address, Keyring(settings.secrets))
    try:
        with explain_no_database(settings.database):
            await database.check_direct()
            await database.check_schema()
        place, now = settings.evidence.place, Clock(settings.clock).now()
        store = open_store(place) if place is not None else None
        return await restore_backup(database, path, settings.backups.keys, now, store)
    finally:
        await database.close()


def describe_restored(restored: Restored, path: Path) -> list[str]:
    """What was restored, and what follows from that: a line each."""
    manifest = restored.manifest
    moment = f"{manifest.created_at:%Y-%m-%d %H:%M:%S} UTC"
    return [
        f"restored and compared: {manifest.rows} rows of {len(manifest.counts)} tables, from {path}",
        *_describe_files(restored),
        f"everything is as it was at {moment}; what came later is not in it",
        "what Telegram still has for this bot is asked for again when it runs; what it has handed over before is gone",
        f"{restored.owed} calls were owed to Telegram then: some may have been made since, and are made again",
        *(
            [
                f"{restored.erased} keys are gone, of persons, numbers or cases erased since: of their rows there is what erasing leaves"
            ]
            if restored.erased
            else []
        ),
        f"{restored.due} timers have fallen due since, and go off when the bot runs",
        "`huifang check` says whether everything is right; then `huifang run`, with no other bot of this token running",
    ]


def _describe_files(restored: Restored) -> list[str]:
    if restored.files is not None:
        return [f"files of cases, compared with the backup: {restored.files}"]
    if restored.manifest.files:
        return [f"left out: {restored.manifest.files} files of cases, because HUIFANG_EVIDENCE names no place for them"]
    return []
