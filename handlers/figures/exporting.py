"""`/export`: everything behind the figures of a period as a file, which is written when its turn to be sent comes (M7).

1. A manager takes everything, in private or in the group of management or quality; in a department's group only that department's, for
   everybody there reads along. The head of a department takes that of the own one.
2. What customers wrote is in it only for a manager in private. Who took what is in the log.
3. What is owed says what was asked for, and nothing of what will be in it.
"""

from conversations.buttons import Export
from conversations.protocol import Key, Row, Text
from domain.company import Company
from domain.figures.export import Form, Wanted
from domain.figures.period import PeriodError, parse_period
from domain.surveys.survey import words
from handlers.access import scope
from handlers.turns import drawn
from handlers.turns.batch import Turn
from storage.queue import outbox

KIND = "export"
"""The kind of file; bot/drawing/drawing.py has it written by a process of its own."""

TAKEN = "export.take"
"""What the log calls it."""

_FORMS = {"x": Form.XLSX, "c": Form.CSV}
_CODES = {form: code for code, form in _FORMS.items()}
_SAID = {"csv": Form.CSV, "xlsx": Form.XLSX, "excel": Form.XLSX}


async def asked(turn: Turn, text: str) -> None:
    """`/export [csv] [period]`: this month without one."""
    said = text.split()
    forms = [_SAID[one.lower()] for one in said if one.lower() in _SAID]
    period = " ".join(one for one in said if one.lower() not in _SAID)
    await _owe(turn, period or "month", forms[0] if forms else Form.XLSX)


async def pressed(turn: Turn, button: Export) -> None:
    await _owe(turn, button.period, _FORMS.get(button.form, Form.XLSX))


async def _owe(turn: Turn, text: str, form: Form) -> None:
    departments = await scope.figures(turn)
    if departments == scope.NOTHING:
        turn.toast("export-only", alert=True)
        return
    try:
        period = parse_period(text, turn.now, turn.company.zone)
    except PeriodError as error:
        turn.toast(error.key, alert=True, **error.values)
        return
    wanted = Wanted(period, departments, form, words=turn.private and turn.person.is_manager and departments is None)
    said = {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "departments": _named(turn.company, departments, turn.language),
    }
    other = Form.CSV if form is Form.XLSX else Form.XLSX
    rows: tuple[Row, ...] = ((Key(Text(f"export-as-{other}"), Export(period.code, _CODES[other])),),)
    priority = outbox.PEOPLE if turn.private else outbox.STAFF
    name = f"export:{turn.person.telegram_id}"
    coming = turn.text("export-coming", **said)
    turn.batch.show(turn.chat, name, coming, rows, language=turn.language, fresh=True, priority=priority)
    ending = "zip" if form is Form.CSV else "xlsx"
    drawn.file(
        turn.batch,
        turn.chat,
        KIND,
        wanted,
        filename=f"huifang {period.first}_{period.last}.{ending}",
        language=turn.language,
        caption=turn.text("export-caption", form=form.value, words="yes" if wanted.words else "no", **said),
        priority=priority,
    )
    after = f"{form}:{'*' if departments is None else ','.join(departments)}:{'words' if wanted.words else ''}"
    turn.batch.record(turn.person.id, TAKEN, f"period:{period.code}", None, after)


def _named(company: Company, departments: tuple[str, ...] | None, language: str) -> str:
    """The departments in words; `none` where it is about all of them."""
    if departments is None:
        return "none"
    known = company.departments
    return ", ".join(words(known[one].name, language) if one in known else one for one in departments)
