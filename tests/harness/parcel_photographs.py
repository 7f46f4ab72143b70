"""Photographs of parcels, drawn: what customers of the playground send along. `python -m tests.harness.parcel_photographs` writes them."""

from __future__ import annotations

from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

FOLDER = Path(__file__).parents[2] / "playground" / "company" / "photos"
SIZE = (640, 480)
_SCALE = 2
_QUALITY = 62

Points = list[tuple[float, float]]
Colour = tuple[int, int, int]


def draw_all(folder: Path = FOLDER) -> None:
    """Write every picture; the same each time."""
    folder.mkdir(exist_ok=True)
    for name, draw in (("crushed", _crush), ("soaked", _soak), ("torn", _tear), ("step", _leave_on_step)):
        seed = len(name)
        image = draw(Random(seed))  # noqa: S311 -- the grain of a picture is no secret
        _develop(image, Random(seed)).save(folder / f"{name}.jpg", quality=_QUALITY, optimize=True)  # noqa: S311


def _scene(floor: Colour, wall: Colour, horizon: float, draw: Random) -> Image.Image:
    """A floor of boards or tiles before a wall, darker towards the edges."""
    width, height = (side * _SCALE for side in SIZE)
    image = Image.new("RGB", (width, height), wall)
    pen = ImageDraw.Draw(image)
    edge = int(height * horizon)
    for y in range(edge, height):
        share = (y - edge) / (height - edge)
        pen.line([(0, y), (width, y)], fill=tuple(int(value * (0.72 + 0.38 * share)) for value in floor))
    for board in range(-6, 14):
        x = width * board / 8
        pen.line(
            [(width / 2 + (x - width / 2) * 0.5, edge), (x * 1.6 - width * 0.3, height)],
            fill=_shade(floor, 0.62),
            width=4,
        )
    for _ in range(260):
        x, y, length = draw.randrange(width), draw.randrange(edge, height), draw.randrange(20, 160)
        pen.line(
            [(x, y), (x + length, y + draw.randrange(-3, 3))], fill=_shade(floor, draw.uniform(0.8, 1.05)), width=1
        )
    pen.rectangle([0, edge - 14, width, edge], fill=_shade(wall, 0.78))
    return image


def _shade(colour: Colour, by: float) -> Colour:
    red, green, blue = (max(0, min(255, int(value * by))) for value in colour)
    return red, green, blue


def _box(image: Image.Image, at: tuple[float, float], size: float, card: Colour = (186, 140, 92)) -> dict[str, Points]:
    """A cardboard box in perspective, with tape and a label; its faces by name."""
    x, y = (side * _SCALE for side in at)
    w, h, d = 300 * size * _SCALE, 210 * size * _SCALE, 120 * size * _SCALE
    front: Points = [(x, y), (x + w, y + h * 0.06), (x + w, y + h), (x, y + h * 0.92)]
    top: Points = [(x, y), (x + w, y + h * 0.06), (x + w + d, y - d * 0.42), (x + d * 1.05, y - d * 0.5)]
    side: Points = [(x + w, y + h * 0.06), (x + w + d, y - d * 0.42), (x + w + d, y + h - d * 0.5), (x + w, y + h)]
    shadow = Image.new("L", image.size, 0)
    ImageDraw.Draw(shadow).polygon(
        [(x - 40, y + h * 0.95), (x + w + 30, y + h + 30), (x + w + d + 120, y + h - d * 0.4), (x + w, y + h * 0.6)],
        fill=150,
    )
    image.paste(Image.new("RGB", image.size, (20, 16, 12)), mask=shadow.filter(ImageFilter.GaussianBlur(26)))
    pen = ImageDraw.Draw(image)
    pen.polygon(front, fill=card)
    pen.polygon(top, fill=_shade(card, 1.16))
    pen.polygon(side, fill=_shade(card, 0.7))
    for step in range(0, int(h), 9):  # the flutes of the cardboard
        share = step / h
        pen.line(
            [(x, y + step * 0.92), (x + w, y + h * 0.06 + step * 0.94)],
            fill=_shade(card, 0.97 + 0.04 * (share % 0.2)),
            width=2,
        )
    tape, left, right = (214, 190, 150), x + w * 0.44, x + w * 0.54
    begin, end = y + h * 0.026, y + h * 0.032
    pen.polygon([(left, begin), (right, end), (right + d, y - d * 0.46), (left + d, y - d * 0.465)], fill=tape)
    pen.polygon([(left, begin), (right, end), (right, y + h * 0.3), (left, y + h * 0.29)], fill=_shade(tape, 0.9))
    _label(pen, x + w * 0.1, y + h * 0.38, w * 0.3, h * 0.36)
    return {"front": front, "top": top, "side": side}


def _label(pen: ImageDraw.ImageDraw, x: float, y: float, w: float, h: float) -> None:
    pen.polygon([(x, y), (x + w, y + 5), (x + w, y + h + 5), (x, y + h)], fill=(243, 242, 236))
    for line in range(3):
        pen.line(
            [(x + 12, y + 18 + line * 16), (x + w * (0.86 - 0.2 * line), y + 20 + line * 16)],
            fill=(90, 92, 96),
            width=5,
        )
    bars = Random(7)  # noqa: S311 -- no secret either
    at = x + 12
    while at < x + w - 16:
        wide = bars.choice((2, 3, 5))
        pen.rectangle([at, y + h * 0.58, at + wide, y + h * 0.92], fill=(28, 28, 30))
        at += wide + bars.choice((3, 4, 6))


def _darken(image: Image.Image, shape: Points, strength: int, blur: float, colour: Colour = (38, 26, 16)) -> None:
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).polygon(shape, fill=strength)
    image.paste(Image.new("RGB", image.size, colour), mask=mask.filter(ImageFilter.GaussianBlur(blur)))


def _crush(draw: Random) -> Image.Image:
    """A corner that was pushed in, with creases running from it."""
    image = _scene((150, 118, 88), (206, 200, 190), 0.34, draw)
    faces = _box(image, (150, 190), 1.05)
    (x, y) = faces["front"][1]
    dent: Points = [
        (x - 190, y + 6),
        (x - 60, y + 30),
        (x + 110, y - 60),
        (x + 150, y + 40),
        (x + 40, y + 190),
        (x - 70, y + 140),
    ]
    _darken(image, dent, 150, 16)
    pen = ImageDraw.Draw(image)
    for _ in range(9):
        end = (x - draw.randrange(60, 300), y + draw.randrange(40, 320))
        pen.line([(x - 20, y + 60), end], fill=(112, 80, 50), width=draw.randrange(2, 6))
        pen.line([(x - 16, y + 66), (end[0] + 4, end[1] + 6)], fill=(212, 170, 122), width=2)
    pen.polygon([(x - 120, y + 14), (x - 30, y + 74), (x + 60, y + 10), (x - 10, y + 34)], fill=(66, 46, 30))
    return image


def _soak(draw: Random) -> Image.Image:
    """A wet box in the rain: dark from below, drops on the ground."""
    image = _scene((104, 108, 112), (128, 136, 140), 0.3, draw)
    faces = _box(image, (140, 180), 1.1, (168, 124, 80))
    left, right = faces["front"][3], faces["front"][2]
    edge: Points = [left, right]
    edge += [(right[0] - n * (right[0] - left[0]) / 12, right[1] - 150 - draw.randrange(130)) for n in range(13)]
    _darken(image, edge, 165, 9, (62, 42, 26))
    pen = ImageDraw.Draw(image)
    for _ in range(420):
        x, y = draw.randrange(image.width), draw.randrange(int(image.height * 0.3), image.height)
        wide = draw.randrange(3, 16)
        pen.ellipse([x, y, x + wide * 2, y + wide * 0.7], outline=(178, 188, 194), width=1)
    for _ in range(180):
        x, y = draw.randrange(image.width), draw.randrange(image.height)
        pen.line([(x, y), (x - 5, y + draw.randrange(18, 44))], fill=(196, 204, 208), width=1)
    return image


def _tear(draw: Random) -> Image.Image:
    """A long tear in the front, and the dark inside behind it."""
    image = _scene((172, 166, 156), (222, 218, 210), 0.38, draw)
    faces = _box(image, (130, 180), 1.1)
    x, y = faces["front"][0]
    wide = faces["front"][1][0] - x
    upper: Points = [(x + wide * (0.42 + n / 22), y + 190 + draw.randrange(-26, 26) - n * 5) for n in range(12)]
    lower: Points = [(px, py + 26 + 70 * (1 - abs(n - 6) / 7) + draw.randrange(14)) for n, (px, py) in enumerate(upper)]
    pen = ImageDraw.Draw(image)
    pen.polygon([*upper, *reversed(lower)], fill=(34, 26, 20))
    pen.line(upper, fill=(226, 192, 148), width=7)
    pen.line(lower, fill=(214, 178, 132), width=10)
    for n in range(3):
        px, py = lower[3 + 2 * n]
        pen.polygon([(px, py), (px + 60, py + 4), (px + 44, py + 70)], fill=(204, 160, 110))
    return image


def _leave_on_step(draw: Random) -> Image.Image:
    """A parcel alone before a door, late in the evening."""
    image = _scene((120, 104, 90), (96, 104, 98), 0.6, draw)
    width, height = image.size
    pen = ImageDraw.Draw(image)
    pen.rectangle([width * 0.2, 0, width * 0.72, height * 0.6], fill=(74, 52, 40))
    for left in (0.25, 0.49):
        for top in (0.06, 0.33):
            pen.rectangle(
                [width * left, height * top, width * (left + 0.18), height * (top + 0.2)], outline=(52, 36, 28), width=8
            )
    pen.ellipse([width * 0.66, height * 0.3, width * 0.685, height * 0.335], fill=(196, 168, 96))
    _box(image, (250, 262), 0.62)
    dark = Image.new("RGB", image.size, (14, 16, 34))
    return Image.blend(image, dark, 0.34)


def _develop(image: Image.Image, draw: Random) -> Image.Image:
    """What a telephone makes of it: softer, grainy, darker in the corners, slightly askew."""
    image = image.rotate(draw.uniform(-3, 3), resample=Image.Resampling.BICUBIC, expand=False)
    wide, high = image.size
    image = image.crop((wide // 24, high // 24, wide - wide // 24, high - high // 24)).resize(
        SIZE, Image.Resampling.LANCZOS
    )
    grain = Image.effect_noise(SIZE, 26).convert("RGB")
    image = ImageChops.overlay(image, Image.blend(Image.new("RGB", SIZE, (128, 128, 128)), grain, 0.34))
    light = Image.new("L", SIZE, 70)
    ImageDraw.Draw(light).ellipse([-90, -110, SIZE[0] + 60, SIZE[1] + 90], fill=255)
    light = light.filter(ImageFilter.GaussianBlur(90))
    return Image.composite(image, image.point(lambda value: int(value * 0.55)), light).filter(
        ImageFilter.GaussianBlur(0.5)
    )


if __name__ == "__main__":
    draw_all()
