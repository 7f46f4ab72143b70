"""What checks look at, in tests."""

from collections.abc import Callable

import pytest

from bot.checks.finding import Inspection
from bot.clock import Clock
from bot.settings import read
from playground.server import Server
from tests.harness.bot_process import TOKEN
from tests.harness.in_process import COMPANY, EXAMPLE, NOON

MakeInspection = Callable[..., Inspection]


@pytest.fixture
def inspect() -> MakeInspection:
    """An inspection of the example company, with these variables of the environment."""

    def make(**variables: str) -> Inspection:
        given = {f"HUIFANG_{name}": value for name, value in variables.items()}
        return Inspection(read({"HUIFANG_CONFIG": str(EXAMPLE)} | given), COMPANY, NOON)

    return make


@pytest.fixture
def asking(inspect: MakeInspection, server: Server) -> MakeInspection:
    """The same at this moment, with the token of a bot that the local Telegram knows."""

    def make(**variables: str) -> Inspection:
        given = inspect(**{"TOKEN": TOKEN, "BOT_API": server.url} | variables)
        return Inspection(given.settings, given.company, Clock().now())

    return make
