"""Answers of nobody's on both engines: kept, counted, and lying where nothing can be read from."""

import hashlib
from collections.abc import Callable
from itertools import count as counting

import pytest
from sqlalchemy import func, select, text

from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Answer
from storage.engine.database import Database
from storage.models import anonymous_answers
from storage.surveys import anonymous
from storage.surveys.anonymous import MIXED_ROWS, AnonymousAnswer

SURVEY, KINDS = "quiet@1", {"overall": QuestionKind.RATING, "why": QuestionKind.CHOICES, "comment": QuestionKind.TEXT}


def response(number: int, survey: str = SURVEY, **answers: Answer) -> list[AnonymousAnswer]:
    return [
        AnonymousAnswer(number, key, survey, None, "", KINDS[key], 5, one, "2026-11") for key, one in answers.items()
    ]


def drawn(seed: int) -> Callable[[], int]:
    """Numbers without an order, the same each time."""
    numbers = counting()
    return lambda: int.from_bytes(hashlib.sha256(f"{seed}:{next(numbers)}".encode()).digest()[:8], "big") >> 1


async def test_counted_by_question(database: Database) -> None:
    """Responses, answers, numbers and options, of this version alone."""
    async with database.begin() as tx:
        await anonymous.record_response(tx, response(7, overall=5, why=("late", "rude"), comment="A"), 1)
        await anonymous.record_response(tx, response(3, overall=5, why=("late",)), 2)
        await anonymous.record_response(tx, response(9, overall=1), 3)
        await anonymous.record_response(tx, response(11, "quiet@2", overall=2), 4)
    async with database.read() as tx:
        counted = await anonymous.count_answers(tx, SURVEY)
    assert counted.responses == 3
    assert counted.answered == {"overall": 3, "why": 2, "comment": 1}
    assert counted.numbers == {"overall": {5: 2, 1: 1}}
    assert counted.chosen == {"why": {"late": 2, "rude": 1}}


async def test_nothing_was_answered(database: Database) -> None:
    """Zero is zero; nothing to keep keeps nothing."""
    async with database.begin() as tx:
        await anonymous.record_response(tx, [], 1)
        await anonymous.mix_rows(tx, 1)
        assert (await anonymous.count_answers(tx, SURVEY)).responses == 0


@pytest.mark.parametrize("count", [12, pytest.param(MIXED_ROWS // 2 + 40, marks=pytest.mark.prove)])
async def test_writing_anew_changes_no_answer(database: Database, count: int) -> None:
    """However many there are, and wherever the random place lies."""
    chance = drawn(5)
    kept = {}
    for n in range(count):
        number = chance()
        kept[number] = (n % 5 + 1, f'"{n}"')
        async with database.begin() as tx:
            await anonymous.record_response(tx, response(number, overall=n % 5 + 1, comment=str(n)), chance())
    async with database.read() as tx:
        rows = (await tx.execute(select(anonymous_answers))).all()
    scores = {row.response: row.score for row in rows if row.question == "overall"}
    words = {row.response: row.words for row in rows if row.question == "comment"}
    assert {number: (scores[number], words[number]) for number in scores} == kept
    assert len(rows) == 2 * count


async def test_where_a_row_lies_says_nothing(database: Database) -> None:
    """Twelve responses, each in a transaction of its own: they lie in the order of their random numbers, under one transaction's mark."""
    chance = drawn(7)
    came = [chance() for _ in range(12)]
    for number in came:
        async with database.begin() as tx:
            await anonymous.record_response(tx, response(number, overall=3, comment="x"), chance())
    async with database.read() as tx:
        if database.is_sqlite:
            with pytest.raises(Exception, match="no such column: rowid"):
                await tx.execute(text("SELECT rowid FROM anonymous_answers"))
            lying = list((await tx.execute(text("SELECT DISTINCT response FROM anonymous_answers"))).scalars())
        else:
            rows = (await tx.execute(text("SELECT response, xmin::text FROM anonymous_answers ORDER BY ctid"))).all()
            assert len({row.xmin for row in rows}) == 1
            lying = list(dict.fromkeys(row.response for row in rows))
    assert lying == sorted(came) != came


async def test_among_many_a_response_has_company(database: Database) -> None:
    """On PostgreSQL each transaction's mark is on fifty responses at the least, however many there are."""
    if database.is_sqlite:
        pytest.skip("SQLite keeps no such mark")
    chance = drawn(11)
    async with database.begin() as tx:
        many = [one for _ in range(2000) for one in response(chance(), overall=4)]
        await anonymous.record_response(tx, many, 0)
    for _ in range(3):
        number = chance()
        async with database.begin() as tx:
            await anonymous.record_response(tx, response(number, overall=1, comment="x"), chance())
        async with database.read() as tx:
            marks = [
                tuple(row)
                for row in await tx.execute(text("SELECT DISTINCT response, xmin::text FROM anonymous_answers"))
            ]
        own = next(mark for one, mark in marks if one == number)
        assert len({one for one, mark in marks if mark == own}) > 50
    async with database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(anonymous_answers)) == 2006
