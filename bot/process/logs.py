"""The log: lines for people, or one JSON object a line for machines (HUIFANG_LOG). Neither has anybody's data in it.

1. What we log names events, counts and ids, never what somebody wrote; of an error its kind, its place, and its words without what they quote.
2. Other libraries know no such rule: what they say is masked like an error.
3. A lane is named by a keyed hash (`hash_lane`): the lines of one conversation belong together, and nobody is found by them.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

from bot.log_settings import LogForm, LogSettings
from bot.process.error_report import describe_stack
from domain.error_words import mask_error
from storage.engine.crypto import Keyring

_OURS = ("bot", "handlers", "storage", "reports", "__main__")
_QUIET = ("alembic", "asyncio", "aiohttp", "telegram", "botocore", "urllib3")
_ARGUMENT, _NO_WORD = re.compile(r"%[^a-zA-Z]*[a-zA-Z]"), re.compile(r"[^a-z]+")
_NAME_LENGTH = 60


def set_up_logging(settings: LogSettings) -> None:
    """Log to standard error in this form; other libraries from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if settings.form is LogForm.JSON else TextFormatter())
    logging.basicConfig(level=settings.level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, settings.level))


def note(event: str, **fields: object) -> dict[str, object]:
    """What a line is about, for machines: `log.info("…", extra=note("backup.written", rows=5))`."""
    return {"event": event, "fields": fields}


def hash_lane(keyring: Keyring, lane: str) -> str:
    """A name for a conversation that says nothing of whose it is."""
    return keyring.digest(f"log:{lane}")[:12] if lane else ""


class TextFormatter(logging.Formatter):
    """For people: time, level, where, what, and under it where an error came from."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- the library's name
        record.message = _word_message(record)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 -- the library's
        stack = describe_stack(ei[1]) if ei[1] is not None else []
        return "\n  ".join(("Traceback (most recent call last):", *stack))


class JsonFormatter(logging.Formatter):
    """For machines: one object a line, an error's whole stack in it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", None) or _name_event(record),
            "logger": record.name,
            "message": _word_message(record),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["stack"] = describe_stack(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def _word_message(record: logging.LogRecord) -> str:
    message = record.getMessage()
    return message if record.name.partition(".")[0] in _OURS else mask_error(message)


def _name_event(record: logging.LogRecord) -> str:
    """The words of the template, which are the same each time: `the-timers-cannot-be-read-trying-again`."""
    return _NO_WORD.sub("-", _ARGUMENT.sub("", str(record.msg)).lower()).strip("-")[:_NAME_LENGTH]
