"""A dialogue played as a script: `>>` is what the person does, `<<` what must follow; true when nothing else followed.

assert (Playbook(conversation, state)
    << "rating-overall"          # a text key, or the survey's own words, is on the screen
    >> tap("2")                  # a label on the keyboard; a button; a File; words are said
    << Save(...)                 # effects, in order; every one must be named
    << OVER)                     # the dialogue has ended
"""

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

import msgspec

from conversations.buttons import Button
from conversations.protocol import (
    Attached,
    Begin,
    Conversation,
    Effect,
    Event,
    File,
    Key,
    MessageEdited,
    Pressed,
    Said,
    Save,
    Say,
    Screen,
    Shared,
    Step,
    Text,
    Toast,
)
from texts import Texts

State = TypeVar("State", bound=msgspec.Struct)
TEXTS = Texts()


@dataclass(frozen=True)
class tap:  # noqa: N801 -- reads as a verb in a script
    """A press on the key whose label is this, or ends in it."""

    label: str


class PlaybookEnd(Enum):
    OVER = "the dialogue has ended"
    MISUNDERSTOOD = "the event had no place here, and nothing changed"


OVER, MISUNDERSTOOD = PlaybookEnd.OVER, PlaybookEnd.MISUNDERSTOOD


class Playbook(Generic[State]):
    """One conversation, from one state on. After MISUNDERSTOOD the state is the one before, as in the engine."""

    def __init__(self, conversation: Conversation[State], state: State, language: str = "en") -> None:
        self._conversation, self._language = conversation, language
        self.state: State | None = state
        self._last: Screen | None = None
        self._effects: list[Effect] = []
        self._misunderstood = False

    def __rshift__(self, action: "tap | Event | Button | File | str") -> "Playbook[State]":
        self._settled()
        assert self.state is not None, "the dialogue is over"
        step = self._conversation.step(self.state, self._event(action))
        self._follow(step)
        return self

    def __lshift__(self, expected: str | Effect | PlaybookEnd) -> "Playbook[State]":
        match expected:
            case str():
                assert expected in self.shown, f"{expected!r} is not on the screen: {self.shown}"
            case PlaybookEnd.OVER:
                assert self.state is None, f"the dialogue stands at {self.state}"
            case PlaybookEnd.MISUNDERSTOOD:
                assert self._misunderstood, "the event was understood"
                self._misunderstood = False
            case Say() | Toast() | Save() | Begin():
                assert self._effects, f"nothing follows where {expected} should"
                assert self._effects.pop(0) == expected
        return self

    def __bool__(self) -> bool:
        self._settled()
        return True

    @property
    def screen(self) -> Screen:
        """What is on the screen now; empty where the dialogue ended without a last word."""
        if self.state is not None:
            return self._conversation.screen(self.state, self._language)
        return self._last or Screen(())

    @property
    def shown(self) -> list[str]:
        """Text keys, and words that are not ours, from top to bottom."""
        return [part.key if isinstance(part, Text) else part.text for part in self.screen.parts]

    @property
    def labels(self) -> list[str]:
        return [render_label(key, self._language) for row in self.screen.rows for key in row]

    def _event(self, action: "tap | Event | Button | File | str") -> Event:
        match action:
            case tap(wanted):
                keys = [key for row in self.screen.rows for key in row]
                matching = [key for key in keys if render_label(key, self._language).endswith(wanted)]
                exact = [key for key in matching if render_label(key, self._language) == wanted] or matching
                assert len(exact) == 1, f"{wanted!r} is not one of {self.labels}"
                assert exact[0].button is not None
                return Pressed(exact[0].button)
            case str():
                return Said(action)
            case File():
                return Attached(action)
            case Pressed() | Said() | Attached() | MessageEdited() | Shared():
                return action
            case _:
                return Pressed(action)

    def _follow(self, step: Step[State]) -> None:
        if not step.understood:
            self._misunderstood = True
            return
        self.state, self._last = step.state, step.last
        self._effects += step.effects

    def _settled(self) -> None:
        assert not self._misunderstood, "the event was not understood"
        assert not self._effects, f"nobody expected {self._effects}"


def render_label(key: Key, language: str) -> str:
    """What a button says."""
    if isinstance(key.label, Text):
        return TEXTS.plain(language, key.label.key, key.label.args)
    return key.label.text
