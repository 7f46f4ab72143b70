"""Record of backups: when the last good one was made, where they are, and what goes wrong with them since when. Facts of the installation."""

import enum
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from storage import installation
from storage.engine.database import Tx

_LAST, _TROUBLE, _FILES = "last backup", "backup trouble", "backup files"
_FILES_KEPT = 1000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The newest backup that was verified."""

    at: datetime
    name: str
    rows: int


class Failing(enum.StrEnum):
    """What of it fails; stored."""

    WRITING = "writing"
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class BackupTrouble:
    """What fails, and since when."""

    failing: Failing
    since: datetime


async def put_last(tx: Tx, last: LastBackup) -> None:
    await installation.put(tx, _LAST, msgspec.json.encode(last).decode())


async def fetch_last(tx: Tx) -> LastBackup | None:
    """The newest backup that was verified, None if there was none."""
    kept = await installation.get(tx, _LAST)
    return None if kept is None else msgspec.json.decode(kept, type=LastBackup)


async def add_file(tx: Tx, path: Path) -> None:
    """Note where a backup was written: persons who are erased later are erased from it, too."""
    files = [name for name in await _fetch_names(tx) if name != str(path)]
    await installation.put(tx, _FILES, msgspec.json.encode([*files, str(path)][-_FILES_KEPT:]).decode())


async def fetch_files(tx: Tx) -> list[Path]:
    """Where backups were written, the newest last; some may have gone since."""
    return [Path(name) for name in await _fetch_names(tx)]


async def _fetch_names(tx: Tx) -> list[str]:
    return msgspec.json.decode(await installation.get(tx, _FILES) or "[]", type=list[str])


async def put_trouble(tx: Tx, trouble: BackupTrouble) -> bool:
    """Note that something fails; False if the same has failed before."""
    before = await fetch_trouble(tx)
    if before is not None and before.failing is trouble.failing:
        return False
    await installation.put(tx, _TROUBLE, msgspec.json.encode(trouble).decode())
    return True


async def fetch_trouble(tx: Tx) -> BackupTrouble | None:
    """What fails now, None if nothing does."""
    kept = await installation.get(tx, _TROUBLE)
    return None if kept is None else msgspec.json.decode(kept, type=BackupTrouble)


async def end_trouble(tx: Tx) -> None:
    """All is well again."""
    kept = await installation.get(tx, _TROUBLE)
    if kept is not None:
        await installation.take(tx, _TROUBLE, kept)
