"""The champion's certificate: its words, its figures with their n, names of any length."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from domain.figures.evidence import Share, Weighted
from reports.pictures.certificate import Certificate, build_drawing, make_certificate, render_picture
from reports.wire import pack, unpack
from reports.wording.wording import RenderText
from tests.harness.example_summaries import CHAMPION
from tests.harness.picture_checks import HOSTILE, check_photo, list_texts, strip_invisible


def test_png(say: RenderText, language: str) -> None:
    """A4 lying, 1280 pixels wide."""
    png = render_picture(CHAMPION, say, language)
    check_photo(png)
    with Image.open(BytesIO(png)) as image:
        assert image.width / image.height == pytest.approx(297 / 210, abs=0.01)


def test_words(english: RenderText, chinese: RenderText) -> None:
    """Who, for which quarter, on what figures, by whom and when."""
    assert {"王伟", "Third quarter of 2026", "96% of customers satisfied", "8 October 2026", "迅达物流有限公司"} <= set(
        list_texts(dict(build_drawing(CHAMPION, english)))
    )
    assert {
        "满意度冠军",
        "2026年第三季度",
        "客户满意率 96%",
        "n = 412，加权，相当于380份，95%区间 94–98%",
        "2026年10月8日",
    } <= set(list_texts(dict(build_drawing(CHAMPION, chinese))))


def test_both_kinds_of_shares(english: RenderText) -> None:
    """Weighted or not, what was given is what is shown; a small n shows counts."""
    plain = make_certificate("A", "B", (2026, 1), date(2026, 4, 1), Share(90, 100))
    assert plain.share == Share(90, 100)
    weighted = make_certificate("A", "B", (2026, 1), date(2026, 4, 1), Weighted(90, 100, 0.8, 60.0))
    assert weighted.share == Weighted(90, 100, 0.8, 60.0)
    assert build_drawing(weighted, english)["share"] == "80% of customers satisfied"
    few = make_certificate("A", "B", (2026, 1), date(2026, 4, 1), Share(9, 9))
    assert build_drawing(few, english)["share"] == "9 of 9 customers satisfied"


def test_it_travels(say: RenderText) -> None:
    """As JSON to the process that draws it, and back the same."""
    assert unpack(bytes(pack(CHAMPION)), Certificate) == CHAMPION
    assert build_drawing(CHAMPION, say)["title"]


@pytest.mark.parametrize(
    "name", ["Li", "Maximiliane von Habsburg-Lothringen-Esterházy and so on", "W" * 90, "欧阳" * 30, *HOSTILE]
)
def test_names_of_any_kind(english: RenderText, name: str) -> None:
    """Long names get smaller and are cut on purpose; names that are code run nothing."""
    facts = replace(CHAMPION, name=name, company=name, unit=name)
    check_photo(render_picture(facts, english, "en"))
    if len(name) < 30:
        assert strip_invisible(name) in list_texts(dict(build_drawing(facts, english)))
