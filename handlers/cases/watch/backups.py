"""Backups, as management hears of them: what fails, once, when it begins; when the last good one was, with each morning's digest."""

from handlers.cases.life import cards
from handlers.turns.batch import Batch
from storage.backup import record
from storage.people import groups
from storage.queue.outbox import Priority
from storage.queue.timers import Timer


async def on_timer(batch: Batch, _timer: Timer) -> None:
    """Tell management what fails, if it still does."""
    if await record.fetch_trouble(batch.tx) is None:
        return
    management = await groups.find_by_department(batch.tx, batch.services.company.management)
    if management is not None and management.here:
        html = await describe_backups(batch, management.language)
        batch.say(management.chat_id, html, priority=Priority.STAFF)


async def describe_backups(batch: Batch, language: str) -> str:
    """When the last good one was, and what fails since when; empty where nobody has ever made one."""
    company, texts = batch.services.company, batch.services.texts
    last, trouble = await record.fetch_last(batch.tx), await record.fetch_trouble(batch.tx)
    lines = []
    if trouble is not None:
        since = cards.format_moment(trouble.since, company)
        lines.append(texts.html(language, f"backup-{trouble.failing.value}", {"since": since}))
    if last is not None:
        lines.append(texts.html(language, "backup-last", {"at": cards.format_moment(last.at, company)}))
    elif lines:
        lines.append(texts.html(language, "backup-none", {}))
    return "\n".join(lines)
