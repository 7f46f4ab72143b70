"""What is too old is found, piece by piece, and nothing that is young or open; on both engines."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import chain

import pytest
from sqlalchemy import select, text, update

from storage.engine.database import Database, Tx
from storage.models import anonymous_answers, cases, deliveries, people
from storage.privacy import ageing
from storage.privacy.ageing import OldRows
from storage.privacy.belongings import find_belongings
from storage.privacy.erasure import erase
from tests.harness.planted_person import plant
from tests.harness.rows import NOW, add_delivery, add_person

OLD, YOUNG = NOW - timedelta(days=1200), NOW - timedelta(days=100)
BEFORE = NOW - timedelta(days=1000)
LISTS = (ageing.list_old_cases, ageing.list_old_deliveries, ageing.list_old_surveys, ageing.list_old_persons)


async def read_pieces(tx: Tx, list_old: Callable[[Tx, datetime, str], Awaitable[OldRows]]) -> list[list[int]]:
    pieces, after = [], "0"
    while True:
        piece = await list_old(tx, BEFORE, after)
        pieces.append(list(piece.ids))
        if piece.after is None:
            return pieces
        after = piece.after


@pytest.mark.parametrize("list_old", LISTS)
async def test_what_is_old_is_found_and_what_is_young_is_not(
    database: Database, list_old: Callable[[Tx, datetime, str], Awaitable[OldRows]]
) -> None:
    """By the case's end, the delivery's and the survey's moment, and whatever is youngest of a person."""
    async with database.begin() as tx:
        await plant(tx, 1, "old", at=OLD)
        await plant(tx, 2, "young", at=YOUNG)
        await tx.execute(text("DELETE FROM sessions"))
        assert await read_pieces(tx, list_old) == [[1]]


@pytest.mark.parametrize("list_old", LISTS)
async def test_nothing_of_an_open_case_is_too_old(
    database: Database, list_old: Callable[[Tx, datetime, str], Awaitable[OldRows]]
) -> None:
    """Neither the case, nor its delivery and survey, nor its customer."""
    async with database.begin() as tx:
        await plant(tx, 1, "old", at=OLD)
        await tx.execute(update(cases).values(state="in_work", closed_at=None, invitation=1))
        assert await read_pieces(tx, list_old) == [[]]


@pytest.mark.parametrize("list_old", LISTS)
async def test_what_was_erased_is_not_found_again(
    database: Database, list_old: Callable[[Tx, datetime, str], Awaitable[OldRows]]
) -> None:
    """So the next sweep has nothing to do."""
    async with database.begin() as tx:
        await plant(tx, 1, "old", at=OLD)
        await erase(tx, await find_belongings(tx, [1]))
        assert await read_pieces(tx, list_old) == [[]]


async def test_a_suggestion_is_erased_once(database: Database) -> None:
    """What is left of it, marks and a date, is not taken for words."""
    plan = '{"value": "4", "feasibility": "3", "reason": "old words", "due": "2026-12-04T18:00:00+08:00"}'
    async with database.begin() as tx:
        await plant(tx, 1, "old", at=OLD)
        await tx.execute(update(cases).values(plan=plan))
        await erase(tx, await find_belongings(tx, [1]))
        assert "feasibility" in str(await tx.scalar(select(cases.c.plan)))
        assert await read_pieces(tx, ageing.list_old_cases) == [[]]


async def test_a_person_of_whom_something_is_younger_stays(database: Database) -> None:
    """One delivery of this year is enough, or a question they were asked."""
    async with database.begin() as tx:
        await plant(tx, 1, "old", at=OLD)
        await tx.execute(text("DELETE FROM sessions"))
        await add_delivery(tx, 90, person=1, delivered_at=YOUNG)
        assert await read_pieces(tx, ageing.list_old_persons) == [[]]
        await tx.execute(update(deliveries).values(delivered_at=OLD))
        assert await read_pieces(tx, ageing.list_old_persons) == [[1]]
        await tx.execute(update(people).values(asked_at=YOUNG))
        assert await read_pieces(tx, ageing.list_old_persons) == [[]]


async def test_pieces_end_between_moments(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many deliveries have the same moment: each is in one piece, and none is in two."""
    monkeypatch.setattr(ageing, "ROWS", 2)
    monkeypatch.setattr(ageing, "FEW", 2)
    moments = [OLD, OLD, OLD, OLD + timedelta(microseconds=1), OLD + timedelta(seconds=1), YOUNG]
    async with database.begin() as tx:
        for number, moment in enumerate(moments, 1):
            await add_person(tx, number)
            await add_delivery(tx, number, delivered_at=moment)
        await tx.execute(update(people).values(created_at=OLD))
        pieces = await read_pieces(tx, ageing.list_old_deliveries)
        assert pieces[:2] == [[1, 2], [3, 4]]
        assert [*chain(*pieces)] == [1, 2, 3, 4, 5]
        assert [*chain(*await read_pieces(tx, ageing.list_old_persons))] == [1, 2, 3, 4, 5, 6]


async def test_words_of_nobody_go_with_the_years(database: Database) -> None:
    """Of anonymous answers the words, not what was chosen; what could never be sent or handled goes whole."""
    async with database.begin() as tx:
        for n, (month, kind, words) in enumerate(
            [("2023-01", "text", '"late"'), ("2023-01", "choice", '["late"]'), ("2026-10", "text", '"late"')]
        ):
            row = {"response": n, "question": "q", "survey": "s", "kind": kind, "words": words, "month": month}
            await tx.execute(anonymous_answers.insert().values(**row))
        await plant(tx, 1, "old", at=OLD)
        assert await ageing.forget_words(tx, BEFORE) == 1 + 4 + 1
        assert await ageing.forget_words(tx, BEFORE) == 0
        left = (await tx.scalars(select(anonymous_answers.c.words).order_by(anonymous_answers.c.response))).all()
        assert left == ['""', '["late"]', '"late"']
