"""Survey invitations and answers: one response per delivery and customer, every answer stored at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, delete, select, update

from domain.deliveries.delivery import PLACE
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Answer, InvitationState, Survey
from storage.engine.bulk import BulkStatement, among
from storage.engine.database import Tx, insert, upsert
from storage.models import answers, deliveries, invitations, surveys


@dataclass(frozen=True, slots=True)
class Invitation:
    """One survey sent to one person; `frozen` is the snapshot of the delivery.

    `person` is None if somebody without a chat with us was phoned; `entered_by` is who wrote down the answers on their behalf,
    `region` the country of the delivery's phone number.
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
    state: InvitationState = InvitationState.OPEN
    reminded: bool = False
    region: str = ""


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """One answer: a number for a rating, an NPS and a yes or no (1, 0), words for everything else; None removes it.

    `levels` is how many answers the form offered: it tells a four-level form from a five-level one for good.
    """

    invitation: int
    question: str
    dimension: str
    answer: Answer | None
    at: datetime
    kind: QuestionKind = QuestionKind.RATING
    levels: int = 5


_INVITE = BulkStatement.into(
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
        *(invitations.c[name] for name in PLACE),
    ),
)
_ANSWER = BulkStatement.into(lambda tx: upsert(tx, answers), answers.c)
_TAKE_OUT = BulkStatement(
    lambda _tx: delete(answers).where(answers.c.invitation == bindparam("i"), answers.c.question == bindparam("q")),
    {"i": answers.c.invitation.type, "q": answers.c.question.type},
)


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
            InvitationState.OPEN,
            i.campaign,
            i.entered_by,
            False,
            *(i.frozen[n] for n in PLACE),
        )
        for i in new
    ]
    await _INVITE.execute(tx, rows)


async def get(tx: Tx, invitation: int) -> Invitation | None:
    return (await fetch_by_ids(tx, [invitation])).get(invitation)


async def fetch_by_ids(tx: Tx, ids: Sequence[int]) -> dict[int, Invitation]:
    """These invitations, by id."""
    source = invitations.outerjoin(deliveries, invitations.c.delivery == deliveries.c.id)
    statement = select(invitations, deliveries.c.region).select_from(source).where(among(tx, invitations.c.id, ids))
    return {row.id: _make_invitation(row) for row in await tx.execute(statement)}


def _make_invitation(row: Row[Any]) -> Invitation:
    frozen = {name: row._mapping[name] for name in PLACE}  # noqa: SLF001 -- SQLAlchemy's public name
    known = (row.id, row.delivery, row.person, row.survey, row.origin, row.created_at, row.expires_at)
    last = (InvitationState(row.state), row.reminded_at is not None, row.region or "")
    return Invitation(*known, frozen, row.campaign, row.entered_by, *last)


async def close(tx: Tx, ids: Sequence[int], state: InvitationState) -> None:
    """End these invitations: they are over, or cannot be delivered."""
    if ids:
        await tx.execute(update(invitations).where(among(tx, invitations.c.id, ids)).values(state=state))


async def reopen(tx: Tx, invitation: int, expires_at: datetime) -> None:
    """The customer came after all, with their own account: what had ended is open again."""
    values = {"state": InvitationState.OPEN, "expires_at": expires_at}
    await tx.execute(update(invitations).where(invitations.c.id == invitation).values(values))


async def undo(tx: Tx, invitation: int) -> None:
    """An invitation that never arrived and has no answer is removed, as if it had never existed."""
    await tx.execute(delete(invitations).where(invitations.c.id == invitation))


async def record_reminded(tx: Tx, ids: Sequence[int], now: datetime) -> None:
    if ids:
        await tx.execute(update(invitations).where(among(tx, invitations.c.id, ids)).values(reminded_at=now))


async def record_answers(tx: Tx, given: Sequence[RecordedAnswer]) -> None:
    """Store these answers; one to the same question is replaced, one whose question no longer applies is removed (the audit log has both)."""
    latest = {(one.invitation, one.question): one for one in given}
    await _ANSWER.execute(tx, [make_answer_row(one) for one in latest.values() if one.answer is not None])
    await _TAKE_OUT.execute(tx, [key for key, one in latest.items() if one.answer is None])


def make_answer_row(answer: RecordedAnswer) -> tuple[object, ...]:
    """The answer in the order of the columns."""
    score = answer.answer if isinstance(answer.answer, int) else None
    words = None if isinstance(answer.answer, int) else msgspec.json.encode(answer.answer).decode()
    return (
        answer.invitation,
        answer.question,
        answer.dimension,
        answer.kind.value,
        answer.levels,
        score,
        words,
        answer.at,
    )


async def fetch_answers(tx: Tx, invitation: int) -> dict[str, Answer]:
    """The answers so far, by question."""
    columns = (answers.c.question, answers.c.score, answers.c.words)
    rows = await tx.execute(select(*columns).where(answers.c.invitation == invitation))
    return {question: score if score is not None else _parse_words(text) for question, score, text in rows}


async def find_answered(tx: Tx, ids: Sequence[int]) -> set[int]:
    """Those of these invitations that have an answer."""
    statement = select(answers.c.invitation).where(among(tx, answers.c.invitation, ids)).distinct()
    return set((await tx.execute(statement)).scalars())


async def record_survey(tx: Tx, survey: Survey, now: datetime) -> None:
    """Keep this version of a survey for good, so that responses to it stay readable."""
    row = {
        "name": survey.name,
        "definition": msgspec.json.encode(survey).decode(),
        "created_at": now,
    }
    await tx.execute(insert(tx, surveys).on_conflict_do_nothing(), row)


async def list_surveys(tx: Tx) -> dict[str, Survey]:
    """Every version of every survey there has been, by key@version."""
    rows = await tx.execute(select(surveys.c.name, surveys.c.definition))
    return {name: msgspec.json.decode(definition, type=Survey) for name, definition in rows}


def _parse_words(text: str) -> Answer:
    return msgspec.json.decode(text, type=str | tuple[str, ...])
