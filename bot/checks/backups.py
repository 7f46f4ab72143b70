"""Backups: when the last good one was made, where any is scheduled."""

from bot.checks.finding import Finding, Inspection, look, ok, wrong
from storage.backup import record
from storage.engine.database import Tx


async def check_backups(tx: Tx, inspection: Inspection) -> list[Finding]:
    """Whether the last backup was good and how old it is; silent where none is scheduled."""
    folder = inspection.settings.backups.folder
    if folder is None:
        return []
    last, trouble = await record.fetch_last(tx), await record.fetch_trouble(tx)
    when = "no good one yet" if last is None else f"the last good one: {last.name}, {last.at:%Y-%m-%d %H:%M} UTC"
    if trouble is not None:
        since = f"{trouble.failing.value} fails since {trouble.since:%Y-%m-%d %H:%M} UTC"
        return [wrong("backups", f"{since}; {when}", "")]
    said = f"into {folder}; {when}"
    return [look("backups", said) if last is None else ok("backups", said)]
