"""What a summary is read from: totals of the period by unit, and how its complaints went."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from domain.cases.deadlines import Deadline, Stage
from domain.cases.handling import CaseHandling, Outcome
from domain.figures.breakdown import By
from domain.figures.figures import Counts, Stratum, Tally
from domain.figures.handling import KeptDeadlines
from domain.figures.period import parse_period
from domain.figures.totals import CaseFact, DeliveryFact, Fact, FactPlace, ScoredAnswer, SurveyFact, compute_change
from domain.surveys.question_kinds import QuestionKind
from storage.cases import deadlines, handling
from storage.engine.database import Database, Tx
from storage.figures import figures, totals
from storage.figures.figures import FigureQuery
from tests.harness.in_process import COMPANY
from tests.harness.rows import file_case

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
INSIDE = datetime(2026, 10, 15, 4, 0, tzinfo=UTC)
OCTOBER = parse_period("2026-10", NOW, COMPANY.zone)
NORTH = FactPlace(INSIDE, "north", "k17", priority="P1")
SOUTH = FactPlace(INSIDE + timedelta(hours=3), "south", "k18", priority="P4")


@pytest.fixture(autouse=True)
async def october(database: Database) -> None:
    """Three deliveries, two rated; one of September; a complaint of each kind of end."""
    best, worst = (ScoredAnswer("overall", QuestionKind.RATING, 5, score) for score in (5, 1))
    answered = CaseHandling(Outcome.SATISFIED, 600, 3600, 7200, INSIDE, 1, 1)
    facts: list[Fact] = [
        DeliveryFact(NORTH, sampled=True),
        DeliveryFact(SOUTH, sampled=True),
        DeliveryFact(SOUTH, sampled=False),
        DeliveryFact(FactPlace(INSIDE - timedelta(days=30), "north"), sampled=True),
        SurveyFact(
            NORTH, about_delivery=True, answers={"q": best, "g": ScoredAnswer("goods", QuestionKind.RATING, 5, 4)}
        ),
        SurveyFact(SOUTH, about_delivery=True, answers={"q": worst, "n": ScoredAnswer("n", QuestionKind.NPS, 11, 9)}),
    ]
    async with database.begin() as tx:
        first = CaseFact(NORTH, INSIDE, "delivery", valid=True, handling=answered)
        facts += await _case(tx, "C-1", first, ended=INSIDE + timedelta(hours=1))
        facts += await _case(tx, "C-2", CaseFact(SOUTH, INSIDE, "other"), ended=None)
        await totals.add_entries(tx, compute_change([(None, fact) for fact in facts], COMPANY.zone))


async def _case(tx: Tx, number: str, fact: CaseFact, *, ended: datetime | None) -> list[Fact]:
    due = INSIDE + timedelta(hours=2)
    case = await file_case(tx, number, department=fact.place.department, created_at=INSIDE, due_at=due)
    await handling.put(tx, case.id, fact)
    await deadlines.upsert_deadlines(tx, case, [Deadline(Stage.ACCEPT, 1, INSIDE, due, ended, promised_at=due)])
    return [fact, *(await deadlines.list_counted(tx, case.id)).values()]


async def test_everything(database: Database) -> None:
    """The month as it was counted by hand."""
    async with database.read() as tx:
        summary = await figures.fetch_summary(tx, FigureQuery(OCTOBER), NOW)
    both = {"P1": Stratum(1, Tally.of({5: 1})), "P4": Stratum(2, Tally.of({1: 1}))}
    assert summary.now == Counts(both, 2, 2, 2, 2, 1, 2, 2, 2)
    assert (summary.before.deliveries, summary.before.tally.n) == (1, 0)
    assert [(unit.key, unit.counts.deliveries, unit.open, unit.overdue) for unit in summary.units] == [
        ("north", 1, 1, 1),
        ("south", 2, 1, 1),
    ]
    assert {key: strata["P1"].tally for key, strata in summary.dimensions.items()} == {"goods": Tally.of({4: 1})}
    assert (summary.nps.promoters, summary.nps.n) == (1, 1)
    assert {unit.key: unit.counts.opened for unit in summary.categories} == {"delivery": 1, "other": 1}
    work = summary.casework
    assert (work.opened, work.rectified, work.satisfied, work.first, work.unanswered) == (2, 1, 1, 1, 1)
    assert (work.replied.median, work.resolved.median, work.finished.p90) == (600, 3600, 7200)
    assert work.stages == {Stage.ACCEPT: KeptDeadlines(2, 1, 1)}


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        (By.COURIER, {"k17", "k18"}),
        (By.PRIORITY, {"P1", "P4"}),
        (By.DEPARTMENT, {"north", "south"}),
        (By.HOUR, {"412", "415"}),
    ],
)
async def test_units(database: Database, by: By, keys: set[str]) -> None:
    """Each unit has its own, and together they are everything; asked for alone it is the same."""
    async with database.read() as tx:
        summary = await figures.fetch_summary(tx, FigureQuery(OCTOBER, by), NOW)
        assert {unit.key for unit in summary.units} == keys
        assert Counter(unit.counts.deliveries for unit in summary.units) == {1: 1, 2: 1}
        for unit in summary.units:
            assert (await figures.fetch_summary(tx, FigureQuery(OCTOBER, by, unit.key), NOW)).now == unit.counts


async def test_a_head_sees_one_department(database: Database) -> None:
    """Nothing of the others is counted."""
    async with database.read() as tx:
        wish = FigureQuery(OCTOBER, By.COURIER, departments=("south",))
        summary = await figures.fetch_summary(tx, wish, NOW)
        assert ([unit.key for unit in summary.units], summary.open_now, summary.now.deliveries) == (["k18"], 1, 2)
        assert [case.number for case in await figures.list_cases_behind(tx, wish, limit=10)] == ["C-2"]
        assert await figures.count_cases_behind(tx, FigureQuery(OCTOBER, By.COURIER, "k17")) == 1
