"""What the shipped surveys rate has a name in every language, wherever a figure shows it."""

import itertools
from pathlib import Path

from bot.company.company import load_company
from texts import LANGUAGES, Texts

EXAMPLE = Path(__file__).parents[2] / "bot" / "example" / "huifang.toml"
OVERALL = "overall"


def test_every_dimension_of_the_shipped_surveys_has_a_name() -> None:
    """A manager reads Environment and 环境, not the key of the survey's file."""
    surveys = load_company(EXAMPLE).surveys.values()
    dimensions = {q.dimension for survey in surveys for q in survey.questions if q.dimension and q.kind == "rating"}
    assert len(dimensions) > 10
    texts, keys = Texts(), ("summary-dimension", "myratings-dimension")
    for language, key, dimension in itertools.product(LANGUAGES, keys, dimensions - {OVERALL}):
        assert texts.plain(language, key, {"name": dimension}) != dimension, (language, key)
