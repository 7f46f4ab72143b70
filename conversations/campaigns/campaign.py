"""A manager plans a campaign: which survey, whom, what it is called, when, how often; a look at it with its numbers, and it is handed in.

1. What can be chosen as a type, a service or a station stands in the state (`offered`); a name that is not among them can be written.
2. The moments on the buttons are those that were shown, whatever the time of the press.
3. How many people it would reach is counted outside: `Drafted` asks for it, and the state that comes back has `counts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from conversations.buttons import Choose, Move
from conversations.campaigns.campaign_screens import CYCLES, GROUPS, NOW, PAGE, screen
from conversations.campaigns.campaign_states import (
    STEPS,
    Calling,
    Choosing,
    Confirming,
    Grouping,
    Naming,
    Planning,
    Repeating,
    State,
    Timing,
    place,
)
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Conversation,
    Event,
    Pressed,
    Said,
    Save,
    Screen,
    Step,
    Text,
    done,
    goto,
)
from domain.company import Asking
from domain.surveys.campaign import WITH_VALUE, Audience, Cycle, Group
from domain.surveys.survey import Words as Labels
from domain.surveys.survey import words
from domain.when import understand

NAME = "campaign"
TITLE, VALUE = 100, 64
"""The most characters of a title, and of the name of a group."""

FARTHEST = timedelta(days=731)
"""Nobody plans further ahead than two years."""

_MORNING = time(10)


@dataclass(frozen=True, slots=True)
class Drafted:
    """The manager wants to know how many people these are."""

    audience: Audience


@dataclass(frozen=True, slots=True)
class Planned:
    """The manager hands it in; `starts_at` is None where it starts as soon as it is approved."""

    title: str
    survey: str
    audience: Audience
    cycle: Cycle
    starts_at: datetime | None


def conversation(titles: Mapping[str, Labels], zone: ZoneInfo, asking: Asking) -> Conversation[State]:
    """The dialogue over the company's surveys, by key; moments are read and shown on the company's clock."""
    return Conversation(
        NAME,
        State,
        lambda state, language: screen(titles, zone, asking, state, language),
        lambda state, event: step(titles, zone, state, event),
    )


def step(titles: Mapping[str, Labels], zone: tzinfo, state: State, event: Event) -> Step[State]:
    match event:
        case Pressed(Move(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text("campaign-dropped"),)))
        case Pressed(Move(draft, at, "b")) if draft == state.draft and at == place(state) > 0:
            return goto(_at(state, at, -1))
        case Pressed(Move(draft, at, "y")) if draft == state.draft and isinstance(state, Confirming):
            return _hand_in(state) if at == place(state) else NOT_UNDERSTOOD
        case Pressed(Move(draft, at, to)) if (
            draft == state.draft and at == place(state) and isinstance(state, Choosing)
        ):
            return _turn(state, to)
        case Pressed(Choose(draft, at, option)) if draft == state.draft and at == place(state):
            return _chosen(titles, state, option)
        case Said(text) if text.strip():
            return _said(state, text.strip(), zone)
        case _:
            return NOT_UNDERSTOOD


def _chosen(titles: Mapping[str, Labels], state: State, option: int) -> Step[State]:
    match state:
        case Naming() if option < len(titles):
            return _onward(state, survey=tuple(titles)[option])
        case Grouping() if option < len(GROUPS):
            return _onward(state, group=GROUPS[option].value, value="")
        case Choosing() if option < len(state.offered.get(state.group, ())):
            return _onward(state, value=state.offered[state.group][option])
        case Calling() if option == 0 and state.survey in titles:
            return _onward(state, title=words(titles[state.survey], state.language)[:TITLE])
        case Timing() if option < len(state.quick):
            return _onward(state, starts=state.quick[option][1])
        case Repeating() if option < len(CYCLES):
            drafted = Drafted(Audience(Group(state.group), state.value))
            return goto(_at(msgspec.structs.replace(state, cycle=CYCLES[option].value), place(state), 1), Save(drafted))
        case _:
            return NOT_UNDERSTOOD


def _said(state: State, text: str, zone: tzinfo) -> Step[State]:
    match state:
        case Choosing():
            return _onward(state, value=text[:VALUE])
        case Calling():
            return _onward(state, title=" ".join(text.split())[:TITLE])
        case Timing():
            return _when(state, text, zone)
        case _:
            return NOT_UNDERSTOOD


def _when(state: Timing, text: str, zone: tzinfo) -> Step[State]:
    now = datetime.fromisoformat(state.now)
    found = understand(text, now, zone)
    if found is None:
        return _trouble(state, "when-unclear", text)
    if found <= now:
        return _trouble(state, "when-past", text)
    if found > now + FARTHEST:
        return _trouble(state, "campaign-when-far", text)
    return _onward(state, starts=found.isoformat())


def _trouble(state: Timing, key: str, said: str) -> Step[State]:
    return goto(msgspec.structs.replace(state, trouble=key, said=said))


def _turn(state: Choosing, to: str) -> Step[State]:
    last = (len(state.offered.get(state.group, ())) - 1) // PAGE
    match to:
        case "n" if state.page < last:
            return goto(msgspec.structs.replace(state, page=state.page + 1))
        case "p" if state.page:
            return goto(msgspec.structs.replace(state, page=state.page - 1))
        case _:
            return NOT_UNDERSTOOD


def _onward(state: State, **known: str) -> Step[State]:
    return goto(_at(msgspec.structs.replace(state, **known), place(state), 1))


def _at(state: State, at: int, by: int) -> State:
    """The step after or before this one; which type, service or station is asked only where there is one to choose."""
    at += by
    if STEPS[at] is Choosing and state.group not in WITH_VALUE:
        at += by
    common: dict[str, Any] = {name: getattr(state, name) for name in Planning.__struct_fields__}
    if STEPS[at] is Timing:
        return Timing(**common, quick=_quick(state.now))
    return STEPS[at](**common)


def _quick(now: str) -> list[tuple[str, str]]:
    """The moments that can be pressed: text key and ISO moment, the first one is now."""
    base = datetime.fromisoformat(now)
    first = (base.replace(day=1) + timedelta(days=32)).replace(day=1)
    days = (
        ("campaign-quick-tomorrow", base + timedelta(days=1)),
        ("campaign-quick-monday", base + timedelta(days=7 - base.weekday())),
        ("campaign-quick-month", first),
    )
    return [
        ("campaign-quick-now", NOW),
        *((key, datetime.combine(on, _MORNING, base.tzinfo).isoformat()) for key, on in days),
    ]


def _hand_in(state: Confirming) -> Step[State]:
    planned = Planned(
        state.title,
        state.survey,
        Audience(Group(state.group), state.value),
        Cycle(state.cycle),
        None if state.starts == NOW else datetime.fromisoformat(state.starts),
    )
    return done(Save(planned), last=Screen((Text("campaign-handed-in", {"title": state.title}),)))
