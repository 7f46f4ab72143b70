"""Queues of calls, one per chat: places, versions, requests."""

from typing import Any

from bot.sending.chat_queues import ChatQueues, find_key
from storage.queue.outbox import SHOW, OwedCall, Priority

CHAT = ("chat", 5)


def make_call(number: int, **facts: Any) -> OwedCall:  # noqa: ANN401 -- the fields of a call
    return OwedCall(number, 5, facts.pop("method", "sendMessage"), "{}", **facts)


def show(number: int, name: str = "s:1", **facts: Any) -> OwedCall:  # noqa: ANN401 -- the fields of a call
    return make_call(number, method=SHOW, name=name, **facts)


def queue_calls(*calls: OwedCall) -> ChatQueues:
    """Queues in which a message whose place is not known is new."""
    queues = ChatQueues(lambda call: call.message_id is None)
    for call in calls:
        queues.insert(call)
    return queues


def list_ids(queues: ChatQueues) -> list[int]:
    return [call.id for call in queues.get(CHAT) or ()]


def test_a_chat_is_a_queue_and_a_call_about_no_chat_another() -> None:
    """The caller that queues the first call, or one that is more urgent, is told to look at the queue."""
    queues = queue_calls()
    assert queues.insert(make_call(1, priority=Priority.STAFF))
    assert not queues.insert(make_call(2, priority=Priority.STAFF))
    assert queues.insert(make_call(3, priority=Priority.PEOPLE))
    lone = OwedCall(4, None, "setMyCommands", "{}")
    assert queues.insert(lone)
    assert (list_ids(queues), find_key(lone), queues.waiting) == ([1, 2, 3], ("call", 4), 4)


def test_a_later_version_takes_the_place_of_the_earlier() -> None:
    """With what is known of its place; what is under way is left alone."""
    queues = queue_calls(show(1, message_id=70, reply_to="card:1"), make_call(2))
    later = show(3)
    replaced = queues.replace_version(later)
    assert replaced is not None
    assert (replaced.id, list_ids(queues), queues.waiting) == (1, [3, 2], 2)
    assert (later.message_id, later.reply_to) == (70, "card:1")
    queues.busy.add(CHAT)
    assert queues.replace_version(show(4)) is None
    assert queues.replace_version(show(5, name="s:2")) is None


def test_a_repeated_request_is_one_message_at_the_newest_place() -> None:
    """The earlier one leaves; an edit of that message is no request."""
    queues = queue_calls(show(1, fresh=True), make_call(2))
    again = show(3, fresh=True)
    withdrawn = queues.withdraw_request(again)
    assert withdrawn is not None
    queues.insert(again)
    assert (withdrawn.id, list_ids(queues), queues.waiting) == (1, [2, 3], 2)
    assert queues.withdraw_request(show(4)) is None


def test_a_new_card_goes_before_what_stands_under_others() -> None:
    """But not before a person's message, nor before a call under way."""
    notice = make_call(2, priority=Priority.STAFF, reply_to="card:1")
    queues = queue_calls(make_call(1), notice, show(3, name="card:1", message_id=70))
    queues.insert(show(4, name="card:2"))
    assert list_ids(queues) == [1, 4, 2, 3]
    queues = queue_calls(notice)
    queues.busy.add(CHAT)
    queues.insert(show(4, name="card:2"))
    assert list_ids(queues) == [2, 4]


def test_what_is_done_with_leaves() -> None:
    """The first call alone, all that a lost chat had, or copies of rows that were read again; the rest is counted."""
    first, *others = (make_call(number) for number in range(1, 5))
    queues = queue_calls(first, *others)
    assert not queues.remove(("chat", 404), first)
    assert queues.remove(CHAT, first)
    queues.forget_copies(5, {3})
    assert (list_ids(queues), queues.waiting) == ([2, 4], 2)
    assert queues.drop(CHAT, {2})
    assert not queues.drop(CHAT, {4})
    assert (queues.get(CHAT), queues.waiting) == (None, 0)
