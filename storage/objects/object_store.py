"""Object store: where sealed objects are kept by name. What it cannot do now is tried again later, by whoever asked."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

READ_BYTES = 1024 * 1024
"""So much of a file is in memory at a time."""


class StoreError(Exception):
    """The store does not do what it was asked for; the message says why."""


class NoObjectError(StoreError):
    """The store has no object of this name."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object, its size in bytes, and since when the store has it."""

    name: str
    size: int
    since: datetime


@dataclass(frozen=True, slots=True)
class StorePlace:
    """Where the store is: a folder, or a bucket with what names in it begin with.

    `endpoint`, `region`, `access` (KEY:SECRET) are empty where the client's usual variables say it.
    """

    folder: Path | None = None
    bucket: str = ""
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    access: str = ""

    def __str__(self) -> str:
        return str(self.folder) if self.folder is not None else f"s3://{self.bucket}/{self.prefix}"


class ObjectStore(Protocol):
    """Each of its methods raises StoreError when the store does not do it."""

    @property
    def workroom(self) -> Path:
        """The folder in which objects are written before `put` takes them."""

    async def put(self, name: str, path: Path) -> None:
        """Keep the file at `path` under this name, for certain; the file may be moved."""

    def read(self, name: str) -> AsyncIterator[bytes]:
        """The object, piece by piece. Raises NoObjectError when there is none."""

    async def delete(self, names: Iterable[str]) -> None:
        """Let objects go; one that is not there is gone already."""

    def list_all(self) -> AsyncIterator[StoredObject]:
        """Everything that is in the store."""


async def read_file(path: Path) -> AsyncIterator[bytes]:
    """A file of this machine, piece by piece, without holding up anybody. Raises OSError."""
    with await asyncio.to_thread(path.open, "rb") as file:
        while piece := await asyncio.to_thread(file.read, READ_BYTES):
            yield piece


def open_store(place: StorePlace) -> ObjectStore:
    """The store at this place; what speaks to S3 is imported for a bucket only."""
    if place.folder is not None:
        from storage.objects.folder_store import FolderStore

        return FolderStore(place.folder)
    from storage.objects.bucket_store import BucketStore

    return BucketStore(place)
