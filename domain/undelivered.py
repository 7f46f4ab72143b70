"""What could not be sent: why, by Telegram's words, and what to do about it; many rows folded into a few causes."""

import enum
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.error_words import mask_error


class Cause(enum.StrEnum):
    """Why a message was not sent, by what somebody can do about it; in the order in which they are shown."""

    LOST = "lost"
    FORBIDDEN = "forbidden"
    UNMADE = "unmade"
    REFUSED = "refused"
    BLOCKED = "blocked"


class MessageKind(enum.StrEnum):
    """What was to be sent."""

    SURVEY = "survey"
    CARD = "card"
    FILE = "file"
    MESSAGE = "message"


class Side(enum.IntEnum):
    """Whose chat it is, by the sign of its number."""

    GROUP = -1
    NONE = 0
    PERSON = 1


@dataclass(frozen=True, slots=True)
class UndeliveredRow:
    """Messages of one kind that were not sent for one reason, to people, to groups, or to no chat."""

    side: Side
    reason: str
    kind: MessageKind
    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Everything that has one cause; `words` are the commonest reason, masked, `reasons` all of them as they stand in the rows.

    `chats` are some of those it was to be sent to, those with most first; `chat_count` says of how many.
    """

    cause: Cause
    count: int
    since: datetime
    kinds: Mapping[MessageKind, int]
    words: str
    reasons: Mapping[Side, Collection[str]]
    chats: tuple[int, ...] = ()
    chat_count: int = 0

    @property
    def is_sent_again(self) -> bool:
        """Whether sending again can help before somebody comes back."""
        return self.cause is not Cause.BLOCKED


_PHRASES = (
    (
        Cause.FORBIDDEN,
        ("not enough rights", "have no rights", "administrator rights", "chat_send_", "chat_write_", "restricted"),
    ),
    (Cause.LOST, ("kicked", "not a member", "chat not found", "was deactivated", "was deleted", "left")),
)
_BLOCKED = ("blocked", "deactivated", "can't initiate", "chat not found", "peer_id_invalid", "user not found")
_OURS = re.compile(r"\w+(?:Error|Exception)\b")


def find_cause(reason: str, side: Side) -> Cause:
    """The cause behind Telegram's words, or our own where a call could not even be made. A chat without a reason waits with its others."""
    said = reason.lower()
    if _OURS.match(reason):
        return Cause.UNMADE
    if side is Side.PERSON and (not said or any(phrase in said for phrase in _BLOCKED)):
        return Cause.BLOCKED
    if side is Side.GROUP and not said:
        return Cause.LOST
    return next((cause for cause, phrases in _PHRASES if any(phrase in said for phrase in phrases)), Cause.REFUSED)


def fold(rows: Iterable[UndeliveredRow]) -> list[Undelivered]:
    """A few causes instead of many reasons."""
    by_cause: dict[Cause, list[UndeliveredRow]] = {}
    for row in rows:
        by_cause.setdefault(find_cause(row.reason, row.side), []).append(row)
    return [_fold_cause(cause, by_cause[cause]) for cause in Cause if cause in by_cause]


def _fold_cause(cause: Cause, rows: list[UndeliveredRow]) -> Undelivered:
    kinds: Counter[MessageKind] = Counter()
    words: Counter[str] = Counter()
    reasons: dict[Side, set[str]] = {}
    for row in rows:
        kinds[row.kind] += row.count
        reasons.setdefault(row.side, set()).add(row.reason)
        if row.reason:
            words[mask_error(row.reason)] += row.count
    said = words.most_common(1)
    return Undelivered(
        cause,
        kinds.total(),
        min(row.since for row in rows),
        {kind: kinds[kind] for kind in MessageKind if kinds[kind]},
        said[0][0] if said else "",
        reasons,
    )
