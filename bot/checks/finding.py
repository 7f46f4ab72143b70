"""What a check says: what it looked at, the state it found, and the cure of what is wrong."""

import enum
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import telegram

from bot.settings import Settings
from domain.company import Company
from storage.engine.database import Tx
from storage.people.groups import Group


class State(enum.Enum):
    """`LOOK` could not be checked, or will be wrong soon: somebody should look, and the command does not fail. `FIXED` has just been mended."""

    OK = "ok"
    WRONG = "wrong"
    LOOK = "-"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the table."""

    what: str
    state: State
    said: str
    cure: str = ""
    """What to do, in the imperative; empty where nothing is to be done."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What every check may look at; `company` is None where its file cannot be read."""

    settings: Settings
    company: Company | None
    now: datetime


MachineCheck = Callable[[Inspection], list[Finding]]
"""Looks at this machine: settings, files, disks."""

RowCheck = Callable[[Tx, Inspection], Awaitable[list[Finding]]]
"""Looks at the rows of a database that this release can read."""

TelegramCheck = Callable[[telegram.Bot, Inspection, Sequence[Group]], Awaitable[list[Finding]]]
"""Asks Telegram about the bot, or about the groups that are bound."""


def ok(what: str, said: str) -> Finding:
    return Finding(what, State.OK, said)


def wrong(what: str, said: str, cure: str) -> Finding:
    return Finding(what, State.WRONG, said, cure)


def look(what: str, said: str, cure: str = "") -> Finding:
    return Finding(what, State.LOOK, said, cure)


def fixed(what: str, said: str) -> Finding:
    return Finding(what, State.FIXED, said)
