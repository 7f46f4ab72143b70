"""Snapshots of this Telegram on disk: everything that was said, so that a playground resumes where it was left.

1. A save is one file that replaces the previous one atomically; uploads are beside it, written once.
2. Numbers jump ahead on loading: after a crash the bot may know numbers given out since the last save, and would take a number it has
   seen before for a repetition.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from playground.shape.wire import Json
from playground.world.accounts import Account, ChatState
from playground.world.files import StoredFile
from playground.world.shelf import Shelf
from playground.world.world import Numbers, World

FILE, FILES = "telegram.json", "telegram-files"
_JUMP = 1_000


class _Waiting(msgspec.Struct):
    lane: int
    body: Json


class _Kept(msgspec.Struct):
    numbers: Numbers
    next_update: int
    waiting: list[_Waiting]
    users: list[Account]
    chats: list[ChatState]
    files: list[StoredFile]


def save(world: World, folder: Path) -> None:
    """Write everything into the folder."""
    beside = folder / FILES
    beside.mkdir(exist_ok=True)
    for file in world.files:
        path = beside / Path(file.path).name
        if not path.exists():
            _write(path, file.data)
    kept = _Kept(
        world.numbers,
        world.updates.next_id,
        [_Waiting(entry.lane, entry.body) for entry in world.updates.waiting.values()],
        list(world.users.values()),
        list(world.chats.values()),
        [replace(file, data=b"") for file in world.files],
    )
    _write(folder / FILE, msgspec.json.encode(kept, enc_hook=_out))


def load(world: World, folder: Path) -> bool:
    """Fill an empty world with what is saved there; False if nothing is. Raises ValueError when it cannot be read."""
    path = folder / FILE
    if not path.exists():
        return False
    kept = msgspec.json.decode(path.read_bytes(), type=_Kept, dec_hook=_in)
    world.numbers = replace(kept.numbers, message=kept.numbers.message + _JUMP)
    for user in kept.users:
        world.users[user.id] = user
    for chat in kept.chats:
        chat.user = world.users[chat.user.id] if chat.user is not None else None
        chat.last_message_id += _JUMP
        world.chats[chat.id] = chat
    for file in kept.files:
        world.files.keep(replace(file, data=(folder / FILES / Path(file.path).name).read_bytes()))
    for waiting in kept.waiting:
        world.updates.inject(waiting.body, waiting.lane)
    world.updates.next_id = kept.next_update + _JUMP
    return True


def _out(value: object) -> Any:  # noqa: ANN401  JSON
    if isinstance(value, Shelf):
        return value.page(before=None, limit=len(value))
    raise NotImplementedError(type(value).__name__)


def _in(kind: type, value: Any) -> Any:  # noqa: ANN401  JSON
    if kind is not Shelf:
        raise NotImplementedError(kind.__name__)
    shelf = Shelf()
    for message in value:
        shelf.add(message)
    return shelf


def _write(path: Path, data: bytes) -> None:
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(data)
    fresh.replace(path)
