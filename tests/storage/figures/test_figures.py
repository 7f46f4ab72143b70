"""What a summary is read from: totals of the period by unit, and how its complaints went."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from domain.cases.course import Course, Outcome
from domain.cases.deadlines import Deadline, Stage
from domain.figures.breakdown import By
from domain.figures.casework import Kept
from domain.figures.figures import Counts, Stratum, Tally
from domain.figures.period import parse_period
from domain.figures.totals import CaseFact, DeliveryFact, Fact, Place, Scored, SurveyFact, change
from domain.surveys.survey import Kind
from storage.cases import clocks, courses
from storage.cases.courses import Line
from storage.engine.database import Database, Tx
from storage.figures import figures, totals
from storage.figures.figures import Wish
from tests.harness.inside import COMPANY
from tests.harness.rows import filed

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
INSIDE = datetime(2026, 10, 15, 4, 0, tzinfo=UTC)
OCTOBER = parse_period("2026-10", NOW, COMPANY.zone)
NORTH = Place(INSIDE, "north", "k17", priority="P1")
SOUTH = Place(INSIDE + timedelta(hours=3), "south", "k18", priority="P4")


@pytest.fixture(autouse=True)
async def october(database: Database) -> None:
    """Three deliveries, two rated; one of September; a complaint of each kind of end."""
    five, one = (Scored("overall", Kind.RATING, 5, score) for score in (5, 1))
    facts: list[Fact] = [
        DeliveryFact(NORTH, sampled=True),
        DeliveryFact(SOUTH, sampled=True),
        DeliveryFact(SOUTH, sampled=False),
        DeliveryFact(Place(INSIDE - timedelta(days=30), "north"), sampled=True),
        SurveyFact(NORTH, about_delivery=True, answers={"q": five, "g": Scored("goods", Kind.RATING, 5, 4)}),
        SurveyFact(SOUTH, about_delivery=True, answers={"q": one, "n": Scored("n", Kind.NPS, 11, 9)}),
        CaseFact(NORTH, INSIDE, "delivery", valid=True),
        CaseFact(SOUTH, INSIDE, "other"),
    ]
    async with database.begin() as tx:
        await totals.add(tx, change([(None, fact) for fact in facts], COMPANY.zone))
        answered = Course(Outcome.SATISFIED, 600, 3600, 7200, INSIDE, 1, 1)
        await _case(tx, "C-1", facts[6], answered, ended=INSIDE + timedelta(hours=1))
        await _case(tx, "C-2", facts[7], Course(), ended=None)


async def _case(tx: Tx, number: str, fact: object, course: Course, *, ended: datetime | None) -> None:
    assert isinstance(fact, CaseFact)
    due = INSIDE + timedelta(hours=2)
    case = await filed(tx, number, department=fact.place.department, created_at=INSIDE, due_at=due)
    await courses.put(tx, Line(case.id, fact, course))
    await clocks.keep(tx, case, [Deadline(Stage.ACCEPT, 1, INSIDE, due, ended, promised_at=due)])


async def test_everything(database: Database) -> None:
    """The month as it was counted by hand."""
    async with database.read() as tx:
        found = await figures.summary(tx, Wish(OCTOBER), NOW)
    both = {"P1": Stratum(1, Tally.of({5: 1})), "P4": Stratum(2, Tally.of({1: 1}))}
    assert found.now == Counts(both, 2, 2, 2, 2, 1, 2)
    assert (found.before.deliveries, found.before.tally.n) == (1, 0)
    assert [(unit.key, unit.counts.deliveries, unit.open, unit.overdue) for unit in found.units] == [
        ("north", 1, 1, 1),
        ("south", 2, 1, 1),
    ]
    assert {key: strata["P1"].tally for key, strata in found.dimensions.items()} == {"goods": Tally.of({4: 1})}
    assert (found.nps.promoters, found.nps.n) == (1, 1)
    assert {unit.key: unit.counts.opened for unit in found.categories} == {"delivery": 1, "other": 1}
    work = found.casework
    assert (work.opened, work.rectified, work.satisfied, work.first, work.unanswered) == (2, 1, 1, 1, 1)
    assert (work.replied.median, work.resolved.median, work.finished.p90) == (600, 3600, 7200)
    assert work.stages == {Stage.ACCEPT: Kept(2, 1, 1)}


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
        found = await figures.summary(tx, Wish(OCTOBER, by), NOW)
        assert {unit.key for unit in found.units} == keys
        assert Counter(unit.counts.deliveries for unit in found.units) == {1: 1, 2: 1}
        for unit in found.units:
            assert (await figures.summary(tx, Wish(OCTOBER, by, unit.key), NOW)).now == unit.counts


async def test_a_head_sees_one_department(database: Database) -> None:
    """Nothing of the others is counted."""
    async with database.read() as tx:
        wish = Wish(OCTOBER, By.COURIER, departments=("south",))
        found = await figures.summary(tx, wish, NOW)
        assert ([unit.key for unit in found.units], found.open_now, found.now.deliveries) == (["k18"], 1, 2)
        assert [case.number for case in await figures.cases_behind(tx, wish, limit=10)] == ["C-2"]
        assert await figures.count_behind(tx, Wish(OCTOBER, By.COURIER, "k17")) == 1
