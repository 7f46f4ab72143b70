"""The real texts in both languages, and summaries from sparse to rich."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from domain.figures.summary import Summary
from reports.pictures.font import font_folder
from reports.wording.wording import Say
from tests.harness.drawings import speaking
from tests.harness.examples import EXAMPLES

TEXTS = Path(__file__).parents[2] / "texts"


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def say(language: str) -> Say:
    return speaking(language)


@pytest.fixture(scope="session")
def english() -> Say:
    return speaking("en")


@pytest.fixture(scope="session")
def chinese() -> Say:
    return speaking("zh")


@pytest.fixture(scope="session")
def font_points() -> frozenset[int]:
    """What the typeface covers, by another reader than ours."""
    with TTFont(font_folder() / "NotoSansSC-Regular.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    return {language: (TEXTS / language / "summary.ftl").read_text(encoding="utf-8") for language in ("en", "zh")}


@pytest.fixture(scope="session")
def examples() -> Mapping[str, Summary]:
    return EXAMPLES
