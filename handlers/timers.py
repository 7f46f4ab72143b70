"""Timer dispatch: due timers are handed to the rooms that set them, mass timers together, the rest one by one."""

from collections.abc import Sequence

from handlers.rooms import TIMERS
from handlers.turns.batch import Batch
from storage.queue.timers import Timer


async def fire_all(batch: Batch, due: Sequence[Timer]) -> None:
    """Do the work of these timers, claimed in this transaction.

    Raises:
        LookupError: when no room sets timers of such a kind.
    """
    together: dict[str, list[Timer]] = {}
    for timer in due:
        if timer.kind in TIMERS and TIMERS[timer.kind].together:
            together.setdefault(timer.kind, []).append(timer)
    for kind, timers in together.items():
        await TIMERS[kind].on_timers(batch, timers)
    for timer in due:
        if timer.kind not in together:
            await fire(batch, timer)


async def fire(batch: Batch, timer: Timer) -> None:
    """Do the work of one timer.

    Raises:
        LookupError: when no room sets timers of such a kind.
    """
    entry = TIMERS.get(timer.kind)
    if entry is None:
        raise LookupError(f"no room set a {timer.kind} timer")
    await entry.on_timers(batch, [timer])
