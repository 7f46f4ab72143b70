"""The state of the small Telegram."""

from __future__ import annotations

import pytest

from playground.shape.wire import CallRefusedError
from playground.world.world import World


def test_a_user_is_made_once_and_then_changed() -> None:
    """With the private chat; free numbers avoid taken ones."""
    world = World()
    first = world.add_user(None, first_name="Wang")
    assert world.add_user(first.id, phone="+861") is first
    assert (first.first_name, first.phone) == ("Wang", "+861")
    taken = world.add_user(first.id + 1, first_name="Li")
    assert world.add_user(None, first_name="Zhao").id not in {first.id, taken.id}
    assert world.chats[first.id].is_private


def test_chats_are_found_by_number_or_name() -> None:
    """Case does not matter in names."""
    world = World()
    user = world.add_user(None, first_name="Wang", username="wang_li")
    assert world.find("@Wang_Li").id == world.find(user.id).id == user.id
    for unknown in (5, "@nobody"):
        with pytest.raises(CallRefusedError, match="chat not found"):
            world.find(unknown)


def test_numbers_of_groups_look_like_telegrams() -> None:
    """A supergroup's begins with -100; the first member made it."""
    world = World()
    user = world.add_user(None, first_name="Wang").id
    basic = world.add_chat("group", "A", [user], chat_id=None, is_forum=False)
    great = world.add_chat("supergroup", "B", [user], chat_id=None, is_forum=False)
    assert -(10**12) < basic.id < 0
    assert str(great.id).startswith("-100")
    assert basic.members == {user: "creator"}


def test_the_clock_can_be_moved() -> None:
    """Messages carry the world's time."""
    world = World(clock=lambda: 1_800_000_000.7)
    user = world.add_user(None, first_name="Wang")
    assert world.post(world.chats[user.id], user.wire(), {"text": "x"})["date"] == 1_800_000_000
