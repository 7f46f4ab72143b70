"""What stands in the place of a picture or a video that Telegram no longer deletes: a grey square, and a line under it."""

import struct
import zlib

import msgspec

SIDE_PIXELS = 64
_GREY = 0xC8


class _Said(msgspec.Struct):
    text: str
    parse_mode: str = ""


def make_blank_media(chat: int, message: int, payload: str) -> tuple[dict[str, str], dict[str, bytes]]:
    """The fields and files of the call that replaces a medium; `payload` is the message that would be said instead of words."""
    said = msgspec.json.decode(payload, type=_Said)
    media = {"type": "photo", "media": "attach://blank", "caption": said.text, "parse_mode": said.parse_mode}
    fields = {"chat_id": str(chat), "message_id": str(message), "media": msgspec.json.encode(media).decode()}
    return fields, {"blank": draw_blank()}


def draw_blank() -> bytes:
    """A PNG of one colour (eight bits of grey)."""
    rows = b"".join(b"\0" + bytes([_GREY]) * SIDE_PIXELS for _ in range(SIDE_PIXELS))
    size = struct.pack(">IIBBBBB", SIDE_PIXELS, SIDE_PIXELS, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", size), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_pack_chunk(kind, data) for kind, data in chunks)


def _pack_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
