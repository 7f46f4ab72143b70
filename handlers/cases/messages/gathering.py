"""Debouncing (leading edge, then at intervals): what a customer adds to a case in a burst is gathered into one message to staff.

1. What comes after a silence is shown at once. What follows within a moment waits for its end; as long as somebody goes on, what has
   come is shown at longer intervals.
2. Words join the newest copy while it is young and has room, and it is edited in place. The files of a burst go as albums of ten.
3. What waits is marked in its row, and the timer that shows it is a row: nothing is lost, whatever dies. What adds, shows or edits
   holds the case meanwhile.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.cases.case import Case
from domain.timer_kinds import TimerKind
from handlers.cases.life import card_chats, telling
from handlers.cases.messages import copies
from handlers.turns.batch import Batch
from storage.cases import cases
from storage.cases import contributions as contribution_rows
from storage.cases.contributions import Contribution
from texts.length import units

MOMENT = timedelta(seconds=3)
"""How long what follows something shown waits, so that a burst is one message."""

LONGEST_WAIT = timedelta(seconds=15)
"""How long it waits where more came meanwhile already: somebody goes on writing."""

JOINS_WITHIN = timedelta(minutes=5)
"""How long words join a copy; later ones are a new message, because an edit notifies nobody."""

ROOM_UNITS = 3500
"""How much of a copy words can be, so that it is one message with its head and the owner's name."""


async def show_soon(batch: Batch, case: Case) -> bool:
    """Show what waits at once, or with the rest of the burst that is going on; True if it was shown. The case must be held."""
    if await batch.has_timer(TimerKind.CASE_ADDITIONS, str(case.id)):
        return False
    await _show_waiting(batch, case)
    batch.set_timer(TimerKind.CASE_ADDITIONS, str(case.id), batch.now + MOMENT)
    return True


async def on_timer(batch: Batch, case_id: int) -> None:
    """The moment is over: show what came meanwhile. If nothing did, the burst is over too."""
    batch.known_timers.discard((TimerKind.CASE_ADDITIONS, str(case_id)))
    case = await cases.get(batch.tx, case_id, for_update=True)
    if case is not None and await _show_waiting(batch, case):
        batch.set_timer(TimerKind.CASE_ADDITIONS, str(case.id), batch.now + LONGEST_WAIT)


async def _show_waiting(batch: Batch, case: Case) -> bool:
    """Bring before the department whatever waits; True if anything did."""
    waiting, newest = await contribution_rows.list_waiting(batch.tx, case.id)
    if not waiting:
        return False
    joined = _distribute(newest, waiting, batch.now)
    for together in joined:
        await contribution_rows.set_shown_in(batch.tx, [one.id for one in together], together[0].id)
    changed = [together for together in joined if _says_more(together, waiting)]
    files = [(kind, id_) for one in waiting for kind, id_, _album in one.files]
    for chat in await card_chats.list_working_chats(batch, case):
        for together in changed:
            await copies.show_staff(batch, chat, case, together)
        telling.forward_files(batch, chat, case, files)
    await card_chats.refresh_cards(batch, case)
    return True


def _distribute(
    newest: Sequence[Contribution], waiting: Sequence[Contribution], now: datetime
) -> list[list[Contribution]]:
    """The copies that show what waits, each with all it shows: the newest one, as far as it has room, and further ones."""
    together = list(newest)
    taken = sum(map(_count_units, together))
    changed: list[list[Contribution]] = []
    for addition in waiting:
        taken += _count_units(addition)
        if not together or taken > ROOM_UNITS or together[0].at < now - JOINS_WITHIN:
            together, taken = [], _count_units(addition)
        together.append(replace(addition, shown_in=(together or [addition])[0].id))
        if not changed or changed[-1] is not together:
            changed.append(together)
    return changed


def _count_units(addition: Contribution) -> int:
    """The room that it takes in a copy, its line break included."""
    return units(addition.words) + 1


def _says_more(together: Sequence[Contribution], waiting: Sequence[Contribution]) -> bool:
    """Whether the copy is new, or has new words; files that join one are messages of their own."""
    new = {one.id for one in waiting}
    return together[0].id in new or any(one.words for one in together if one.id in new)
