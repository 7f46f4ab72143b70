"""`python -m playground`: the local Bot API server and its page, without a bot."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Coroutine

from playground.page.page import add_page
from playground.server import serve
from playground.world.world import TOKEN, World


async def _run(options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    world = World(options.token, username=options.username, reads_all=options.reads_all)
    world.limits.strict = options.strict
    async with serve(port=options.port, world=world, extend=lambda app, _: add_page(app)) as server:
        sys.stdout.write(f"{server.url} token {options.token}\n")
        sys.stdout.flush()
        await stop.wait()


def start(main: Coroutine[None, None, None]) -> None:
    try:
        import uvloop
    except ImportError:  # not on Windows
        asyncio.run(main)
    else:
        uvloop.run(main)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="0 picks a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--username", default="playground_bot")
    parser.add_argument("--strict", action="store_true", help="the real limits on sending, answered with 429")
    parser.add_argument(
        "--reads-all", action="store_true", help="the bot reads everything in groups (privacy mode off)"
    )
    start(_run(parser.parse_args()))


if __name__ == "__main__":
    main()
