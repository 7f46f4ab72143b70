"""`/summary`: counted in the transaction, drawn when its turn to be sent comes."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from conversations.buttons import Summary as SummaryButton
from conversations.protocol import Key, Text
from domain import figures
from domain.period import Kind as PeriodKind
from domain.period import Period, PeriodError, parse_period
from domain.survey import words
from handlers import outbound
from handlers.batch import Turn
from reports.digest import digest
from storage import outbox
from storage.outbox import Owed
from storage.summary import summary as count_summary

PERIODS = ("today", "week", "month", "quarter", "year")


async def summary(turn: Turn, text: str) -> None:
    """`/summary [period]`: one picture, one text, buttons for other periods."""
    await _summary(turn, text or "month", fresh=True)


async def summary_pressed(turn: Turn, button: SummaryButton) -> None:
    await _summary(turn, button.period, fresh=False)


async def _summary(turn: Turn, text: str, *, fresh: bool) -> None:
    if not turn.person.is_manager:
        turn.toast("only-managers", alert=True)
        return
    try:
        period = parse_period(text, turn.now, turn.company.zone)
    except PeriodError as error:
        turn.toast(error.key, alert=True, **error.values)
        return
    names = {key: words(department.name, turn.language) for key, department in turn.company.departments.items()}
    counted = await count_summary(turn.tx, period, turn.now, names)
    caption = digest(counted, lambda key, /, **values: turn.services.texts.plain(turn.language, key, values))
    marks = [SummaryButton(code) for code in PERIODS]
    rows = tuple(
        tuple(
            Key(Text(f"period-{mark.period}", {"chosen": "yes" if mark.period == period.code else "no"}), mark)
            for mark in row
        )
        for row in (marks[:3], marks[3:])
    )
    body = {
        "caption": caption,
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": outbound.keyboard(turn.services.texts, turn.language, rows)},
        "summary": pack(counted),
        "language": turn.language,
    }
    name = f"summary:{turn.person.telegram_id}"
    call = Owed(turn.services.next_id(), turn.chat, outbox.PICTURE, msgspec.json.encode(body).decode(), name)
    call.fresh, call.message_id = fresh, None if fresh else turn.pressed_at
    turn.batch.owe(call)


class _Line(msgspec.Struct, frozen=True):
    name: str
    counts: tuple[int, ...]
    complaints: int
    open: int
    overdue: int


class Packed(msgspec.Struct, frozen=True):
    """A counted summary as JSON, for the outbox and for the process that draws it."""

    kind: str
    start: datetime
    end: datetime
    zone: str
    code: str
    running: bool
    tally: tuple[int, ...]
    previous: tuple[int, ...]
    dimensions: dict[str, tuple[int, ...]]
    departments: tuple[_Line, ...]
    numbers: dict[str, int]


_NUMBERS = (
    "deliveries",
    "deliveries_previous",
    "surveys_sent",
    "answered",
    "complaints_opened",
    "complaints_previous",
    "open_now",
    "overdue_now",
)


def pack(counted: figures.Summary) -> Packed:
    period = counted.period
    return Packed(
        period.kind.value,
        period.start,
        period.end,
        period.zone.key,
        period.code,
        period.running,
        counted.tally.counts,
        counted.previous.counts,
        {key: tally.counts for key, tally in counted.dimensions.items()},
        tuple(_Line(d.name, d.tally.counts, d.complaints, d.open, d.overdue) for d in counted.departments),
        {name: getattr(counted, name) for name in _NUMBERS},
    )


def unpack(packed: Packed) -> figures.Summary:
    def tally(counts: tuple[int, ...]) -> figures.Tally:
        return figures.Tally.of(dict(enumerate(counts, 1)))

    period = Period(
        PeriodKind(packed.kind), packed.start, packed.end, ZoneInfo(packed.zone), packed.code, packed.running
    )
    lines = tuple(
        figures.DepartmentLine(one.name, tally(one.counts), one.complaints, one.open, one.overdue)
        for one in packed.departments
    )
    dimensions = {key: tally(counts) for key, counts in packed.dimensions.items()}
    return figures.Summary(period, tally(packed.tally), tally(packed.previous), dimensions, lines, **packed.numbers)
