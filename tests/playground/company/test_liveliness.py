"""The playground's company asks at any hour, and everybody."""

import tomllib
from pathlib import Path

from playground.company.liveliness import enliven

EXAMPLE = Path(__file__).parents[3] / "bot" / "example" / "huifang.toml"


def test_the_example_company_is_made_lively() -> None:
    """Only what asks is changed, and that goods are reviewed twice; everything else stays as `init` wrote it."""
    before = tomllib.loads(EXAMPLE.read_text("utf-8"))
    after = tomllib.loads(enliven(EXAMPLE.read_text("utf-8")))
    survey = after.pop("survey")
    assert (survey["ask_from"], survey["ask_until"], survey["ask_every_days"]) == ("00:00", "24:00", 0)
    assert set(survey["sampling"].values()) == {100}
    del before["survey"]
    assert after["categories"]["product"].pop("severity") == "high"
    assert before["categories"]["product"].pop("severity") == "normal"
    assert after == before
