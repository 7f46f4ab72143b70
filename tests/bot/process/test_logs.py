"""The log: for people, for machines, and without anybody's data."""

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from bot.log_settings import LogForm, LogSettings
from bot.process.logs import JsonFormatter, TextFormatter, hash_lane, note, set_up_logging
from storage.engine.crypto import Keyring
from tests.harness.bot_process import SECRET


def fail() -> None:
    raise LookupError("nobody is called 'Zhang San'")


def make_record(name: str, words: str, *args: object, failed: bool = False, **extra: object) -> logging.LogRecord:
    """A line as `logging` hands it to a formatter; with `failed` while an error that quotes a person is handled."""
    try:
        fail()
    except LookupError:
        record = logging.LogRecord(name, logging.ERROR, __file__, 1, words, args, sys.exc_info() if failed else None)
    record.__dict__.update(extra)
    return record


def test_for_machines() -> None:
    """One line of JSON: when, how bad, which event, what is known of it, and the whole stack where there is one."""
    line = JsonFormatter().format(
        make_record(
            "bot.process.worker",
            "an event failed: %s",
            "telegram 17",
            failed=True,
            **note("event.failed", lane="ab12", ms=1.5),
        )
    )
    assert "\n" not in line
    assert "Zhang" not in line
    said = json.loads(line)
    assert (said["level"], said["event"], said["logger"]) == ("error", "event.failed", "bot.process.worker")
    assert (said["message"], said["lane"], said["ms"]) == ("an event failed: telegram 17", "ab12", 1.5)
    assert said["time"].endswith("+00:00")
    assert (said["error"], said["stack"][-1]) == ("LookupError", "LookupError: nobody is called …")


def test_a_line_without_a_name() -> None:
    """Its template is its name: the same each time, and nothing of its arguments."""
    record = make_record("bot.process.alarm", "the timers cannot be read (%s); %d times %.2f", "x", 3, 1.0)
    assert json.loads(JsonFormatter().format(record))["event"] == "the-timers-cannot-be-read-times"


def test_for_people() -> None:
    """The usual line, and under it where the error came from; no values."""
    text = TextFormatter().format(make_record("bot.process.worker", "an event failed", failed=True))
    first, head, *stack = text.splitlines()
    assert first.endswith("ERROR bot.process.worker: an event failed")
    assert head == "Traceback (most recent call last):"
    assert stack[-1].strip() == "LookupError: nobody is called …"
    assert "Zhang" not in text


@pytest.mark.parametrize("formatter", [JsonFormatter(), TextFormatter()])
def test_other_libraries_are_masked(formatter: logging.Formatter) -> None:
    """They may quote anything; we do not."""
    assert "Zhang" not in formatter.format(make_record("asyncio", "exception was never retrieved: %s", "'Zhang San'"))


def test_a_lane_is_nobody() -> None:
    """The same conversation has the same name, another installation another one; no lane has none."""
    keyring = Keyring([SECRET])
    assert hash_lane(keyring, "7:7") == hash_lane(keyring, "7:7") != hash_lane(Keyring(["other" * 8]), "7:7")
    assert "7:7" not in hash_lane(keyring, "7:7")
    assert hash_lane(keyring, "") == ""


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    logger = logging.getLogger()
    handlers, level = logger.handlers[:], logger.level
    yield logger
    logger.handlers[:] = handlers
    logger.setLevel(level)


def test_set_up(root: logging.Logger) -> None:
    """The form and the level as they are set; other libraries are not louder than warnings."""
    set_up_logging(LogSettings(LogForm.JSON, logging.DEBUG))
    assert isinstance(root.handlers[0].formatter, JsonFormatter)
    assert (root.level, logging.getLogger("telegram").level) == (logging.DEBUG, logging.WARNING)
    set_up_logging(LogSettings())
    assert isinstance(root.handlers[0].formatter, TextFormatter)
