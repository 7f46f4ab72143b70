"""Timers that are due, handed to the rooms that set them: what falls due in great numbers together, the rest one by one."""

from collections.abc import Sequence

from handlers.rooms import TIMERS
from handlers.turns.batch import Batch
from storage.queue.timers import Timer


async def fire_all(batch: Batch, due: Sequence[Timer]) -> None:
    """The work of these timers, claimed in this transaction.

    Raises:
        LookupError: no room set a timer of such a kind.
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
    """The work of one timer.

    Raises:
        LookupError: no room set a timer of such a kind.
    """
    entry = TIMERS.get(timer.kind)
    if entry is None:
        raise LookupError(f"no room set a {timer.kind} timer")
    await entry.on_timers(batch, [timer])
