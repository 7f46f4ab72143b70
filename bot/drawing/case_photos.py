"""Photos for the file of a case: found by the bot, which knows their keys, and read by the helper process, which draws them."""

import asyncio
from dataclasses import dataclass, field

import msgspec

from storage.cases import evidence
from storage.cases.evidence import SealedObject
from storage.engine.database import Database
from storage.objects.object_store import StoreError, StorePlace, open_store
from storage.objects.sealed_object import DamagedObjectError, open_sealed

LIMIT_BYTES = 30_000_000
"""Of all photos in one file: more than a bot may upload with everything else. The others are listed."""


class _Attachment(msgspec.Struct, frozen=True):
    evidence: int = 0
    is_picture: bool = False


class _CaseFile(msgspec.Struct, frozen=True):
    attached: tuple[_Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class CasePhotos:
    """Which objects to read, by the ids of their rows; passed to the helper process in memory, never written down."""

    place: StorePlace | None = None
    objects: dict[int, SealedObject] = field(default_factory=dict)


async def find_photos(database: Database, place: StorePlace | None, facts: bytes) -> CasePhotos:
    """The photos that a case file shows, as many as there is room for."""
    shown = [file.evidence for file in msgspec.json.decode(facts, type=_CaseFile).attached if file.is_picture]
    if place is None or not any(shown):
        return CasePhotos()
    async with database.read() as tx:
        files = await evidence.fetch_by_id(tx, [id_ for id_ in shown if id_])
    room, objects = LIMIT_BYTES, {}
    for id_ in shown:
        kept = files[id_].object if id_ in files else None
        if kept is not None and kept.size <= room:
            objects[id_] = kept
            room -= kept.size
    return CasePhotos(place, objects)


def read_photos(photos: CasePhotos) -> dict[int, bytes]:
    """The photos, opened; one that the store does not have, or that was changed, is missing. Blocking; for the helper process."""
    return asyncio.run(_read_all(photos)) if photos.place is not None and photos.objects else {}


async def _read_all(photos: CasePhotos) -> dict[int, bytes]:
    assert photos.place is not None  # noqa: S101 -- asked by the caller
    store, read = open_store(photos.place), {}
    for id_, kept in photos.objects.items():
        try:
            pieces = open_sealed(bytes.fromhex(kept.key), store.read(kept.name))
            read[id_] = b"".join([piece async for piece in pieces])
        except (StoreError, DamagedObjectError):
            continue
    return read
