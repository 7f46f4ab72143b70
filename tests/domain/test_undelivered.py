"""Causes of what could not be sent, and thousands of rows folded into a few of them."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.undelivered import Cause, MessageKind, UndeliveredRow, find_cause, fold

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reason", "chat", "cause"),
    [
        ("Forbidden: bot was blocked by the user", 7, Cause.BLOCKED),
        ("Forbidden: user is deactivated", 7, Cause.BLOCKED),
        ("Bad Request: chat not found", 7, Cause.BLOCKED),
        ("", 7, Cause.BLOCKED),
        ("Bad Request: chat not found", -7, Cause.LOST),
        ("Forbidden: bot was kicked from the supergroup chat", -7, Cause.LOST),
        ("kicked", -7, Cause.LOST),
        ("", -7, Cause.LOST),
        ("restricted", -7, Cause.FORBIDDEN),
        ("Bad Request: not enough rights to send text messages to the chat", -7, Cause.FORBIDDEN),
        ("Bad Request: PHOTO_INVALID_DIMENSIONS", 7, Cause.REFUSED),
        ("ValueError: no such period", -7, Cause.UNMADE),
        ("Bad Request: query is wrong", None, Cause.REFUSED),
    ],
)
def test_the_cause(reason: str, chat: int | None, cause: Cause) -> None:
    """By Telegram's words, and whether it is a person or a group; our own failures by the name of the error."""
    assert find_cause(reason, chat) is cause


def test_thousands_are_a_few() -> None:
    """Counted by cause and kind, since the oldest, the commonest words, the chats with most first."""
    blocked = "Forbidden: bot was blocked by the user"
    rows = [UndeliveredRow(n, blocked, MessageKind.SURVEY, 1, NOW - timedelta(hours=n)) for n in range(1, 5001)]
    rows.append(UndeliveredRow(17, blocked, MessageKind.CARD, 3, NOW))
    rows.append(UndeliveredRow(-5, "Bad Request: can't parse entities: tag 'Zhang'", MessageKind.FILE, 2, NOW))
    refused, gone = fold(rows)
    assert (refused.cause, refused.count, refused.chats, refused.is_sent_again) == (Cause.REFUSED, 2, (-5,), True)
    assert "Zhang" not in refused.words
    assert (gone.cause, gone.count, len(gone.chats), gone.chats[0]) == (Cause.BLOCKED, 5003, 5000, 17)
    assert gone.kinds == {MessageKind.SURVEY: 5000, MessageKind.CARD: 3}
    assert gone.since == NOW - timedelta(hours=5000)
    assert (gone.words, gone.is_sent_again) == (blocked, False)
    assert fold([]) == []
