"""Generated files."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from playground.world import samples


def test_a_sample_picture_is_a_real_one() -> None:
    """Another reader opens it, and two are not the same."""
    with Image.open(io.BytesIO(samples.make_picture(1))) as image:
        image.load()
        assert image.size == samples.read_dimensions(samples.make_picture(1)) == (320, 240)
    assert samples.make_picture(1) != samples.make_picture(2)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_dimensions_are_read_from_the_header(kind: str) -> None:
    """Of the formats that people send."""
    out = io.BytesIO()
    Image.new("RGB", (123, 45)).save(out, kind)
    assert samples.read_dimensions(out.getvalue()) == (123, 45)


def test_what_is_no_picture_has_no_dimensions() -> None:
    """Nor does half of one."""
    assert samples.read_dimensions(b"%PDF-1.4") is None
    assert samples.read_dimensions(b"\xff\xd8\xff") is None


def test_the_other_samples_carry_their_marks() -> None:
    """Enough for any reader to know the format."""
    assert samples.make_document().startswith(b"%PDF-1.4")
    assert samples.make_document().rstrip().endswith(b"%%EOF")
    assert samples.make_voice().count(b"OggS") == 3
    assert samples.make_video()[4:8] == b"ftyp"
