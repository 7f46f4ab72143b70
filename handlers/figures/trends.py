"""Trends, `/trend` (M4): two control charts as one picture, and what they say in sentences; buttons change it in place.

1. Charts end with the last whole period: one still running is incomplete.
2. Managers see all departments, a head their own. The cases behind a period are only for those who may see these cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from conversations.buttons import TrendButton
from conversations.protocol import Key, KeyboardRow, Text, Words
from domain.figures import control
from domain.figures.chart_periods import ChartPeriod, Grain, count_periods_within, list_chart_periods
from domain.figures.control import RUN_LENGTH, Chart, Observation, p_chart, u_chart
from domain.figures.maturity import Cohort, Maturity, compute_maturity, is_growing
from handlers.access import visibility
from handlers.figures import drill_down
from handlers.figures.drill_down import GRAIN_CODES, GRAINS
from handlers.turns import attachments
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from reports.wording import trend_caption
from storage.figures import trends
from storage.figures.trends import PeriodCounts
from storage.queue.outbox import Priority
from texts.length import trim

_BUTTONS_PER_ROW = 3
_SIGNAL_BUTTONS = 4
"""The most periods with a button for their cases below the picture."""


async def on_command(turn: Turn, args: str) -> None:
    """`/trend [day|week|month] [department]`."""
    seen = await visibility.find_figures_departments(turn)
    if seen == visibility.NO_DEPARTMENTS:
        turn.say("trend-only-heads")
        return
    vocabulary = turn.vocabulary
    said, grain = [word for word in args.split() if word.casefold() not in vocabulary.aside], ""
    for word in said:
        if known := vocabulary.grains.get(vocabulary.bare(word)):
            grain, said = known, [other for other in said if other is not word]
            break
    name = " ".join(said)
    department = turn.company.find_department(name)
    if name and department is None:
        example = turn.company.department_name(next(iter(turn.company.case_departments)), turn.language)
        turn.say("trend-how", text=trim(args.strip(), 40), department=example)
        return
    await _show_trend(turn, TrendButton(GRAIN_CODES[grain or "week"], department or ""), seen, fresh=True)


async def on_press(turn: Turn, button: TrendButton) -> None:
    """A press: another grain or department."""
    seen = await visibility.find_figures_departments(turn)
    if button.grain not in GRAINS or (button.department and button.department not in turn.company.departments):
        turn.toast("not-now")
    elif seen == visibility.NO_DEPARTMENTS:
        turn.toast("trend-only-heads", alert=True)
    else:
        await _show_trend(turn, button, seen, fresh=button.anew)


# --- what is counted -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TrendCounts:
    """The counts of whole periods before `today`, by department."""

    spans: Sequence[ChartPeriod]
    counted: Mapping[str, Sequence[PeriodCounts]]
    today: date
    maturity: Maturity = field(default_factory=Maturity)

    def make_chart(self, kind: str, department: str, periods: int) -> Chart:
        """The p-chart of dissatisfaction or the u-chart of filed complaints, of one department or (empty) of all."""
        empty = (PeriodCounts(),) * len(self.spans)
        counts = (
            self.counted.get(department, empty) if department else trends.add_departments(self.counted, len(self.spans))
        )
        if kind == "p":
            answers = self._list_observed([(one.low, one.answers) for one in counts], Cohort.ANSWERS)
            return replace(p_chart(answers, periods), awaited_days=self.maturity.answers)
        filed = self._list_observed([(one.filed, one.deliveries) for one in counts], Cohort.COMPLAINTS)
        return replace(u_chart(filed, periods), awaited_days=self.maturity.complaints)

    def _list_observed(self, counted: Sequence[tuple[int, int]], cohort: Cohort) -> list[Observation]:
        return [
            Observation(
                span.code, span.first, span.last, count, n, is_growing(span.last, self.maturity, cohort, self.today)
            )
            for span, (count, n) in zip(self.spans, counted, strict=True)
        ]


def list_spans(grain: Grain, today: date, periods: int, maturity: Maturity) -> tuple[ChartPeriod, ...]:
    """The whole periods before this day: those judged, eight and those still growing, and their baseline of so many."""
    growing = count_periods_within(grain, max(maturity.answers, maturity.complaints))
    return list_chart_periods(grain, today, periods + RUN_LENGTH + growing)


async def fetch_counts(batch: Batch, grain: Grain, today: date) -> TrendCounts:
    """What charts of these periods are made from."""
    company = batch.services.company
    maturity = compute_maturity(company)
    spans = list_spans(grain, today, company.figures.trend_periods, maturity)
    return TrendCounts(spans, await trends.fetch_counts(batch.tx, spans), today, maturity)


# --- how it looks ----------------------------------------------------------------------------------------------------


async def _show_trend(turn: Turn, button: TrendButton, seen: tuple[str, ...] | None, *, fresh: bool) -> None:
    department = button.department
    if seen is not None and department not in seen:
        if department:
            turn.toast("trend-only-heads", alert=True)
            return
        department = seen[0]
    grain, periods = GRAINS[button.grain], turn.company.figures.trend_periods
    counts = await fetch_counts(turn.batch, grain, turn.now.astimezone(turn.company.zone).date())
    name = turn.company.department_name(department, turn.language)
    trend = control.Trend(
        grain, name, counts.make_chart("p", department, periods), counts.make_chart("u", department, periods)
    )
    rows = (
        _draw_grain_buttons(button.grain, department),
        *_draw_department_buttons(turn, button.grain, department, seen),
        *_draw_signal_buttons(turn, trend, department),
    )
    attachments.send_picture(
        turn.batch,
        turn.chat,
        "trend",
        trend,
        language=turn.language,
        name=f"trend:{turn.person.telegram_id}",
        caption=trend_caption.format_trend_caption(trend, drill_down.make_html_say(turn.batch, turn.language)),
        rows=rows,
        message_id=turn.pressed_at,
        fresh=fresh,
        priority=Priority.PEOPLE if turn.private else Priority.STAFF,
    )


def _draw_grain_buttons(chosen: str, department: str) -> KeyboardRow:
    return tuple(
        Key(
            Text("trend-grain", {"grain": grain, "chosen": "yes" if code == chosen else "no"}),
            TrendButton(code, department),
        )
        for code, grain in GRAINS.items()
    )


def _draw_department_buttons(
    turn: Turn, grain: str, chosen: str, seen: tuple[str, ...] | None
) -> tuple[KeyboardRow, ...]:
    """A choice of departments for those who see several; the whole company is for those who see all."""
    open_to = ["", *turn.company.case_departments] if seen is None else list(seen)
    if len(open_to) == 1:
        return ()
    keys = []
    for key in open_to:
        name = turn.company.department_name(key, turn.language) if key else turn.plain("trend-everything")
        keys.append(
            Key(Text("trend-chosen", {"unit": name}) if key == chosen else Words(name), TrendButton(grain, key))
        )
    return tuple(tuple(keys[at : at + _BUTTONS_PER_ROW]) for at in range(0, len(keys), _BUTTONS_PER_ROW))


def _draw_signal_buttons(turn: Turn, trend: control.Trend, department: str) -> tuple[KeyboardRow, ...]:
    """Buttons to the cases of periods that stand out, latest first."""
    charts = (trend.dissatisfaction, trend.complaints)
    signals = {point.code: point for chart in charts for point in chart.signals}
    latest = sorted(signals.values(), key=lambda point: point.first, reverse=True)[:_SIGNAL_BUTTONS]
    say = drill_down.make_html_say(turn.batch, turn.language)
    return tuple(
        (
            Key(
                Text("trend-cases", {"when": trend_caption.format_point_period(point, trend.grain, say)}),
                drill_down.make_button(trend.grain, point.first, department),
            ),
        )
        for point in latest
    )
