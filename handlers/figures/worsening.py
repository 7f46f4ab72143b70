"""What got worse since the period before: the one courier whom a manager should look at first, and the cases behind."""

from dataclasses import replace

from conversations.buttons import SummaryButton
from conversations.protocol import Key, KeyboardRow, Text
from domain.figures.breakdown import By
from domain.figures.findings import WorsenedUnit, find_worsened_unit
from domain.figures.period import earlier
from handlers.figures.summary_buttons import BREAKDOWN_CODES, CASES
from handlers.figures.unit_names import fetch_unit_names, hash_unit
from handlers.turns.turn import Turn
from storage.figures import figures
from storage.figures.figures import FigureQuery
from storage.figures.sums import cover_period


async def find_worse(turn: Turn, wish: FigureQuery) -> tuple[str, WorsenedUnit] | None:
    """The courier who got clearly worse, and what people call them; only where everything is shown."""
    if wish.by is not By.ALL or wish.value is not None:
        return None
    by = replace(wish, by=By.COURIER)
    now, before = [
        await figures.fetch_counts_by_unit(turn.tx, cover_period(period), by)
        for period in (wish.period, earlier(wish.period))
    ]
    worse = find_worsened_unit(now, before)
    if worse is None:
        return None
    names = await fetch_unit_names(turn.batch, By.COURIER, [worse.key], turn.language)
    return names[worse.key], worse


def draw_worse_row(button: SummaryButton, worse: WorsenedUnit) -> KeyboardRow:
    """One press from what got worse to the cases behind it."""
    there = SummaryButton(button.period, BREAKDOWN_CODES[By.COURIER], hash_unit(worse.key), CASES, 0)
    return (Key(Text("summary-worse-cases"), there),)
