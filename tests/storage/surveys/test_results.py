"""Results of named surveys: counted by version, without what an upheld appeal has set aside."""

from datetime import timedelta

from sqlalchemy import insert, update

from domain.surveys.question_kinds import QuestionKind
from storage.engine.database import Database
from storage.models import anonymous_answers, invitations, people
from storage.surveys import ratings, results
from storage.surveys.ratings import Invitation, RecordedAnswer
from tests.harness.in_process import NOON

NOTHING = dict.fromkeys(("department", "courier", "route", "station", "service", "priority", "customer_type"), "")


async def _answered(database: Database) -> None:
    """Three people answered the survey, one of them in its next version."""
    async with database.begin() as tx:
        await tx.execute(
            insert(people), {"id": 1, "telegram_id": 11, "language": "en", "name": "Wang", "created_at": NOON}
        )
        for n, survey in ((1, "s@1"), (2, "s@1"), (3, "s@2"), (4, "s@1")):
            new = Invitation(n, None, 1, survey, "rate", NOON, NOON + timedelta(days=7), NOTHING)
            await ratings.invite(tx, [new])
        given = [
            RecordedAnswer(1, "overall", "", 5, NOON),
            RecordedAnswer(1, "why", "", ("late", "rude"), NOON, QuestionKind.CHOICES),
            RecordedAnswer(2, "overall", "", 1, NOON),
            RecordedAnswer(2, "why", "", ("late",), NOON, QuestionKind.CHOICES),
            RecordedAnswer(2, "comment", "", "Bad", NOON, QuestionKind.TEXT),
            RecordedAnswer(3, "overall", "", 3, NOON),
        ]
        await ratings.record_answers(tx, given)


async def test_counted_by_question(database: Database) -> None:
    """Who was asked and did not answer is no response."""
    await _answered(database)
    async with database.read() as tx:
        counted = await results.count_named(tx, "s@1")
    assert (counted.responses, counted.answered) == (2, {"overall": 2, "why": 2, "comment": 1})
    assert counted.numbers == {"overall": {5: 1, 1: 1}}
    assert counted.chosen == {"why": {"late": 2, "rude": 1}}
    assert not counted.cut


async def test_an_upheld_appeal_leaves_the_results(database: Database) -> None:
    """As it leaves every figure."""
    await _answered(database)
    async with database.begin() as tx:
        await tx.execute(update(invitations).where(invitations.c.id == 2).values(excluded=True))
        assert (await results.count_named(tx, "s@1")).numbers == {"overall": {5: 1}}


async def test_the_versions_that_there_were(database: Database) -> None:
    """By name and anonymous; a key that another one begins with is not it."""
    await _answered(database)
    row = {"response": 1, "question": "q", "survey": "s@3", "kind": "text", "month": "2026-11"}
    async with database.begin() as tx:
        await tx.execute(insert(anonymous_answers), [row, row | {"response": 2, "survey": "sx@1"}])
        assert await results.list_versions(tx, "s") == ["s@1", "s@2", "s@3"]
