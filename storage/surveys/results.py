"""Frequency counts of answers, question by question: numbers counted by the database, options read from the latest answers."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, FromClause, Table, func, select

from domain.surveys.question_kinds import OPTION_KINDS
from domain.surveys.results import AnswerCounts
from storage.engine.database import Tx
from storage.models import anonymous_answers, answers, invitations, surveys

OPTIONS_LIMIT = 20_000
"""Answers whose options are counted: they are sealed, so each must be decrypted (about 10 µs)."""


async def count_named(tx: Tx, survey: str) -> AnswerCounts:
    """What was answered in this version of a survey; without ratings taken out by an upheld appeal."""
    source = answers.join(invitations, answers.c.invitation == invitations.c.id)
    where = (invitations.c.survey == survey, invitations.c.excluded.is_(False))
    responses = await tx.scalar(select(func.count(answers.c.invitation.distinct())).select_from(source).where(*where))
    return await count_answers(tx, int(responses or 0), answers, source, where, answers.c.answered_at.desc())


async def list_versions(tx: Tx, key: str) -> list[str]:
    """The versions of this survey that people were asked, or have answered anonymously, in the order in which they were made."""
    versions: set[str] = set()
    for table in (invitations, anonymous_answers):
        rows = await tx.execute(select(table.c.survey).where(table.c.survey.like(f"{key}@%")).distinct())
        versions |= set(rows.scalars())
    kept = await tx.execute(select(surveys.c.name, surveys.c.created_at).where(surveys.c.name.like(f"{key}@%")))
    made = dict(tuple(row) for row in kept)
    return sorted(versions, key=lambda name: (name not in made, made.get(name), name))


async def count_answers(
    tx: Tx,
    responses: int,
    table: Table,
    source: FromClause,
    where: Sequence[ColumnElement[bool]],
    order: ColumnElement[Any] | Column[Any],
) -> AnswerCounts:
    """The counts of a table of answers; `order` puts first the answers whose options are counted."""
    counted = select(table.c.question, table.c.score, func.count()).select_from(source).where(*where)
    numbers: dict[str, dict[int, int]] = defaultdict(dict)
    answered: Counter[str] = Counter()
    for question, score, count in await tx.execute(counted.group_by(table.c.question, table.c.score)):
        answered[question] += count
        if score is not None:
            numbers[question][score] = count
    kinds = table.c.kind.in_([kind.value for kind in OPTION_KINDS])
    listed = select(table.c.question, table.c.words).select_from(source).where(*where, kinds)
    chosen: dict[str, Counter[str]] = defaultdict(Counter)
    read = 0
    for question, text in await tx.execute(listed.order_by(order).limit(OPTIONS_LIMIT)):
        chosen[question].update(msgspec.json.decode(text or "[]", type=list[str]))
        read += 1
    return AnswerCounts(
        responses, dict(answered), dict(numbers), {key: dict(one) for key, one in chosen.items()}, read == OPTIONS_LIMIT
    )
