"""What could not be sent: why, by Telegram's words, and what to do about it; many rows folded into a few causes."""

import enum
import re
from collections import Counter
from collections.abc import Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class UndeliveredRow:
    """Messages of one kind to one chat that were not sent for one reason; `chat` is None for what is sent to no chat."""

    chat: int | None
    reason: str
    kind: MessageKind
    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Everything that has one cause; `words` are the commonest reason, masked; `chats` those with most messages first."""

    cause: Cause
    count: int
    since: datetime
    kinds: Mapping[MessageKind, int]
    words: str
    chats: tuple[int, ...]

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


def find_cause(reason: str, chat: int | None) -> Cause:
    """The cause behind Telegram's words, or our own where a call could not even be made. A chat without a reason waits with its others."""
    said = reason.lower()
    if _OURS.match(reason):
        return Cause.UNMADE
    if chat is not None and chat > 0 and (not said or any(phrase in said for phrase in _BLOCKED)):
        return Cause.BLOCKED
    if chat is not None and chat < 0 and not said:
        return Cause.LOST
    return next((cause for cause, phrases in _PHRASES if any(phrase in said for phrase in phrases)), Cause.REFUSED)


def fold(rows: Iterable[UndeliveredRow]) -> list[Undelivered]:
    """A few causes instead of thousands of rows."""
    by_cause: dict[Cause, list[UndeliveredRow]] = {}
    for row in rows:
        by_cause.setdefault(find_cause(row.reason, row.chat), []).append(row)
    return [_fold_cause(cause, by_cause[cause]) for cause in Cause if cause in by_cause]


def _fold_cause(cause: Cause, rows: list[UndeliveredRow]) -> Undelivered:
    kinds: Counter[MessageKind] = Counter()
    chats: Counter[int] = Counter()
    words: Counter[str] = Counter()
    for row in rows:
        kinds[row.kind] += row.count
        if row.chat is not None:
            chats[row.chat] += row.count
        if row.reason:
            words[mask_error(row.reason)] += row.count
    said = words.most_common(1)
    return Undelivered(
        cause,
        kinds.total(),
        min(row.since for row in rows),
        {kind: kinds[kind] for kind in MessageKind if kinds[kind]},
        said[0][0] if said else "",
        tuple(chat for chat, _ in chats.most_common()),
    )
