"""Data folder of a playground: what is in it, whether it may be used, and how it is emptied.

Only what a playground puts there is ever removed, and a folder that holds anybody else's company file is refused.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from playground.world.persistence import FILE, FILES

ABOUT = "playground.json"
CONFIG = "huifang.toml"
_OURS = (CONFIG, "surveys", "huifang.db*", "clock", "bot.log", FILE, FILES, ABOUT)


class FolderError(Exception):
    """The folder cannot be used; the message says why."""


class PlaygroundFacts(msgspec.Struct):
    """What a playground remembers about itself. `lived` is True once its history is complete."""

    secret: str
    intake: str = ""
    lived: bool = False


@dataclass(slots=True)
class Folder:
    path: Path
    about: PlaygroundFacts

    @property
    def config(self) -> Path:
        return self.path / CONFIG

    def remember(self) -> None:
        (self.path / ABOUT).write_bytes(msgspec.json.encode(self.about))

    def empty(self) -> None:
        """Remove what a playground put here, and start anew."""
        for pattern in _OURS:
            for path in self.path.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.about = _create_facts()
        self.remember()


@contextmanager
def open_folder(path: Path | None) -> Iterator[Folder]:
    """The playground's folder, exclusively ours for the duration of the block; a temporary one if `path` is None."""
    if path is None:
        temporary = Path(tempfile.mkdtemp(prefix="huifang-playground-"))
        try:
            with _lock_folder(temporary) as opened:
                yield opened
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        return
    with _lock_folder(path) as opened:
        yield opened


@contextmanager
def _lock_folder(path: Path) -> Iterator[Folder]:
    lock = None
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = os.open(path / ".playground.lock", os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        about = path / ABOUT
        if not about.exists() and (path / CONFIG).exists():
            raise FolderError(f"{path} holds a {CONFIG} that is no playground's: choose another folder")
        known = msgspec.json.decode(about.read_bytes(), type=PlaygroundFacts) if about.exists() else _create_facts()
        opened = Folder(path.resolve(), known)
        opened.remember()
    except BlockingIOError:
        raise FolderError(f"{path} is in use by another playground") from None
    except (OSError, msgspec.DecodeError) as error:
        raise FolderError(f"{path} cannot be used: {error}") from None
    else:
        yield opened
    finally:
        if lock is not None:
            os.close(lock)


def _create_facts() -> PlaygroundFacts:
    return PlaygroundFacts(secrets.token_hex(32))
