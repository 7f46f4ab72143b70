"""What people put into a message."""

from __future__ import annotations

import base64

import pytest

from playground.people.attachments import (
    ImpossibleError,
    make_attachment,
    make_caption_content,
    make_text_content,
    make_upload,
)
from playground.world import samples
from playground.world.world import World


def test_a_file_is_a_sample_or_bytes_or_described() -> None:
    """`true`, base64 (also as a data URL), or an object."""
    world = World()
    coded = base64.b64encode(samples.make_picture(3)).decode()
    assert make_upload(world, "photo", True).data.startswith(b"\x89PNG")
    assert make_upload(world, "photo", coded).data == samples.make_picture(3)
    assert make_upload(world, "photo", f"data:image/png;base64,{coded}").data == samples.make_picture(3)
    big = make_attachment(world, "document", {"name": "film.mkv", "mime": "video/x-matroska", "size": 10**9})[
        "document"
    ]
    assert (big["file_name"], big["mime_type"], big["file_size"]) == ("film.mkv", "video/x-matroska", 10**9)


def test_words_carry_their_entities() -> None:
    """A command in a text and in a caption."""
    world = World()
    assert make_text_content(world, "/x")["entities"][0]["type"] == "bot_command"
    assert make_caption_content(world, "/x")["caption_entities"][0]["type"] == "bot_command"
    assert make_caption_content(world, None) == {}
    with pytest.raises(ImpossibleError):
        make_text_content(world, "\n")
