"""Drill-down (M4): the cases behind a period of a chart, ten per page, paged in place. Only for those who may see these cases."""

from collections.abc import Mapping
from datetime import date

from conversations.buttons import DrillDownButton
from conversations.protocol import KeyboardRow
from domain.figures import chart_periods
from domain.figures.breakdown import By
from domain.figures.chart_periods import ChartPeriod, Grain
from domain.figures.period import PeriodError, parse_period
from handlers.access import visibility
from handlers.cases.file import case_lists
from handlers.turns.batch import Batch
from handlers.turns.pager import draw_pager
from handlers.turns.turn import Turn
from reports.wording import trend_caption
from reports.wording.wording import RenderText
from storage.figures import figures
from storage.figures.figures import FigureQuery
from storage.queue import outbox
from storage.queue.outbox import Priority

PAGE = 10
GRAINS: Mapping[str, Grain] = {"d": "day", "w": "week", "m": "month"}
GRAIN_CODES: Mapping[str, str] = {grain: code for code, grain in GRAINS.items()}
_NAME_PREFIX = "behind:"
_ORDINAL_DIGITS = 7


async def on_press(turn: Turn, button: DrillDownButton) -> None:
    """The list, or another page of it."""
    parsed, seen = _parse_button(turn.batch, button), await visibility.find_departments(turn)
    if parsed is None:
        turn.toast("not-now")
        return
    if seen == visibility.NO_DEPARTMENTS or (seen is not None and button.department and button.department not in seen):
        turn.toast("not-yours", alert=True)
        return
    grain, span, wish = parsed
    if seen is not None and not button.department:
        wish = FigureQuery(wish.period, departments=seen)
    count = await figures.count_cases_behind(turn.tx, wish)
    when = trend_caption.format_point_period(span, grain, make_html_say(turn.batch, turn.language))
    if not count:
        turn.toast("trend-behind-none", when=when, alert=True)
        return
    page = min(button.page, (count - 1) // PAGE)
    name, scoped = turn.company.department_name(button.department, turn.language), "yes" if button.department else "no"
    html, rows = await draw_cases(turn.batch, wish, turn.language, page)
    known = await outbox.find_name(turn.tx, turn.chat, turn.pressed_at) if turn.pressed_at is not None else None
    stands = known if known is not None and known.startswith(_NAME_PREFIX) else None
    turn.batch.show(
        turn.chat,
        stands or f"{_NAME_PREFIX}{turn.services.next_id()}",
        "\n".join([turn.text("trend-behind", when=when, scoped=scoped, unit=name, count=count), *html]),
        (*rows, *draw_page_buttons(button, page, count)),
        language=turn.language,
        message_id=turn.pressed_at if stands else None,
        fresh=stands is None,
        priority=Priority.PEOPLE if turn.private else Priority.STAFF,
    )


async def draw_cases(
    batch: Batch, wish: FigureQuery, language: str, page: int = 0
) -> tuple[list[str], tuple[KeyboardRow, ...]]:
    """Ten cases: their lines, and a button for each."""
    cases = await figures.list_cases_behind(batch.tx, wish, limit=PAGE, offset=page * PAGE)
    return [case_lists.draw_line(batch, case, language) for case in cases], case_lists.draw_case_rows(cases)


def make_button(grain: Grain, first: date, department: str, page: int = 0) -> DrillDownButton:
    return DrillDownButton(f"{GRAIN_CODES[grain]}{first.toordinal()}", department, page)


def draw_page_buttons(at: DrillDownButton, page: int, count: int) -> tuple[KeyboardRow, ...]:
    """Buttons to the previous and next page of a list of `count` cases."""
    return draw_pager(lambda n: DrillDownButton(at.period, at.department, n), page, more=(page + 1) * PAGE < count)


def make_wish(batch: Batch, span: ChartPeriod, department: str) -> FigureQuery:
    """The query for the cases of this span, of one department or (empty) of all. Raises PeriodError when the span is still to come."""
    period = parse_period(span.code, batch.now, batch.services.company.zone)
    return FigureQuery(period, By.DEPARTMENT, department) if department else FigureQuery(period)


def _parse_button(batch: Batch, pressed_: DrillDownButton) -> tuple[Grain, ChartPeriod, FigureQuery] | None:
    """What a button refers to; None for values that were never on one."""
    grain, number = GRAINS.get(pressed_.period[:1]), pressed_.period[1:]
    if grain is None or not (number.isascii() and number.isdecimal() and len(number) <= _ORDINAL_DIGITS):
        return None
    if pressed_.department and pressed_.department not in batch.services.company.departments:
        return None
    try:
        span = chart_periods.find_chart_period(grain, date.fromordinal(int(number)))
        return grain, span, make_wish(batch, span, pressed_.department)
    except (ValueError, OverflowError, PeriodError):
        return None


# --- words -----------------------------------------------------------------------------------------------------------


def make_html_say(batch: Batch, language: str) -> RenderText:
    """A function that renders texts as HTML."""
    return lambda key, /, **values: batch.services.texts.html(language, key, values)


def make_plain_say(batch: Batch, language: str) -> RenderText:
    """A function that renders texts as plain text."""
    return lambda key, /, **values: batch.services.texts.plain(language, key, values)
