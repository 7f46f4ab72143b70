"""The reference pictures under docs/pictures/figures: written anew by `python -m tests.harness.references`, compared by their test.

Two pictures are alike where no square of 4 × 4 pixels differs in its mean colour by more than a sixth of the range: a finer edge does not, a
bar that is a pixel longer or a figure that reads otherwise does.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

from bot.drawing.drawing import _draw
from reports.wire import pack
from tests.harness.examples import showcase

FOLDER = Path(__file__).parents[2] / "docs" / "pictures" / "figures"
KINDS = ("summary", "units", "pareto", "heat", "trend", "certificate")
LANGUAGES = ("en", "zh")
SQUARE = 4
TOLERANCE = 42
_COLOURS = 256


def drawn(kind: str, language: str) -> bytes:
    """As the bot draws it: from packed facts."""
    return _draw(kind, bytes(pack(showcase(language)[kind])), language)


def path(kind: str, language: str) -> Path:
    return FOLDER / f"{kind}-{language}.png"


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of a square's mean colour, 0 to 255; 255 for pictures of different size."""
    if one.size != other.size:
        return 255
    apart = ImageChops.difference(one.reduce(SQUARE), other.reduce(SQUARE))
    return max(level for channel in apart.split() for level, count in enumerate(channel.histogram()) if count)


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        for language in LANGUAGES:
            image = opened(drawn(kind, language)).quantize(
                _COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
            )
            image.save(path(kind, language), optimize=True)


if __name__ == "__main__":
    write()
