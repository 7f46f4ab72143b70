"""What waits for somebody, as management hears of it: messages not sent and events not handled, once for each step they grow by."""

from domain.growth import Watched, find_grown, update_told
from domain.people import Role
from handlers.turns.batch import Batch
from storage.people import groups, people
from storage.queue import growth
from storage.queue.outbox import Priority
from storage.queue.timers import Timer


async def on_timer(batch: Batch, _timer: Timer) -> None:
    """Tell management of what has grown by a step since, and remember it."""
    counts, told = await growth.fetch_counts(batch.tx), await growth.fetch_told(batch.tx)
    grown = find_grown(counts, told)
    await growth.put_told(batch.tx, update_told(counts, told))
    for chat, language in (await _find_management(batch)).items() if grown else ():
        batch.say(chat, describe_growth(batch, grown, counts, language), priority=Priority.STAFF)


def describe_growth(batch: Batch, grown: list[Watched], counts: dict[Watched, int], language: str) -> str:
    """A sentence for each number, with where to read more."""
    return "\n".join(
        batch.services.texts.html(language, f"grown-{watched.value}", {"count": counts[watched]}) for watched in grown
    )


async def _find_management(batch: Batch) -> dict[int, str]:
    """The chat of management and its language, or every manager's while there is none."""
    management = await groups.find_by_department(batch.tx, batch.services.company.management)
    if management is not None and management.here:
        return {management.chat_id: management.language}
    managers = await people.list_holders(batch.tx, Role.MANAGER)
    return {manager.telegram_id: manager.language for manager in managers if manager.reachable}
