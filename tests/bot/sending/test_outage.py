"""Outage of the Bot API: when it begins, who sleeps, who is tried, who wakes."""

from bot.sending.outage import FAILURES_LIMIT, Outage

KEYS = [("chat", n) for n in range(5)]


def test_one_chats_misfortune_is_no_outage() -> None:
    """Failures with a success between them never make one, however many; nobody has to be woken."""
    outage = Outage()
    for _ in range(10):
        assert not outage.note_failure(KEYS[0])
        assert outage.note_success() == []
    assert not outage.lasts


def test_it_begins_once_and_wakes_all() -> None:
    """The third failure in a row begins it; a caller that failed before or during it is woken by the first success."""
    outage = Outage()
    began = [outage.note_failure(key) for key in KEYS]
    assert began == [n == FAILURES_LIMIT - 1 for n in range(len(KEYS))]
    assert outage.lasts
    assert outage.note_success() == KEYS
    assert (outage.lasts, outage.seconds) == (False, 0.0)


def test_each_is_tried_in_turn() -> None:
    """A call that Telegram chokes on does not stand before the others; it comes last again."""
    outage = Outage()
    for key in KEYS[:3]:
        outage.note_failure(key)
    tried = outage.next_to_try()
    assert tried == KEYS[0]
    outage.note_failure(KEYS[0])
    assert [outage.next_to_try() for _ in range(4)] == [KEYS[1], KEYS[2], KEYS[0], None]
