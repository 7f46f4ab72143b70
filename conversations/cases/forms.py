"""A form about a case (see `fields`; `form_screens` says how it looks): one question after the other, shown back, and only then it counts.

1. What is typed is a reply to the question. A question with buttons can be answered by either: "press, or reply".
2. Back goes back one question, and shows what was said to it.
3. A state hears from the engine what time it is (`now`); the moments on its buttons are those it showed, whatever the time of the press.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

import msgspec

from conversations.buttons import Choose, Move
from conversations.cases.fields import FORMS, PAGE, SCORES, Asking, Confirming, Filling, Kind
from conversations.cases.form_screens import screen
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
from domain.when import DEFAULT, understand

NAME = "form"
State = Asking | Confirming


@dataclass(frozen=True, slots=True)
class Filled:
    """`event` happens to the case with these facts, by the names of `Need`."""

    case: int
    event: str
    given: Mapping[str, str]


def conversation(zone: tzinfo) -> Conversation[State]:
    """The dialogue; moments are read and shown on the company's clock."""
    return Conversation(
        NAME, State, lambda state, _language: screen(state, zone), lambda state, event: step(state, event, zone)
    )


def begin(state: Asking) -> Asking:
    """The form at its first question."""
    return _ask(state, 0)


def step(state: State, event: Event, zone: tzinfo) -> Step[State]:
    match state, event:
        case _, Pressed(Move(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text("staff-cancelled", {"number": state.number}),)))
        case Asking(), Pressed(Choose(draft, at, option)) if draft == state.draft and at == state.field:
            return _chosen(state, option)
        case Asking(), Pressed(Move(draft, at, to)) if draft == state.draft and at == state.field:
            return _moved(state, to)
        case Asking(), Said(text) if text.strip():
            return _said(state, text.strip(), zone)
        case Confirming(), Pressed(Move(draft, _, "y")) if draft == state.draft:
            return _finish(state)
        case Confirming(), Pressed(Move(draft, _, "b")) if draft == state.draft:
            return goto(_ask(state, len(FORMS[state.form].fields) - 1))
        case _:
            return NOT_UNDERSTOOD


def _chosen(state: Asking, option: int) -> Step[State]:
    field = state.asked
    match field.kind:
        case Kind.EITHER if option in {0, 1}:
            return _answer(state, "yes" if option else "no")
        case Kind.SCORE if option < SCORES:
            return _answer(state, str(option + 1))
        case Kind.MOMENT if option < len(state.quick):
            return _at(state, datetime.fromisoformat(state.quick[option][1]), "")
        case Kind.DAY if option < len(state.quick):
            return _answer(state, state.quick[option][1][:10])
        case Kind.WORDS | Kind.CHOICE if option < len(state.offered.get(field.name, ())):
            return _answer(state, state.offered[field.name][option][0])
        case _:
            return NOT_UNDERSTOOD


def _moved(state: Asking, to: str) -> Step[State]:
    last = (len(state.offered.get(state.asked.name, ())) - 1) // PAGE
    match to:
        case "s" if state.asked.optional:
            return _answer(state, "")
        case "k" if state.asked.name in state.given:
            return _answer(state, state.given[state.asked.name])
        case "b" if state.field:
            return goto(_ask(state, state.field - 1))
        case "n" if state.page < last:
            return goto(msgspec.structs.replace(state, page=state.page + 1))
        case "p" if state.page:
            return goto(msgspec.structs.replace(state, page=state.page - 1))
        case _:
            return NOT_UNDERSTOOD


def _said(state: Asking, text: str, zone: tzinfo) -> Step[State]:
    now = datetime.fromisoformat(state.now)
    match state.asked.kind:
        case Kind.WORDS:
            return _answer(state, text)
        case Kind.MOMENT:
            found = understand(text, now, zone)
            return _trouble(state, "when-unclear", text) if found is None else _at(state, found, text)
        case Kind.DAY:
            found = understand(text, now, zone, past=True)
            if found is None:
                return _trouble(state, "when-day-unclear", text)
            if found.date() > now.astimezone(zone).date():
                return _trouble(state, "when-future", text)
            return _answer(state, found.date().isoformat())
        case _:
            return NOT_UNDERSTOOD


def _at(state: Asking, moment: datetime, said: str) -> Step[State]:
    """A moment counts if it is to come, and after the one it replaces."""
    if moment <= datetime.fromisoformat(state.now):
        return _trouble(state, "when-past", said)
    if state.floor and moment <= datetime.fromisoformat(state.floor):
        return _trouble(state, "when-not-later", said)
    return _answer(state, moment.isoformat())


def _trouble(state: Asking, key: str, said: str) -> Step[State]:
    return goto(msgspec.structs.replace(_ask(state, state.field), trouble=key, said=said))


def _answer(state: Asking, value: str) -> Step[State]:
    """On to the next question, or to the preview."""
    filled = msgspec.structs.replace(state, given={**state.given, state.asked.name: value})
    form = FORMS[state.form]
    if state.field + 1 < len(form.fields):
        return goto(_ask(filled, state.field + 1))
    common = {name: getattr(filled, name) for name in Filling.__struct_fields__}
    confirming = Confirming(**common)
    return goto(confirming) if form.confirmed else _finish(confirming)


def _finish(state: Confirming) -> Step[State]:
    form = FORMS[state.form]
    sent = Screen((Text(f"{state.form}-sent", {"number": state.number}),))
    return done(Save(Filled(state.case, form.event.value, state.given)), last=sent)


def _ask(state: State, field: int) -> Asking:
    common = {name: getattr(state, name) for name in Filling.__struct_fields__}
    return Asking(**common, field=field, quick=_quick(FORMS[state.form].fields[field].kind, state.now, state.floor))


def _quick(kind: Kind, now: str, floor: str) -> list[tuple[str, str]]:
    """The moments that can be pressed: text key and ISO moment."""
    if kind not in {Kind.MOMENT, Kind.DAY}:
        return []
    base = datetime.fromisoformat(now)

    def on(days: int, at: time = DEFAULT, since: datetime = base) -> str:
        return datetime.combine(since.date() + timedelta(days=days), at, since.tzinfo).isoformat()

    if kind is Kind.DAY:
        return [("quick-today", on(0)), ("quick-yesterday", on(-1))]
    if floor and (since := datetime.fromisoformat(floor)) > base:
        later = (("quick-day-later", 1), ("quick-3-days-later", 3), ("quick-week-later", 7))
        return [(key, (since + timedelta(days=days)).isoformat()) for key, days in later]
    found = [
        ("quick-today-18", on(0)),
        ("quick-tomorrow-12", on(1, time(12))),
        ("quick-tomorrow-18", on(1)),
        ("quick-in-3-days", on(3)),
        ("quick-in-a-week", on(7)),
    ]
    return [one for one in found if datetime.fromisoformat(one[1]) > base]
