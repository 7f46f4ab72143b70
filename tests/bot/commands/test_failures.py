"""What a person reads when a command fails; the whole of it in processes: test_cli."""

import click
import pytest
from click.testing import CliRunner

from bot.commands.failures import report_failures
from bot.company.mistakes import Mistake, Mistakes
from storage.canary import WrongSecretError
from storage.engine.failures import CannotOpenError


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        (Mistakes([Mistake("a.toml", "x", "is wrong"), Mistake("b.toml", "y", "is late")]), 2),
        (CannotOpenError("it is away"), 1),
        (WrongSecretError(), 1),
        (OSError("no space left"), 1),
        (ExceptionGroup("both", [ValueError("one\nand more"), ExceptionGroup("inner", [KeyError("two")])]), 2),
    ],
)
def test_each_failure_is_a_line_and_exit_1(error: Exception, lines: int) -> None:
    """A line for each thing that is wrong, and no more of an error than its first line."""

    @click.command()
    @report_failures
    def fail() -> None:
        raise error

    result = CliRunner().invoke(fail)
    assert result.exit_code == 1
    said = result.stderr.splitlines()
    assert len(said) == lines
    assert all(line.startswith("huifang: ") for line in said)
    assert "and more" not in result.stderr


@pytest.mark.parametrize("error", [ZeroDivisionError("ours"), click.ClickException("click's own")])
def test_a_mistake_of_ours_keeps_its_traceback(error: Exception) -> None:
    """And what click says, click says."""

    @report_failures
    def fail() -> None:
        raise error

    with pytest.raises(type(error)):
        fail()
