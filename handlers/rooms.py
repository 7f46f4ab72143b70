"""Registry of rooms, in order, and what they answer, by button, fact, command and kind of timer.

A duplicate is refused here, when the process starts; a missing entry fails tests/handlers/test_rooms.py.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from handlers.campaigns.entrance import ROOM as CAMPAIGNS
from handlers.cases.entrance import ROOM as CASES
from handlers.deliveries.entrance import ROOM as DELIVERIES
from handlers.fairness.entrance import ROOM as FAIRNESS
from handlers.figures.entrance import ROOM as FIGURES
from handlers.people.entrance import ROOM as PEOPLE
from handlers.phone_surveys.entrance import ROOM as PHONE_SURVEYS
from handlers.privacy.entrance import ROOM as PRIVACY
from handlers.surveys.entrance import ROOM as SURVEYS
from handlers.turns.room import Fact, Room

ROOMS: tuple[Room, ...] = (PHONE_SURVEYS, SURVEYS, FAIRNESS, CASES, FIGURES, CAMPAIGNS, PEOPLE, PRIVACY, DELIVERIES)

Key = TypeVar("Key")
Entry = TypeVar("Entry")


def gather(entries: Iterable[Entry], key: Callable[[Entry], Key]) -> dict[Key, Entry]:
    """The entries by their key.

    Raises:
        LookupError: when two rooms answer the same.
    """
    gathered: dict[Key, Entry] = {}
    for entry in entries:
        if key(entry) in gathered:
            raise LookupError(f"two rooms answer {key(entry)!r}")
        gathered[key(entry)] = entry
    return gathered


PRESSES = gather((entry for room in ROOMS for entry in room.presses), lambda entry: entry.button)
TIMERS = gather((entry for room in ROOMS for entry in room.timers), lambda entry: str(entry.kind))
BEGINS = {name: entry[1] for name, entry in gather((b for room in ROOMS for b in room.begins), lambda b: b[0]).items()}


_KEEPERS: dict[str, tuple[Fact, ...]] = {}
"""The entries for a kind of facts by its name, looked for once: every answer is a fact."""


def list_keepers(fact: object) -> list[Fact]:
    """The entries that keep a fact, in the order of the rooms; never empty.

    Raises:
        LookupError: when no room keeps such a fact.
    """
    name = type(fact).__name__
    if name not in _KEEPERS:
        _KEEPERS[name] = tuple(entry for room in ROOMS for entry in room.facts if isinstance(fact, entry.kind))
    keepers = [entry for entry in _KEEPERS[name] if entry.concerns(fact)]
    if not keepers:
        raise LookupError(f"no room keeps a {name}")
    return keepers
