"""Anonymous responses: stored once under a random number, counted, never changed.

1. A row says what was answered, in which survey and campaign, and in which month; not by whom, about what, or when.
2. Where a row is stored reveals nothing. SQLite keeps the rows in order of their random numbers. PostgreSQL remembers which transaction
   wrote a row (xmin) and puts rows where there is room (ctid): so answers are written together with up to `MIXED_ROWS` others, which are
   rewritten, all in order of their numbers. As long as there are no more rows than that, all carry the mark of the last transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import delete, func, insert, select

from domain.surveys.question_kinds import QuestionKind
from domain.surveys.results import AnswerCounts
from domain.surveys.survey import Answer
from storage.engine.bulk import among
from storage.engine.database import Tx, lock
from storage.models import anonymous_answers
from storage.surveys import results

MIXED_ROWS = 500
"""Rows; about sixty responses."""

_LOCK = "anonymous_answers"


@dataclass(frozen=True, slots=True)
class AnonymousAnswer:
    """One answer of a response; the fields are the columns."""

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
    """Store a response; `pivot` is random and decides which others are rewritten with it."""
    rows = [_make_row(one) for one in new]
    if tx.dialect.name == "postgresql":
        rows += await _take_out(tx, pivot)
    if rows:
        await tx.execute(insert(anonymous_answers), sorted(rows, key=lambda row: (row["response"], row["question"])))


async def mix_rows(tx: Tx, pivot: int) -> None:
    """Rewrite some rows, so that the last response is not the one on top."""
    await record_response(tx, [], pivot)


async def count_answers(tx: Tx, survey: str) -> AnswerCounts:
    """What was answered in this version of a survey, before anything is hidden: see `domain.surveys.results`."""
    table, where = anonymous_answers, (anonymous_answers.c.survey == survey,)
    responses = await tx.scalar(select(func.count(table.c.response.distinct())).where(*where))
    return await results.count_answers(tx, int(responses or 0), table, table, where, table.c.response)


async def _take_out(tx: Tx, pivot: int) -> list[dict[str, Any]]:
    """Delete the rows around a random position (all of them if there are few) and return them, to be inserted again."""
    await lock(tx, [_LOCK])
    table = anonymous_answers
    after = (
        select(table).where(table.c.response >= pivot).order_by(table.c.response, table.c.question).limit(MIXED_ROWS)
    )
    nearby = list(await tx.execute(after))
    if len(nearby) < MIXED_ROWS:
        before = select(table).where(table.c.response < pivot).order_by(table.c.response, table.c.question)
        nearby += await tx.execute(before.limit(MIXED_ROWS - len(nearby)))
    responses = {row.response for row in nearby}
    whole = list(await tx.execute(select(table).where(among(tx, table.c.response, responses))))
    await tx.execute(delete(table).where(among(tx, table.c.response, responses)))
    return [dict(row._mapping) for row in whole]  # noqa: SLF001 -- SQLAlchemy's public name


def _make_row(answer: AnonymousAnswer) -> dict[str, Any]:
    is_number = isinstance(answer.answer, int)
    return {
        "response": answer.response,
        "question": answer.question,
        "survey": answer.survey,
        "campaign": answer.campaign,
        "dimension": answer.dimension,
        "kind": answer.kind.value,
        "levels": answer.levels,
        "score": answer.answer if is_number else None,
        "words": None if is_number else msgspec.json.encode(answer.answer).decode(),
        "month": answer.month,
    }
