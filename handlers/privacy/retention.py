"""The daily sweep: what is older than the company keeps personal data is erased as if somebody had asked, a piece at a time.

1. One timer goes through the stages; its subject says which, and where the next piece begins. After a stop it goes on where it was.
2. Figures stay as they are, and nothing of an open case is touched.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from domain.timer_kinds import TimerKind
from handlers.privacy import erasure
from handlers.turns.batch import Batch
from storage.engine.database import Tx
from storage.privacy import ageing, traces
from storage.privacy import erasure as erased_rows
from storage.privacy.ageing import OldRows
from storage.privacy.belongings import find_belongings, find_case_belongings
from storage.privacy.owners import Belongings
from storage.queue.timers import Timer

PAUSE = timedelta(seconds=1)
"""Between two pieces: the sweep is never in a hurry."""

YEAR = timedelta(days=365.25)

LISTS: Mapping[str, Callable[[Tx, datetime, str], Awaitable[OldRows]]] = {
    "cases": ageing.list_old_cases,
    "surveys": ageing.list_old_surveys,
    "deliveries": ageing.list_old_deliveries,
    "persons": ageing.list_old_persons,
}
"""The stages in their order, and what finds their pieces."""

_NEXT = dict(zip(LISTS, [*list(LISTS)[1:], ""], strict=True))


def set_daily_timer(batch: Batch) -> None:
    """The next sweep begins when the next day does."""
    local = batch.now.astimezone(batch.services.company.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    batch.set_timer(TimerKind.RETENTION, _format(next(iter(LISTS))), midnight)


async def on_timer(batch: Batch, timer: Timer) -> None:
    """One piece. Raises NotAloneError when others are answered in this transaction."""
    stage, _, position = timer.subject.partition(":")
    before = batch.now - batch.services.company.privacy.retention_years * YEAR
    piece = await LISTS[stage](batch.tx, before, position)
    await _erase(batch, stage, piece)
    if piece.after is not None:
        batch.set_timer(TimerKind.RETENTION, _format(stage, piece.after), batch.now + PAUSE)
    elif following := _NEXT[stage]:
        batch.set_timer(TimerKind.RETENTION, _format(following), batch.now + PAUSE)
    else:
        while await ageing.forget_words(batch.tx, before):
            pass
        await traces.leave_mark(batch.tx, batch.now)
        set_daily_timer(batch)


async def _erase(batch: Batch, stage: str, piece: OldRows) -> None:
    if not piece.ids:
        return
    match stage:
        case "cases":
            await erasure.erase_cases(batch, await find_case_belongings(batch.tx, piece.ids))
        case "persons":
            await erasure.erase(batch, await find_belongings(batch.tx, piece.ids), by=None)
        case "surveys":
            await erased_rows.erase(batch.tx, Belongings(ids={"invitations": frozenset(piece.ids)}))
        case _:
            await erased_rows.erase(batch.tx, Belongings(ids={"deliveries": frozenset(piece.ids)}))


def _format(stage: str, position: str = "0") -> str:
    return f"{stage}:{position}"
