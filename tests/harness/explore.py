"""Walks a dialogue: presses every button and says and attaches something in every state that can be reached.

It proves that what is shown is understood, that no state is a dead end, and that every text renders in every language.
`docs/screens.md` is what it saw (`tests/harness/screens_page.py`).

1. States that differ only in numbers and in free words are one state: `alike` says which.
2. A dialogue rests where it ended, or in a state of a type named as resting; from everywhere a path must lead there.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec

from conversations.buttons import CALLBACK_DATA_BYTES, DraftOptionButton, pack, unpack
from conversations.protocol import (
    Attached,
    Begin,
    Conversation,
    Event,
    File,
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
from tests.harness.playbook import TEXTS, render_label
from texts import LANGUAGES, escape
from texts.length import MESSAGE, TOAST, units, visible

State = TypeVar("State", bound=msgspec.Struct)
Alike = Callable[[Any], Hashable]

SAID, CAPTION = "Words with <b>, & and 🙂.", "a caption"
SPOKEN: tuple[Event, ...] = (
    Said(SAID),
    Attached(File("photo", "p1", "album")),
    Attached(File("voice", "v1"), CAPTION),
    Shared("+8613800138000"),
)
STATES_LIMIT = 20_000
ROW_LIMIT, LABEL_LIMIT = 8, 64
"""Buttons that Telegram shows side by side, and the units of a label that are still read on a phone."""


@dataclass
class SeenState(Generic[State]):
    """One state: how it looks, and where its events lead (None: the dialogue is over)."""

    state: State
    screens: dict[str, Screen]
    ways: list[tuple[Event, Hashable | None]] = field(default_factory=list)


@dataclass
class Walk(Generic[State]):
    """Everything that was seen, in the order in which it was first reached, and the last words of the dialogue."""

    seen: dict[Hashable, SeenState[State]] = field(default_factory=dict)
    lasts: dict[str, Screen] = field(default_factory=dict)


def alike(state: msgspec.Struct) -> Hashable:
    """What is left of a state without its numbers and words: which fields are filled, lists by whether they are long."""

    def shape(name: str, value: object) -> Hashable:
        match value:
            case str() if name in {"type", "event"}:
                return value
            case dict():
                return tuple((key, shape("", inner)) for key, inner in sorted(value.items()))
            case list():
                return min(len(value), 2)
            case int() if name == "count":
                return min(value, 2)
            case None | bool():
                return value
            case _:
                return bool(value)

    plain: dict[str, object] = msgspec.to_builtins(state)
    inner = plain.pop("draft", None)
    drafted = tuple((key, shape(key, value)) for key, value in inner.items()) if isinstance(inner, dict) else ()
    return (*((key, shape(key, value)) for key, value in plain.items()), drafted)


def explore(
    conversation: Conversation[State],
    starts: Iterable[State],
    *,
    resting: tuple[type, ...] = (),
    alike: Alike = alike,
) -> Walk[State]:
    """Everything that can be reached from `starts`. Raises AssertionError where a promise above is broken."""
    walk: Walk[State] = Walk()
    waiting = list(starts)
    while waiting:
        state = waiting.pop(0)
        if alike(state) in walk.seen:
            continue
        assert len(walk.seen) < STATES_LIMIT, "too many states: make `alike` coarser"
        screens = {language: conversation.screen(state, language) for language in LANGUAGES}
        seen = walk.seen[alike(state)] = SeenState(state, screens)
        for screen in screens.values():
            check_screen(screen)
        assert len({tuple(list_buttons(screen)) for screen in screens.values()}) == 1, "a language has other buttons"
        _press_beyond(conversation, state, screens["en"])
        for event, step in _steps(conversation, state, screens["en"]):
            check_step(step)
            if step.state is not None:
                waiting.append(step.state)
            elif step.last is not None:
                walk.lasts.setdefault(str(step.last.parts), step.last)
            seen.ways.append((event, None if step.state is None else alike(step.state)))
    _check_no_dead_end(walk, resting)
    return walk


def check_screen(screen: Screen) -> None:
    """It can be sent: in every language it has words, fits a message, and its buttons can be told apart and packed."""
    for language in LANGUAGES:
        html = "\n\n".join(render_part(language, part) for part in screen.parts)
        assert 0 < visible(html) <= MESSAGE, html
        labels = [render_label(key, language) for row in screen.rows for key in row]
        assert len(set(labels)) == len(labels), f"two buttons say the same: {labels}"
        assert all(one.strip() and units(one) <= LABEL_LIMIT for one in labels), labels
    assert all(0 < len(row) <= ROW_LIMIT for row in screen.rows)
    for data in list_buttons(screen):
        assert len(data.encode()) <= CALLBACK_DATA_BYTES
        assert unpack(data) is not None


def check_step(step: Step[Any]) -> None:
    """What follows beside the next screen can be said too."""
    if step.last is not None:
        check_screen(step.last)
    for effect in step.effects:
        for language in LANGUAGES:
            match effect:
                case Say(text):
                    assert render_part(language, text)
                case Toast(text):
                    assert 0 < units(TEXTS.plain(language, text.key, text.args)) <= TOAST
                case Save() | Begin():
                    pass


def render_part(language: str, part: Any) -> str:  # noqa: ANN401 -- a part of a screen
    return TEXTS.html(language, part.key, part.args) if isinstance(part, Text) else escape(part.text)


def list_buttons(screen: Screen) -> list[str]:
    return [pack(key.button) for row in screen.rows for key in row if key.button is not None]


def _steps(conversation: Conversation[State], state: State, screen: Screen) -> Iterator[tuple[Event, Step[State]]]:
    """Every event that has its place here. A button that is shown, and words where they are asked for, must have it."""
    for row in screen.rows:
        for key in row:
            assert key.button is not None
            step = conversation.step(state, Pressed(key.button))
            assert step.understood, f"{render_label(key, 'en')!r} is shown and not understood at {state}"
            yield Pressed(key.button), step
    for event in SPOKEN:
        step = conversation.step(state, event)
        assert step.understood or not (screen.asks and isinstance(event, Said)), f"asks and does not listen: {state}"
        if step.understood:
            yield event, step


def _press_beyond(conversation: Conversation[State], state: State, screen: Screen) -> None:
    """A forged choice, one beyond the last that is shown, raises nothing: it is another page's, or not understood."""
    shown = [key.button for row in screen.rows for key in row if isinstance(key.button, DraftOptionButton)]
    for button in shown:
        beyond = max(other.option for other in shown) + 1
        conversation.step(state, Pressed(msgspec.structs.replace(button, option=beyond)))


def _check_no_dead_end(walk: Walk[Any], resting: tuple[type, ...]) -> None:
    """From every state a path leads to an end or to a resting state."""
    leads = {key for key, seen in walk.seen.items() if isinstance(seen.state, resting)}
    while True:
        more = {
            key
            for key, seen in walk.seen.items()
            if key not in leads and any(to is None or to in leads for _, to in seen.ways)
        }
        if not more:
            break
        leads |= more
    stuck = [seen.state for key, seen in walk.seen.items() if key not in leads]
    assert not stuck, f"no way out of {stuck[:3]}"
