"""Case search: by a number, a waybill, a phone number or a word; and lists of what is still owed.

`departments` are those whose cases may be seen, as lead or as cooperating department; None means all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, distinct, false, func, or_, select

from domain.cases.case import UNSOLVED, Case
from storage.cases.cases import select_cases
from storage.cases.word_index import extract_words
from storage.engine.database import Tx
from storage.models import case_words, cases, deliveries, identities

_NUMBER = re.compile(r"[CSQP]-\d{6}-\d{4,}", re.IGNORECASE)
_SEQUENCE = re.compile(r"\d{1,6}", re.ASCII)
_WAYBILL_CHARACTERS = 4
"""How many characters of a waybill are enough to search for it."""
_WORD_LIMIT = 30
"""More words than this do not improve a search."""
_EXACT_WEIGHT = 1000
"""Weight of a match that identifies one case, compared with a shared word."""


@dataclass(frozen=True, slots=True)
class OwedFilter:
    """Which unanswered cases: led by these departments (None: all), owned by this person, due before this moment."""

    departments: tuple[str, ...] | None = None
    owner: int | None = None
    before: datetime | None = None


async def search_cases(
    tx: Tx, words: str, phone: str | None, departments: Sequence[str] | None, *, limit: int, offset: int = 0
) -> list[Case]:
    """Best match first, then newest. `phone` is the phone number the words stand for, in international form."""
    places = _hash_words(tx, words)
    sure = or_(false(), *_match_exactly(tx, words, phone))
    shared = case_words.c.hash.in_(list(places))
    where = [or_(sure, cases.c.id.in_(select(case_words.c.case).where(shared))), *_filter_visible(departments)]
    rank: ColumnElement[int] = case((sure, _EXACT_WEIGHT), else_=0)
    if places:
        different = func.count(distinct(case(places, value=case_words.c.hash)))
        rank += select(different).where(case_words.c.case == cases.c.id, shared).scalar_subquery()
    return await select_cases(tx, where, [rank.desc(), cases.c.created_at.desc(), cases.c.id.desc()], limit, offset)


async def list_by_sequence(
    tx: Tx, sequence: int, year: str, departments: Sequence[str] | None, limit: int
) -> list[Case]:
    """The cases of a year (two digits) with this sequence number, newest first."""
    where = [cases.c.number.like(f"_-{year}____-{sequence:04d}"), *_filter_visible(departments)]
    return await select_cases(tx, where, [cases.c.id.desc()], limit)


async def list_owed(tx: Tx, which: OwedFilter, *, limit: int, offset: int = 0, order: Sequence[str] = ()) -> list[Case]:
    """What has not been answered yet, earliest promise first; if `order` names departments, by department before that."""
    first = [case({key: n for n, key in enumerate(order)}, value=cases.c.department, else_=len(order))] if order else []
    return await select_cases(tx, _filter_owed(which), [*first, cases.c.due_at, cases.c.id], limit, offset)


async def count_owed(tx: Tx, which: OwedFilter) -> dict[str, int]:
    """How many of them each department leads."""
    statement = select(cases.c.department, func.count()).where(*_filter_owed(which)).group_by(cases.c.department)
    return {department: count for department, count in await tx.execute(statement)}  # noqa: C416 -- rows are not tuples to the type checker


def _filter_owed(which: OwedFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [cases.c.state.in_([state.value for state in UNSOLVED])]
    if which.departments is not None:
        where.append(cases.c.department.in_(list(which.departments)))
    if which.owner is not None:
        where.append(cases.c.owner == which.owner)
    if which.before is not None:
        where.append(cases.c.due_at <= which.before)
    return where


def _filter_visible(departments: Sequence[str] | None) -> list[ColumnElement[bool]]:
    if departments is None:
        return []
    beside = ("," + cases.c.cooperating + ",").contains
    return [
        or_(cases.c.department.in_(list(departments)), *(beside(f",{one},", autoescape=True) for one in departments))
    ]


def _match_exactly(tx: Tx, words: str, phone: str | None) -> list[ColumnElement[bool]]:
    """Match the case number, its end, the beginning of a waybill, or the customer's phone number."""
    conditions: list[ColumnElement[bool]] = []
    if numbers := [number.upper() for number in _NUMBER.findall(words)]:
        conditions.append(cases.c.number.in_(numbers))
    for word in words.split()[:_WORD_LIMIT]:
        if _SEQUENCE.fullmatch(word):
            conditions.append(cases.c.number.like(f"%-{int(word):04d}"))
        if word.isascii():
            waybill, beginning = func.upper(cases.c.waybill), word.upper()
            is_long = len(word) >= _WAYBILL_CHARACTERS
            conditions.append(waybill.startswith(beginning, autoescape=True) if is_long else waybill == beginning)
    if phone is not None:
        hashes = tx.dialect.keyring.digests(phone)  # type: ignore[attr-defined]  # bound in Database.__init__
        whose = select(identities.c.person).where(identities.c.kind == "phone", identities.c.hash.in_(hashes))
        conditions.append(cases.c.customer.in_(whose))
        conditions.append(cases.c.delivery.in_(select(deliveries.c.id).where(deliveries.c.phone_hash.in_(hashes))))
    return conditions


def _hash_words(tx: Tx, words: str) -> dict[str, int]:
    """The hashes the words may be stored under, each with its word: one hashed with an older secret is the same word."""
    keyring = tx.dialect.keyring  # type: ignore[attr-defined]  # bound in Database.__init__
    return {hashed: n for n, word in enumerate(extract_words(words)[:_WORD_LIMIT]) for hashed in keyring.digests(word)}
