"""Responses for the tests of fairness: a delivery, its invitation, and what was answered."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from domain.surveys.survey import Answer, Kind
from storage.engine.database import Tx
from storage.surveys import ratings
from storage.surveys.ratings import Given
from tests.harness.rows import NOW, delivery, invitation, invite

CUSTOMER, COURIER, MEI = 5, 6, 7
_ids = count(100)


async def rated(
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
    about = await delivery(tx, id_, delivered_at=at, courier=courier, person=customer, **changes)
    new = invitation(id_, CUSTOMER, about, courier=courier, department="north", at=at)
    await invite(tx, replace(new, person=customer, entered_by=entered_by))
    given = [
        Given(id_, name, name, answer, at)
        if isinstance(answer, int)
        else Given(id_, name, "", answer, at, Kind.CHOICES if isinstance(answer, tuple) else Kind.TEXT)
        for name, answer in scores.items()
    ]
    await ratings.answer(tx, given)
    return id_
