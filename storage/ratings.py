"""Invitations and their answers: one response per delivery and customer, every answer kept at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import select, update

from domain.survey import Answer, Kind, Survey
from storage.bulk import Many
from storage.database import Tx, insert, upsert
from storage.models import answers, invitations, surveys


@dataclass(frozen=True, slots=True)
class Invitation:
    """One survey asked of one person; `frozen` is what it remembers of the delivery.

    `person` is None where somebody was phoned who has no chat with us; `entered_by` is whoever wrote down the answers on their behalf.
    """

    id: int
    delivery: int | None
    person: int | None
    survey: str
    origin: str
    created_at: datetime
    expires_at: datetime
    frozen: Mapping[str, str]
    campaign: int | None = None
    entered_by: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """One answer: a number for a rating, an NPS and a yes or no (1, 0), words for everything else.

    `levels` is how many answers the form offered: a four-level form is told from a five-level one for good.
    """

    invitation: int
    question: str
    dimension: str
    answer: Answer
    at: datetime
    kind: Kind = Kind.RATING
    levels: int = 5


_FROZEN = ("department", "courier", "route", "station", "service", "priority", "customer_type")
_INVITE = Many.into(
    lambda tx: insert(tx, invitations),
    (
        *(
            invitations.c[name]
            for name in (
                "id",
                "delivery",
                "person",
                "survey",
                "origin",
                "created_at",
                "expires_at",
                "state",
                "campaign",
                "entered_by",
                "excluded",
            )
        ),
        *(invitations.c[name] for name in _FROZEN),
    ),
)
_ANSWER = Many.into(lambda tx: upsert(tx, answers), answers.c)


async def invite(tx: Tx, new: Sequence[Invitation]) -> None:
    rows = [
        (
            i.id,
            i.delivery,
            i.person,
            i.survey,
            i.origin,
            i.created_at,
            i.expires_at,
            "open",
            i.campaign,
            i.entered_by,
            False,
            *(i.frozen[n] for n in _FROZEN),
        )
        for i in new
    ]
    await _INVITE.execute(tx, rows)


async def of_delivery(tx: Tx, delivery: int) -> tuple[int, int | None] | None:
    """The invitation about a delivery: its id and its person."""
    row = (
        await tx.execute(select(invitations.c.id, invitations.c.person).where(invitations.c.delivery == delivery))
    ).first()
    return (row[0], row[1]) if row else None


async def get(tx: Tx, invitation: int) -> Invitation | None:
    row = (await tx.execute(select(invitations).where(invitations.c.id == invitation))).first()
    if row is None:
        return None
    frozen = {name: row._mapping[name] for name in _FROZEN}  # noqa: SLF001 -- SQLAlchemy's public name
    known = (row.id, row.delivery, row.person, row.survey, row.origin, row.created_at, row.expires_at)
    return Invitation(*known, frozen, row.campaign, row.entered_by)


async def close(tx: Tx, invitation: int, state: str) -> None:
    await tx.execute(update(invitations).where(invitations.c.id == invitation).values(state=state))


async def answer(tx: Tx, given: Sequence[Given]) -> None:
    """Keep these answers; an answer to the same question is replaced (its history is in the audit)."""
    latest = {(one.invitation, one.question): one for one in given}
    await _ANSWER.execute(tx, [_answer_row(one) for one in latest.values()])


def _answer_row(one: Given) -> tuple[object, ...]:
    score = one.answer if isinstance(one.answer, int) else None
    words = None if isinstance(one.answer, int) else msgspec.json.encode(one.answer).decode()
    return one.invitation, one.question, one.dimension, one.kind.value, one.levels, score, words, one.at


async def answered(tx: Tx, invitation: int) -> dict[str, Answer]:
    """What was answered so far, by question."""
    columns = (answers.c.question, answers.c.score, answers.c.words)
    rows = await tx.execute(select(*columns).where(answers.c.invitation == invitation))
    return {question: score if score is not None else _words(text) for question, score, text in rows}


async def has_answers(tx: Tx, invitation: int) -> bool:
    statement = select(answers.c.question).where(answers.c.invitation == invitation).limit(1)
    return await tx.scalar(statement) is not None


async def keep_survey(tx: Tx, survey: Survey, now: datetime) -> None:
    """Keep this version of a survey for good, so that responses to it stay readable."""
    row = {
        "name": f"{survey.key}@{survey.version}",
        "definition": msgspec.json.encode(survey).decode(),
        "created_at": now,
    }
    await tx.execute(insert(tx, surveys).on_conflict_do_nothing(), row)


async def all_surveys(tx: Tx) -> dict[str, Survey]:
    """Every version of every survey there has been, by key@version."""
    rows = await tx.execute(select(surveys.c.name, surveys.c.definition))
    return {name: msgspec.json.decode(definition, type=Survey) for name, definition in rows}


def _words(text: str) -> Answer:
    return msgspec.json.decode(text, type=str | tuple[str, ...])
