"""Definitions of the figures in a sentence or two, the same in the chat ("What is this?") and on the last page of the report."""

from collections.abc import Sequence

from domain.figures.breakdown import By
from reports.wording.wording import RenderText

SURVEY_TERMS = ("satisfaction", "weighted", "mean", "response", "reach", "complaints", "valid")
HANDLING_TERMS = ("ontime", "first", "silence", "handling", "repeat", "reopen", "times")
TERMS = (*SURVEY_TERMS, *HANDLING_TERMS, "interval", "growing", "limits")
"""All of them, in the order of the report."""

_SHOWN = {
    By.ALL: (*SURVEY_TERMS, *HANDLING_TERMS, "interval", "growing"),
    By.CATEGORY: ("opened",),
    By.HOUR: ("dissatisfaction", "interval"),
}
_UNITS = ("satisfaction", "weighted", "complaints", "interval")


def list_shown_terms(by: By, *, unit: bool) -> Sequence[str]:
    """What a summary by this breakdown, or of one of its units, shows."""
    return _SHOWN[By.ALL] if unit else _SHOWN.get(by, _UNITS)


def define_terms(
    terms: Sequence[str], say: RenderText, *, satisfied: float, basically: float, days: int
) -> list[tuple[str, str]]:
    """Each term's name and meaning, with the company's own bounds of the index and the days within which a complaint repeats."""
    bounds: dict[str, str | int] = {"satisfied": f"{satisfied:g}", "basically": f"{basically:g}", "days": days}
    return [(say(f"report-term-{key}"), say(f"report-term-{key}-means", **bounds)) for key in terms]
