"""What the button of a delivery says: the day tells one waybill from another."""

import pytest

from conversations.delivery_labels import label_delivery, label_option
from conversations.protocol import Text, Words
from tests.harness.playbook import TEXTS


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "SF1 · 28 Nov"), ("zh", "SF1 · 11月28日"), ("zh-TW", "SF1 · 11月28日")],
)
def test_the_day_as_each_language_writes_it(language: str, said: str) -> None:
    """The numbers are arguments; which comes first, and what stands between them, is the text's."""
    label = label_delivery("SF1", "2026-11-28")
    assert isinstance(label, Text)
    assert TEXTS.plain(language, label.key, label.args) == said


def test_what_has_no_day() -> None:
    """A draft that an earlier release left, or a category: its own words alone."""
    assert label_delivery("SF1", "") == Words("SF1")
    assert label_option("product", "Product quality", {"11": "2026-11-28"}) == Words("Product quality")
    assert label_option("11", "SF1", {"11": "2026-11-28"}) == label_delivery("SF1", "2026-11-28")
