"""Report requests, `/report` (M8): the report of a period is enqueued; its contents are gathered now
(`report_contents`), and it is typeset when sent.

1. Managers get the whole company's, or one department's if they name it; a head gets their own department's. Everybody
   in a group reads along, so a department's group gets the department's.
2. The default period is last month during the first ten days of a month, then this month so far.
"""

from conversations.buttons import ReportButton
from domain.company import Company
from domain.figures.period import Kind, Period, PeriodError, find_last_ended, parse_period
from handlers.access import visibility
from handlers.figures import report_contents
from handlers.turns import attachments
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.queue.outbox import Priority

NEW_MONTH_DAYS = 10
"""Days at the start of a month during which the default period is the month before."""


async def on_command(turn: Turn, args: str) -> None:
    """`/report [period] [department]`."""
    text, department = _parse_department(turn.company, args)
    await _owe_if_allowed(turn, text, department)


async def on_press(turn: Turn, button: ReportButton) -> None:
    """The report of the period whose summary is shown."""
    await _owe_if_allowed(turn, button.period, None)


async def owe_report(batch: Batch, chat: int, language: str, period: Period, department: str | None = None) -> None:
    """Enqueue the report of this period to this chat, for one department if named."""
    report = await report_contents.gather_report(batch, period, language, department)
    texts, name = batch.services.texts, f"{period.first}_{period.last}"
    caption = texts.html(
        language,
        "report-caption",
        {
            "company": report.company,
            "scope": report.scope or "none",
            "first": str(period.first),
            "last": str(period.last),
        },
    )
    filename = texts.plain(language, "report-file", {"code": name})
    priority = Priority.PEOPLE if chat > 0 else Priority.STAFF
    attachments.send_file(
        batch, chat, "report", report, filename=filename, language=language, caption=caption, priority=priority
    )


async def _owe_if_allowed(turn: Turn, text: str, department: str | None) -> None:
    """Send the report if the user may see it; otherwise say why not."""
    scoped = await _choose_department(turn, department)
    if scoped is None:
        return
    try:
        period = (
            parse_period(text, turn.now, turn.company.zone, turn.vocabulary.periods)
            if text
            else choose_default_period(turn)
        )
    except PeriodError as error:
        turn.toast(error.key, alert=True, **error.values)
        return
    await owe_report(turn.batch, turn.chat, turn.language, period, scoped or None)


def choose_default_period(turn: Turn) -> Period:
    """Last month while this one has only just begun (`NEW_MONTH_DAYS`), else this month."""
    today = turn.now.astimezone(turn.company.zone).date()
    if today.day <= NEW_MONTH_DAYS:
        return find_last_ended(Kind.MONTH, today, turn.company.zone)
    return parse_period("month", turn.now, turn.company.zone)


async def _choose_department(turn: Turn, department: str | None) -> str | None:
    """The department that the report is about, "" for all of them, None if there is none for this person (who has been told)."""
    person, seen = turn.person, await visibility.find_departments(turn)
    if person.is_manager:
        open_to = turn.company.case_departments if seen is None else seen
        if seen is None and department is None:
            return ""
    else:
        headed = [one for one in turn.company.case_departments if person.is_head_of(one)]
        open_to = tuple(one for one in headed if seen is None or one in seen)
    if not open_to:
        turn.toast("report-only-managers", alert=True)
        return None
    if department is None and len(open_to) == 1:
        return open_to[0]
    if department in open_to:
        return department
    names = turn.list_departments(open_to)
    turn.toast("report-one-department" if department is None else "report-not-yours", alert=True, departments=names)
    return None


def _parse_department(company: Company, args: str) -> tuple[str, str | None]:
    """What is left of the request, and the department it names by key or name."""
    text = args.strip()
    for key, department in company.departments.items():
        for name in (key, *department.name.values()):
            if text.casefold().endswith(name.casefold()) and name:
                return text[: len(text) - len(name)].strip(), key
    return text, None
