"""Answers of nobody's: kept once under a random number, counted, never changed.

1. A row says what was answered, in which survey and campaign, and in which month; not by whom, about what, or when.
2. Where a row lies tells nothing. SQLite keeps the rows in the order of their random numbers. PostgreSQL remembers which transaction wrote a
   row (xmin) and keeps rows where there was room (ctid): so answers are written together with up to `COMPANY` others that are written anew,
   all in the order of their numbers. Until there are so many rows, all of them carry the mark of the last transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import delete, func, insert, select

from domain.surveys.results import AnswerCounts
from domain.surveys.survey import Answer, QuestionKind
from storage.engine.bulk import among
from storage.engine.database import Tx, lock
from storage.models import anonymous_answers
from storage.surveys import results

MIXED_ROWS = 500
"""Rows, some sixty responses."""

_LOCK = "anonymous_answers"


@dataclass(frozen=True, slots=True)
class AnonymousAnswer:
    """One answer of a response; its fields are the columns."""

    response: int
    question: str
    survey: str
    campaign: int | None
    dimension: str
    kind: QuestionKind
    levels: int
    answer: Answer
    month: str


async def record_response(tx: Tx, new: Sequence[AnonymousAnswer], pivot: int) -> None:
    """Keep a response; `pivot` is random, and says which others are written anew with it."""
    rows = [_make_row(one) for one in new]
    if tx.dialect.name == "postgresql":
        rows += await _take_out(tx, pivot)
    if rows:
        await tx.execute(insert(anonymous_answers), sorted(rows, key=lambda row: (row["response"], row["question"])))


async def mix_rows(tx: Tx, pivot: int) -> None:
    """Write some anew, so that the last response does not lie on top."""
    await record_response(tx, [], pivot)


async def count_answers(tx: Tx, survey: str) -> AnswerCounts:
    """What was answered in this version of a survey, nothing hidden yet: see `domain.surveys.results`."""
    table, where = anonymous_answers, (anonymous_answers.c.survey == survey,)
    responses = await tx.scalar(select(func.count(table.c.response.distinct())).where(*where))
    return await results.count_answers(tx, int(responses or 0), table, table, where, table.c.response)


async def _take_out(tx: Tx, pivot: int) -> list[dict[str, Any]]:
    """Rows around a random place, all of them where there are few: out of the table, to be put in again."""
    await lock(tx, [_LOCK])
    table = anonymous_answers
    after = (
        select(table).where(table.c.response >= pivot).order_by(table.c.response, table.c.question).limit(MIXED_ROWS)
    )
    found = list(await tx.execute(after))
    if len(found) < MIXED_ROWS:
        before = select(table).where(table.c.response < pivot).order_by(table.c.response, table.c.question)
        found += await tx.execute(before.limit(MIXED_ROWS - len(found)))
    responses = {row.response for row in found}
    whole = list(await tx.execute(select(table).where(among(tx, table.c.response, responses))))
    await tx.execute(delete(table).where(among(tx, table.c.response, responses)))
    return [dict(row._mapping) for row in whole]  # noqa: SLF001 -- SQLAlchemy's public name


def _make_row(one: AnonymousAnswer) -> dict[str, Any]:
    is_number = isinstance(one.answer, int)
    return {
        "response": one.response,
        "question": one.question,
        "survey": one.survey,
        "campaign": one.campaign,
        "dimension": one.dimension,
        "kind": one.kind.value,
        "levels": one.levels,
        "score": one.answer if is_number else None,
        "words": None if is_number else msgspec.json.encode(one.answer).decode(),
        "month": one.month,
    }
