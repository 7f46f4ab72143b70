"""Standard answers (FAQ): what staff have answered once and for all, offered to customers before anybody is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, func, select, update

from domain.cases.matching import find_best
from storage.engine.database import Tx, insert
from storage.models import standard_answers as rows

SEARCH_LIMIT = 2000
"""How many are compared with a question, the most used first."""


@dataclass(frozen=True, slots=True)
class StandardAnswer:
    """`department` keeps it up to date; `used` counts how often it has helped."""

    id: int
    question: str
    answer: str
    department: str
    used: int = 0


async def add(tx: Tx, id_: int, question: str, answer: str, department: str, author: int, now: datetime) -> None:
    values = {"id": id_, "question": question, "answer": answer, "department": department, "author": author}
    await tx.execute(insert(tx, rows), {**values, "used": 0, "created_at": now})


async def change(tx: Tx, id_: int, question: str, answer: str) -> bool:
    """Replace question and answer; False if it is retired."""
    where = (rows.c.id == id_, rows.c.retired_at.is_(None))
    done = await tx.execute(update(rows).where(*where).values(question=question, answer=answer))
    return bool(done.rowcount)


async def retire(tx: Tx, id_: int, now: datetime) -> bool:
    """Stop offering it; False if it was retired already."""
    where = (rows.c.id == id_, rows.c.retired_at.is_(None))
    return bool((await tx.execute(update(rows).where(*where).values(retired_at=now))).rowcount)


async def record_help(tx: Tx, id_: int) -> None:
    """Count one more customer who found their answer here."""
    await tx.execute(update(rows).where(rows.c.id == id_).values(used=rows.c.used + 1))


async def get(tx: Tx, id_: int) -> StandardAnswer | None:
    row = (await tx.execute(_select_live().where(rows.c.id == id_))).first()
    return _make_answer(row) if row else None


async def list_page(tx: Tx, departments: Sequence[str], offset: int, limit: int) -> list[StandardAnswer]:
    """The answers of these departments, newest first."""
    statement = _select_live().where(rows.c.department.in_(list(departments))).order_by(rows.c.id.desc())
    return [_make_answer(row) for row in await tx.execute(statement.offset(offset).limit(limit))]


async def count(tx: Tx, departments: Sequence[str]) -> int:
    where = (rows.c.retired_at.is_(None), rows.c.department.in_(list(departments)))
    return await tx.scalar(select(func.count()).select_from(rows).where(*where)) or 0


async def search(tx: Tx, question: str, limit: int = 3) -> list[StandardAnswer]:
    """The answers to questions like this one, closest match first."""
    statement = _select_live().order_by(rows.c.used.desc(), rows.c.id.desc()).limit(SEARCH_LIMIT)
    known = [_make_answer(row) for row in await tx.execute(statement)]
    return [known[n] for n in find_best(question, [one.question for one in known], limit)]


def _select_live() -> Select[tuple[int, str, str, str, int]]:
    columns = (rows.c.id, rows.c.question, rows.c.answer, rows.c.department, rows.c.used)
    return select(*columns).where(rows.c.retired_at.is_(None))


def _make_answer(row: Row[tuple[int, str, str, str, int]]) -> StandardAnswer:
    return StandardAnswer(row.id, row.question, row.answer, row.department, row.used)
