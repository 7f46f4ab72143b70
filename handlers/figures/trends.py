"""`/trend`: two control charts as one picture, and what they say in sentences; buttons change it where it stands (M4).

1. Charts end with the last whole period: what is still running has not happened yet.
2. Managers see all departments, a head the own one. The cases behind a period are for whoever may see these cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from conversations.buttons import Trend
from conversations.protocol import Key, Row, Text, Words
from domain.figures import control, spans
from domain.figures.control import RUN, Chart, Observed, p_chart, u_chart
from domain.figures.spans import Grain, Span
from handlers.access import scope
from handlers.figures import behind
from handlers.figures.behind import CODES, GRAINS
from handlers.turns import drawn
from handlers.turns.batch import Batch, Turn
from reports.wording import signals
from storage.figures import trends
from storage.figures.trends import Counted
from storage.queue import outbox
from texts.length import trim

_SAID: Mapping[str, Grain] = {
    "day": "day",
    "days": "day",
    "daily": "day",
    "日": "day",
    "天": "day",
    "week": "week",
    "weeks": "week",
    "weekly": "week",
    "周": "week",
    "month": "month",
    "months": "month",
    "monthly": "month",
    "月": "month",
}
_ASIDE = frozenset({"by", "of", "按"})
_WIDTH = 3
_SIGNALS = 4
"""Periods whose cases have a button of their own below the picture."""


async def command(turn: Turn, args: str) -> None:
    """`/trend [day|week|month] [department]`."""
    seen = await scope.figures(turn)
    if seen == scope.NOTHING:
        turn.say("trend-only-heads")
        return
    said, grain = [one for one in args.split() if one.casefold() not in _ASIDE], ""
    for one in said:
        if not grain and (known := _SAID.get(one.casefold().removeprefix("按"))):
            grain, said = known, [other for other in said if other is not one]
            break
    name = " ".join(said)
    department = behind.department_of(turn.company, name)
    if name and department is None:
        turn.say("trend-how", text=trim(args.strip(), 40), department=next(iter(turn.company.answering)))
        return
    await _show(turn, Trend(CODES[grain or "week"], department or ""), seen, fresh=True)


async def pressed(turn: Turn, button: Trend) -> None:
    """Another grain or department."""
    seen = await scope.figures(turn)
    if button.grain not in GRAINS or (button.department and button.department not in turn.company.departments):
        turn.toast("not-now")
    elif seen == scope.NOTHING:
        turn.toast("trend-only-heads", alert=True)
    else:
        await _show(turn, button, seen, fresh=button.anew)


# --- what is counted -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Read:
    """What was counted of whole periods, by department."""

    spans: Sequence[Span]
    counted: Mapping[str, Sequence[Counted]]

    def chart(self, kind: str, department: str, periods: int) -> Chart:
        """The p-chart of dissatisfaction or the u-chart of complaints, of one department or (empty) of all."""
        empty = (Counted(),) * len(self.spans)
        counts = self.counted.get(department, empty) if department else trends.together(self.counted, len(self.spans))
        if kind == "p":
            return p_chart([_observed(span, one.low, one.answers) for span, one in self._pairs(counts)], periods)
        return u_chart([_observed(span, one.complaints, one.deliveries) for span, one in self._pairs(counts)], periods)

    def _pairs(self, counts: Sequence[Counted]) -> list[tuple[Span, Counted]]:
        return list(zip(self.spans, counts, strict=True))


async def read(batch: Batch, grain: Grain, today: date) -> Read:
    """The whole periods before this day: those judged, those that judge them, and some more where days are without data."""
    found = spans.spans(grain, today, batch.services.company.figures.trend_periods + 2 * RUN)
    return Read(found, await trends.counted(batch.tx, found))


def _observed(span: Span, count: int, n: int) -> Observed:
    return Observed(span.code, span.first, span.last, count, n)


# --- how it looks ----------------------------------------------------------------------------------------------------


async def _show(turn: Turn, button: Trend, seen: tuple[str, ...] | None, *, fresh: bool) -> None:
    department = button.department
    if seen is not None and department not in seen:
        if department:
            turn.toast("trend-only-heads", alert=True)
            return
        department = seen[0]
    grain, periods = GRAINS[button.grain], turn.company.figures.trend_periods
    found = await read(turn.batch, grain, turn.now.astimezone(turn.company.zone).date())
    name = behind.name_of(turn.company, department, turn.language)
    trend = control.Trend(grain, name, found.chart("p", department, periods), found.chart("u", department, periods))
    rows = (
        _grains(button.grain, department),
        *_departments(turn, button.grain, department, seen),
        *_signals(turn, trend, department),
    )
    drawn.picture(
        turn.batch,
        turn.chat,
        "trend",
        trend,
        language=turn.language,
        name=f"trend:{turn.person.telegram_id}",
        caption=signals.caption(trend, behind.say_in(turn.batch, turn.language)),
        rows=rows,
        message_id=turn.pressed_at,
        fresh=fresh,
        priority=outbox.PEOPLE if turn.private else outbox.STAFF,
    )


def _grains(chosen: str, department: str) -> Row:
    return tuple(
        Key(Text("trend-grain", {"grain": grain, "chosen": "yes" if code == chosen else "no"}), Trend(code, department))
        for code, grain in GRAINS.items()
    )


def _departments(turn: Turn, grain: str, chosen: str, seen: tuple[str, ...] | None) -> tuple[Row, ...]:
    """Whoever sees several chooses; the whole company is for those who see all."""
    open_to = ["", *turn.company.answering] if seen is None else list(seen)
    if len(open_to) == 1:
        return ()
    keys = []
    for key in open_to:
        name = behind.name_of(turn.company, key, turn.language) if key else turn.plain("trend-everything")
        keys.append(Key(Text("trend-chosen", {"unit": name}) if key == chosen else Words(name), Trend(grain, key)))
    return tuple(tuple(keys[at : at + _WIDTH]) for at in range(0, len(keys), _WIDTH))


def _signals(turn: Turn, trend: control.Trend, department: str) -> tuple[Row, ...]:
    """The cases of periods that stand out, the latest first."""
    charts = (trend.dissatisfaction, trend.complaints)
    found = {point.code: point for chart in charts for point in chart.signals}
    latest = sorted(found.values(), key=lambda point: point.first, reverse=True)[:_SIGNALS]
    say = behind.say_in(turn.batch, turn.language)
    return tuple(
        (
            Key(
                Text("trend-cases", {"when": signals.when(point, trend.grain, say)}),
                behind.button(trend.grain, point.first, department),
            ),
        )
        for point in latest
    )
