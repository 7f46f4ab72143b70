"""What fits on a phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.surveys.campaign import CampaignEvent
from handlers.figures.summary_buttons import PERIODS
from tests.texts.test_texts import read, samples
from texts import LANGUAGES, Texts
from texts.width import GAP, KEYBOARD, PADDING, count_rows, measure_label


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["😡 1", "🙁 2", "😐 3", "🙂 4", "😍 5"], 1),
        (["0", "1", "2", "3", "4", "5"], 1),
        (["Departments", "Couriers", "Routes"], 1),
        (["Departments", "Categories", "Customer types"], 2),
        (["部门", "快递员", "线路", "网点"], 1),
        (["Assign to the after-sales department", "Yes"], 2),
        (["x" * 60], 1),
        (["x" * 60, "y", "z"], 3),
    ],
)
def test_rows_by_length(labels: list[str], rows: int) -> None:
    """As few rows as possible, none of whose labels is cut; one that is too long anyway has a row to itself."""
    assert count_rows(labels) == rows


def test_scripts_have_their_widths() -> None:
    """A Chinese character takes two Latin letters; joiners and combining marks take nothing."""
    assert measure_label("部") == 2 * measure_label("n")
    assert measure_label("e\u0301\u200d") == measure_label("e")
    assert GAP < PADDING < KEYBOARD


SHAPES = {
    "act-": "[a-z0-9]+(?:-[a-z0-9]+)?",
    "campaign-": "|".join(CampaignEvent),
    "period-": "|".join(PERIODS),
    "standard-": "edit|retire",
}
"""What stands for a part that is put together, by how the name begins; else one word."""


def list_label_keys(known: set[str]) -> Iterator[str]:
    """The messages on buttons, as dialogues and rooms name them."""
    root = Path(__file__).parents[2]
    sources = [path for folder in ("conversations", "handlers") for path in (root / folder).rglob("*.py")]
    for path in sources:
        for said in re.findall(r'Key\(\s*Text\(\s*f?"([^"]+)"', path.read_text("utf-8")):
            words = next((words for start, words in SHAPES.items() if said.startswith(start)), "[a-z0-9]+")
            shape = re.compile(re.sub(r"\\\{.*?\\\}", f"(?:{words})", re.escape(said)))
            yield from (key for key in known if shape.fullmatch(key))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_button_of_ours_is_cut(language: str) -> None:
    """Each can be read whole on a phone, at least in a row of its own; the words of people and companies are cut with an ellipsis."""
    texts, messages = Texts(), read(language)
    keys = set(list_label_keys(set(messages)))
    assert len(keys) > 100
    for key in keys - {"trend-chosen", "trend-cases"}:  # a department's name and a period's
        for args in samples(messages[key]):
            short = {name: value if isinstance(value, int) else value[:12] for name, value in args.items()}
            label = texts.plain(language, key, short)
            assert measure_label(label) <= KEYBOARD - PADDING, (key, label)
