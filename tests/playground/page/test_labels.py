"""The bot's buttons as anyone who plays a person looks for them."""

from __future__ import annotations

import re

from playground.page.labels import exactly, labels


def test_a_label_in_every_language() -> None:
    """As the texts have it."""
    assert {"File a complaint", "提交投诉"} <= set(labels("rating-file"))


def test_a_word_that_only_begins_alike_is_another() -> None:
    """And marks in a label are no expression."""
    assert re.search(exactly("Solved", "No."), "Solved")
    assert not re.search(exactly("Solved", "No."), "Solved?")
    assert not re.search(exactly("Solved", "No."), "Not")
