"""Log settings: lines for people or for machines, and from which level on."""

import enum
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from bot.company.mistakes import Mistake


class LogForm(enum.StrEnum):
    """What a line of the log looks like."""

    TEXT = "text"
    JSON = "json"


LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class LogSettings:
    """The form, and the least level as `logging` numbers it."""

    form: LogForm = LogForm.TEXT
    level: int = logging.INFO


def read_log_settings(values: Mapping[str, str]) -> tuple[LogSettings, list[Mistake]]:
    """What these variables say, and every mistake in them."""
    form, level = values["HUIFANG_LOG"].lower(), values["HUIFANG_LOG_LEVEL"].lower()
    mistakes = []
    if form not in set(LogForm):
        mistakes.append(Mistake("HUIFANG_LOG", "", f"{form!r} is none of {', '.join(LogForm)}"))
    if level not in LEVELS:
        mistakes.append(Mistake("HUIFANG_LOG_LEVEL", "", f"{level!r} is none of {', '.join(LEVELS)}"))
    if mistakes:
        return LogSettings(), mistakes
    return LogSettings(LogForm(form), logging.getLevelNamesMapping()[level.upper()]), []
