"""A QR code says what its link says."""

from io import BytesIO

import pytest
import segno
from PIL import Image

from reports.pictures.qr import draw_qr_code


def test_a_code_can_be_read_back() -> None:
    """The modules of the picture are those of the link's own code, with a quiet border around them."""
    link = "https://t.me/huifang_bot?start=d" + "A" * 32
    matrix = [[bool(module) for module in row] for row in segno.make(link, error="m").matrix_iter(border=4)]
    image = Image.open(BytesIO(draw_qr_code(link, "png"))).convert("L")
    assert image.size == (len(matrix) * 8,) * 2
    drawn = [[image.getpixel((x * 8 + 4, y * 8 + 4)) == 0 for x in range(len(matrix))] for y in range(len(matrix))]
    assert drawn == matrix


@pytest.mark.parametrize(("kind", "magic"), [("png", b"\x89PNG\r\n\x1a\n"), ("svg", b"<?xml")])
def test_both_kinds(kind: str, magic: bytes) -> None:
    """A picture for screens, a drawing for print."""
    assert draw_qr_code("https://t.me/x", kind).startswith(magic)
