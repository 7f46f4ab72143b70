"""The rows that checks look at: what can be found is handed over, also where SQL left out what cannot."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.cases.case import CaseEvent, CaseState
from domain.fairness.appeal import AppealState
from domain.fairness.manipulation import (
    CourierAppeals,
    CourierGrant,
    RatingChange,
    SelfHandledCase,
    SelfRating,
    WithdrawnCase,
)
from domain.people import Grant, Role
from domain.surveys.question_kinds import QuestionKind
from storage import audit
from storage.audit import AuditEntry
from storage.cases import cases
from storage.engine.database import Database, Tx
from storage.fairness import appeals, manipulation_checks
from storage.fairness.appeals import Appeal
from storage.fairness.manipulation_checks import CheckedPeriod
from storage.people import people
from storage.surveys import ratings
from storage.surveys.ratings import RecordedAnswer
from tests.harness.rating_rows import COURIER, CUSTOMER, MEI, add_response
from tests.harness.rows import NOW, add_person, make_case

START, END = NOW - timedelta(days=3), NOW + timedelta(days=4)
SPAN = CheckedPeriod(START, END, START - timedelta(days=15))
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def after(seconds: float) -> "timedelta":
    return timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
async def everybody(database: Database) -> None:
    async with database.begin() as tx:
        for id_ in (CUSTOMER, COURIER, MEI, 8, 9):
            await add_person(tx, id_)
        await people.grant(tx, COURIER, Grant(Role.COURIER, "k17"), None, NOW)


async def test_responses_close_to_one_another(database: Database) -> None:
    """Those of an account that has three within a minute are handed over, with who wrote them down; others are left out, and so is
    what was answered before the week. The many answers of one response are one.
    """
    async with database.begin() as tx:
        for n in range(3):
            await add_response(tx, {"overall": 5, "goods": 5, "attitude": 5}, NOW + after(20 * n))
            await add_response(tx, {"overall": 5}, NOW + after(20 * n), customer=None, entered_by=MEI)
            await add_response(tx, {"overall": 5}, NOW + after(40 * n), customer=8)
            await add_response(tx, {"overall": 5}, START - after(60 - n), customer=9)
        responses = await manipulation_checks.list_responses(tx, SPAN, 3, MINUTE)
        assert sorted((one.account, one.who, one.courier, one.at) for one in responses) == sorted(
            (account, who, "k17", NOW + after(20 * n))
            for account, who in ((CUSTOMER, "customer"), (MEI, "colleague"))
            for n in range(3)
        )
        assert await manipulation_checks.list_responses(tx, SPAN, 4, MINUTE) == []


async def test_fives_close_to_one_another(database: Database) -> None:
    """Of couriers with more than two in an hour; a four, another dimension's five and a delivery without a courier are none."""
    async with database.begin() as tx:
        for n in range(3):
            await add_response(tx, {"overall": 5}, NOW + after(600 * n))
            await add_response(tx, {"overall": 4, "goods": 5}, NOW + after(600 * n), courier="k18")
            await add_response(tx, {"overall": 5}, NOW + after(600 * n), courier="")
            await add_response(tx, {"overall": 5}, NOW + after(3000 * n), courier="k19")
        best = await manipulation_checks.list_best_ratings(tx, SPAN, 2, HOUR)
        assert sorted((one.courier, one.at) for one in best) == [("k17", NOW + after(600 * n)) for n in range(3)]


async def ended(tx: Tx, number: str, about: int, events: list[tuple[CaseEvent, int]], **fields: object) -> None:
    """A case about a delivery that these people moved, closed now."""
    case = await cases.file(tx, make_case(number, delivery=about, customer=CUSTOMER, **fields), None, {})
    for event, actor in events:
        moved = await cases.move(tx, case, replace(case, version=case.version + 1), event, actor, NOW, {})
        assert moved is not None
        case = moved

    closed = replace(case, state=CaseState.CLOSED, version=case.version + 1)
    assert await cases.move(tx, case, closed, CaseEvent.SATISFIED, CUSTOMER, NOW, {}) is not None


async def test_cases_that_the_rated_courier_worked_on(database: Database) -> None:
    """As owner, resolver or reviewer; the customer's own account too. A colleague's work, another courier's case and an open one are none."""
    async with database.begin() as tx:
        about = [
            await add_response(tx, {"overall": 1}, courier=courier)
            for courier in ("k17", "k17", "k17", "k18", "k17", "k17")
        ]
        await ended(tx, "C-1", about[0], [(CaseEvent.ACCEPT, COURIER), (CaseEvent.RESOLVE, COURIER)])
        await ended(tx, "C-2", about[1], [(CaseEvent.ACCEPT, MEI), (CaseEvent.APPROVE, COURIER)])
        await ended(tx, "C-3", about[2], [(CaseEvent.ACCEPT, MEI)], owner=COURIER)
        await ended(tx, "C-4", about[3], [(CaseEvent.ACCEPT, COURIER)], owner=COURIER)
        await ended(tx, "C-5", about[4], [(CaseEvent.ACCEPT, MEI), (CaseEvent.TRANSFER, COURIER)], owner=MEI)
        await ended(tx, "C-6", about[3], [(CaseEvent.ACCEPT, CUSTOMER)], owner=MEI)
        await cases.file(tx, make_case("C-7", delivery=about[5], owner=COURIER), None, {})
        handled = await manipulation_checks.list_self_handled_cases(tx, SPAN)
        assert sorted((one.number, one.who, one.courier) for one in handled) == [
            ("C-1", "courier", "k17"),
            ("C-2", "courier", "k17"),
            ("C-3", "courier", "k17"),
            ("C-6", "customer", "k18"),
        ]
        assert all(one == SelfHandledCase(one.number, one.who, one.courier, NOW) for one in handled)
        assert await manipulation_checks.list_self_handled_cases(tx, CheckedPeriod(NOW + MINUTE, END, START)) == []


async def test_changes_of_ratings_are_read_off_the_log(database: Database) -> None:
    """Sealed as it is; ticked reasons, words, an NPS, other entries and other weeks are left out."""
    async with database.begin() as tx:
        id_ = await add_response(tx, {"overall": 5, "comment": "5"})
        await ratings.record_answers(tx, [RecordedAnswer(id_, "nps", "", 9, NOW, QuestionKind.NPS)])
        subject = f"invitation:{id_}"
        await audit.write_entries(
            tx,
            [
                AuditEntry(1, NOW, CUSTOMER, "answer.change", subject, "overall=1", "overall=3"),
                AuditEntry(2, NOW + MINUTE, CUSTOMER, "answer.change", subject, "overall=3", "overall=5"),
                AuditEntry(3, NOW, CUSTOMER, "answer.change", subject, "nps=1", "nps=9"),
                AuditEntry(4, NOW, CUSTOMER, "answer.change", subject, "comment=4", "comment=5"),
                AuditEntry(5, NOW, CUSTOMER, "answer.change", subject, "why=('late',)", "why=()"),
                AuditEntry(6, NOW, CUSTOMER, "answer.other", subject, "overall=1", "overall=5"),
                AuditEntry(7, START - MINUTE, CUSTOMER, "answer.change", subject, "overall=2", "overall=1"),
            ],
        )
        assert await manipulation_checks.list_rating_changes(tx, SPAN) == [
            RatingChange(id_, "overall", "k17", 1, 3, NOW),
            RatingChange(id_, "overall", "k17", 3, 5, NOW + MINUTE),
        ]


async def test_withdrawn_cases_of_low_ratings(database: Database) -> None:
    """Those that a rating had become, withdrawn in this time; one that somebody filed and one that is open are none."""
    async with database.begin() as tx:
        first, second = await add_response(tx, {"overall": 1}), await add_response(tx, {"overall": 2})

        for number, invitation in (("C-1", first), ("C-2", None)):
            new = await cases.file(tx, make_case(number, customer=CUSTOMER), None, {}, invitation)
            gone = replace(new, state=CaseState.WITHDRAWN, version=2)
            await cases.move(tx, new, gone, CaseEvent.WITHDRAW, CUSTOMER, NOW, {})
        await cases.file(tx, make_case("C-3"), None, {}, second)
        assert await manipulation_checks.list_withdrawn_cases(tx, SPAN) == [WithdrawnCase("C-1", "k17", NOW)]
        assert await manipulation_checks.list_withdrawn_cases(tx, CheckedPeriod(NOW + MINUTE, END, START)) == []


async def test_upheld_appeals_by_courier(database: Database) -> None:
    """Upheld of decided, within the longer time; couriers of whom none was upheld this week are not listed again."""
    async with database.begin() as tx:
        plan = [
            ("k17", AppealState.UPHELD, NOW),
            ("k17", AppealState.UPHELD, START - timedelta(days=20)),
            ("k17", AppealState.REJECTED, NOW),
            ("k17", AppealState.UPHELD, START - timedelta(days=200)),
            ("k17", AppealState.OPEN, NOW),
            ("k18", AppealState.UPHELD, START - timedelta(days=20)),
            ("k18", AppealState.REJECTED, NOW),
        ]
        for n, (courier, state, at) in enumerate(plan, 1):
            rating = await add_response(tx, {"overall": 1}, courier=courier)
            await appeals.file(tx, Appeal(n, rating, COURIER, "why", AppealState.OPEN, at))
            if state is not AppealState.OPEN:
                await appeals.decide(tx, n, state, MEI, "because", at)
        upheld = await manipulation_checks.list_courier_appeals(tx, SPAN, START - timedelta(days=90))
        assert upheld == [CourierAppeals("k17", 2, 3, NOW)]


async def test_nothing_at_all(database: Database) -> None:
    """An empty company has nothing to look at."""
    async with database.read() as tx:
        assert await manipulation_checks.list_responses(tx, SPAN, 3, MINUTE) == []
        assert await manipulation_checks.list_best_ratings(tx, SPAN, 10, HOUR) == []
        assert await manipulation_checks.list_self_handled_cases(tx, SPAN) == []
        assert await manipulation_checks.list_rating_changes(tx, SPAN) == []
        assert await manipulation_checks.list_withdrawn_cases(tx, SPAN) == []
        assert await manipulation_checks.list_courier_appeals(tx, SPAN, START) == []


async def test_ratings_from_the_couriers_own_account(database: Database) -> None:
    """As the customer, or entered on a customer's behalf; once a response, and in its week."""
    async with database.begin() as tx:
        await add_response(tx, {"overall": 5, "goods": 5}, NOW, customer=COURIER)
        await add_response(tx, {"overall": 5}, NOW, customer=CUSTOMER, entered_by=COURIER)
        await add_response(tx, {"overall": 5}, NOW, customer=CUSTOMER)
        await add_response(tx, {"overall": 5}, START - MINUTE, customer=COURIER)
        assert await manipulation_checks.list_self_ratings(tx, SPAN) == [SelfRating("k17", NOW)] * 2


async def test_who_was_made_a_courier_by_whom(database: Database) -> None:
    """By a manager, by a head, by oneself; what nobody gave, and what was given earlier, is left out."""
    async with database.begin() as tx:
        await people.grant(tx, 8, Grant(Role.MANAGER), None, NOW)
        await people.grant(tx, 9, Grant(Role.HEAD, "north"), 8, NOW)
        await people.grant(tx, MEI, Grant(Role.COURIER, "k1"), 8, NOW)
        await people.grant(tx, MEI, Grant(Role.COURIER, "k2"), 9, NOW + MINUTE)
        await people.grant(tx, 9, Grant(Role.COURIER, "k3"), 9, NOW + 2 * MINUTE)
        await people.grant(tx, MEI, Grant(Role.COURIER, "k4"), 9, START - MINUTE)
        nowhere: frozenset[str] = frozenset()
        assert await manipulation_checks.list_courier_grants(tx, SPAN) == [
            CourierGrant("k1", is_own=False, headed=None, departments=nowhere, at=NOW),
            CourierGrant("k2", is_own=False, headed=frozenset({"north"}), departments=nowhere, at=NOW + MINUTE),
            CourierGrant("k3", is_own=True, headed=frozenset({"north"}), departments=nowhere, at=NOW + 2 * MINUTE),
        ]
