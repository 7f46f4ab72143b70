"""Routing table of a room: what it answers, as one typed table. The switchboard looks up and knows nothing else.

1. Nothing is registered on import: `handlers/rooms.py` lists the rooms, and refuses a button, command or timer that two
   of them answer.
2. A fact may concern several rooms; they get it in the order of the list.
3. A well-formed button grants nothing: a `Door` says what is found out about the user first, the entry point decides.
"""

import enum
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from domain.people import Audience
from domain.timer_kinds import TimerKind
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.queue.timers import Timer

Pressed = TypeVar("Pressed")
Kept = TypeVar("Kept")
Subject = TypeVar("Subject")

OnPress = Callable[[Turn, Any], Awaitable[None]]
OnFact = Callable[[Turn, Any], Awaitable[None]]
OnBegin = Callable[[Turn, int], Awaitable[None]]
OnCommand = Callable[[Turn, str], Awaitable[None]]
OnTimers = Callable[[Batch, Sequence[Timer]], Awaitable[None]]


class Door(enum.Enum):
    """What must be known before an entry point is called."""

    OPEN = "nothing: the presser's own conversation decides"
    PRIVATE = "a private chat"
    PRIVATE_ROLES = "a private chat, and the presser's roles"
    ROLES = "the presser's roles"
    MEMBERS = (
        "the presser's roles, and whether the presser is in the group: anyone who is new there is asked about first"
    )


@dataclass(frozen=True, slots=True)
class Press:
    """Who answers a button."""

    button: type
    on_press: OnPress
    door: Door


@dataclass(frozen=True, slots=True)
class Fact:
    """Who keeps a fact of a dialogue; `events` narrows a fact that says which event it is about."""

    kind: type
    on_fact: OnFact
    roles: bool
    events: frozenset[str]

    def concerns(self, fact: object) -> bool:
        """Whether this entry keeps the given fact, which is of its kind."""
        return not self.events or getattr(fact, "event", None) in self.events


@dataclass(frozen=True, slots=True)
class TimerEntry:
    """Who is called when timers of a kind are due; `together`: all of them at once, before those done one by one."""

    kind: TimerKind
    on_timers: OnTimers
    together: bool


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its menu text is `menu-<name>`, its words in the paragraph `help`, which several may share.

    `menus` is whose private menu it is in, and who reads that paragraph, `place` its position there, `in_group` its position in the menu
    of groups (0: not there). `anywhere`: also in groups; `door` says what is found out before it is called.
    """

    name: str
    on_command: OnCommand
    help: str = ""
    menus: frozenset[Audience] = frozenset()
    place: int = 0
    in_group: int = 0
    anywhere: bool = False
    door: Door = Door.ROLES


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that one room answers; `begins` are the dialogues that others may start in it, by name."""

    presses: tuple[Press, ...] = ()
    facts: tuple[Fact, ...] = ()
    begins: tuple[tuple[str, OnBegin], ...] = ()
    commands: tuple[Command, ...] = ()
    timers: tuple[TimerEntry, ...] = ()


def press(button: type[Pressed], on_press: Callable[[Turn, Pressed], Awaitable[None]], door: Door) -> Press:
    """A button and who answers it; the types must fit."""
    return Press(button, on_press, door)


def fact(
    kind: type[Kept],
    on_fact: Callable[[Turn, Kept], Awaitable[None]],
    *,
    roles: bool = False,
    events: Sequence[str] = (),
) -> Fact:
    """A fact and who keeps it; the types must fit."""
    return Fact(kind, on_fact, roles, frozenset(events))


def timer(
    kind: TimerKind, on_timer: Callable[[Batch, Subject], Awaitable[None]], read: Callable[[Timer], Subject]
) -> TimerEntry:
    """A kind of timer that is done one by one; `read` turns a timer into the argument of its entry point."""

    async def on_timers(batch: Batch, due: Sequence[Timer]) -> None:
        for each in due:
            await on_timer(batch, read(each))

    return TimerEntry(kind, on_timers, together=False)


def timers_together(
    kind: TimerKind, on_timers: Callable[[Batch, Sequence[Subject]], Awaitable[None]], read: Callable[[Timer], Subject]
) -> TimerEntry:
    """A kind that falls due in large numbers and is done together."""

    async def on_due(batch: Batch, due: Sequence[Timer]) -> None:
        await on_timers(batch, [read(each) for each in due])

    return TimerEntry(kind, on_due, together=True)


def read_id(timer: Timer) -> int:
    """The subject is one id."""
    return int(timer.subject)


def read_pair(timer: Timer) -> tuple[int, int]:
    """The subject is two numbers: an invitation and an account, or a case and its version."""
    first, _, second = timer.subject.partition(":")
    return int(first), int(second)


def read_due_at(timer: Timer) -> datetime:
    """The moment for which the timer was set, which says which period is meant."""
    return timer.due_at


def read_timer(timer: Timer) -> Timer:
    """The whole timer."""
    return timer
