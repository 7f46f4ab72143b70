"""The words in which a dialogue and its engine talk.

1. Events are named in the past, effects in the imperative.
2. `screen(state)` draws; `step(state, event)` answers. Both are pure; a state is all that survives a restart.
3. No step sends a question: the engine shows `screen(state)` whenever the state changed.
4. A button says which question it answers, so a double tap or an old keyboard is harmless.
5. Dialogues do not know one another: they `Begin` one by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec

from conversations.buttons import Button

State = TypeVar("State", bound=msgspec.Struct)


# --- what is shown -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A message of texts/*.ftl and its arguments; an argument is escaped once, when it is rendered."""

    key: str
    args: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are not ours: a survey's, a company's, a person's. Escaped when rendered."""

    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """One button: what it says and what a press means; `contact` asks for the presser's phone number instead."""

    label: Text | Words
    button: Button | None = None
    contact: bool = False


KeyboardRow = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """What somebody sees in one state; `asks` means that words or media are awaited, in groups as a reply to this message."""

    parts: tuple[Text | Words, ...]
    rows: tuple[KeyboardRow, ...] = ()
    asks: bool = False


# --- what happened ---------------------------------------------------------------------------------------------------


class File(msgspec.Struct, frozen=True, array_like=True):
    """Something attached: `kind` is photo, video, document, voice or audio; `album` groups what was sent as one.

    `unique` is the same for the same file, whatever id Telegram gives it today.
    """

    kind: str
    id: str
    album: str = ""
    unique: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    button: Button


@dataclass(frozen=True, slots=True)
class Said:
    """`message` is Telegram's number of it, for dialogues that follow a later edit."""

    text: str
    message: int = 0


@dataclass(frozen=True, slots=True)
class Attached:
    file: File
    caption: str = ""
    message: int = 0


@dataclass(frozen=True, slots=True)
class MessageEdited:
    """A message said earlier says something else now; a dialogue that does not follow edits does not understand it."""

    message: int
    text: str
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """The sender's own phone number, checked by whoever translates."""

    phone: str


Event = Pressed | Said | Attached | MessageEdited | Shared


# --- what follows ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Say:
    """A message of its own, beside the screen."""

    text: Text


@dataclass(frozen=True, slots=True)
class Toast:
    """The short answer to a press, shown over the chat."""

    text: Text


@dataclass(frozen=True, slots=True)
class Save:
    """A fact for the storage; the handlers know each kind of fact."""

    fact: object


@dataclass(frozen=True, slots=True)
class Begin:
    """Another dialogue, by name, about something."""

    dialogue: str
    about: Any = None


Effect = Say | Toast | Save | Begin


@dataclass(frozen=True, slots=True)
class Step(Generic[State]):
    """The next state (None: the dialogue is over) and what follows; `understood` is False for an event that has no place here."""

    state: State | None
    effects: tuple[Effect, ...] = ()
    understood: bool = True
    last: Screen | None = None


def goto(state: State, *effects: Effect) -> Step[State]:
    return Step(state, effects)


def done(*effects: Effect, last: Screen | None = None) -> Step[Any]:
    """The dialogue is over; `last` is what its message says from now on."""
    return Step(None, effects, last=last)


NOT_UNDERSTOOD: Step[Any] = Step(None, understood=False)


@dataclass(frozen=True, slots=True)
class Conversation(Generic[State]):
    """A dialogue by name: its states (a union of structs), how each looks, and where each event leads."""

    name: str
    states: Any
    screen: Callable[[State, str], Screen]
    step: Callable[[State, Event], Step[State]]
