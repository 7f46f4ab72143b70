"""How planning a campaign looks: a question with its choices, or the whole plan with its numbers, to be confirmed."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from conversations.buttons import Choose, Move
from conversations.campaigns.campaign_states import (
    Calling,
    Choosing,
    Confirming,
    Grouping,
    Naming,
    Repeating,
    State,
    Timing,
    place,
)
from conversations.protocol import Key, Row, Screen, Text, Words
from domain.company import Asking
from domain.surveys.asking import opening
from domain.surveys.campaign import Audience, Cycle, Group
from domain.surveys.survey import Words as Labels
from domain.surveys.survey import words

GROUPS = tuple(Group)
CYCLES = tuple(Cycle)
PAGE = 8
"""Names on one screen."""

NOW = "now"

_LABEL = 40


def screen(titles: Mapping[str, Labels], zone: ZoneInfo, asking: Asking, state: State, language: str) -> Screen:
    def key(label: Text | Words, option: int) -> Key:
        return Key(label, Choose(state.draft, place(state), option))

    controls = _controls(state)
    match state:
        case Naming():
            rows = [(key(Words(short(words(title, language))), n),) for n, title in enumerate(titles.values())]
            return Screen((Text("campaign-which-survey"),), (*rows, controls))
        case Grouping():
            rows = [(key(Text(f"campaign-group-{group}"), n),) for n, group in enumerate(GROUPS)]
            return Screen((Text("campaign-which-group"),), (*rows, controls))
        case Choosing():
            return Screen((Text(f"campaign-which-{state.group}"),), (*_names(state), controls), asks=True)
        case Calling():
            suggested = words(titles.get(state.survey, {}), state.language)
            rows = [(key(Words(short(suggested)), 0),)] if suggested else []
            return Screen((Text("campaign-which-title"),), (*rows, controls), asks=True)
        case Timing():
            trouble = (Text(state.trouble, {"text": state.said}),) if state.trouble else ()
            quick = [key(_moment_label(label, at, zone), n) for n, (label, at) in enumerate(state.quick)]
            pairs = tuple(tuple(quick[n : n + 2]) for n in range(0, len(quick), 2))
            return Screen((Text("campaign-which-moment"), *trouble), (*pairs, controls), asks=True)
        case Repeating():
            rows = [(key(Text(cycle_key(cycle)), n),) for n, cycle in enumerate(CYCLES)]
            return Screen((Text("campaign-which-cycle"),), (*rows, controls))
        case Confirming():
            confirm = Key(Text("confirm"), Move(state.draft, place(state), "y"))
            return Screen(_summary(titles, zone, asking, state, language), ((confirm, *controls),))


def cycle_key(cycle: Cycle) -> str:
    return f"campaign-cycle-{cycle.replace('_', '-')}"


def audience_text(audience: Audience) -> Text:
    return Text(f"campaign-audience-{audience.group}", {"value": audience.value} if audience.value else {})


def moment(at: datetime, zone: tzinfo) -> dict[str, str | int]:
    here = at.astimezone(zone)
    return {"at": f"{here:%Y-%m-%d %H:%M}", "weekday": here.isoweekday()}


def hours_text(asking: Asking) -> Text:
    """That this is no hour to ask people something; the managers decide."""
    return Text("campaign-disturbs", {"from": asking.ask_from, "until": asking.ask_until})


def short(text: str) -> str:
    return text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"


def _controls(state: State) -> Row:
    back = (Key(Text("back"), Move(state.draft, place(state), "b")),) if place(state) else ()
    return (*back, Key(Text("cancel"), Move(state.draft, place(state), "x")))


def _names(state: Choosing) -> tuple[Row, ...]:
    names, first = state.offered.get(state.group, ()), state.page * PAGE
    shown = [
        Key(Words(short(name)), Choose(state.draft, place(state), n))
        for n, name in enumerate(names)
        if first <= n < first + PAGE
    ]
    rows: list[Row] = [tuple(shown[n : n + 2]) for n in range(0, len(shown), 2)]
    turns = [("form-previous", "p")] if state.page else []
    turns += [("form-next", "n")] if first + PAGE < len(names) else []
    if turns:
        rows.append(tuple(Key(Text(label), Move(state.draft, place(state), to)) for label, to in turns))
    return tuple(rows)


def _moment_label(label: str, at: str, zone: tzinfo) -> Text:
    if at == NOW:
        return Text(label)
    return Text(label, {"day": f"{datetime.fromisoformat(at).astimezone(zone):%m-%d %H:%M}"})


def _summary(
    titles: Mapping[str, Labels], zone: ZoneInfo, asking: Asking, state: Confirming, language: str
) -> tuple[Text | Words, ...]:
    at = datetime.fromisoformat(state.now if state.starts == NOW else state.starts)
    when = Text("campaign-plan-now") if state.starts == NOW else Text("campaign-plan-when", moment(at, zone))
    parts: list[Text | Words] = [
        Text("campaign-plan", {"title": state.title}),
        Text("campaign-plan-survey", {"survey": words(titles.get(state.survey, {}), language)}),
        audience_text(Audience(Group(state.group), state.value)),
        when,
        Text(f"{cycle_key(Cycle(state.cycle))}-says"),
    ]
    if state.counts is not None:
        reached, unreachable, stopped = state.counts
        parts.append(Text("campaign-reach", {"reached": reached, "unreachable": unreachable, "stopped": stopped}))
    if opening(asking, at, zone) > at:
        parts.append(hours_text(asking))
    return (*parts, Text("campaign-plan-next"))
