"""The server as a process."""

from __future__ import annotations

import asyncio
import signal
import sys

import aiohttp


async def test_it_runs_alone_and_stops_when_told() -> None:
    """One line says where it is."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "playground", "--port", "0", "--token", "5:x", "--strict", "--reads-all"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    url, _, token = (await asyncio.wait_for(process.stdout.readline(), 20)).decode().split()
    async with aiohttp.ClientSession() as http, http.get(f"{url}/bot{token}/getMe") as answer:
        me = (await answer.json())["result"]
        async with http.get(url) as page:
            assert page.content_type == "text/html"
        assert (me["id"], me["can_read_all_group_messages"]) == (5, True)
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 5) == 0
