"""Store in a folder: an object is a file in one of 256 folders, named by how its name begins; everything is its owner's alone."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from storage.objects.object_store import NoObjectError, StoredObject, StoreError, read_file

PAGE = 1000
"""So many names are read before others get their turn."""

T = TypeVar("T")

_NAME = re.compile(r"[0-9a-f]{64}")


class FolderStore:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def workroom(self) -> Path:
        """The folder itself, so that a finished object only gets its name. Raises StoreError when it cannot be made."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise _explain(error) from error
        return self._folder

    async def put(self, name: str, path: Path) -> None:
        await _in_thread(self._put, name, path)

    def _put(self, name: str, path: Path) -> None:
        place = self._find_place(name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.stat().st_dev == place.parent.stat().st_dev:
            path.replace(place)
        else:
            shutil.move(path, place)
        for folder in (place.parent, self._folder):
            _sync(folder)

    async def read(self, name: str) -> AsyncIterator[bytes]:
        """Raises NoObjectError when there is none, StoreError when it cannot be read."""
        try:
            async for piece in read_file(self._find_place(name)):
                yield piece
        except FileNotFoundError:
            raise NoObjectError(f"there is no object {name}") from None
        except OSError as error:
            raise _explain(error) from error

    async def delete(self, names: Iterable[str]) -> None:
        for name in names:
            await _in_thread(self._find_place(name).unlink, missing_ok=True)

    async def list_all(self) -> AsyncIterator[StoredObject]:
        """Raises StoreError when the folder cannot be read."""
        files = self._walk()
        while page := await _in_thread(_take, files, PAGE):
            for stored in page:
                yield stored

    def _walk(self) -> Iterator[StoredObject]:
        if not self._folder.exists():
            return
        for shelf in self._folder.iterdir():
            for path in shelf.iterdir() if shelf.is_dir() else ():
                status = path.stat()
                yield StoredObject(path.name, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))

    def _find_place(self, name: str) -> Path:
        """Raises StoreError for what is no name of ours."""
        if not _NAME.fullmatch(name):
            raise StoreError(f"{name!r} is no name of an object")
        return self._folder / name[:2] / name


def _take(files: Iterator[StoredObject], count: int) -> list[StoredObject]:
    return [stored for stored, _ in zip(files, range(count), strict=False)]


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _explain(error: OSError) -> StoreError:
    return StoreError(f"{error.filename}: {error.strerror}" if error.filename else str(error))


async def _in_thread(work: Callable[..., T], *args: object, **options: object) -> T:
    """Raises StoreError for what the file system does not do."""
    try:
        return await asyncio.to_thread(work, *args, **options)
    except OSError as error:
        raise _explain(error) from error
