"""Protocol between dialogues and their engine: screens, events and effects.

1. Events are named in the past, effects in the imperative.
2. `screen(state)` draws; `step(state, event)` answers. Both are pure; a state is all that survives a restart.
3. No step sends a question: the engine shows `screen(state)` whenever the state changed.
4. A button says which question it answers, so a double tap or an old keyboard is harmless.
5. Dialogues do not know one another: they `Begin` one by name.
"""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec

from conversations.buttons import Button

State = TypeVar("State", bound=msgspec.Struct)


# --- what is shown -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A message of texts/*.ftl and its arguments; arguments are escaped once, when rendered."""

    key: str
    args: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are not ours: from a survey, a company or a person. Escaped when rendered."""

    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """One button: what it says and what a press means; `contact` asks for the user's phone number instead."""

    label: Text | Words
    button: Button | None = None
    contact: bool = False


KeyboardRow = tuple[Key, ...]


class Keeps(enum.Enum):
    """What of a person's own a screen's answer keeps for good, so that whoever has not agreed to that reads it first."""

    NOTHING = "nothing but what was pressed"
    SENT = "what is sent"
    CONFIRMED = "what was gathered, once a press says so"


@dataclass(frozen=True, slots=True)
class Screen:
    """What somebody sees in one state; `asks` means that words or media are expected, in groups as a reply to this message."""

    parts: tuple[Text | Words, ...]
    rows: tuple[KeyboardRow, ...] = ()
    asks: bool = False
    keeps: Keeps = Keeps.NOTHING


# --- what happened ---------------------------------------------------------------------------------------------------


class File(msgspec.Struct, frozen=True, array_like=True):
    """An attached file: `kind` is photo, video, document, voice or audio; `album` groups what was sent together.

    `unique` stays the same for the same file, whatever id Telegram gives it today.
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
    """`message` is Telegram's message id, for dialogues that follow later edits."""

    text: str
    message: int = 0


@dataclass(frozen=True, slots=True)
class Attached:
    file: File
    caption: str = ""
    message: int = 0


@dataclass(frozen=True, slots=True)
class MessageEdited:
    """An earlier message was edited; a dialogue that does not follow edits does not understand this event."""

    message: int
    text: str
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """The sender's own phone number, verified by the translation layer."""

    phone: str


Event = Pressed | Said | Attached | MessageEdited | Shared


# --- what follows ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Say:
    """A message of its own, besides the screen."""

    text: Text


@dataclass(frozen=True, slots=True)
class Toast:
    """The short answer to a press, shown over the chat."""

    text: Text


@dataclass(frozen=True, slots=True)
class Save:
    """A fact to be stored; the handlers know each kind of fact."""

    fact: object


@dataclass(frozen=True, slots=True)
class Begin:
    """Another dialogue, by name, about something."""

    dialogue: str
    about: Any = None


Effect = Say | Toast | Save | Begin


@dataclass(frozen=True, slots=True)
class Step(Generic[State]):
    """The next state (None: the dialogue is over) and its effects; `understood` is False for an event with no meaning here.

    `continues`: the event goes on with what came just before it, so that its screen is edited where it stands.
    """

    state: State | None
    effects: tuple[Effect, ...] = ()
    understood: bool = True
    last: Screen | None = None
    continues: bool = False


def goto(state: State, *effects: Effect) -> Step[State]:
    return Step(state, effects)


def go_on(state: State, *effects: Effect) -> Step[State]:
    """Like `goto`, after the next part of an album or the next message of a burst: there is one screen for all of it."""
    return Step(state, effects, continues=True)


def done(*effects: Effect, last: Screen | None = None) -> Step[Any]:
    """End the dialogue; `last` is what its message says from now on."""
    return Step(None, effects, last=last)


NOT_UNDERSTOOD: Step[Any] = Step(None, understood=False)


@dataclass(frozen=True, slots=True)
class Conversation(Generic[State]):
    """A dialogue by name: its states (a union of structs), how each looks, and where each event leads."""

    name: str
    states: Any
    screen: Callable[[State, str], Screen]
    step: Callable[[State, Event], Step[State]]
