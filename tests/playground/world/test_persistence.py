"""A world on disk: what was said before is there again, and numbers never come twice."""

from __future__ import annotations

from pathlib import Path

from playground.world.accounts import Topic
from playground.world.files import Upload
from playground.world.persistence import load, save
from playground.world.samples import make_picture
from playground.world.world import World


def _lived() -> World:
    world = World()
    wang = world.add_user(101, first_name="王芳", language_code="zh", phone="+8613800138000", role="customer")
    group = world.add_chat("supergroup", "Transport", [101], chat_id=None, is_forum=True)
    group.bot_status, group.bot_rights = "restricted", {"can_send_photos": False}
    group.topics[7] = Topic(7, "C-1")
    private = world.chats[101]
    private.started = True
    private.keyboards[101] = {"force_reply": True, "message_id": 1}
    photo = world.files.add("photo", Upload(make_picture(1)))
    world.post(private, wang.wire(), {"text": "hello"})
    world.remove(private, world.post(private, wang.wire(), {"text": "gone"})["message_id"])
    message = world.post(group, wang.wire(), {"photo": photo.media})
    world.emit("message", message, group.id)
    return world


def test_everything_is_as_it_was(tmp_path: Path) -> None:
    """People, chats, messages with their gravestones, files, and updates that nobody has fetched."""
    before = _lived()
    save(before, tmp_path)
    after = World()
    assert load(after, tmp_path)
    assert after.users == before.users
    assert after.chats.keys() == before.chats.keys()
    for number, chat in before.chats.items():
        again = after.chats[number]
        assert again.card() == chat.card()
        assert again.bot_rights == chat.bot_rights
        assert again.started == chat.started
        assert again.messages.page(before=None, limit=99) == chat.messages.page(before=None, limit=99)
    assert after.chats[101].user is after.users[101]
    assert [file.data for file in after.files] == [file.data for file in before.files]
    assert after.files.get(next(iter(before.files)).id) == next(iter(before.files))
    assert [entry.body for entry in after.updates.waiting.values()] == [
        entry.body for entry in before.updates.waiting.values()
    ]


def test_numbers_jump_ahead(tmp_path: Path) -> None:
    """What was given after the last save is never given again."""
    before = _lived()
    save(before, tmp_path)
    wang = before.users[101]
    lost = [before.post(chat, wang.wire(), {"text": "unsaved"})["message_id"] for chat in before.chats.values()]
    forgotten = before.updates.next_id + 5
    after = World()
    load(after, tmp_path)
    new = [after.post(chat, wang.wire(), {"text": "new"})["message_id"] for chat in after.chats.values()]
    assert all(later > earlier for earlier, later in zip(lost, new, strict=True))
    assert after.updates.next_id > forgotten


def test_a_file_is_written_once(tmp_path: Path) -> None:
    """The second save leaves pictures alone."""
    world = _lived()
    save(world, tmp_path)
    (path,) = (tmp_path / "telegram-files").iterdir()
    path.write_bytes(b"untouched")
    save(world, tmp_path)
    assert path.read_bytes() == b"untouched"


def test_an_empty_folder_is_no_world(tmp_path: Path) -> None:
    """Then everything begins anew."""
    assert not load(World(), tmp_path)
