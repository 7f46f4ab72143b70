"""No edit is made that changes nothing, and none is left out that does."""

import pytest

from bot.sending import shown_messages
from bot.sending.shown_messages import ShownMessages
from tests.harness.live_sender import LiveSender


async def test_an_edit_that_changes_nothing_is_not_made(post: LiveSender) -> None:
    """The same words again are done without a call; others are shown, and so are the first ones after them."""
    wang = await post.person()
    for text in ("one", "one", "two", "two", "one"):
        await post.owe(post.show(wang.id, "card", text))
        await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["one"]
    assert [call["method"] for call in await post.calls("sendMessage", "editMessageText")] == [
        "sendMessage",
        "editMessageText",
        "editMessageText",
    ]
    assert all(call["ok"] for call in await post.calls())


async def test_two_names_of_one_message(post: LiveSender) -> None:
    """What counts is what the message says, by whatever name it was changed; the new name is known from then on."""
    wang = await post.person()
    await post.owe(post.show(wang.id, "first", "one"))
    await post.wait_until_quiet()
    (message,) = [m for m in await post.telegram.messages(wang.id) if m.get("text") == "one"]
    at = message["message_id"]
    for name, text in (("second", "one"), ("second", "two"), ("first", "one")):
        await post.owe(post.show(wang.id, name, text, message_id=at if name == "second" else None))
        await post.wait_until_quiet()
    assert await post.texts(wang.id) == ["one"]
    assert len(await post.calls("editMessageText")) == 2
    assert await post.count_places() == 2


def test_what_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """For an hour, until the chat was lost, and of so many messages only."""
    shown = ShownMessages()
    shown.note(1, 7, "a")
    assert shown.says(1, 7, "a")
    assert not shown.says(1, 7, "b")
    assert not shown.says(2, 7, "a")
    shown.forget(1)
    assert not shown.says(1, 7, "a")
    monkeypatch.setattr(shown_messages, "MESSAGES_MOST", 2)
    for message in (1, 2, 3):
        shown.note(1, message, "a")
    assert [shown.says(1, message, "a") for message in (1, 2, 3)] == [False, True, True]
    monkeypatch.setattr(shown_messages, "BELIEVED_SECONDS", 0.0)
    assert not shown.says(1, 3, "a")
