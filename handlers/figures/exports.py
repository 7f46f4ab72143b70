"""Data export, `/export` (M7): everything behind the figures of a period as a file, written when it is sent.

1. A manager can export everything, in private or in the group of management or quality; in a department's group only
   that department's data, since everybody there reads along. The head of a department can export their own
   department's.
2. What customers wrote is included only for a manager in private. The log records who took what.
3. The queued call says what was requested, and nothing of what will be in it.
"""

from conversations.buttons import ExportButton
from conversations.protocol import Key, KeyboardRow, Text
from domain.company import Company
from domain.figures.export import ExportFormat, ExportRequest
from domain.figures.period import PeriodError, parse_period
from domain.surveys.survey import localize
from handlers.access import rights, visibility
from handlers.access.rights import Right
from handlers.turns import attachments
from handlers.turns.turn import Turn
from storage.queue.outbox import Priority

KIND = "export"
"""The kind of file; bot/drawing/helper_process.py has it written by a separate process."""

TAKE_ACTION = "export.take"
"""Its name in the log."""

_FORMS = {"x": ExportFormat.XLSX, "c": ExportFormat.CSV}
_FORM_CODES = {form: code for code, form in _FORMS.items()}
_FORM_WORDS = {"csv": ExportFormat.CSV, "xlsx": ExportFormat.XLSX, "excel": ExportFormat.XLSX}


async def on_command(turn: Turn, text: str) -> None:
    """`/export [csv] [period]`; this month by default."""
    said = text.split()
    forms = [_FORM_WORDS[one.lower()] for one in said if one.lower() in _FORM_WORDS]
    period = " ".join(one for one in said if one.lower() not in _FORM_WORDS)
    await _owe_export(turn, period or "month", forms[0] if forms else ExportFormat.XLSX)


async def on_press(turn: Turn, button: ExportButton) -> None:
    await _owe_export(turn, button.period, _FORMS.get(button.form, ExportFormat.XLSX))


async def _owe_export(turn: Turn, text: str, form: ExportFormat) -> None:
    departments = await visibility.find_figures_departments(turn)
    if departments == visibility.NO_DEPARTMENTS:
        turn.toast("export-only", alert=True)
        return
    try:
        period = parse_period(text, turn.now, turn.company.zone, turn.vocabulary.periods)
    except PeriodError as error:
        turn.toast(error.key, alert=True, **error.values)
        return
    wanted = ExportRequest(
        period, departments, form, words=departments is None and await rights.may(turn, Right.TAKE_WORDS)
    )
    said = {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "departments": _format_departments(turn.company, departments, turn.language),
    }
    other = ExportFormat.CSV if form is ExportFormat.XLSX else ExportFormat.XLSX
    rows: tuple[KeyboardRow, ...] = ((Key(Text(f"export-as-{other}"), ExportButton(period.code, _FORM_CODES[other])),),)
    priority = Priority.PEOPLE if turn.private else Priority.STAFF
    name = f"export:{turn.person.telegram_id}"
    coming = turn.text("export-coming", **said)
    turn.batch.show(turn.chat, name, coming, rows, language=turn.language, fresh=True, priority=priority)
    ending = "zip" if form is ExportFormat.CSV else "xlsx"
    attachments.send_file(
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
    turn.batch.record(turn.person.id, TAKE_ACTION, f"period:{period.code}", None, after)


def _format_departments(company: Company, departments: tuple[str, ...] | None, language: str) -> str:
    """The departments by name, separated by commas; "none" if `departments` is None, for all of them."""
    if departments is None:
        return "none"
    known = company.departments
    return ", ".join(localize(known[one].name, language) if one in known else one for one in departments)
