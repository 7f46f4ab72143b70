"""Causes of what could not be sent, and thousands of rows folded into a few of them."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.undelivered import Cause, MessageKind, Side, UndeliveredRow, find_cause, fold

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reason", "side", "cause"),
    [
        ("Forbidden: bot was blocked by the user", Side.PERSON, Cause.BLOCKED),
        ("Forbidden: user is deactivated", Side.PERSON, Cause.BLOCKED),
        ("Bad Request: chat not found", Side.PERSON, Cause.BLOCKED),
        ("", Side.PERSON, Cause.BLOCKED),
        ("Bad Request: chat not found", Side.GROUP, Cause.LOST),
        ("Forbidden: bot was kicked from the supergroup chat", Side.GROUP, Cause.LOST),
        ("kicked", Side.GROUP, Cause.LOST),
        ("", Side.GROUP, Cause.LOST),
        ("restricted", Side.GROUP, Cause.FORBIDDEN),
        ("Bad Request: not enough rights to send text messages to the chat", Side.GROUP, Cause.FORBIDDEN),
        ("Bad Request: PHOTO_INVALID_DIMENSIONS", Side.PERSON, Cause.REFUSED),
        ("ValueError: no such period", Side.GROUP, Cause.UNMADE),
        ("Bad Request: query is wrong", Side.NONE, Cause.REFUSED),
    ],
)
def test_the_cause(reason: str, side: Side, cause: Cause) -> None:
    """By Telegram's words, and whether it is a person or a group; our own failures by the name of the error."""
    assert find_cause(reason, side) is cause


def test_many_reasons_are_a_few_causes() -> None:
    """Counted by cause and kind, since the oldest, in the commonest words, masked; every reason as it stands is remembered."""
    blocked = "Forbidden: bot was blocked by the user"
    broken = [f"Bad Request: can't parse entities: tag 'Zhang' at byte offset {n}" for n in range(3)]
    rows = [UndeliveredRow(Side.GROUP, reason, MessageKind.FILE, 2, NOW) for reason in broken]
    rows.append(UndeliveredRow(Side.PERSON, blocked, MessageKind.SURVEY, 5000, NOW - timedelta(hours=5000)))
    rows.append(UndeliveredRow(Side.PERSON, "", MessageKind.CARD, 3, NOW))
    refused, gone = fold(rows)
    assert (refused.cause, refused.count, refused.is_sent_again) == (Cause.REFUSED, 6, True)
    assert refused.reasons == {Side.GROUP: set(broken)}
    assert "Zhang" not in refused.words
    assert (gone.cause, gone.count, gone.reasons) == (Cause.BLOCKED, 5003, {Side.PERSON: {blocked, ""}})
    assert gone.kinds == {MessageKind.SURVEY: 5000, MessageKind.CARD: 3}
    assert gone.since == NOW - timedelta(hours=5000)
    assert (gone.words, gone.is_sent_again) == (blocked, False)
    assert fold([]) == []
