"""Uploads of evidence: a file that Telegram does not know under its id, as after a new bot token, is sent from the store.

An id is good for the bot that was given it. Nobody can tell beforehand: what Telegram refuses for its id is tried once more as an upload.
"""

import logging
from collections.abc import AsyncIterator

import msgspec
from aiohttp.abc import AbstractStreamWriter
from aiohttp.payload import Payload

from bot.process.telegram import Answer, BotApi
from handlers.cases.messages import threads
from handlers.turns import outbound
from storage.cases import evidence
from storage.cases.evidence import EvidenceFile, SealedObject
from storage.engine.database import Database
from storage.objects.object_store import ObjectStore, StoreError, StorePlace, open_store
from storage.objects.sealed_object import DamagedObjectError, open_sealed
from storage.queue.outbox import OwedCall

log = logging.getLogger(__name__)

UNKNOWN_FILE = ("wrong file identifier", "wrong remote file identifier", "wrong file_id", "invalid file_id")
"""Said of a file's id that this bot was not given."""

_KINDS = ("photo", "video", "document", "voice", "audio", "video_note")


class _AlbumFile(msgspec.Struct, frozen=True):
    type: str
    media: str


class _Album(msgspec.Struct, frozen=True):
    media: tuple[_AlbumFile, ...] = ()


class EvidenceUploads:
    """Sends what the store has."""

    def __init__(self, api: BotApi, database: Database, store: ObjectStore) -> None:
        self._api, self._database, self._store = api, database, store

    async def send(self, call: OwedCall, head: str) -> Answer | None:
        """Send the files of this call from the store, as many as it has; None if it has none of them. `head` is more fields, as JSON.

        Raises:
            TelegramUnreachedError: when no answer comes.
        """
        files = []
        for kind, id_ in _list_files(call.payload):
            kept = await self._find(call, id_)
            if kept is not None and await self._is_whole(kept):
                files.append((kind, kept))
        if not files:
            return None
        log.info("Telegram does not know a file by its id: %s is uploaded", call.name)
        named = [(kind, f"attach://file{n}") for n, (kind, _) in enumerate(files)]
        (method, body), *_ = outbound.make_media_calls(named)
        raw = msgspec.json.decode(f"{{{head}}}", type=dict[str, msgspec.Raw]) | msgspec.json.decode(
            body, type=dict[str, msgspec.Raw]
        )
        fields = {name: _write_field(value) for name, value in raw.items()}
        parts = {f"file{n}": SealedPayload(kept, self._store) for n, (_, kept) in enumerate(files)}
        return await self._api.upload_payloads(method, fields, parts)

    async def _find(self, call: OwedCall, file_id: str) -> SealedObject | None:
        async with self._database.read() as tx:
            case = await threads.find_named_case(tx, call.name)
            files: list[EvidenceFile] = await evidence.list_by_case(tx, case.id) if case is not None else []
        return next((file.object for file in files if file.file_id == file_id and file.object is not None), None)

    async def _is_whole(self, kept: SealedObject) -> bool:
        """Read it once before anything is sent: half a file is none."""
        try:
            async for _ in open_kept(kept, self._store):
                pass
        except (StoreError, DamagedObjectError) as error:
            log.warning("a file of evidence cannot be read: %s", error)
            return False
        return True


def open_uploads(api: BotApi, database: Database, place: StorePlace | None) -> EvidenceUploads | None:
    """What sends from the store at this place; None where there is none."""
    return EvidenceUploads(api, database, open_store(place)) if place is not None else None


def open_kept(kept: SealedObject, store: ObjectStore) -> AsyncIterator[bytes]:
    """The file, piece by piece. Raises StoreError and DamagedObjectError while it is read."""
    return open_sealed(bytes.fromhex(kept.key), store.read(kept.name))


class SealedPayload(Payload):
    """A part of a form that is opened while it is sent: memory does not grow with it."""

    def __init__(self, kept: SealedObject, store: ObjectStore) -> None:
        super().__init__(kept, filename=f"file.{kept.suffix or 'bin'}")
        self._size, self._store = kept.size, store

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:  # noqa: ARG002 -- the library's signature
        """Raises TypeError: it is no text."""
        raise TypeError("a file is no text")

    async def write(self, writer: AbstractStreamWriter) -> None:
        async for piece in open_kept(self._value, self._store):
            await writer.write(piece)


def _list_files(payload: str) -> list[tuple[str, str]]:
    """The files of a call that sends media, as (kind, Telegram's id)."""
    album = msgspec.json.decode(payload, type=_Album).media
    if album:
        return [(item.type, item.media) for item in album]
    fields = msgspec.json.decode(payload, type=dict[str, object])
    return [(kind, id_) for kind in _KINDS if isinstance(id_ := fields.get(kind), str)]


def _write_field(value: msgspec.Raw) -> str:
    """A form has text as it is, and everything else as JSON."""
    decoded = msgspec.json.decode(value)
    return decoded if isinstance(decoded, str) else bytes(value).decode()
