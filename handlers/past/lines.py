"""File format of a past: JSON lines, one fact each, told apart by `is`; what a line names stands in an earlier one.

People are named by their Telegram account, customers by their phone number, deliveries by their waybill. Moments are ISO 8601 with an
offset. A delivery is exactly what POST /api/v1/deliveries takes, and is checked as there.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec


class PersonLine(msgspec.Struct, frozen=True, tag_field="is", tag="person"):
    """Somebody who has a chat with the bot: a member of staff, or a customer whose `phone` leads to their deliveries."""

    account: int
    name: str
    language: str
    since: datetime
    phone: str = ""
    stopped: datetime | None = None
    blocked: bool = False


class GroupLine(msgspec.Struct, frozen=True, tag_field="is", tag="group"):
    """The group of a department; its members are its staff."""

    chat: int
    department: str
    language: str
    at: datetime
    by: int
    members: tuple[int, ...] = ()


class RoleLine(msgspec.Struct, frozen=True, tag_field="is", tag="role"):
    """A role that was granted; `of` is the department, or the courier's id."""

    account: int
    role: str
    at: datetime
    of: str = ""
    by: int | None = None


class TokenLine(msgspec.Struct, frozen=True, tag_field="is", tag="token"):
    """The token with which the system `name` reports deliveries."""

    name: str
    token: str
    at: datetime


class AnsweredLine(msgspec.Struct, frozen=True, array_like=True):
    """One answer: to which question of the survey, what, and how many seconds after the survey was sent."""

    question: str
    answer: int | str | tuple[str, ...]
    after: float


class DeliveryLine(msgspec.Struct, frozen=True, tag_field="is", tag="delivery"):
    """A delivery, and what became of asking about it: asked at a moment, and answered or not; or not asked, for the reason that `fate` gives.

    Without either it is asked about as soon as the bot runs, if that is still possible. `by` is who asked on the phone.
    """

    item: dict[str, Any]
    asked: datetime | None = None
    origin: str = "sent"
    answers: tuple[AnsweredLine, ...] = ()
    fate: str = ""
    by: int | None = None


class EventLine(msgspec.Struct, frozen=True, array_like=True):
    """One event of a case: which, when, caused by whom (None: the clock; the customer by their account), and what it came with."""

    event: str
    at: datetime
    by: int | None = None
    facts: dict[str, str] = {}


class CaseLine(msgspec.Struct, frozen=True, tag_field="is", tag="case"):
    """A case and its life. `survey`: it is what a low rating became, so its words are the answers unless it has some.

    `files` are (kind, Telegram's id); `handling` is how the customer rated the handling.
    """

    at: datetime
    category: str
    customer: int
    waybill: str = ""
    kind: str = "complaint"
    reason: str = ""
    words: str = ""
    files: tuple[tuple[str, str], ...] = ()
    survey: bool = False
    events: tuple[EventLine, ...] = ()
    handling: int | None = None


class RecipientLine(msgspec.Struct, frozen=True, array_like=True):
    """Somebody whom a run of a campaign was sent to, and the answers."""

    account: int
    answers: tuple[AnsweredLine, ...] = ()


class CampaignLine(msgspec.Struct, frozen=True, tag_field="is", tag="campaign"):
    """A campaign that was planned by one manager, approved by a second, and sent: each run to its recipients."""

    title: str
    survey: str
    planned: datetime
    planned_by: int
    audience: str = "all"
    cycle: str = "once"
    approved: datetime | None = None
    approved_by: int | None = None
    runs: tuple[tuple[datetime, tuple[RecipientLine, ...]], ...] = ()


Line = PersonLine | GroupLine | RoleLine | TokenLine | DeliveryLine | CaseLine | CampaignLine

_DECODER = msgspec.json.Decoder(Line)


class PastError(Exception):
    """The past cannot be loaded; the message says which line is wrong, and why."""


def read_lines(file: Iterable[bytes]) -> list[Line]:
    """Every line of the file. Raises PastError at the first that cannot be read."""
    lines: list[Line] = []
    for number, line in enumerate(file, 1):
        try:
            lines.append(_DECODER.decode(line))
        except msgspec.DecodeError as error:
            raise PastError(f"line {number}: {error}") from None
    return lines
