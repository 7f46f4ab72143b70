"""Screens of a form: a question with its choices, or all answers, to be confirmed."""

from datetime import datetime, tzinfo

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.cases.fields import (
    CHOICES_PER_PAGE,
    FORMS,
    HIGHEST_SCORE,
    AskingField,
    ConfirmingForm,
    FieldKind,
    FormField,
)
from conversations.pieces import shorten
from conversations.protocol import Key, KeyboardRow, Screen, Text, Words

SHOWN_CHARACTERS = 600
"""How many characters of an answer are shown back."""

_END = 9


def screen(state: AskingField | ConfirmingForm, zone: tzinfo) -> Screen:
    fields = FORMS[state.form].fields
    cancel = Key(Text("cancel"), DraftMoveButton(state.draft, _END, "x"))
    if isinstance(state, ConfirmingForm):
        parts = [Text(f"{state.form}-preview", {"number": state.number})]
        parts += [_draw_answer(state, field, zone) for field in fields if state.given.get(field.name)]
        buttons = (
            Key(Text("confirm"), DraftMoveButton(state.draft, _END, "y")),
            Key(Text("back"), DraftMoveButton(state.draft, _END, "b")),
        )
        return Screen(tuple(parts), ((*buttons, cancel),))
    asked = state.asked
    which = f"is-{asked.key}" if asked.kind is FieldKind.EITHER else asked.key
    parts = [Text(f"{state.form}-{which}", {"number": state.number})]
    if state.field and fields[state.field - 1].kind is FieldKind.MOMENT:
        parts.insert(0, _draw_answer(state, fields[state.field - 1], zone))
    if state.given.get(asked.name):
        parts += [Text("form-so-far"), _draw_answer(state, asked, zone)]
    if state.trouble:
        floor = _format_moment(datetime.fromisoformat(state.floor), zone) if state.trouble == "when-not-later" else {}
        parts.append(Text(state.trouble, floor or {"text": state.said}))
    rows = _draw_choices(state, zone)
    moves = [("skip", "s")] if asked.optional else []
    moves += [("form-keep", "k")] if asked.name in state.given else []
    moves += [("back", "b")] if state.field and (rows or moves) else []
    last = tuple(Key(Text(key), DraftMoveButton(state.draft, state.field, to)) for key, to in moves)
    # Telegram allows a reply prompt or buttons, not both: a question that only words can answer has no buttons.
    asks = asked.kind not in {FieldKind.CHOICE, FieldKind.EITHER, FieldKind.SCORE}
    rows = (*rows, (*last, cancel)) if rows or last or not asks else ()
    return Screen(tuple(parts), rows, asks=asks)


def _draw_choices(state: AskingField, zone: tzinfo) -> tuple[KeyboardRow, ...]:
    """One row per choice, a page at a time; quick moments with the date they mean."""

    def key(label: Text | Words, option: int) -> Key:
        return Key(label, DraftOptionButton(state.draft, state.field, option))

    asked = state.asked
    if asked.kind is FieldKind.EITHER:
        name = f"{state.form}-{asked.key}"
        return ((key(Text(name), 1), key(Text(f"{state.form}-not-{asked.key}"), 0)),)
    if asked.kind is FieldKind.SCORE:
        return (tuple(key(Words(str(n + 1)), n) for n in range(HIGHEST_SCORE)),)
    if state.quick:
        dates = [datetime.fromisoformat(at).astimezone(zone) for _, at in state.quick]
        keys = [
            key(Text(label, {"day": f"{at:%m-%d}"}), n)
            for n, ((label, _), at) in enumerate(zip(state.quick, dates, strict=True))
        ]
        return tuple(tuple(keys[n : n + 2]) for n in range(0, len(keys), 2))
    offered = state.offered.get(asked.name, [])
    first = state.page * CHOICES_PER_PAGE
    rows = [(key(Words(label), n),) for n, (_, label) in enumerate(offered) if first <= n < first + CHOICES_PER_PAGE]
    turns = [("form-previous", "p")] if state.page else []
    turns += [("form-next", "n")] if first + CHOICES_PER_PAGE < len(offered) else []
    if turns:
        rows.append(tuple(Key(Text(label), DraftMoveButton(state.draft, state.field, to)) for label, to in turns))  # type: ignore[arg-type]  # rows differ in length
    return tuple(rows)


def _draw_answer(state: AskingField | ConfirmingForm, field: FormField, zone: tzinfo) -> Text:
    """One answer, shown back."""
    value = state.given[field.name]
    match field.kind:
        case FieldKind.MOMENT:
            return Text("form-due", _format_moment(datetime.fromisoformat(value), zone))
        case FieldKind.DAY:
            day = datetime.fromisoformat(value)
            return Text("form-day", {"at": value, "weekday": day.isoweekday()})
        case FieldKind.EITHER:
            return Text(f"{state.form}-preview-{field.key if value == 'yes' else f'not-{field.key}'}")
        case FieldKind.CHOICE:
            value = dict(state.offered.get(field.name, ())).get(value, value)
        case FieldKind.WORDS | FieldKind.SCORE:
            pass
    return Text(f"{state.form}-preview-{field.key}", {"text": shorten(value, SHOWN_CHARACTERS)})


def _format_moment(moment: datetime, zone: tzinfo) -> dict[str, str | int]:
    here = moment.astimezone(zone)
    return {"at": f"{here:%Y-%m-%d %H:%M}", "weekday": here.isoweekday()}
