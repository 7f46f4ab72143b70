"""Failures of commands: what a person reads when one fails, without a traceback for anything that is not a mistake of ours."""

import logging
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from bot.company.mistakes import Mistakes


def report_failures(command: Callable[..., None]) -> Callable[..., None]:
    """Turn any failure into one clear line (or one line per mistake) and exit code 1."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:  # noqa: ANN401 -- click's arguments
        try:
            command(*args, **options)
        except Exception as error:
            lines = _explain_failure(error)
            if not lines:
                raise
            for line in lines:
                click.echo(f"huifang: {line}", err=True)
            sys.exit(1)

    return run


def _explain_failure(error: Exception) -> list[str]:
    """What a person is told, a line for each mistake; nothing if the error is ours, or click's own way to end."""
    if isinstance(error, Mistakes):
        return [str(mistake) for mistake in error.found]
    if isinstance(error, click.ClickException | click.Abort | click.exceptions.Exit | BrokenPipeError):
        return []
    from storage.backup.sealed_file import BackupError
    from storage.canary import WrongSecretError
    from storage.engine.failures import FAILURES, CannotOpenError

    if isinstance(error, CannotOpenError):
        return [f"HUIFANG_DATABASE: {error}"]
    if isinstance(error, WrongSecretError):
        return [f"HUIFANG_SECRET: {error}"]
    if isinstance(error, OSError | BackupError):
        return [str(error)]
    if isinstance(error, FAILURES):
        return [f"the database: {_first_line(error)}"]
    if isinstance(error, ExceptionGroup):
        logging.getLogger(__name__).debug("what ended the process", exc_info=error)
        return [f"{type(leaf).__name__}: {_first_line(leaf)}" for leaf in _flatten_errors(error)]
    return []


def _flatten_errors(errors: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    """The actual errors, however many exception groups they are wrapped in."""
    causes: list[BaseException] = []
    for error in errors.exceptions:
        causes += _flatten_errors(error) if isinstance(error, BaseExceptionGroup) else [error]
    return causes


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0]
