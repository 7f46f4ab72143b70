"""The reference pictures under docs/pictures/figures: written anew by `python -m tests.harness.reference_pictures`, compared by their test.

Two pictures are alike where no square of 4 × 4 pixels differs in its mean colour by more than a sixth of the range: a finer edge does not, a
bar that is a pixel longer or a figure that reads otherwise does.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

from bot.drawing.helper_process import _draw_picture
from reports.wire import pack
from tests.harness.example_summaries import make_showcase

FOLDER = Path(__file__).parents[2] / "docs" / "pictures" / "figures"
KINDS = ("summary", "units", "pareto", "heat", "trend", "certificate")
LANGUAGES = ("en", "zh")
SQUARE = 4
TOLERANCE = 42
_COLOURS = 256


def draw_reference(kind: str, language: str) -> bytes:
    """As the bot draws it: from packed facts."""
    return _draw_picture(kind, bytes(pack(make_showcase(language)[kind])), language)


def reference_path(kind: str, language: str) -> Path:
    return FOLDER / f"{kind}-{language}.png"


def open_picture(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def measure_difference(picture: Image.Image, other: Image.Image) -> int:
    """The largest difference of a square's mean colour, 0 to 255; 255 for pictures of different size."""
    if picture.size != other.size:
        return 255
    apart = ImageChops.difference(picture.reduce(SQUARE), other.reduce(SQUARE))
    return max(level for channel in apart.split() for level, count in enumerate(channel.histogram()) if count)


def write_references() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        for language in LANGUAGES:
            image = open_picture(draw_reference(kind, language)).quantize(
                _COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
            )
            image.save(reference_path(kind, language), optimize=True)


if __name__ == "__main__":
    write_references()
