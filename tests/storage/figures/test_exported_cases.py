"""Cases, their process and promises for an export: each once, with what counts marked as the figures count it."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from domain.cases.case import CaseEvent
from domain.figures.export import ExportedCase, ExportedDeadline, ExportedStep, ExportRequest
from storage.engine.database import Database
from storage.figures import exported_cases, figures
from storage.figures.figures import FigureQuery
from storage.models import case_events, cases, deadlines
from tests.harness.export_rows import NOW, write_october
from tests.storage.figures.test_exports import ALL, OCTOBER, every


async def of(
    database: Database, wanted: ExportRequest = ALL
) -> tuple[list[ExportedCase], list[ExportedStep], list[ExportedDeadline]]:
    async with database.read() as tx:
        exported = await every(exported_cases.stream_cases(tx, wanted, NOW))
        promises = await every(exported_cases.stream_deadlines(tx, wanted, NOW))
    return [line for line, _ in exported], [step for _, steps in exported for step in steps], promises


@pytest.mark.parametrize("size", [1, 7, 500])
async def test_every_case_once_with_its_whole_history(
    database: Database, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Whatever the size of a piece; in the order of filing, with every event of theirs."""
    await write_october(database)
    monkeypatch.setattr(exported_cases, "CASES_PER_PIECE", size)
    monkeypatch.setattr(exported_cases, "DEADLINES_PER_PIECE", size)
    lines, steps, promises = await of(database)
    numbers = [line.number for line in lines]
    assert len(set(numbers)) == len(numbers) > 40
    async with database.read() as tx:
        ids: Mapping[str, int] = {row.number: row.id for row in await tx.execute(select(cases.c.number, cases.c.id))}
        events = (await tx.execute(select(case_events.c.case, case_events.c.version))).all()
        due = (await tx.execute(select(deadlines.c.due_at))).scalars().all()
    wanted = {ids[number] for number in numbers}
    assert sorted(wanted) == [ids[number] for number in numbers]
    assert {(ids[step.number], step.version) for step in steps} == {tuple(one) for one in events if one.case in wanted}
    assert len(promises) == len([at for at in due if OCTOBER.start <= at < OCTOBER.end])
    assert [one.due_at for one in promises] == sorted(one.due_at for one in promises)


async def test_what_counts_is_what_the_figures_count(database: Database) -> None:
    """Opened, about the deliveries of the period, settled: the marks add up to the figures."""
    await write_october(database)
    lines, _, promises = await of(database)
    async with database.read() as tx:
        summary = await figures.fetch_summary(tx, FigureQuery(OCTOBER), NOW)
    opened = [line for line in lines if line.counts]
    assert len(opened) == summary.casework.opened
    assert sum(line.settled for line in opened) == summary.casework.settled
    assert sum(line.about for line in lines) == summary.now.complaints
    assert sum(bool(line.about and line.valid) for line in lines) == summary.now.valid
    for stage, kept in summary.casework.stages.items():
        due = [one for one in promises if one.stage is stage and one.counts]
        assert (len(due), sum(one.kept for one in due)) == (kept.due, kept.kept)
        assert sum(one.kept_as_promised for one in due) == kept.promised


async def test_colleagues_are_named_and_customers_are_not(database: Database) -> None:
    """Everyone who acted for the company by name; what the customer wrote only where it is wanted."""
    await write_october(database)
    for words in (True, False):
        lines, steps, _ = await of(database, ExportRequest(OCTOBER, words=words))
        assert {step.who for step in steps} == {"=Li", "Zhao", ""}
        assert {step.who for step in steps if step.by_customer} == {""}
        assert {line.owner for line in lines} == {"=Li"}
        said = [step.facts for step in steps if step.event is CaseEvent.NOT_SATISFIED]
        assert all(bool(facts) is words for facts in said)
        assert all(bool(line.description) is words for line in lines)
        assert {step.facts["action"] for step in steps if step.event is CaseEvent.RESOLVE} == {"@train"}


async def test_a_department_gets_what_it_leads(database: Database) -> None:
    """Cases and promises of others are in none of the tables."""
    await write_october(database)
    lines, steps, promises = await of(database, ExportRequest(OCTOBER, ("service",)))
    assert {line.department for line in lines} == {one.department for one in promises} == {"service"}
    assert {step.number for step in steps} == {line.number for line in lines}
