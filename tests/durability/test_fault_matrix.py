"""The fault matrix in its short form: a dozen customers, one fault of each sort, for `make prove-all`. `make prove` plays all of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.harness.fault_matrix import (
    BEGIN,
    END,
    HEAD,
    PAGE,
    SETUPS,
    SHORT,
    Result,
    choose_covering_cells,
    run_cell,
    write_page,
)
from tests.harness.fault_strikes import SCENARIOS
from tests.harness.own_postgres import OwnPostgres, run_own_postgres

BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}
SQLITE_POLLING, SQLITE_WEBHOOK, _, POSTGRES_WEBHOOK, THREE_POLLING, THREE_WEBHOOK = SETUPS


@pytest.fixture
async def postgres(request: pytest.FixtureRequest) -> AsyncIterator[OwnPostgres | None]:
    if request.param.engine == "SQLite":
        yield None
        return
    async with run_own_postgres() as own:
        yield own


@pytest.mark.prove
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("fault", "postgres"),
    [
        ("killed at a call to Telegram", SQLITE_POLLING),
        ("Bot API: half an answer", SQLITE_WEBHOOK),
        ("PostgreSQL killed", POSTGRES_WEBHOOK),
        ("sender stopped and continued", THREE_POLLING),
        ("killed at random", THREE_WEBHOOK),
    ],
    indirect=["postgres"],
)
async def test_nothing_is_lost_doubled_or_stuck(
    fault: str, postgres: OwnPostgres | None, request: pytest.FixtureRequest
) -> None:
    """Customers rate, complain and add while the fault strikes again and again: everything once, and everybody comes to the end."""
    setup = request.node.callspec.params["postgres"]
    result = await run_cell(BY_NAME[fault], setup, SHORT, postgres, seed=1)
    assert result.faults > 0
    assert result.actions > 5 * SHORT.customers
    assert not result.verdict.faults, "\n".join([*result.verdict.faults, result.log])


def test_every_fault_and_every_set_up_is_in_the_matrix() -> None:
    cells = choose_covering_cells(SCENARIOS)
    assert {scenario.name for scenario, _ in cells} == set(BY_NAME)
    assert {setup for _, setup in cells} == set(SETUPS)
    assert all(scenario.holds(setup) for scenario, setup in cells)


def test_the_page_has_the_table(tmp_path: Path) -> None:
    """`make prove` writes its lines between the marks, and leaves the rest of the page as it is."""
    page = tmp_path / "reliability.md"
    page.write_text(PAGE.read_text("utf-8"), "utf-8")
    before, after = page.read_text("utf-8").partition(BEGIN)[0], page.read_text("utf-8").partition(END)[2]
    result = Result(BY_NAME["disk full"], SQLITE_POLLING, actions=7, faults=3, seconds=12.4)
    write_page([result], SHORT, page)
    text = page.read_text("utf-8")
    assert text.startswith(before)
    assert text.endswith(after)
    assert f"{HEAD}\n| disk full | SQLite, polling, 1 process | 7 | 3 | 0 | 0 | 0 | 0 | 12 |\n{END}" in text
