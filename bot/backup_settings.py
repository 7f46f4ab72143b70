"""Backup settings: the key, where scheduled backups go, how often, how many are kept, and what uploads them."""

import math
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.company.mistakes import Mistake

LEAST_HOURS = 1 / 60
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """The first key seals, all of them open. Without a folder nothing is scheduled, and no migration is preceded by a backup."""

    keys: tuple[str, ...] = ()
    folder: Path | None = None
    every: timedelta = timedelta(days=1)
    kept: int = 14
    upload: tuple[str, ...] = ()
    before_migrations: bool = True
    with_evidence: bool = True


def read_backup_settings(values: Mapping[str, str], keys: tuple[str, ...]) -> tuple[BackupSettings, list[Mistake]]:
    """What these variables say, and every mistake in them."""
    mistakes: list[Mistake] = []
    folder = Path(values["HUIFANG_BACKUPS"]) if values["HUIFANG_BACKUPS"] else None
    if folder is not None and not keys:
        mistakes.append(
            Mistake("HUIFANG_BACKUP_KEY", "", "is required with HUIFANG_BACKUPS; make one with `openssl rand -hex 32`")
        )
    hours = _read_number(values["HUIFANG_BACKUP_HOURS"])
    if not LEAST_HOURS <= hours < math.inf:
        why = f"{values['HUIFANG_BACKUP_HOURS']!r} is not a number of hours; write 24"
        mistakes.append(Mistake("HUIFANG_BACKUP_HOURS", "", why))
    kept = values["HUIFANG_BACKUP_KEEP"]
    if not (kept.isascii() and kept.isdecimal() and int(kept)):
        mistakes.append(Mistake("HUIFANG_BACKUP_KEEP", "", f"{kept!r} is not a number of backups; write 14"))
    before = values["HUIFANG_BACKUP_MIGRATIONS"]
    if before not in {YES, NO}:
        mistakes.append(Mistake("HUIFANG_BACKUP_MIGRATIONS", "", f"{before!r} is neither {YES} nor {NO}"))
    with_evidence = values["HUIFANG_BACKUP_EVIDENCE"]
    if with_evidence not in {YES, NO}:
        mistakes.append(Mistake("HUIFANG_BACKUP_EVIDENCE", "", f"{with_evidence!r} is neither {YES} nor {NO}"))
    upload: list[str] = []
    try:
        upload = shlex.split(values["HUIFANG_BACKUP_UPLOAD"])
    except ValueError as error:
        mistakes.append(Mistake("HUIFANG_BACKUP_UPLOAD", "", f"is no command: {error}"))
    if mistakes:
        return BackupSettings(), mistakes
    return BackupSettings(
        keys, folder, timedelta(hours=hours), int(kept), tuple(upload), before == YES, with_evidence == YES
    ), []


def _read_number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
