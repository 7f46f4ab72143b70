"""Backup and restore (`huifang backup`, `huifang restore`): one sealed file, from either engine to either, while the bot runs."""

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bot.clock import Clock
from bot.settings import Settings
from storage import canary
from storage.backup.backup import write_backup
from storage.backup.restore import Restored, restore_backup
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.engine.failures import check_file, explain_no_database


@dataclass(frozen=True, slots=True)
class Written:
    """How much is in a backup."""

    rows: int
    tables: int


async def back_up(settings: Settings, path: Path) -> Written:
    """Write a backup of the database as it is, whatever its revision. Raises BackupError when it cannot be written or read again."""
    check_file(settings.database)
    database = Database(settings.address, Keyring(settings.secrets))
    try:
        with explain_no_database(settings.database):
            await canary.find_state(database)
        manifest = await write_backup(
            database, path, settings.backups.keys, Clock(settings.clock).now(), version("huifang")
        )
    finally:
        await database.close()
    return Written(manifest.rows, len(manifest.counts))


async def restore(settings: Settings, path: Path) -> Restored:
    """Fill an empty database with a backup. Raises BackupError when it is not empty, or the backup cannot be read to its end."""
    check_file(settings.database)
    database = Database(settings.address, Keyring(settings.secrets))
    try:
        with explain_no_database(settings.database):
            await database.check_direct()
            await database.check_schema()
        return await restore_backup(database, path, settings.backups.keys, Clock(settings.clock).now())
    finally:
        await database.close()


def describe_restored(restored: Restored, path: Path) -> list[str]:
    """What was restored, and what follows from that: a line each."""
    manifest = restored.manifest
    moment = f"{manifest.created_at:%Y-%m-%d %H:%M:%S} UTC"
    return [
        f"restored and compared: {manifest.rows} rows of {len(manifest.counts)} tables, from {path}",
        f"everything is as it was at {moment}; what came later is not in it",
        "what Telegram still has for this bot is asked for again when it runs; what it has handed over before is gone",
        f"{restored.owed} calls were owed to Telegram then: some may have been made since, and are made again",
        f"{restored.due} timers have fallen due since, and go off when the bot runs",
        "`huifang check` says whether everything is right; then `huifang run`, with no other bot of this token running",
    ]
