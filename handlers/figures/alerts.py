"""What got worse by more than chance is told of its own accord, with the cases behind it (M4).

1. One timer for the company, each day at `push_at`: days, weeks and months that are over are judged as `/trend` judges them. Which ones is read
   off the moment for which the timer was set, so after a stop each is judged late rather than never.
2. A period is told once for each chart, to management (its group, else every manager) and to the department it is about. A row of eight is told
   when it is complete, and not again while it goes on.
3. Complaints come in after their delivery, so the latest periods are judged again on the next days. What got better is seen in `/trend`.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import msgspec

from conversations.buttons import Trend
from conversations.protocol import Key, Row, Text
from domain.company import Company
from domain.figures.control import RUN, Chart, Point, Signal
from domain.figures.spans import Grain, Span
from handlers.figures import behind, trends
from handlers.people import groups
from handlers.turns.batch import Batch
from reports.wording import signals
from storage import meta
from storage.figures import figures
from storage.people import groups as group_rows
from storage.queue import outbox

DAILY = "trend"
"""Kind and subject of the timer."""

AGAIN: Mapping[Grain, int] = {"day": 3, "week": 2, "month": 1}
"""How many of the latest periods are judged each time."""

_TOLD = "alerts"
"""Where it is remembered what was told: by chart, the code and the signal of each period."""

_WORSE = frozenset({Signal.ABOVE, Signal.RUN_ABOVE})
_REMEMBERED = 2 * RUN
_DAY = timedelta(days=1)
Told = dict[str, dict[str, str]]


def arm(batch: Batch) -> None:
    """The next morning."""
    company = batch.services.company
    today = batch.now.astimezone(company.zone).date()
    due = morning(company, today)
    batch.set_timer(DAILY, DAILY, due if due > batch.now else morning(company, today + _DAY))


async def fire(batch: Batch, due_at: datetime) -> None:
    """Judge what was over on the day for which the timer was set; the next day's is set."""
    company = batch.services.company
    today = due_at.astimezone(company.zone).date()
    batch.set_timer(DAILY, DAILY, morning(company, today + _DAY))
    before = await meta.get(batch.tx, _TOLD)
    told: Told = msgspec.json.decode(before, type=Told) if before is not None else {}
    for grain in AGAIN:
        found = await trends.read(batch, grain, today)
        for department in ("", *company.answering):
            await _judge(batch, found, grain, department, told)
    after = msgspec.json.encode(told).decode()
    if told and after != before:
        await meta.put(batch.tx, _TOLD, after)


def morning(company: Company, day: date) -> datetime:
    """`push_at` of this day."""
    return datetime.combine(day, time.fromisoformat(company.figures.push_at), company.zone)


async def _judge(batch: Batch, found: trends.Read, grain: Grain, department: str, told: Told) -> None:
    """Both charts of one department (empty: of all)."""
    latest = {one.code for one in found.spans[-AGAIN[grain] :]}
    for kind in ("p", "u"):
        chart = found.chart(kind, department, batch.services.company.figures.trend_periods)
        known = told.get(f"{kind}:{grain}:{department}", {})
        for point in chart.signals:
            if point.code in latest and is_news(chart, point, known):
                known = dict([*known.items(), (point.code, point.signal.value)][-_REMEMBERED:])
                told[f"{kind}:{grain}:{department}"] = known
                await _tell(batch, chart, point, grain, department)


def is_news(chart: Chart, point: Point, known: Mapping[str, str]) -> bool:
    """Whether this signal is to be told: it is for the worse, its period was not told yet, and no row that it is part of was."""
    if point.signal not in _WORSE or point.code in known:
        return False
    judged = {one.code for one in chart.points if one.judged}
    in_row = any(code in judged and signal == Signal.RUN_ABOVE.value for code, signal in known.items())
    return not (point.signal is Signal.RUN_ABOVE and in_row)


async def _tell(batch: Batch, chart: Chart, point: Point, grain: Grain, department: str) -> None:
    wish = behind.wish_for(batch, Span(point.code, point.first, point.last), department)
    count = await figures.count_behind(batch.tx, wish)
    for chat, language in (await _readers(batch, department)).items():
        say, scoped = behind.say_in(batch, language), "yes" if department else "no"
        name = behind.name_of(batch.services.company, department, language)
        lines = [
            say("alert-head", chart=chart.kind, scoped=scoped, unit=name),
            signals.told(chart, point, grain, say),
            "",
            say("alert-cases", count=count),
        ]
        listed, rows = await behind.listed(batch, wish, language) if count else ([], ())
        more = behind.turns(behind.button(grain, point.first, department), 0, count)
        chart_row: Row = (Key(Text("alert-chart"), Trend(behind.CODES[grain], department, anew=True)),)
        batch.show(
            chat,
            f"alert:{batch.services.next_id()}",
            "\n".join([*lines, *listed]),
            (*rows, *more, chart_row),
            language=language,
            fresh=True,
            priority=outbox.STAFF,
        )


async def _readers(batch: Batch, department: str) -> dict[int, str]:
    """Chats and their languages: management, and the department it is about."""
    readers = await groups.overseers(batch, batch.services.company.quality)
    group = await group_rows.of_department(batch.tx, department) if department else None
    if group is not None and group.here:
        readers[group.chat_id] = group.language
    return readers
