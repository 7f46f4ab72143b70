"""Totals with many rows are packed in the background, and say the same."""

from random import Random

import pytest
from sqlalchemy import func, select

from bot.process.totals_packing import TotalsPacking
from domain.figures.breakdown import By
from domain.figures.period import parse_period
from handlers.figures import totals_rebuild
from storage import models
from storage.figures import figures, packed_totals
from storage.figures.figures import FigureQuery
from tests.harness.in_process import COMPANY, NOON, WANG, Desk, find_button_data


async def _tell(desk: Desk) -> list[object]:
    period = parse_period("month", NOON, COMPANY.zone)
    async with desk.database.read() as tx:
        return [
            await figures.fetch_summary(tx, FigureQuery(period, by, value, departments), NOON)
            for by, value, departments in (
                (By.COURIER, None, None),
                (By.COURIER, "k1", None),
                (By.HOUR, None, ("transport",)),
                (By.ALL, None, None),
            )
        ]


async def test_packed_totals_say_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of breakdowns go, figures stay; what is rated afterwards is added; packed twice, nothing is left to pack."""
    draw = Random(1)  # noqa: S311 -- a test's dice are no secret
    monkeypatch.setattr(packed_totals, "ROWS_TO_PACK", 2)
    for turn in range(2):
        for n in range(4):
            shown = await desk.open_survey(waybill=f"W{turn}{n}", courier={"id": f"k{n % 3}"}, department="transport")
            await desk.press(WANG, find_button_data(shown, str(draw.randint(3, 5))))
        told = await _tell(desk)
        assert await TotalsPacking(desk.database).step() > 0
        assert await _tell(desk) == told
        async with desk.database.read() as tx:
            assert await totals_rebuild.find_differences(tx, desk.services) == {}
    assert await TotalsPacking(desk.database).step() == 0
    t = models.delivery_totals.c
    assert await desk.rows(select(func.count()).where(t.by == By.COURIER.value)) == [(0,)]
