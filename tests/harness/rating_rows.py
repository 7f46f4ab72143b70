"""Responses for the tests of fairness: a delivery, its invitation, and what was answered."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Answer
from storage.engine.database import Tx
from storage.surveys import ratings
from storage.surveys.ratings import RecordedAnswer
from tests.harness.rows import NOW, add_delivery, invite, make_invitation

CUSTOMER, COURIER, MEI = 5, 6, 7
_ids = count(100)


async def add_response(
    tx: Tx,
    scores: Mapping[str, Answer],
    at: datetime = NOW,
    *,
    courier: str = "k17",
    customer: int | None = CUSTOMER,
    entered_by: int | None = None,
    **changes: Any,  # noqa: ANN401 -- any column of the delivery
) -> int:
    """Answered then: ratings by dimension, words and ticked reasons by question; the invitation's id."""
    id_ = next(_ids)
    about = await add_delivery(tx, id_, delivered_at=at, courier=courier, person=customer, **changes)
    new = make_invitation(id_, CUSTOMER, about, courier=courier, department="north", at=at)
    await invite(tx, replace(new, person=customer, entered_by=entered_by))
    given = [
        RecordedAnswer(id_, name, name, answer, at)
        if isinstance(answer, int)
        else RecordedAnswer(
            id_, name, "", answer, at, QuestionKind.CHOICES if isinstance(answer, tuple) else QuestionKind.TEXT
        )
        for name, answer in scores.items()
    ]
    await ratings.record_answers(tx, given)
    return id_
