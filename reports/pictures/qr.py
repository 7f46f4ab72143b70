"""QR code of a link (ISO/IEC 18004), for the delivery slip, the courier's screen, a label."""

import io

import segno


def draw_qr_code(link: str, kind: str) -> bytes:
    """The code as `png` or `svg`, with the quiet zone that scanners need."""
    out = io.BytesIO()
    segno.make(link, error="m").save(out, kind=kind, scale=8 if kind == "png" else 4, border=4)
    return out.getvalue()
