"""How a form looks: a question with its choices, or everything that was said, to be confirmed."""

from datetime import datetime, tzinfo

from conversations.buttons import Choose, Move
from conversations.cases.fields import FORMS, PAGE, SCORES, Asking, Confirming, Field, Kind
from conversations.protocol import Key, Row, Screen, Text, Words

SHOWN = 600
"""How much of an answer is shown back."""

_END = 9


def screen(state: Asking | Confirming, zone: tzinfo) -> Screen:
    fields = FORMS[state.form].fields
    cancel = Key(Text("cancel"), Move(state.draft, _END, "x"))
    if isinstance(state, Confirming):
        parts = [Text(f"{state.form}-preview", {"number": state.number})]
        parts += [_back(state, field, zone) for field in fields if state.given.get(field.name)]
        buttons = (Key(Text("confirm"), Move(state.draft, _END, "y")), Key(Text("back"), Move(state.draft, _END, "b")))
        return Screen(tuple(parts), ((*buttons, cancel),))
    asked = state.asked
    which = f"is-{asked.key}" if asked.kind is Kind.EITHER else asked.key
    parts = [Text(f"{state.form}-{which}", {"number": state.number})]
    if state.field and fields[state.field - 1].kind is Kind.MOMENT:
        parts.insert(0, _back(state, fields[state.field - 1], zone))
    if state.given.get(asked.name):
        parts += [Text("form-so-far"), _back(state, asked, zone)]
    if state.trouble:
        floor = _shown(datetime.fromisoformat(state.floor), zone) if state.trouble == "when-not-later" else {}
        parts.append(Text(state.trouble, floor or {"text": state.said}))
    rows = _choices(state, zone)
    moves = [("skip", "s")] if asked.optional else []
    moves += [("form-keep", "k")] if asked.name in state.given else []
    moves += [("back", "b")] if state.field and (rows or moves) else []
    last = tuple(Key(Text(key), Move(state.draft, state.field, to)) for key, to in moves)
    # Telegram takes a reply prompt or buttons, not both: a question that only words can answer has none.
    asks = asked.kind not in {Kind.CHOICE, Kind.EITHER, Kind.SCORE}
    rows = (*rows, (*last, cancel)) if rows or last or not asks else ()
    return Screen(tuple(parts), rows, asks=asks)


def _choices(state: Asking, zone: tzinfo) -> tuple[Row, ...]:
    """One row per choice, a page at a time; quick moments with the date they mean."""

    def key(label: Text | Words, option: int) -> Key:
        return Key(label, Choose(state.draft, state.field, option))

    asked = state.asked
    if asked.kind is Kind.EITHER:
        name = f"{state.form}-{asked.key}"
        return ((key(Text(name), 1), key(Text(f"{state.form}-not-{asked.key}"), 0)),)
    if asked.kind is Kind.SCORE:
        return (tuple(key(Words(str(n + 1)), n) for n in range(SCORES)),)
    if state.quick:
        dates = [datetime.fromisoformat(at).astimezone(zone) for _, at in state.quick]
        keys = [
            key(Text(label, {"day": f"{at:%m-%d}"}), n)
            for n, ((label, _), at) in enumerate(zip(state.quick, dates, strict=True))
        ]
        return tuple(tuple(keys[n : n + 2]) for n in range(0, len(keys), 2))
    offered = state.offered.get(asked.name, [])
    first = state.page * PAGE
    rows = [(key(Words(label), n),) for n, (_, label) in enumerate(offered) if first <= n < first + PAGE]
    turns = [("form-previous", "p")] if state.page else []
    turns += [("form-next", "n")] if first + PAGE < len(offered) else []
    if turns:
        rows.append(tuple(Key(Text(label), Move(state.draft, state.field, to)) for label, to in turns))  # type: ignore[arg-type]  # rows differ in length
    return tuple(rows)


def _back(state: Asking | Confirming, field: Field, zone: tzinfo) -> Text:
    """One answer, shown back."""
    value = state.given[field.name]
    match field.kind:
        case Kind.MOMENT:
            return Text("form-due", _shown(datetime.fromisoformat(value), zone))
        case Kind.DAY:
            day = datetime.fromisoformat(value)
            return Text("form-day", {"at": value, "weekday": day.isoweekday()})
        case Kind.EITHER:
            return Text(f"{state.form}-preview-{field.key if value == 'yes' else f'not-{field.key}'}")
        case Kind.CHOICE:
            value = dict(state.offered.get(field.name, ())).get(value, value)
        case Kind.WORDS | Kind.SCORE:
            pass
    shown = value if len(value) <= SHOWN else value[:SHOWN] + "…"
    return Text(f"{state.form}-preview-{field.key}", {"text": shown})


def _shown(moment: datetime, zone: tzinfo) -> dict[str, str | int]:
    here = moment.astimezone(zone)
    return {"at": f"{here:%Y-%m-%d %H:%M}", "weekday": here.isoweekday()}
