"""What the rated person may read: the own ratings, newest first, and nothing that leads to the customer."""

from dataclasses import fields
from datetime import timedelta

import pytest

from domain.cases.case import CaseState
from domain.fairness.appeal import AppealState
from domain.figures.figures import Tally
from domain.surveys.survey import Answer
from storage.cases import cases
from storage.engine.database import Database, Tx
from storage.fairness import appeals, own_ratings
from storage.fairness.appeals import Appeal
from storage.fairness.own_ratings import HandlingRating, OwnRating
from storage.surveys import ratings
from storage.surveys.ratings import RecordedAnswer
from tests.harness.rating_rows import COURIER, CUSTOMER, MEI, add_response
from tests.harness.rows import NOW, add_person, file_case

YEAR = NOW - timedelta(days=365)


@pytest.fixture(autouse=True)
async def people(database: Database) -> None:
    async with database.begin() as tx:
        for id_ in (CUSTOMER, COURIER, MEI):
            await add_person(tx, id_)


async def page(tx: Tx, *couriers: str, limit: int = 10, offset: int = 0) -> list[OwnRating]:
    return await own_ratings.list_page(tx, couriers or ("k17",), YEAR, limit=limit, offset=offset)


async def test_what_a_rating_tells(database: Database) -> None:
    """Scores by dimension, ticked reasons, whether it was entered on behalf; not the customer, the waybill or the customer's words."""
    async with database.begin() as tx:
        given: dict[str, Answer] = {
            "overall": 2,
            "goods": 1,
            "goods_reasons": ("lost", "damaged"),
            "comment": "Anna, 5 High Street",
        }
        id_ = await add_response(tx, given, entered_by=MEI)
        (rating,) = await page(tx)
    assert rating == OwnRating(
        id_,
        "delivery@1",
        "k17",
        NOW,
        True,
        False,
        "",
        {"overall": 2, "goods": 1},
        {"goods_reasons": ("lost", "damaged")},
    )
    assert {one.name for one in fields(OwnRating)}.isdisjoint({"waybill", "person", "customer", "delivery", "comment"})


async def test_only_what_is_frozen_to_this_courier(database: Database) -> None:
    """Another courier's, and what was only commented on, are not the own ratings; somebody with two ids sees both."""
    async with database.begin() as tx:
        mine = await add_response(tx, {"overall": 5})
        other = await add_response(tx, {"overall": 1}, courier="k18")
        await add_response(tx, {"comment": "thanks"})
        await add_response(tx, {})
        assert [one.invitation for one in await page(tx)] == [mine]
        assert {one.invitation for one in await page(tx, "k17", "k18")} == {mine, other}


async def test_newest_first_page_by_page(database: Database) -> None:
    """By when the rating was last given; older than a year is not read."""
    async with database.begin() as tx:
        ids = [await add_response(tx, {"overall": 3}, NOW - timedelta(days=n)) for n in range(5)]
        await add_response(tx, {"overall": 3}, YEAR - timedelta(days=1))
        await ratings.record_answers(tx, [RecordedAnswer(ids[4], "overall", "overall", 4, NOW + timedelta(hours=1))])
        whole = [one.invitation for one in await page(tx)]
        assert whole == [ids[4], *ids[:4]]
        assert [one.invitation for one in await page(tx, limit=2, offset=2)] == whole[2:4]
        assert await page(tx, offset=10) == []


async def test_what_can_be_appealed(database: Database) -> None:
    """Young ones without an appeal."""
    async with database.begin() as tx:
        new, old, appealed = [await add_response(tx, {"overall": 1}, NOW - timedelta(days=n)) for n in (1, 40, 2)]
        await appeals.file(tx, Appeal(1, appealed, COURIER, "why", AppealState.OPEN, NOW))
        since = NOW - timedelta(days=30)
        appealable = await own_ratings.list_page(tx, ["k17"], YEAR, limit=10, appealable_since=since)
        assert [one.invitation for one in appealable] == [new]
        assert [(one.invitation, one.appeal) for one in await page(tx)] == [(new, ""), (appealed, "open"), (old, "")]


async def test_one_and_none(database: Database) -> None:
    """One by its id; an invitation without a rating is none."""
    async with database.begin() as tx:
        id_, silent = await add_response(tx, {"overall": 4}), await add_response(tx, {"comment": "x"})
        rating = await own_ratings.fetch_rating(tx, id_)
        assert rating is not None
        assert rating.scores == {"overall": 4}
        assert await own_ratings.fetch_rating(tx, silent) is None
        assert await own_ratings.fetch_rating(tx, 999999) is None


async def test_the_tally_leaves_out_what_was_set_aside(database: Database) -> None:
    """Overall ratings that count; a dimension is no overall rating, and an excluded one is in the list but in no figure."""
    async with database.begin() as tx:
        await add_response(tx, {"overall": 5, "goods": 1})
        away = await add_response(tx, {"overall": 1})
        await add_response(tx, {"overall": 2}, courier="k18")
        assert await own_ratings.count_ratings(tx, ["k17"], YEAR) == Tally((1, 0, 0, 0, 1))
        await appeals.exclude_rating(tx, away)
        assert await own_ratings.count_ratings(tx, ["k17"], YEAR) == Tally((0, 0, 0, 0, 1))
        assert {one.invitation: one.excluded for one in await page(tx)}[away]
        assert len(await page(tx)) == 2


async def test_four_levels_are_another_tally(database: Database) -> None:
    """A rating of a four-level form is not added to those of five."""
    async with database.begin() as tx:
        await add_response(tx, {"overall": 3})
        four = await add_response(tx, {})
        await ratings.record_answers(tx, [RecordedAnswer(four, "overall", "overall", 5, NOW, levels=4)])
        assert await own_ratings.count_ratings(tx, ["k17"], YEAR) == Tally((0, 0, 1, 0, 0))


async def test_the_handling_of_own_cases(database: Database) -> None:
    """By the case's number, the last closed first; cases of others and unrated ones are not in it."""
    async with database.begin() as tx:
        for n, (owner, score) in enumerate(((COURIER, 5), (COURIER, 2), (MEI, 1), (COURIER, None))):
            case = await file_case(tx, f"C-{n}", owner=owner, state=CaseState.CLOSED)
            await cases.set_handling_rating(tx, case.id, score)
        rated = await own_ratings.list_handling_ratings(tx, COURIER, limit=10)
        assert rated == [HandlingRating("C-1", 2, None), HandlingRating("C-0", 5, None)]
        assert await own_ratings.list_handling_ratings(tx, COURIER, limit=10, offset=2) == []
        assert await own_ratings.count_handling_ratings(tx, COURIER) == Tally((0, 1, 0, 0, 1))
