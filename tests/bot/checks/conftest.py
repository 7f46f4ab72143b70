"""What checks look at, in tests."""

from collections.abc import Callable

import pytest

from bot.checks.finding import Inspection
from bot.settings import read
from tests.harness.in_process import COMPANY, EXAMPLE, NOON

MakeInspection = Callable[..., Inspection]


@pytest.fixture
def inspect() -> MakeInspection:
    """An inspection of the example company, with these variables of the environment."""

    def make(**variables: str) -> Inspection:
        given = {f"HUIFANG_{name}": value for name, value in variables.items()}
        return Inspection(read({"HUIFANG_CONFIG": str(EXAMPLE)} | given), COMPANY, NOON)

    return make
