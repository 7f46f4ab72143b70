"""What is too old to be kept (retention): found a piece at a time, so that nobody waits for the sweep.

A piece begins after a position, an id or a moment, and says where the next begins; open cases, and what belongs to them, are never in one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    String,
    Table,
    and_,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    type_coerce,
    update,
)

from domain.cases.case import OPEN
from domain.ids import find_first_id
from domain.surveys.question_kinds import OPTION_KINDS
from storage.engine.bulk import among
from storage.engine.database import Tx
from storage.models import (
    anonymous_answers,
    answers,
    appeals,
    cases,
    contributions,
    deliveries,
    grants,
    inbox,
    invitations,
    outbox,
    people,
    sessions,
)

ROWS, FEW = 500, 20
"""Of deliveries and surveys so many rows are looked at in one transaction; of cases and persons, to whom much belongs, so few."""

SEALED_NOTHING_BYTES = 32
"""A sealed text of no characters: key id, nonce, tag. Whether a column says anything is seen without opening it."""

REDUCED_BYTES = {"resolution": 40, "plan": 72}
"""What is left of these at most when their words are gone: of a plan the value, the feasibility and the date of a suggestion."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_OPEN = sorted(state.value for state in OPEN)
_STRUCTURED = sorted(kind.value for kind in OPTION_KINDS)


@dataclass(frozen=True, slots=True)
class OldRows:
    """Ids to erase, and the position after which the next piece begins; None after the last."""

    ids: Sequence[int]
    after: str | None


async def list_old_cases(tx: Tx, before: datetime, after: str) -> OldRows:
    """Cases that were over before that moment and still say something."""
    says = or_(
        *(_is_said(cases.c[name]) for name in ("description", "wanted", "contact", "note")),
        *(_is_said(cases.c[name], most) for name, most in REDUCED_BYTES.items()),
    )
    of_case = contributions.c.case == cases.c.id
    adds = exists().where(of_case, or_(_is_said(contributions.c.words), _is_said(contributions.c.files, len("[]"))))
    where = (cases.c.id > int(after), cases.c.closed_at < before, cases.c.state.not_in(_OPEN), or_(says, adds))
    ids = list(await tx.scalars(select(cases.c.id).where(*where).order_by(cases.c.id).limit(FEW)))
    return OldRows(ids, str(ids[-1]) if len(ids) == FEW else None)


async def list_old_deliveries(tx: Tx, before: datetime, after: str) -> OldRows:
    """Deliveries older than that, by the moment of their delivery (`after`: in microseconds, and an id), without those of open cases."""
    is_open = exists().where(cases.c.delivery == deliveries.c.id, cases.c.state.in_(_OPEN))
    says = or_(deliveries.c.fingerprint != "", deliveries.c.phone_hash.is_not(None), deliveries.c.ref_hash.is_not(None))
    return await _list_by_moment(tx, deliveries, "delivered_at", before, after, and_(says, ~is_open))


async def list_old_surveys(tx: Tx, before: datetime, after: str) -> OldRows:
    """Surveys sent before that whose answers, or an appeal against them, still say something; without those of open cases."""
    is_open = exists().where(cases.c.invitation == invitations.c.id, cases.c.state.in_(_OPEN))
    a, of_survey = answers.c, appeals.c.invitation == invitations.c.id
    says = exists().where(a.invitation == invitations.c.id, a.kind.not_in(_STRUCTURED), _is_said(a.words, len('""')))
    appealed = exists().where(of_survey, or_(_is_said(appeals.c.reason), _is_said(appeals.c.decision)))
    return await _list_by_moment(tx, invitations, "created_at", before, after, and_(or_(says, appealed), ~is_open))


async def _list_by_moment(
    tx: Tx, table: Table, moment: str, before: datetime, after: str, wanted: ColumnElement[bool]
) -> OldRows:
    """By the index of the moment, and within a moment by the id: of the next rows the wanted."""
    at, id_ = table.c[moment], table.c.id
    micros, _, last_id = after.partition(".")
    start, last = _BEGINNING + int(micros) * _MICROSECOND, int(last_id or 0)
    is_next = and_(at >= start, or_(at > start, id_ > last), at < before)
    looked = select(id_, at, wanted.label("wanted")).where(is_next).order_by(at, id_).limit(ROWS)
    rows = (await tx.execute(looked)).all()
    following = f"{(rows[-1][1] - _BEGINNING) // _MICROSECOND}.{rows[-1].id}" if len(rows) == ROWS else None
    return OldRows([row.id for row in rows if row.wanted], following)


async def list_old_persons(tx: Tx, before: datetime, after: str) -> OldRows:
    """Persons of whom nothing is younger: no delivery, survey, case or conversation, and no role."""
    p = people.c
    lane = cast(p.telegram_id, String) + ":" + cast(p.telegram_id, String)
    younger = (
        exists().where(deliveries.c.person == p.id, deliveries.c.delivered_at >= before),
        exists().where(invitations.c.person == p.id, invitations.c.created_at >= before),
        exists().where(cases.c.customer == p.id, or_(cases.c.created_at >= before, cases.c.state.in_(_OPEN))),
        exists().where(cases.c.customer == p.id, cases.c.closed_at >= before),
        exists().where(cases.c.owner == p.id),
        exists().where(grants.c.person == p.id),
        exists().where(sessions.c.lane == lane, sessions.c.touched >= find_first_id(before)),
        p.asked_at >= before,
        p.consent_at >= before,
    )
    looked = select(p.id, p.created_at).where(p.id > int(after), p.created_at < before).order_by(p.id).limit(ROWS)
    rows = (await tx.execute(looked)).all()
    old = select(p.id).where(
        among(tx, p.id, [row.id for row in rows]), or_(p.telegram_id.is_not(None), _is_said(p.name))
    )
    ids = list(await tx.scalars(old.where(~func.coalesce(or_(*younger), False)).order_by(p.id).limit(FEW)))
    if len(ids) == FEW:
        return OldRows(ids, str(ids[-1]))
    return OldRows(ids, str(rows[-1].id) if len(rows) == ROWS else None)


async def forget_words(tx: Tx, before: datetime) -> int:
    """What nobody is behind, or nobody waits for: words of anonymous answers, calls that were never sent, events that were set aside."""
    a = anonymous_answers
    where = (a.c.month < f"{before:%Y-%m}", a.c.kind.not_in(_STRUCTURED), _is_said(a.c.words, len('""')))
    keys = (await tx.execute(select(a.c.response, a.c.question).where(*where).limit(ROWS))).all()
    for key in keys:
        await tx.execute(update(a).where(tuple_(a.c.response, a.c.question) == tuple_(*key)).values(words='""'))
    kept = (outbox.c.state != "owed", outbox.c.created_at < before)
    done = (await tx.execute(delete(outbox).where(*kept))).rowcount
    parked = (inbox.c.state == "parked", inbox.c.received_at < before)
    done += (await tx.execute(update(inbox).where(*parked).values(state="done", payload=None, error=None))).rowcount
    return len(keys) + done


def _is_said(column: ColumnElement[str | None], least: int = 0) -> ColumnElement[bool]:
    """Whether a sealed column holds more than so many bytes of text."""
    return func.length(type_coerce(column, LargeBinary)) > SEALED_NOTHING_BYTES + least
