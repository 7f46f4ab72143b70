"""Keyboards of a summary: units to choose from, the cases behind it, and three menus for periods, breakdowns and the rest.

A menu replaces the keyboard alone: the picture and its words stay as they are.
"""

from conversations.buttons import ExportButton, ReportButton, SummaryButton
from conversations.protocol import Key, KeyboardRow, Text, Words
from domain.figures.breakdown import By
from domain.figures.period import Period, earlier
from domain.figures.summary import Summary
from handlers.figures.unit_names import hash_unit
from handlers.turns.pager import draw_pager
from reports.pictures.units import sort_worst_first
from texts.length import trim

PERIODS = ("today", "week", "month", "quarter", "year")
BREAKDOWN_CODES = {
    By.ALL: "",
    By.DEPARTMENT: "d",
    By.COURIER: "c",
    By.ROUTE: "r",
    By.STATION: "s",
    By.SERVICE: "v",
    By.CUSTOMER_TYPE: "t",
    By.CATEGORY: "g",
    By.PRIORITY: "p",
    By.HOUR: "h",
}
BREAKDOWNS = {code: by for by, code in BREAKDOWN_CODES.items()}
FIGURES, CASES, CASE, TERMS = "", "c", "k", "w"
"""What a button leads to: figures (`n`: a page of units to choose from), the cases behind them (`n`: a page), one of
those cases (`n`: its id), what the figures mean.
"""
PERIOD_MENU, BREAKDOWN_MENU, MORE_MENU = MENUS = ("p", "b", "m")
"""Menus in place of the keyboard."""

PAGE = 10
_LABEL_CHARACTERS = 28
_UNITS_PER_ROW = 2


def draw_buttons(button: SummaryButton, summary: Summary, cases: int) -> tuple[KeyboardRow, ...]:
    """The keyboard of the figures; `cases`: how many are behind them."""
    units = sort_worst_first(summary.units) if summary.unit is None and summary.by not in {By.ALL, By.HOUR} else []
    page = min(button.n, max(len(units) - 1, 0) // PAGE)
    chosen = [
        Key(Words(trim(unit.name, _LABEL_CHARACTERS)), SummaryButton(button.period, button.by, hash_unit(unit.key)))
        for unit in units[page * PAGE : (page + 1) * PAGE]
    ]
    pages = draw_pager(lambda n: lead_to(button, FIGURES, n), page, more=(page + 1) * PAGE < len(units))
    behind = Key(Text("summary-cases-behind", {"count": cases}), lead_to(button, CASES))
    back = Key(Text("summary-back"), SummaryButton(button.period, button.by))
    places = ((back,) if summary.unit is not None else ()) + ((behind,) if cases else ())
    menus = tuple(Key(Text("keyboard-menu", {"menu": menu}), lead_to(button, menu)) for menu in MENUS)
    return tuple(row for row in (*arrange_buttons(chosen), *pages, places, menus) if row)


def draw_menu(button: SummaryButton, period: Period) -> tuple[KeyboardRow, ...]:
    """What one of the menus offers, and the way back."""
    match button.view:
        case "p":
            keys = _draw_periods(button, period)
        case "b":
            keys = _draw_breakdowns(button)
        case _:
            keys = [
                Key(Text("summary-explain"), lead_to(button, TERMS)),
                Key(Text("summary-export"), ExportButton(button.period)),
                Key(Text("summary-report"), ReportButton(button.period)),
            ]
    return tuple(keys), (Key(Text("summary-back"), lead_to(button, FIGURES)),)


def lead_to(button: SummaryButton, view: str, n: int = 0) -> SummaryButton:
    """The same unit and period in another view."""
    return SummaryButton(button.period, button.by, button.unit, view, n)


def arrange_buttons(keys: list[Key], width: int = _UNITS_PER_ROW) -> list[KeyboardRow]:
    return [tuple(keys[at : at + width]) for at in range(0, len(keys), width)]


def _draw_periods(button: SummaryButton, period: Period) -> list[Key]:
    """Periods by name, and the one before the one shown."""
    named = [
        Key(
            Text(f"period-{code}", {"chosen": "yes" if code == button.period else "no"}),
            SummaryButton(code, button.by, button.unit),
        )
        for code in PERIODS
    ]
    return [*named, Key(Text("period-earlier"), SummaryButton(earlier(period).code, button.by, button.unit))]


def _draw_breakdowns(button: SummaryButton) -> list[Key]:
    return [
        Key(
            Text("summary-by", {"by": by.value, "chosen": "yes" if code == button.by else "no"}),
            SummaryButton(button.period, code),
        )
        for by, code in BREAKDOWN_CODES.items()
    ]
