"""A summary is counted, and these were counted by hand."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.case import UNSOLVED, State
from domain.figures import DepartmentLine, Summary, Tally
from domain.period import parse_period
from domain.survey import Kind
from storage import ratings
from storage.database import Database, Tx
from storage.ratings import Given
from storage.summary import summary
from tests.storage.rows import delivery, filed, invitation, invite, person

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
OCTOBER = parse_period("2026-10", NOW, SHANGHAI)
FIRST = datetime(2026, 9, 30, 16, 0, tzinfo=UTC)
"""The first moment of October in Shanghai."""

LAST = datetime(2026, 10, 31, 16, 0, tzinfo=UTC) - timedelta(microseconds=1)
INSIDE = datetime(2026, 10, 15, 4, 0, tzinfo=UTC)
NAMES = {"north": "North", "south": "South"}
_ids = count(1)


async def _rated(tx: Tx, scores: dict[str, int], delivered: datetime | None, **changes: Any) -> int:  # noqa: ANN401
    """An invitation with these ratings by dimension, about a delivery completed then, or about none."""
    id_ = next(_ids)
    state = str(changes.pop("state", "open"))
    about = await delivery(tx, id_, delivered_at=delivered) if delivered is not None else None
    await invite(tx, invitation(id_, 5, about, **({"department": "north", "at": NOW} | changes)))
    await ratings.close(tx, [id_], state)
    if scores:
        await ratings.answer(tx, [Given(id_, f"q-{d}", d, score, NOW) for d, score in scores.items()])
    return id_


async def _look(database: Database, names: dict[str, str] | None = None) -> Summary:
    async with database.read() as tx:
        return await summary(tx, OCTOBER, NOW, NAMES if names is None else names)


@pytest.fixture(autouse=True)
async def somebody(database: Database) -> None:
    async with database.begin() as tx:
        await person(tx, 5)


async def test_nothing(database: Database) -> None:
    """An empty company has a summary of zeros."""
    none = Tally()
    assert await _look(database) == Summary(OCTOBER, none, none, {}, (), 0, 0, 0, 0, 0, 0, 0, 0)


async def test_everything(database: Database) -> None:
    """One month with everything in it has exactly the figures that were counted by hand."""
    september, late = datetime(2026, 9, 10, tzinfo=UTC), NOW - timedelta(days=1)
    async with database.begin() as tx:
        await _rated(tx, {"overall": 5, "timeliness": 4}, INSIDE)
        await _rated(tx, {"overall": 5, "timeliness": 2, "goods": 1}, INSIDE)
        await _rated(tx, {"overall": 1}, INSIDE, department="south")
        await _rated(tx, {}, INSIDE)
        await _rated(tx, {}, INSIDE, state="undelivered")
        await _rated(tx, {"overall": 3}, september)
        await delivery(tx, next(_ids), delivered_at=INSIDE)
        await filed(tx, "C-1", created_at=INSIDE, due_at=late, department="south")
        await filed(tx, "C-2", created_at=INSIDE, due_at=NOW, department="south")
        await filed(tx, "C-3", created_at=INSIDE, due_at=late, state=State.CLOSED)
        await filed(tx, "C-4", created_at=september, due_at=late, department="claims")
    assert await _look(database) == Summary(
        period=OCTOBER,
        tally=Tally((1, 0, 0, 0, 2)),
        previous=Tally((0, 0, 1, 0, 0)),
        dimensions={"timeliness": Tally((0, 1, 0, 1, 0)), "goods": Tally((1, 0, 0, 0, 0))},
        departments=(
            DepartmentLine("claims", Tally(), 0, 1, 1),
            DepartmentLine("North", Tally((0, 0, 0, 0, 2)), 1, 0, 0),
            DepartmentLine("South", Tally((1, 0, 0, 0, 0)), 2, 2, 1),
        ),
        deliveries=6,
        deliveries_previous=1,
        surveys_sent=4,
        answered=3,
        complaints_opened=3,
        complaints_previous=1,
        open_now=3,
        overdue_now=2,
    )


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        (FIRST - timedelta(microseconds=1), False),
        (FIRST, True),
        (LAST, True),
        (LAST + timedelta(microseconds=1), False),
        (datetime(2026, 10, 1, 0, 0, tzinfo=SHANGHAI), True),
        (datetime(2026, 9, 30, 23, 59, tzinfo=SHANGHAI), False),
        (datetime(2026, 10, 31, 23, 59, tzinfo=UTC), False),
    ],
)
async def test_a_month_is_the_companys(database: Database, at: datetime, *, inside: bool) -> None:
    """A month begins and ends at the company's midnights; the first moment belongs to it and the last does not: for all figures alike."""
    async with database.begin() as tx:
        await _rated(tx, {"overall": 4, "goods": 2}, at)
        await _rated(tx, {"overall": 3}, None, at=at)
        await filed(tx, created_at=at)
    found = await _look(database)
    assert found.tally == (Tally((0, 0, 1, 1, 0)) if inside else Tally())
    assert found.dimensions == ({"goods": Tally((0, 1, 0, 0, 0))} if inside else {})
    assert (found.deliveries, found.surveys_sent, found.answered) == ((1, 2, 2) if inside else (0, 0, 0))
    assert found.complaints_opened == inside


async def test_a_rating_counts_for_its_delivery(database: Database) -> None:
    """A rating belongs to the month of its delivery, whenever it was asked for and given."""
    async with database.begin() as tx:
        await _rated(tx, {"overall": 4}, LAST, at=NOW)
        await _rated(tx, {"overall": 1}, NOW, at=INSIDE)
    assert (await _look(database)).tally == Tally((0, 0, 0, 1, 0))


async def test_a_rating_about_no_delivery_counts_for_its_own_date(database: Database) -> None:
    """Who rated without a delivery counts in the month they were asked, and makes no delivery."""
    async with database.begin() as tx:
        await _rated(tx, {"overall": 2}, None, at=INSIDE, department="")
        await _rated(tx, {"overall": 5}, None, at=NOW, department="")
    found = await _look(database)
    assert found.tally == Tally((0, 1, 0, 0, 0))
    assert (found.deliveries, found.surveys_sent, found.answered) == (0, 1, 1)
    assert found.departments == ()


async def test_every_dimension_has_its_own_n(database: Database) -> None:
    """A dimension counts who answered it, in all departments; words, choices and questions of no dimension count in none."""
    async with database.begin() as tx:
        await _rated(tx, {"overall": 5, "goods": 5, "": 1}, INSIDE)
        await _rated(tx, {"overall": 4, "goods": 3, "attitude": 1}, INSIDE, department="south")
        third = await _rated(tx, {"overall": 4}, INSIDE)
        await ratings.answer(tx, [Given(third, "why", "goods", ("late",), NOW), Given(third, "comment", "", "5", NOW)])
    found = await _look(database)
    assert found.tally.n == 3
    assert {name: tally.n for name, tally in found.dimensions.items()} == {"goods": 2, "attitude": 1}
    assert found.dimensions["goods"] == Tally((0, 0, 1, 0, 1))


async def test_other_forms_are_not_added(database: Database) -> None:
    """Four levels, nought to ten, yes and no: none of them is a rating of five levels, but each is an answer."""
    async with database.begin() as tx:
        one = await _rated(tx, {"overall": 4}, INSIDE)
        four = await _rated(tx, {}, INSIDE)
        given = [
            Given(four, "q", "overall", 5, NOW, Kind.RATING, 4),
            Given(one, "nps", "goods", 10, NOW, Kind.NPS, 11),
            Given(one, "sure", "goods", 1, NOW, Kind.YESNO, 2),
        ]
        await ratings.answer(tx, given)
    found = await _look(database)
    assert (found.tally, found.dimensions, found.answered) == (Tally((0, 0, 0, 1, 0)), {}, 2)


async def test_a_changed_rating_counts_once(database: Database) -> None:
    """Who changes a rating is one answer, the last."""
    async with database.begin() as tx:
        one = await _rated(tx, {"overall": 1}, INSIDE)
        await ratings.answer(tx, [Given(one, "q-overall", "overall", 5, NOW)])
    found = await _look(database)
    assert (found.tally, found.answered) == (Tally((0, 0, 0, 0, 1)), 1)


async def test_who_was_not_reached_is_not_silent(database: Database) -> None:
    """A survey that reached nobody is neither sent nor answered; one that expired unanswered was sent."""
    async with database.begin() as tx:
        await _rated(tx, {}, INSIDE, state="undelivered")
        await _rated(tx, {}, INSIDE, state="expired")
        one = await _rated(tx, {}, INSIDE)
        await ratings.answer(tx, [Given(one, "comment", "", "thanks", NOW)])
    found = await _look(database)
    assert (found.surveys_sent, found.answered) == (2, 1)


@pytest.mark.parametrize("state", State)
async def test_open_now(database: Database, state: State) -> None:
    """What is open and overdue is what waits for the company now, whenever it was opened; a merged case counts once, in the other."""
    async with database.begin() as tx:
        await filed(tx, "C-1", created_at=INSIDE, due_at=NOW - timedelta(seconds=1), state=state)
        await filed(tx, "C-2", created_at=NOW, due_at=NOW, state=state)
    found = await _look(database)
    waits = state in UNSOLVED
    assert (found.open_now, found.overdue_now) == ((2, 1) if waits else (0, 0))
    assert found.complaints_opened == (state is not State.MERGED)
    assert [(line.open, line.overdue) for line in found.departments if line.open] == ([(2, 1)] if waits else [])


async def test_names_of_the_reader(database: Database) -> None:
    """A department is called by its name in the reader's language; one that is gone from the company file by its key."""
    async with database.begin() as tx:
        await _rated(tx, {"overall": 5}, INSIDE)
        await _rated(tx, {"overall": 5}, INSIDE, department="closed")
    found = await _look(database, {"north": "北部"})
    assert [line.name for line in found.departments] == ["closed", "北部"]
