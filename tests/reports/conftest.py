"""The real texts in both languages, and summaries from sparse to rich."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from domain.figures.summary import Summary
from reports.pictures.font import find_font_folder
from reports.wording.wording import RenderText
from tests.harness.example_summaries import EXAMPLES
from tests.harness.picture_checks import make_say

TEXTS = Path(__file__).parents[2] / "texts"


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def say(language: str) -> RenderText:
    return make_say(language)


@pytest.fixture(scope="session")
def english() -> RenderText:
    return make_say("en")


@pytest.fixture(scope="session")
def chinese() -> RenderText:
    return make_say("zh")


@pytest.fixture(scope="session")
def font_points() -> frozenset[int]:
    """What the typeface covers, by another reader than ours."""
    with TTFont(find_font_folder() / "NotoSansSC-Regular.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    return {language: (TEXTS / language / "summary.ftl").read_text(encoding="utf-8") for language in ("en", "zh")}


@pytest.fixture(scope="session")
def examples() -> Mapping[str, Summary]:
    return EXAMPLES
