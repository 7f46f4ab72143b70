"""Sample files, small but real, for people who attach something without bringing one."""

from __future__ import annotations

import struct
import zlib
from functools import cache

_SIDE = (320, 240)
_OGG_POLYNOMIAL = 0x04C11DB7
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def make_picture(seed: int) -> bytes:
    """A PNG, a different colour for every seed."""
    width, height = _SIDE
    red, green, blue = (seed * 67) % 200 + 40, (seed * 151) % 200 + 40, (seed * 211) % 200 + 40
    rows = b"".join(
        b"\0" + bytes((red, green, blue)) * (width // 2) + bytes((blue, red, green)) * (width - width // 2)
        for _ in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(name, data) for name, data in chunks)


@cache
def make_document() -> bytes:
    """A PDF with one empty page."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    )
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 4\n0000000000 65535 f \n" + table + trailer


@cache
def make_voice() -> bytes:
    """An Ogg Opus file with one frame of silence."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 10) + b"playground" + struct.pack("<I", 0)
    return (
        _ogg_page(head, flags=2, granule=0, number=0)
        + _ogg_page(tags, flags=0, granule=0, number=1)
        + _ogg_page(b"\xf8\xff\xfe", flags=4, granule=960, number=2)
    )


@cache
def make_video() -> bytes:
    """An MP4 container with a header and no content."""
    matrix = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    header = struct.pack(">IIIIIIHHII", 0, 0, 0, 1000, 1000, 0x10000, 0x100, 0, 0, 0) + matrix + bytes(24)
    header += struct.pack(">I", 1)
    return _box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + _box(b"moov", _box(b"mvhd", header)) + _box(b"mdat", b"")


def read_dimensions(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, JPEG, GIF or WebP; None if it is none of these."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return struct.unpack(">II", data[16:24])
    if data[:6] in {b"GIF87a", b"GIF89a"}:
        return struct.unpack("<HH", data[6:10])
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return (512, 512)  # three header layouts; the page only needs the aspect ratio
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    return None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data):
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + size
    return None


def _png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", 8 + len(data)) + name + data


def _ogg_page(packet: bytes, *, flags: int, granule: int, number: int) -> bytes:
    start = b"OggS" + struct.pack("<BBqII", 0, flags, granule, 1, number)
    end = bytes((1, len(packet))) + packet
    return start + struct.pack("<I", _ogg_checksum(start + bytes(4) + end)) + end


def _ogg_checksum(page: bytes) -> int:
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ _OGG_POLYNOMIAL if crc & 0x80000000 else crc << 1) & 0xFFFFFFFF
    return crc
