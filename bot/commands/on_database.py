"""Commands that work on the database: each in an event loop of its own, with the settings that it needs."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from bot import settings as environment
from bot.settings import Settings

T = TypeVar("T")


def run_on_database(work: Callable[[Settings], Awaitable[T]], need: tuple[str, ...] = ("HUIFANG_SECRET",)) -> T:
    """What this work comes to. Raises Mistakes when a variable that it needs is not set, or anything is wrong with one."""
    settings = environment.read(need=need)

    async def go() -> T:
        return await work(settings)

    coroutine: Coroutine[Any, Any, T] = go()
    return asyncio.run(coroutine)
