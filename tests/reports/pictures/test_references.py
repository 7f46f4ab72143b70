"""Every kind of picture looks as its reference under docs/pictures/figures, which people have looked at."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from bot.drawing.helper_process import _draw_picture, _list_picture_functions
from reports.wire import pack
from tests.harness.example_summaries import make_showcase
from tests.harness.reference_pictures import (
    FOLDER,
    KINDS,
    LANGUAGES,
    TOLERANCE,
    draw_reference,
    measure_difference,
    open_picture,
    reference_path,
)

EACH = pytest.mark.parametrize("kind", KINDS)


def reference(kind: str, language: str) -> Image.Image:
    return open_picture(reference_path(kind, language).read_bytes())


def test_every_kind_has_its_references() -> None:
    """None is drawn that nobody has looked at, and none is kept that nothing draws."""
    assert set(_list_picture_functions()) == set(KINDS)
    assert {one.name for one in FOLDER.iterdir()} == {
        reference_path(kind, language).name for kind in KINDS for language in LANGUAGES
    }


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_looks_as_its_reference(kind: str, language: str) -> None:
    """Where this fails, look at the picture; if it is meant: python -m tests.harness.reference_pictures."""
    assert measure_difference(open_picture(draw_reference(kind, language)), reference(kind, language)) <= TOLERANCE


@EACH
def test_smoothing_is_no_difference(kind: str) -> None:
    """Another smoothing of edges, other palettes: the same picture."""
    image = reference(kind, "en")
    softer = image.resize((image.width * 2, image.height * 2), Image.Resampling.BICUBIC).resize(
        image.size, Image.Resampling.BOX
    )
    assert measure_difference(softer, image) <= TOLERANCE
    out = BytesIO()
    image.save(out, "JPEG", quality=92)
    assert measure_difference(open_picture(out.getvalue()), image) <= TOLERANCE


CHANGES = {
    "summary": (b'"open_now":58', b'"open_now":53'),
    "units": (b'"complaints":9', b'"complaints":3'),
    "heat": (b'"complaints":8', b'"complaints":3'),
    "trend": (b'"count":35', b'"count":37'),
    "certificate": (b'"n":412', b'"n":413'),
    "pareto": (b'"opened":62', b'"opened":63'),
}


@EACH
def test_a_changed_number_is_a_difference(kind: str) -> None:
    """One digit, one point that lies a little higher."""
    facts = bytes(pack(make_showcase("en")[kind]))
    before, after = CHANGES[kind]
    assert before in facts
    changed = open_picture(_draw_picture(kind, facts.replace(before, after), "en"))
    assert measure_difference(changed, reference(kind, "en")) > TOLERANCE


def test_a_shifted_bar_is_a_difference() -> None:
    """A bar that is two pixels longer; a picture that is one row taller."""
    image = reference("pareto", "en")
    longer = image.copy()
    ImageDraw.Draw(longer).rectangle((516, 252, 518, 306), fill=(0, 114, 178))
    assert measure_difference(longer, image) > TOLERANCE
    assert measure_difference(image.crop((0, 0, image.width, image.height - 1)), image) == 255
