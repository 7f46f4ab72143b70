"""Backups: whether any are made, when the last good one was, and what fails."""

from datetime import timedelta

from bot.checks.finding import Finding, Inspection, look, ok, wrong
from storage.backup import record
from storage.backup.record import Failing
from storage.engine.database import Tx

MAY_BE_LATE = timedelta(hours=1)
"""After the interval: a large database takes its time."""

BY_HAND = timedelta(days=7)
"""For how long a backup is recent where the bot schedules none."""

_CURES = {
    Failing.WRITING: "the log says why: often the disk is full, or the folder belongs to somebody else",
    Failing.UPLOAD: "the log says why: run the command of HUIFANG_BACKUP_UPLOAD by hand",
}


async def check_backups(tx: Tx, inspection: Inspection) -> list[Finding]:
    """Whether the last backup was good, and recent by the interval that is set."""
    settings = inspection.settings.backups
    last, trouble = await record.fetch_last(tx), await record.fetch_trouble(tx)
    when = "no good one yet" if last is None else f"the last good one: {last.name}, {last.at:%Y-%m-%d %H:%M} UTC"
    if settings.folder is None:
        cure = "set HUIFANG_BACKUPS to a folder, or run `huifang backup FILE` by a timer (docs/backup.md)"
        if last is None:
            return [look("backups", "none was ever made, and none is scheduled", cure)]
        recent = inspection.now - last.at <= BY_HAND
        return [ok("backups", f"none is scheduled here; {when}") if recent else look("backups", when, cure)]
    if trouble is not None:
        since = f"{trouble.failing.value} fails since {trouble.since:%Y-%m-%d %H:%M} UTC"
        return [wrong("backups", f"{since}; {when}", _CURES[trouble.failing])]
    said = f"into {settings.folder}; {when}"
    if last is None:
        return [look("backups", said, "the running bot makes the first within seconds: is it running?")]
    if inspection.now - last.at > settings.every + MAY_BE_LATE:
        return [
            wrong("backups", f"{said}: too long ago", "the running bot makes them: is it running? Its log says why not")
        ]
    return [ok("backups", said)]
