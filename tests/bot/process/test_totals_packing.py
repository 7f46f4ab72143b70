"""Totals with many rows are packed in the background, and say the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from random import Random
from typing import Any

import pytest
from sqlalchemy import event, func, select

from bot.process import totals_packing
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


class _KilledError(Exception):
    """The process is gone in the middle of a transaction."""


@contextmanager
def _kill_at(desk: Desk, slice_number: int, taken: list[int]) -> Iterator[None]:
    """Raise when the slice with this number has taken its rows; `taken` is given how many each took."""
    numbers = count()

    def look(*arguments: Any) -> None:  # noqa: ANN401 -- SQLAlchemy's
        _connection, _cursor, statement, parameters, _context, many = arguments
        if statement.startswith("DELETE FROM") and "_totals" in statement:
            taken.append(len(parameters) if many else 1)
            if next(numbers) == slice_number:
                raise _KilledError

    engine = desk.database.engine.sync_engine
    event.listen(engine, "after_cursor_execute", look)
    try:
        yield
    finally:
        event.remove(engine, "after_cursor_execute", look)


async def test_packing_goes_by_slices(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """No slice takes more rows than it may; killed in any, with ratings in between, the totals are exact."""
    monkeypatch.setattr(packed_totals, "ROWS_TO_PACK", 2)
    monkeypatch.setattr(totals_packing, "SLICE_ROWS", 3)
    for n in range(12):
        await desk.open_survey(waybill=f"W{n}", courier={"id": f"k{n}"}, department="transport")
    taken: list[int] = []
    for n in range(8):
        with _kill_at(desk, 3 * n, taken), pytest.raises(_KilledError):
            await TotalsPacking(desk.database).step()
        shown = await desk.open_survey(waybill=f"V{n}", courier={"id": f"k{n % 2}"}, department="transport")
        await desk.press(WANG, find_button_data(shown, "4"))
        async with desk.database.read() as tx:
            assert await totals_rebuild.find_differences(tx, desk.services) == {}
    told = await _tell(desk)
    await TotalsPacking(desk.database).step()
    assert await _tell(desk) == told
    assert max(taken) == totals_packing.SLICE_ROWS
    assert await TotalsPacking(desk.database).step() == 0
