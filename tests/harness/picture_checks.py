"""What the tests of every picture share: the texts in a drawing, hostile names, Telegram's limits for photos."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from PIL import Image

from reports.pictures.font import BREAK_HERE
from reports.pictures.typesetting import WIDTH_PIXELS
from reports.wording.wording import RenderText
from texts import Texts

HOSTILE = (
    "#panic()",
    "$x^2$",
    "*bold* _it_ `raw`",
    "<label> @ref",
    '#read("/etc/passwd")',
    '"); #panic("',
    "\\u{1F600} \\",
    "{x: 1}",
    "\0\1",
)
_WORDS = Texts()


def make_say(language: str) -> RenderText:
    return lambda key, /, **values: _WORDS.plain(language, key, values)


def list_texts(drawing: Mapping[str, Any]) -> list[str]:
    """Every text of a drawing, as it is read."""
    return [text.replace(BREAK_HERE, "") for text in _strings(drawing)]


def strip_invisible(name: str) -> str:
    """What is left to see of a hostile name."""
    return name.strip("\0\1") or "–"


def check_photo(png: bytes, least_light: float = 0.7) -> None:
    """Raises AssertionError for what is no picture of ours: 1280 wide, within Telegram's limits, dark words on a light ground."""
    with Image.open(BytesIO(png)) as image:
        assert image.format == "PNG"
        assert image.width == WIDTH_PIXELS
        assert image.width + image.height <= 10_000
        assert max(image.size) / min(image.size) < 20
        grey = image.convert("L")
        histogram = grey.histogram()
        assert sum(histogram[225:]) > least_light * grey.width * grey.height
        assert sum(histogram[:60]) > 1000
    assert len(png) < 10_000_000


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _strings(inner)
        case list() | tuple():
            for inner in value:
                yield from _strings(inner)
        case _:
            pass
