"""File storage: what was uploaded or attached, by file_id, and the limits on size."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from playground.shape.wire import CallRefusedError, Json, make_bad_request
from playground.world import samples

UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
_WIDTHS = (90, 320, 800, 1280)

Kind = Literal["photo", "document", "video", "voice", "audio", "animation"]
KINDS: dict[Kind, tuple[str, str, str]] = {  # folder, extension, mime type
    "photo": ("photos", "png", "image/png"),
    "document": ("documents", "pdf", "application/pdf"),
    "video": ("videos", "mp4", "video/mp4"),
    "voice": ("voice", "oga", "audio/ogg"),
    "audio": ("music", "mp3", "audio/mpeg"),
    "animation": ("animations", "mp4", "video/mp4"),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes on their way in; `size` may claim more bytes than there are, to test the limits cheaply."""

    data: bytes
    name: str | None = None
    mime: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    unique_id: str
    path: str
    size: int
    data: bytes
    kind: Kind
    media: Json | list[Json]
    """How a message shows the file: an object, or a photo's list of sizes."""


class Files:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: Kind, upload: Upload) -> StoredFile:
        size = len(upload.data) if upload.size is None else upload.size
        _measure(kind, upload, size)
        number = len(self._by_path) + 1
        folder, extension, mime = KINDS[kind]
        name = upload.name or f"file_{number}.{extension}"
        suffix = name.rpartition(".")[2]
        suffix = suffix if suffix != name and suffix.isalnum() else extension
        path = f"{folder}/file_{number}.{suffix}"
        unique = "AQAD" + hashlib.sha256(upload.data + str(size).encode()).hexdigest()[:12]
        file_id = base64.urlsafe_b64encode(f"play:{kind}:{number}:{unique}".encode()).decode().rstrip("=")
        base = {"file_id": file_id, "file_unique_id": unique, "file_size": size}
        media: Json | list[Json] = {**base, **_describe_media(kind, upload, name, mime)}
        if kind == "photo":
            media = _list_sizes(base, *(samples.read_dimensions(upload.data) or (320, 240)))
        return self.keep(StoredFile(file_id, unique, path, size, upload.data, kind, media))

    def keep(self, file: StoredFile) -> StoredFile:
        """Make this file findable by its id, by the id of each of its sizes, and by its path."""
        self._by_id[file.id] = self._by_path[file.path] = file
        for shown in file.media if isinstance(file.media, list) else ():
            self._by_id[shown["file_id"]] = file
        return file

    def forget_ids(self) -> None:
        """Another bot was given none of the ids that there are."""
        self._by_id.clear()

    def __iter__(self) -> Iterator[StoredFile]:
        return iter(self._by_path.values())

    @property
    def count(self) -> int:
        return len(self._by_path)

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def describe(self, file_id: str) -> Json:
        """The answer to getFile. Raises CallRefusedError when the file is unknown, or larger than a bot may download (20 MB, Bot API)."""
        file = self.get(file_id)
        if file is None:
            raise make_bad_request("invalid file_id")
        if file.size > DOWNLOAD_LIMIT:
            raise make_bad_request("file is too big")
        return {
            "file_id": file_id,
            "file_unique_id": file.unique_id,
            "file_size": file.size,
            "file_path": file.path,
        }


def make_sample(kind: Kind, seed: int) -> Upload:
    """A small real file of this kind."""
    match kind:
        case "photo":
            return Upload(samples.make_picture(seed))
        case "voice":
            return Upload(samples.make_voice())
        case "video" | "animation":
            return Upload(samples.make_video())
        case _:
            return Upload(samples.make_document(), name="document.pdf")


def _measure(kind: Kind, upload: Upload, size: int) -> None:
    if not size:
        raise make_bad_request("file must be non-empty")
    if kind == "photo":
        if size > PHOTO_LIMIT:
            raise make_bad_request(
                f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes"
            )
        if samples.read_dimensions(upload.data) is None:
            raise make_bad_request("IMAGE_PROCESS_FAILED")


def make_too_large() -> CallRefusedError:
    return CallRefusedError(413, "Request Entity Too Large")


def _describe_media(kind: Kind, upload: Upload, name: str, mime: str) -> Json:
    mime = upload.mime or mime
    match kind:
        case "video" | "animation":
            return {"width": 320, "height": 240, "duration": 1, "file_name": name, "mime_type": mime}
        case "voice":
            return {"duration": 1, "mime_type": mime}
        case "audio":
            return {"duration": 1, "file_name": name, "mime_type": mime}
        case _:
            return {"file_name": name, "mime_type": mime}


def _list_sizes(base: Json, width: int, height: int) -> list[Json]:
    """A photo in the sizes Telegram makes, largest last; here all of them are the same bytes."""
    widths = [side for side in _WIDTHS if side < width] + [min(width, _WIDTHS[-1])]
    sizes = []
    for number, side in enumerate(widths):
        last = number == len(widths) - 1
        own = (
            {}
            if last
            else {"file_id": f"{base['file_id']}-{side}", "file_unique_id": f"{base['file_unique_id']}{side}"}
        )
        sizes.append({**base, **own, "width": side, "height": max(1, height * side // max(1, width))})
    return sizes
