"""Appeals as rows: one a rating, decided once, and what an upheld one does to the figures and not to the log."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.cases.case import CaseEvent
from domain.fairness.appeal import AppealState
from domain.figures.breakdown import By
from domain.figures.totals import to_company_date
from storage import audit
from storage.audit import AuditEntry
from storage.cases import cases
from storage.engine.database import Database, Tx
from storage.fairness import appeals
from storage.fairness.appeals import Appeal
from storage.figures import totals_rebuild
from storage.surveys import ratings
from tests.harness.in_process import COMPANY
from tests.harness.rating_rows import COURIER, CUSTOMER, MEI, add_response
from tests.harness.rows import NOW, add_person, fetch_table, file_case, make_case, run_all_at_once

LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
async def people(database: Database) -> None:
    async with database.begin() as tx:
        for id_ in (CUSTOMER, COURIER, MEI, 8, 9):
            await add_person(tx, id_)


async def appealed(tx: Tx, id_: int = 1, **more: int) -> Appeal:
    """An appeal against a new rating."""
    invitation = await add_response(tx, {"overall": 1}, **more)  # type: ignore[arg-type]
    new = Appeal(id_, invitation, COURIER, "He was rude to me first.", AppealState.OPEN, NOW)
    assert await appeals.file(tx, new)
    return new


async def test_filed_and_found(database: Database) -> None:
    """By its id and by its rating; one that is not there is None."""
    async with database.begin() as tx:
        new = await appealed(tx)
        assert await appeals.get(tx, 1) == new == await appeals.find_by_invitation(tx, new.invitation)
        assert await appeals.get(tx, 2) is await appeals.find_by_invitation(tx, 2) is None


async def test_one_appeal_a_rating(database: Database) -> None:
    """A second one, also after the decision, is not written down."""
    async with database.begin() as tx:
        new = await appealed(tx)
        again = Appeal(2, new.invitation, MEI, "Me too", AppealState.OPEN, NOW)
        assert not await appeals.file(tx, again)
        await appeals.decide(tx, 1, AppealState.REJECTED, MEI, "No", LATER)
        assert not await appeals.file(tx, again)
        assert len(await fetch_table(tx, "appeals", "id")) == 1


async def test_the_first_decision_counts(database: Database, second: Database) -> None:
    """Of many at once exactly one decides, on one database and from two processes."""
    async with database.begin() as tx:
        await appealed(tx)

    async def decide(tx: Tx) -> bool:
        return await appeals.decide(tx, 1, AppealState.UPHELD, MEI, "Because", LATER)

    assert sorted(await run_all_at_once([database, second], 6, decide)) == [False] * 5 + [True]
    async with database.begin() as tx:
        assert not await appeals.decide(tx, 1, AppealState.REJECTED, 8, "No", LATER)
        appeal = await appeals.get(tx, 1)
    assert appeal is not None
    assert (appeal.state, appeal.decided_by, appeal.decision, appeal.decided_at) == (
        AppealState.UPHELD,
        MEI,
        "Because",
        LATER,
    )


async def test_an_upheld_rating_leaves_every_figure_and_stays_in_the_log(database: Database) -> None:
    """Ratings, dimensions, departments, surveys sent and answered: as if it had not been asked; the answers and the log are untouched,
    and the case is still counted.
    """
    async with database.begin() as tx:
        good = await add_response(tx, {"overall": 5, "goods": 4})
        bad = await add_response(tx, {"overall": 1, "goods": 2, "goods_reasons": ("lost",), "comment": "Broken"})
        await file_case(tx, delivery=bad)
        await audit.write_entries(
            tx, [AuditEntry(1, NOW, CUSTOMER, "answer.change", f"invitation:{bad}", "overall=2", "overall=1")]
        )
    async with database.read() as tx:
        before = await _counted(tx)
        rows = await fetch_table(tx, "answers"), await fetch_table(tx, "audit"), await fetch_table(tx, "cases")
        answered = await ratings.fetch_answers(tx, bad)
    assert before == {
        "deliveries": 2,
        "sampled": 2,
        "surveyed": 2,
        "answered": 2,
        "invited": 2,
        "responded": 2,
        "overall 5": 1,
        "goods 4": 1,
        "overall 1": 1,
        "goods 2": 1,
    }
    async with database.begin() as tx:
        await appeals.exclude_rating(tx, bad)
    async with database.read() as tx:
        after = await _counted(tx)
        assert (
            await fetch_table(tx, "answers"),
            await fetch_table(tx, "audit"),
            await fetch_table(tx, "cases"),
        ) == rows
        assert await ratings.fetch_answers(tx, bad) == answered
        assert await ratings.fetch_answers(tx, good) == {"overall": 5, "goods": 4}
    assert after == {
        "deliveries": 2,
        "sampled": 2,
        "surveyed": 1,
        "answered": 1,
        "invited": 1,
        "responded": 1,
        "overall 5": 1,
        "goods 4": 1,
    }


async def _counted(tx: Tx) -> dict[str, int]:
    """What the raw rows of the day say in all."""
    counts = await totals_rebuild.count_day(tx, to_company_date(NOW, COMPANY.zone), COMPANY.zone, ())
    return {
        f"{dimension} {column}".strip(): count
        for (cell, dimension, column), count in counts.items()
        if cell.by == By.ALL.value
    }


async def test_what_it_is_about(database: Database) -> None:
    """The delivery's facts, with the customer's name and number for the code that masks them; of an account where the delivery has no name."""
    async with database.begin() as tx:
        named = await add_response(
            tx, {"overall": 1}, courier_name="Zhang San", customer_name="王小明", phone="+8613800138000"
        )
        plain = await add_response(tx, {"overall": 1}, entered_by=MEI)
        phoned = await add_response(tx, {"overall": 1}, customer=None, entered_by=MEI)
        response = await appeals.fetch_rated_response(tx, named)
        assert (response.courier, response.courier_name, response.department) == ("k17", "Zhang San", "north")
        assert (response.waybill, response.customer_name, response.customer_phone) == (
            f"W{named}",
            "王小明",
            "+8613800138000",
        )
        assert (
            (await appeals.fetch_rated_response(tx, plain)).customer_name,
            (await appeals.fetch_rated_response(tx, plain)).entered_by,
        ) == (
            "Anna",
            MEI,
        )
        assert (
            (await appeals.fetch_rated_response(tx, phoned)).person,
            (await appeals.fetch_rated_response(tx, phoned)).customer_name,
        ) == (None, "")


async def test_who_has_to_do_with_it(database: Database) -> None:
    """Customer, who wrote it down, courier, all who worked on a case of the rating or its delivery; another delivery's case ties nobody."""
    async with database.begin() as tx:
        new = await appealed(tx, entered_by=MEI)
        other = await add_response(tx, {"overall": 1})
        first = await file_case(tx, "C-1", delivery=new.invitation)  # here a delivery has its invitation's number
        accepted = replace(first, version=2)
        assert await cases.move(tx, first, accepted, CaseEvent.ACCEPT, 8, NOW, {}) is not None
        await file_case(tx, "C-2", delivery=other, owner=9)
        ties = await appeals.fetch_ties(tx, new)
        assert [one.number for one in await appeals.list_cases_about(tx, new.invitation, new.invitation)] == ["C-1"]
    assert (ties.appellant, ties.customer, ties.entered_by, ties.courier) == (COURIER, CUSTOMER, MEI, "k17")
    assert ties.handled_by == {8}


async def test_a_case_of_a_rating_without_delivery(database: Database) -> None:
    """It is found by the rating itself."""
    async with database.begin() as tx:
        new = await appealed(tx)

        await cases.file(tx, make_case("C-9", owner=9), None, {"category": "delivery"}, new.invitation)
        assert [one.number for one in await appeals.list_cases_about(tx, new.invitation, None)] == ["C-9"]
        assert (await appeals.fetch_ties(tx, new)).handled_by == {9}
