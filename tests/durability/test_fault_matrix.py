"""The fault matrix in its short form: a few customers, the most telling faults. `make prove` plays all of it with two hundred."""

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio

from tests.harness.fault_arena import Arena, Setup
from tests.harness.fault_line import Result, run_line
from tests.harness.fault_matrix import (
    BEGIN,
    END,
    HEAD,
    LOAD,
    PAGE,
    POOLED,
    SETUPS,
    SHORT,
    USUAL,
    choose_covering_cells,
    choose_size,
    write_page,
)
from tests.harness.fault_stage import open_arena
from tests.harness.fault_strikes import SCENARIOS, Scenario
from tests.harness.own_postgres import OwnPostgres, run_own_postgres
from tests.harness.pgbouncer import needs_pgbouncer

BACK_SECONDS = 5.0
"""Within what time of the database's return people have to be answered: a second or two on a machine that has nothing else to do."""

BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}
SQLITE_POLLING, SQLITE_WEBHOOK, POSTGRES_POLLING, POSTGRES_WEBHOOK, THREE_POLLING, THREE_WEBHOOK = SETUPS


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def own_postgres() -> AsyncIterator[OwnPostgres]:
    async with run_own_postgres() as own:
        yield own


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "fault", [pytest.param("killed at each call", marks=pytest.mark.prove), "Bot API: acted, answer lost"]
)
async def test_with_sqlite(fault: str) -> None:
    """Customers rate, complain and add while the fault strikes again and again: everything once, and everybody comes to the end."""
    setup = SQLITE_POLLING if BY_NAME[fault].is_load else SQLITE_WEBHOOK
    _check(await run_line(BY_NAME[fault], setup, SHORT, None, seed=1))


@pytest.mark.timeout(900)
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("fault", "setup"),
    [
        ("PostgreSQL killed", POSTGRES_WEBHOOK),
        ("answers to any statement lost", POSTGRES_WEBHOOK),
        pytest.param("killed at random", THREE_WEBHOOK, marks=pytest.mark.prove),
        ("sender stopped and continued", THREE_POLLING),
    ],
    ids=lambda one: one if isinstance(one, str) else one.name,
)
async def test_with_postgresql(fault: str, setup: Setup, own_postgres: OwnPostgres) -> None:
    """The same with a server that is killed and connections that are cut, and over three processes."""
    _check(await run_line(BY_NAME[fault], setup, SHORT, own_postgres, seed=1))


@needs_pgbouncer
@pytest.mark.timeout(900)
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("fault", ["connections ended", pytest.param("PgBouncer killed", marks=pytest.mark.prove)])
async def test_with_pgbouncer(fault: str, own_postgres: OwnPostgres) -> None:
    """The same over two processes behind a pooler in transaction mode that has fewer connections than they: each statement may meet another."""
    _check(await run_line(BY_NAME[fault], POOLED, SHORT, own_postgres, seed=1))


@pytest.mark.asyncio(loop_scope="module")
async def test_it_is_itself_again_when_postgresql_is(own_postgres: OwnPostgres, tmp_path: Path) -> None:
    """PostgreSQL is restarted: anyone who writes when it is back is answered within seconds, by the same process."""
    async with open_arena(POSTGRES_POLLING, tmp_path, 1, own_postgres) as arena:
        seat = arena.telegram.private(await arena.telegram.user("Wang"))
        await seat.start()
        await seat.see("Hello, this is")
        process = arena.bots[0].pid
        await own_postgres.restart()
        await seat.say("/help")
        await seat.see("/rate", timeout=BACK_SECONDS)
        assert arena.bots[0].pid == process


def _check(result: Result) -> None:
    assert not result.verdict.faults, "\n".join([*result.verdict.faults, result.log])
    assert result.faults > 0
    assert result.actions > 5 * SHORT.customers


async def test_a_line_always_ends() -> None:
    """Whatever fails in it is said of that line, and the next one is played."""

    async def break_down(_arena: Arena, _chance: Random) -> None:
        raise ZeroDivisionError("the harness itself")

    result = await run_line(Scenario("a fault of ours", begin=break_down), SQLITE_WEBHOOK, SHORT, None, seed=1)
    assert result.verdict.faults == ["stuck: the line came to no end: ZeroDivisionError: the harness itself"]


def test_every_fault_and_every_set_up_is_in_the_matrix() -> None:
    """Each on either engine where there is such a fault; with many people where the line is about load."""
    cells = choose_covering_cells(SCENARIOS)
    assert {scenario.name for scenario, _ in cells} == set(BY_NAME)
    assert {setup for _, setup in cells} == {*SETUPS, POOLED}
    assert all(scenario.holds(setup) for scenario, setup in cells)
    engines = {(scenario.name, setup.engine) for scenario, setup in cells}
    setups = (*SETUPS, POOLED)
    assert engines == {(one.name, setup.engine) for one in SCENARIOS for setup in setups if one.holds(setup)}
    sizes = {(scenario.name, setup.processes): choose_size(scenario, setup) for scenario, setup in cells}
    assert sizes["nothing", 3] is sizes["killed at random", 1] is LOAD
    assert sizes["nothing", 1] is sizes["disk full", 3] is USUAL


def test_the_page_has_the_table(tmp_path: Path) -> None:
    """`make prove` writes its lines between the marks, and leaves the rest of the page as it is."""
    page = tmp_path / "reliability.md"
    page.write_text(PAGE.read_text("utf-8"), "utf-8")
    before, after = page.read_text("utf-8").partition(BEGIN)[0], page.read_text("utf-8").partition(END)[2]
    result = Result(BY_NAME["disk full"], SQLITE_POLLING, SHORT, actions=7, faults=3, seconds=12.4)
    result.verdict.unanswered.append("a press")
    write_page([result], page)
    text = page.read_text("utf-8")
    assert text.startswith(before)
    assert text.endswith(after)
    assert f"{HEAD}\n| disk full | SQLite, polling, 1 process | 6 | 7 | 3 | 0 | 0 | 0 | 1 | 0 |\n{END}" in text
