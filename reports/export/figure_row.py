"""Figure rows of an export: what our functions count, beside the formulas that count it again; and how such rows are made.

1. Below ten a figure is its counts alone, both here and in the formula (`domain.figures.evidence`).
2. A formula refers to the sheets by the names of their columns; `{part}` and `{n}` are the cells of its own row.
3. A figure whose cohort is not complete says when it will be (`domain.figures.maturity`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from domain.figures.evidence import HIDDEN_BELOW, Rate, Share
from domain.figures.maturity import Cohort
from domain.figures.summary import Summary
from reports.export.cells import clean_text

SHARE, RATE, NUMBER, HOURS, COUNT = "share", "rate", "number", "hours", "count"
"""How a value is shown."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """`part` of `n` and the resulting value; `live` holds the formulas of all three, empty where there is none.

    `size` is what the observations are worth, where it is not n: the effective number of weighted answers, the events
    of a rate. `grows_until` is the day on which everything that the figure counts has come in; None where it has.
    """

    name: str
    shown: str
    part: int | None = None
    n: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    live: tuple[str, str, str] = ("", "", "")
    array: bool = False
    size: float | None = None
    grows_until: date | None = None


def hide_small_n(row: FigureRow) -> FigureRow:
    """The row without what too few answers cannot tell."""
    size = row.n if row.size is None else row.size
    return row if (size or 0) >= HIDDEN_BELOW else replace(row, value=None, low=None, high=None)


def make_share_row(
    name: str, share: Share, part: str, n: str, value: str = "{part}/{n}", worth: str = "{n}"
) -> FigureRow:
    """`value` and `worth` are formulas of the share and of what its answers are worth."""
    low, high = share.interval
    live = (part, n, guard_formula(value, worth))
    return FigureRow(name, SHARE, share.part, share.n, share.value, low, high, live, size=share.size)


def make_rate_row(name: str, rate: Rate, part: str, n: str) -> FigureRow:
    low, high = rate.interval
    live = (part, n, guard_formula(f"{{part}}/{{n}}*{rate.per}", "{part}"))
    return FigureRow(name, RATE, rate.count, rate.n, rate.value, low, high, live, size=rate.size)


def mark_growing(rows: Iterable[FigureRow], summary: Summary, cohort: Cohort) -> list[FigureRow]:
    """The rows, which wait for this cohort, with the day until when they grow."""
    return [replace(row, grows_until=summary.growing.get(cohort)) for row in rows]


def guard_formula(value: str, worth: str = "{n}") -> str:
    known = worth if worth.startswith("{") else f"({worth})"
    return f'IF({known}<{HIDDEN_BELOW},"",{value})'


def quote_text(words: str) -> str:
    """The text as a string literal inside a formula."""
    doubled = clean_text(words).replace('"', '""')
    return f'"{doubled}"'
