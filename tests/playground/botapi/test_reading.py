"""Reading a call."""

from __future__ import annotations

import pytest

from playground.botapi.reading import parse_chat_id


@pytest.mark.parametrize(
    ("raw", "chat"), [({"chat_id": "-5"}, -5), ({"chat_id": 5}, 5), ({"chat_id": "@x"}, None), ({}, None)]
)
def test_the_chat_of_a_call_is_known_before_it_is_checked(raw: dict[str, object], chat: int | None) -> None:
    """Faults aim at it."""
    assert parse_chat_id(raw) == chat
