"""Outcomes of calls: what Telegram's answers mean, by their codes and by the phrases in which Telegram says it."""

from dataclasses import dataclass

import msgspec

from bot.process.telegram import Answer
from handlers.people import memberships
from storage.queue.outbox import OwedCall, SentCall


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Try again, after `seconds` if Telegram said so (`flood`: 429); `unreached` if it gave no answer, or none of its own (5xx)."""

    seconds: float | None = None
    flood: bool = False
    unreached: bool = False


@dataclass(frozen=True, slots=True)
class ChatGone:
    """The chat cannot be written to now: blocked, kicked, without rights, or moved to `moved_to`."""

    why: str
    moved_to: int | None = None


@dataclass(frozen=True, slots=True)
class CallRefused:
    """Telegram will never accept this call."""

    why: str


@dataclass(frozen=True, slots=True)
class MediumForbidden:
    """The chat does not let us send such a medium; text it may."""

    why: str


Outcome = SentCall | RetryLater | ChatGone | CallRefused
"""What became of a call."""


class _Member(msgspec.Struct, frozen=True):
    """`is_member` is said of restricted people only."""

    status: str
    is_member: bool = True


_TOO_LATE = ("message is not modified", "query is too old", "query_id_invalid")
MISSING = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)
NO_TOPIC = ("message thread not found", "topic_deleted")
CLOSED_TOPIC = ("topic_closed",)
_NO_MEMBER = ("user not found", "member not found", "participant_id_invalid", "user_not_participant")
_HIDDEN = ("chat_admin_required", "member list is inaccessible")
FORBIDDEN = (
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_send_",
    "chat_write_forbidden",
    "chat_restricted",
    "voice_messages_forbidden",
    "user restricted receiving of",
)
"""Said of a medium: it may not be sent. Whether nothing at all may be sent, the text in its place finds out."""
_LOST = (
    "chat not found",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_send_plain_forbidden",
    "chat_restricted",
    "group chat was deactivated",
    "user is deactivated",
    "peer_id_invalid",
    "user not found",
)


def is_answered(outcome: Outcome) -> bool:
    """Whether Telegram itself has said so."""
    return not (isinstance(outcome, RetryLater) and outcome.unreached)


def name_outcome(outcome: Outcome) -> str:
    """The outcome as metrics name it."""
    match outcome:
        case SentCall():
            return "accepted"
        case RetryLater():
            return "flood" if outcome.flood else "unreached"
        case ChatGone():
            return "gone"
        case CallRefused():
            return "refused"


def interpret_failure(call: OwedCall, answer: Answer) -> Outcome:
    """What became of a call that Telegram has not accepted; what only says that it is done already is done."""
    if answer.error_code == 429 or answer.parameters.retry_after is not None:  # noqa: PLR2004 -- Too Many Requests
        return RetryLater(answer.parameters.retry_after or 1, flood=True)
    if answer.parameters.migrate_to_chat_id is not None:
        return ChatGone(answer.description, answer.parameters.migrate_to_chat_id)
    if says(answer, _TOO_LATE):
        return SentCall(call.id)
    if answer.error_code == 403 or (says(answer, _LOST) and call.chat_id is not None):  # noqa: PLR2004 -- Forbidden
        return ChatGone(answer.description)
    if answer.error_code == 400:  # noqa: PLR2004 -- Bad Request
        return CallRefused(answer.description)
    return RetryLater(unreached=True)


def read_member_status(answer: Answer) -> str:
    """The status from `getChatMember`; `hidden` where members are hidden from us, `unknown` where Telegram cannot say."""
    if answer.ok:
        member = msgspec.json.decode(answer.result, type=_Member)
        return member.status if member.is_member else "left"
    if says(answer, _HIDDEN):
        return memberships.HIDDEN
    return "left" if says(answer, _NO_MEMBER) else memberships.UNKNOWN


def says(answer: Answer, phrases: tuple[str, ...]) -> bool:
    """Whether one of these phrases stands in what Telegram said."""
    said = answer.description.lower()
    return any(phrase in said for phrase in phrases)
