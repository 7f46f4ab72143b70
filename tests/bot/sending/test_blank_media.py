"""What stands where a picture was."""

import zlib

import msgspec

from bot.sending.blank_media import SIDE_PIXELS, draw_blank, make_blank_media
from handlers.turns import outbound


def test_it_is_a_picture_of_one_colour() -> None:
    """A PNG whose chunks are whole, as large as it says."""
    png = draw_blank()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, kinds, rows = 8, [], b""
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert zlib.crc32(kind + data) == int.from_bytes(png[at + 8 + size : at + 12 + size], "big")
        kinds.append(kind)
        rows = zlib.decompress(data) if kind == b"IDAT" else rows
        at += 12 + size
    assert kinds == [b"IHDR", b"IDAT", b"IEND"]
    assert len(rows) == SIDE_PIXELS * (SIDE_PIXELS + 1)


def test_what_would_be_said_stands_under_it() -> None:
    """As the caption, with its markup."""
    fields, files = make_blank_media(-5, 7, outbound.make_message("<i>gone</i>"))
    assert (fields["chat_id"], fields["message_id"]) == ("-5", "7")
    media = msgspec.json.decode(fields["media"])
    assert (media["caption"], media["parse_mode"]) == ("<i>gone</i>", "HTML")
    assert media["media"] == f"attach://{next(iter(files))}"
