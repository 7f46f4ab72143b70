"""The bot's buttons as anyone who plays a person looks for them."""

from __future__ import annotations

from playground.page.labels import labels


def test_a_label_in_every_language() -> None:
    """As the texts have it."""
    assert {"File a complaint", "提交投诉"} <= set(labels("rating-file"))
