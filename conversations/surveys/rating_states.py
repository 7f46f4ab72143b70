"""States of the rating dialogue, and the facts that a rating leaves.

A state holds exactly what is known; it is all that survives a restart.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from domain.surveys.survey import Answer


class RatedDelivery(msgspec.Struct, frozen=True):
    """Which delivery is rated: `survey` is key@version; without a delivery, `waybill` is empty and `delivery` 0.

    `on_behalf`: staff enter what the customer says on the phone, and are not addressed as if they were the customer.
    """

    invitation: int
    survey: str
    waybill: str = ""
    delivery: int = 0
    on_behalf: bool = False


Offer = str
"""Whether a complaint is offered: '' not yet, 'open', 'filed' or 'declined'."""


class AskingRating(msgspec.Struct, frozen=True, tag="asking"):
    """`album` is the one whose parts are coming, as the answer to a question for photos."""

    about: RatedDelivery
    question: str
    answers: dict[str, int | str | tuple[str, ...]] = {}
    offer: Offer = ""
    album: str = ""


class Thanked(msgspec.Struct, frozen=True, tag="thanked"):
    about: RatedDelivery
    answers: dict[str, int | str | tuple[str, ...]] = {}
    offer: Offer = ""


State = AskingRating | Thanked


@dataclass(frozen=True, slots=True)
class RatingAnswered:
    """One answer; `before` is what it replaces. `low` means that a complaint is now offered for the first time.

    `first` is the very first answer: from now on there is a response.
    """

    about: RatedDelivery
    question: str
    answer: Answer
    before: Answer | None = None
    low: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class AnswerRecounted:
    """An earlier answer that no longer counts (`answer` is None) or counts again (`before` is None), because another answer changed."""

    about: RatedDelivery
    question: str
    before: Answer | None
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class ComplaintFiled:
    """A low rating was filed as a complaint with one tap."""

    about: RatedDelivery
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class ComplaintDeclined:
    about: RatedDelivery


@dataclass(frozen=True, slots=True)
class AnonymousSurveyCompleted:
    """An anonymous survey is over, with the answers that count. Whose they are was never said, and can no longer be."""

    about: RatedDelivery
    answers: Mapping[str, Answer]
