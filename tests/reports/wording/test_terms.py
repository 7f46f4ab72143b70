"""Definitions of the figures: everything that is shown is explained, in every language, with the company's own numbers."""

import pytest

from domain.figures.breakdown import By
from reports.wording.terms import TERMS, define_terms, list_shown_terms
from texts import Texts
from texts.length import MESSAGE, visible

TEXTS = Texts()


@pytest.mark.parametrize("language", ["en", "zh", "zh-TW"])
def test_every_term_has_a_name_and_a_meaning(language: str) -> None:
    """The bounds of the index and the days within which a complaint repeats are the company's; all of it fits one message."""

    def say(key: str, /, **values: str | int) -> str:
        return TEXTS.plain(language, key, values)

    defined = define_terms(TERMS, say, satisfied=82.5, basically=71, days=45)
    assert len({term for term, _ in defined}) == len(TERMS)
    assert all(len(means) > 15 for _, means in defined)
    together = "\n\n".join(f"{term}: {means}" for term, means in defined)
    assert visible(together) < MESSAGE
    for number in ("82.5", "71", "45"):
        assert number in together


@pytest.mark.parametrize("by", By)
def test_each_breakdown_explains_what_it_shows(by: By) -> None:
    """A unit shows what the whole company does; complaints by category show no satisfaction."""
    assert list_shown_terms(by, unit=True) == list_shown_terms(By.ALL, unit=False)
    assert ("satisfaction" in list_shown_terms(by, unit=False)) is (by not in {By.CATEGORY, By.HOUR})
