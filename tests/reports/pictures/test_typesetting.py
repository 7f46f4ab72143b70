"""What all pictures share: scales, names, shares as bars, and that nothing without a glyph is drawn."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.evidence import Share, Weighted
from reports.pictures import certificate, heat, pareto, summary_picture, trend, typesetting, units
from reports.pictures.font import UNDRAWABLE
from reports.pictures.typesetting import choose_ticks, draw_share, fit_name, format_more, make_drawable_line
from reports.wording.wording import RenderText
from tests.harness.example_summaries import CHAMPION, COURIERS, EXAMPLES, HOURS, TREND, TREND_SHORT, make_showcase
from tests.harness.picture_checks import list_texts
from tests.texts.test_texts import read, samples
from texts import LANGUAGES, Texts

FOLDER = Path(typesetting.__file__).parents[1] / "templates"


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 10.7, (0, 2.5, 5, 7.5, 10, 12.5)),
        (0.62, 1, (0.6, 0.7, 0.8, 0.9, 1)),
        (0, 0.137, (0, 0.05, 0.1, 0.15)),
        (0, 0, (0, 0.25, 0.5, 0.75, 1)),
    ],
)
def test_round_scales(low: float, high: float, expected: tuple[float, ...]) -> None:
    """Steps that people count in, from at or below the least to at or above the most."""
    assert choose_ticks(low, high) == pytest.approx(expected)


@given(st.floats(0, 1e6), st.floats(1e-6, 1e6))
def test_scales_hold_what_they_are_of(low: float, span: float) -> None:
    """Whatever the range: it lies on its scale, which has few steps."""
    ticks = choose_ticks(low, low + span)
    slack = 1e-6 * (ticks[-1] - ticks[0])
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + span - slack
    assert 2 <= len(ticks) <= 8


def test_bars(english: RenderText) -> None:
    """A weighted share draws what it weighs; none and few draw no bar; a target goes along."""
    weighted: Any = draw_share(Weighted(90, 100, 0.8, 60.0), english, target=0.9)
    assert (weighted["value"], weighted["n"], weighted["bar"]["part"], weighted["bar"]["target"]) == (
        "80%",
        "n = 100, weighted: worth 60",
        0.8,
        0.9,
    )
    assert draw_share(Share(0, 0), english) == {"value": "–", "n": "no answers", "bar": None}
    assert draw_share(Share(3, 9), english) == {"value": "3 of 9", "n": "", "bar": None}


def test_names_are_cut_on_purpose() -> None:
    """A long name ends in an ellipsis, earlier in Chinese, whose signs are wider; without breaks in ordinary ones."""
    assert fit_name("Customer service") == "Customer service"
    assert fit_name("上海浦东国际机场货运枢纽中心跨境", 20) == "上海浦东国际机场货运…"
    assert fit_name("abcdef", 5) == "abcde…"


def test_how_many_more(english: RenderText) -> None:
    """Said only where there are more."""
    assert format_more(0, english) is None
    assert format_more(3, english) == "… and 3 more"


def drawings(say: RenderText, language: str) -> list[Any]:
    summaries = [*EXAMPLES.values(), COURIERS, HOURS]
    trends = [TREND, TREND_SHORT]
    show: Any = make_showcase(language)
    return [
        *(
            draw(one, say)
            for draw in (summary_picture.build_drawing, units.build_drawing, pareto.build_drawing, heat.build_drawing)
            for one in summaries
        ),
        *(trend.build_drawing(one, say) for one in [*trends, show["trend"]]),
        *(certificate.build_drawing(one, say) for one in (CHAMPION, show["certificate"])),
        summary_picture.build_drawing(show["summary"], say),
    ]


def test_no_glyph_is_missing_in_any_drawing(say: RenderText, language: str, font_points: frozenset[int]) -> None:
    """Every character of every text in the data of every kind is in the typeface, in both languages."""
    drawn = {character for data in drawings(say, language) for text in list_texts(data) for character in text}
    assert len(drawn) > 60
    assert {character for character in drawn if ord(character) not in font_points} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_ours_is_undrawable(language: str, font_points: frozenset[int]) -> None:
    """Not even a variant that no example says would leave a mark in place of a character."""
    texts = Texts()
    keys = [key for key in read(language) if key.startswith(("picture-", "summary-"))]
    for key in keys:
        for args in samples(read(language)[key]):
            said = texts.plain(
                language,
                key,
                {name: value if isinstance(value, int) else make_drawable_line(value) for name, value in args.items()},
            )
            assert {ord(one) for one in said} <= font_points, key
    assert len(keys) > 50


def test_no_word_of_ours_is_in_a_template(font_points: frozenset[int]) -> None:
    """Templates bring no words, and what they type themselves has a glyph."""
    for path in FOLDER.glob("*.typ"):
        code = re.sub(r"//.*", "", path.read_text("utf-8"))
        assert {ord(one) for one in code if one != "\n"} <= font_points, path.name
        assert UNDRAWABLE not in code


def test_every_message_is_used(english: RenderText) -> None:
    """The pictures say every message that is theirs."""
    said: set[str] = set()

    def listening(key: str, /, **values: str | int) -> str:
        said.add(key)
        return english(key, **values)

    drawings(listening, "en")
    assert {key for key in read("en") if key.startswith("picture-")} - said <= {
        "picture-rest",
        "picture-trend-quiet",
    }
