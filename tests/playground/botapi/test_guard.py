"""Who is listened to."""

from __future__ import annotations

import pytest

from playground.people.barebot import BareBot
from playground.server import Server


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:5"}, 200),
        ({"Host": "evil.example:80"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "127.0.0.1:5", "Origin": "http://127.0.0.1:5"}, 200),
        ({"Host": "127.0.0.1:5", "Origin": "http://127.0.0.1:6"}, 403),
    ],
)
async def test_other_hosts_and_other_pages_are_turned_away(
    server: Server, bot: BareBot, headers: dict[str, str], status: int
) -> None:
    """A page on the web can neither press our buttons nor stop our processes."""
    async with bot.http.post(f"{server.url}/play/limits", json={"strict": False}, headers=headers) as answer:
        assert answer.status == status
