"""Upgrade: the database is brought to the newest revision, after a backup of how it was."""

import logging
import os
from importlib.metadata import version

from bot.backup_settings import BackupSettings
from bot.clock import Clock
from storage import canary
from storage.backup.backup import write_backup
from storage.engine.database import Database
from storage.engine.schema import find_newest_revision

log = logging.getLogger(__name__)


async def prepare_database(database: Database, settings: BackupSettings, clock: Clock) -> None:
    """Migrate the database, if there is something to do; what is there already is backed up first.

    Raises:
        BackupError: when it cannot be, and then nothing is migrated.
        WrongSecretError: before anything is written.
        CannotOpenError: before anything is written, when it is not the schema that was asked for.
    """
    revision, newest = await canary.find_state(database), find_newest_revision()
    if revision is not None and revision < newest and settings.before_migrations:
        if settings.folder is None:
            log.warning(
                "the database is migrated from %s to %s without a backup: HUIFANG_BACKUPS is not set", revision, newest
            )
        else:
            settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            now = clock.now()
            path = settings.folder / f"before-{newest}-{now:%Y%m%dT%H%M%SZ}-{os.getpid()}.backup"
            await write_backup(database, path, settings.keys, now, version("huifang"))
            log.info("before the migration from %s to %s everything was written to %s", revision, newest, path)
    await canary.prepare(database)
