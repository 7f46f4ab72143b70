"""Alerts (M4): what got worse by more than chance is reported unprompted, with the cases behind it.

1. One timer for the company, each day at `push_at`: completed days, weeks and months are judged as in `/trend`. Which
   ones follows from the moment for which the timer was set, so after a stop each is judged late rather than never.
2. A period is reported once per chart, to management (its group, else every manager) and to the department it is about.
   A run of eight is reported when it is complete, and not again while it continues.
3. Complaints come in after their delivery, so the latest periods are judged again on the following days. Improvements
   are seen in `/trend`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from conversations.buttons import TrendButton
from conversations.protocol import Key, KeyboardRow, Text
from domain.figures.chart_periods import ChartPeriod, Grain
from domain.figures.control import RUN_LENGTH, Chart, Point, Signal
from domain.timer_kinds import TimerKind
from handlers.figures import drill_down, trends
from handlers.people import groups
from handlers.turns.batch import Batch
from reports.wording import trend_caption
from storage import installation
from storage.figures import figures
from storage.people import groups as group_rows
from storage.queue.outbox import Priority

JUDGED_PERIODS: Mapping[Grain, int] = {"day": 3, "week": 2, "month": 1}
"""How many of the latest periods are judged each time."""

_TOLD_KEY = "alerts"
"""The key under which reported signals are remembered: by chart, the code and the signal of each period."""

_WORSE_SIGNALS = frozenset({Signal.ABOVE, Signal.RUN_ABOVE})
_REMEMBERED_PERIODS = 2 * RUN_LENGTH
_DAY = timedelta(days=1)
ToldSignals = dict[str, dict[str, str]]


def set_daily_timer(batch: Batch) -> None:
    """Set the timer for the next morning."""
    company = batch.services.company
    today = batch.now.astimezone(company.zone).date()
    due = company.find_push_time(today)
    batch.set_timer(
        TimerKind.ALERTS, TimerKind.ALERTS, due if due > batch.now else company.find_push_time(today + _DAY)
    )


async def on_timer(batch: Batch, due_at: datetime) -> None:
    """Judge what was over on the day for which the timer was set, and set the next day's timer."""
    company = batch.services.company
    today = due_at.astimezone(company.zone).date()
    batch.set_timer(TimerKind.ALERTS, TimerKind.ALERTS, company.find_push_time(today + _DAY))
    before = await installation.get(batch.tx, _TOLD_KEY)
    told: ToldSignals = msgspec.json.decode(before, type=ToldSignals) if before is not None else {}
    for grain in JUDGED_PERIODS:
        counts = await trends.fetch_counts(batch, grain, today)
        for department in ("", *company.case_departments):
            await _judge_department(batch, counts, grain, department, told)
    after = msgspec.json.encode(told).decode()
    if told and after != before:
        await installation.put(batch.tx, _TOLD_KEY, after)


async def _judge_department(
    batch: Batch, counts: trends.TrendCounts, grain: Grain, department: str, told: ToldSignals
) -> None:
    """Judge both charts of one department (empty: of all)."""
    for kind in ("p", "u"):
        chart = counts.make_chart(kind, department, batch.services.company.figures.trend_periods)
        for point in take_news(chart, counts, grain, told, f"{kind}:{grain}:{department}"):
            await _tell_signal(batch, chart, point, grain, department)


def take_news(chart: Chart, counts: trends.TrendCounts, grain: Grain, told: ToldSignals, key: str) -> list[Point]:
    """The signals of the latest periods to report; they are remembered under this key, so each is taken once."""
    latest = {one.code for one in counts.spans[-JUDGED_PERIODS[grain] :]}
    news: list[Point] = []
    for point in chart.signals:
        known = told.get(key, {})
        if point.code in latest and is_news(chart, point, known):
            told[key] = dict([*known.items(), (point.code, point.signal.value)][-_REMEMBERED_PERIODS:])
            news.append(point)
    return news


def is_news(chart: Chart, point: Point, known: Mapping[str, str]) -> bool:
    """Whether to report this signal: it is for the worse, and neither its period nor a run it belongs to has been reported."""
    if point.signal not in _WORSE_SIGNALS or point.code in known:
        return False
    judged = {one.code for one in chart.points if one.judged}
    in_row = any(code in judged and signal == Signal.RUN_ABOVE.value for code, signal in known.items())
    return not (point.signal is Signal.RUN_ABOVE and in_row)


async def _tell_signal(batch: Batch, chart: Chart, point: Point, grain: Grain, department: str) -> None:
    wish = drill_down.make_wish(batch, ChartPeriod(point.code, point.first, point.last), department)
    count = await figures.count_cases_behind(batch.tx, wish)
    for chat, language in (await _list_readers(batch, department)).items():
        say, scoped = drill_down.make_html_say(batch, language), "yes" if department else "no"
        name = batch.services.company.department_name(department, language)
        lines = [
            say("alert-head", chart=chart.kind, scoped=scoped, unit=name),
            say("trend-warning", line=trend_caption.format_signal(chart, point, grain, say)),
            "",
            say("alert-cases", count=count),
        ]
        listed, rows = await drill_down.draw_cases(batch, wish, language) if count else ([], ())
        more = drill_down.draw_page_buttons(drill_down.make_button(grain, point.first, department), 0, count)
        chart_row: KeyboardRow = (
            Key(Text("alert-chart"), TrendButton(drill_down.GRAIN_CODES[grain], department, anew=True)),
        )
        batch.show(
            chat,
            f"alert:{batch.services.next_id()}",
            "\n".join([*lines, *listed]),
            (*rows, *more, chart_row),
            language=language,
            fresh=True,
            priority=Priority.STAFF,
        )


async def _list_readers(batch: Batch, department: str) -> dict[int, str]:
    """Chats and their languages: management, and the department it is about."""
    readers = await groups.find_overseers(batch, batch.services.company.quality)
    group = await group_rows.find_by_department(batch.tx, department) if department else None
    if group is not None and group.here:
        readers[group.chat_id] = group.language
    return readers
