"""Form about a case (see `fields`; drawn by `form_screens`): one question after another, shown back, and only then it counts.

1. Typed answers are replies to the question. A question with buttons can be answered either way: "press, or reply".
2. Back goes back one question and shows its answer.
3. The engine tells a state what time it is (`now`); the moments on its buttons are those it showed, whatever the time
   of the press.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

import msgspec

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.cases.fields import (
    CHOICES_PER_PAGE,
    FORMS,
    HIGHEST_SCORE,
    AskingField,
    ConfirmingForm,
    FieldKind,
    Filling,
)
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
from domain.spoken import Phrases
from domain.when import DEFAULT, understand

NAME = "form"
State = AskingField | ConfirmingForm


@dataclass(frozen=True, slots=True)
class FormFilled:
    """`event` happens to the case with these facts, by the names of `Need`."""

    case: int
    event: str
    given: Mapping[str, str]


def conversation(zone: tzinfo, phrases: Sequence[Phrases]) -> Conversation[State]:
    """The dialogue; moments are read with these phrases and shown in company time."""
    return Conversation(
        NAME,
        State,
        lambda state, _language: screen(state, zone),
        lambda state, event: step(state, event, zone, phrases),
    )


def begin(state: AskingField) -> AskingField:
    """The form at its first question."""
    return _ask(state, 0)


def step(state: State, event: Event, zone: tzinfo, phrases: Sequence[Phrases]) -> Step[State]:
    match state, event:
        case _, Pressed(DraftMoveButton(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text("staff-cancelled", {"number": state.number}),)))
        case AskingField(), Pressed(DraftOptionButton(draft, at, option)) if draft == state.draft and at == state.field:
            return _choose(state, option)
        case AskingField(), Pressed(DraftMoveButton(draft, at, to)) if draft == state.draft and at == state.field:
            return _move(state, to)
        case AskingField(), Said(text) if text.strip():
            return _take_words(state, text.strip(), zone, phrases)
        case ConfirmingForm(), Pressed(DraftMoveButton(draft, _, "y")) if draft == state.draft:
            return _finish(state)
        case ConfirmingForm(), Pressed(DraftMoveButton(draft, _, "b")) if draft == state.draft:
            return goto(_ask(state, len(FORMS[state.form].fields) - 1))
        case _:
            return NOT_UNDERSTOOD


def _choose(state: AskingField, option: int) -> Step[State]:
    field = state.asked
    match field.kind:
        case FieldKind.EITHER if option in {0, 1}:
            return _record_answer(state, "yes" if option else "no")
        case FieldKind.SCORE if option < HIGHEST_SCORE:
            return _record_answer(state, str(option + 1))
        case FieldKind.MOMENT if option < len(state.quick):
            return _take_moment(state, datetime.fromisoformat(state.quick[option][1]), "")
        case FieldKind.DAY if option < len(state.quick):
            return _record_answer(state, state.quick[option][1][:10])
        case FieldKind.WORDS | FieldKind.CHOICE if option < len(state.offered.get(field.name, ())):
            return _record_answer(state, state.offered[field.name][option][0])
        case _:
            return NOT_UNDERSTOOD


def _move(state: AskingField, to: str) -> Step[State]:
    last = (len(state.offered.get(state.asked.name, ())) - 1) // CHOICES_PER_PAGE
    match to:
        case "s" if state.asked.optional:
            return _record_answer(state, "")
        case "k" if state.asked.name in state.given:
            return _record_answer(state, state.given[state.asked.name])
        case "b" if state.field:
            return goto(_ask(state, state.field - 1))
        case "n" if state.page < last:
            return goto(msgspec.structs.replace(state, page=state.page + 1))
        case "p" if state.page:
            return goto(msgspec.structs.replace(state, page=state.page - 1))
        case _:
            return NOT_UNDERSTOOD


def _take_words(state: AskingField, text: str, zone: tzinfo, phrases: Sequence[Phrases]) -> Step[State]:
    now = datetime.fromisoformat(state.now)
    match state.asked.kind:
        case FieldKind.WORDS:
            return _record_answer(state, text)
        case FieldKind.MOMENT:
            moment = understand(text, now, zone, phrases)
            return _show_trouble(state, "when-unclear", text) if moment is None else _take_moment(state, moment, text)
        case FieldKind.DAY:
            moment = understand(text, now, zone, phrases, past=True)
            if moment is None:
                return _show_trouble(state, "when-day-unclear", text)
            if moment.date() > now.astimezone(zone).date():
                return _show_trouble(state, "when-future", text)
            return _record_answer(state, moment.date().isoformat())
        case _:
            return NOT_UNDERSTOOD


def _take_moment(state: AskingField, moment: datetime, said: str) -> Step[State]:
    """Accept a moment if it lies in the future and after the one it replaces."""
    if moment <= datetime.fromisoformat(state.now):
        return _show_trouble(state, "when-past", said)
    if state.floor and moment <= datetime.fromisoformat(state.floor):
        return _show_trouble(state, "when-not-later", said)
    return _record_answer(state, moment.isoformat())


def _show_trouble(state: AskingField, key: str, said: str) -> Step[State]:
    return goto(msgspec.structs.replace(_ask(state, state.field), trouble=key, said=said))


def _record_answer(state: AskingField, value: str) -> Step[State]:
    """Record the answer and go on to the next question or the preview."""
    filled = msgspec.structs.replace(state, given={**state.given, state.asked.name: value})
    form = FORMS[state.form]
    if state.field + 1 < len(form.fields):
        return goto(_ask(filled, state.field + 1))
    common = {name: getattr(filled, name) for name in Filling.__struct_fields__}
    confirming = ConfirmingForm(**common)
    return goto(confirming) if form.confirmed else _finish(confirming)


def _finish(state: ConfirmingForm) -> Step[State]:
    form = FORMS[state.form]
    sent = Screen((Text(f"{state.form}-sent", {"number": state.number}),))
    return done(Save(FormFilled(state.case, form.event.value, state.given)), last=sent)


def _ask(state: State, field: int) -> AskingField:
    common = {name: getattr(state, name) for name in Filling.__struct_fields__}
    return AskingField(
        **common, field=field, quick=_list_quick_moments(FORMS[state.form].fields[field].kind, state.now, state.floor)
    )


def _list_quick_moments(kind: FieldKind, now: str, floor: str) -> list[tuple[str, str]]:
    """The moments offered as buttons, as (text key, ISO moment)."""
    if kind not in {FieldKind.MOMENT, FieldKind.DAY}:
        return []
    base = datetime.fromisoformat(now)

    def on(days: int, at: time = DEFAULT, since: datetime = base) -> str:
        return datetime.combine(since.date() + timedelta(days=days), at, since.tzinfo).isoformat()

    if kind is FieldKind.DAY:
        return [("quick-today", on(0)), ("quick-yesterday", on(-1))]
    if floor and (since := datetime.fromisoformat(floor)) > base:
        later = (("quick-day-later", 1), ("quick-3-days-later", 3), ("quick-week-later", 7))
        return [(key, (since + timedelta(days=days)).isoformat()) for key, days in later]
    moments = [
        ("quick-today-18", on(0)),
        ("quick-tomorrow-12", on(1, time(12))),
        ("quick-tomorrow-18", on(1)),
        ("quick-in-3-days", on(3)),
        ("quick-in-a-week", on(7)),
    ]
    return [one for one in moments if datetime.fromisoformat(one[1]) > base]
