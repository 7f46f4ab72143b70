"""Settings of the log."""

import logging

from bot.log_settings import LogForm, LogSettings, read_log_settings


def read(form: str, level: str) -> tuple[LogSettings, list[str]]:
    settings, mistakes = read_log_settings({"HUIFANG_LOG": form, "HUIFANG_LOG_LEVEL": level})
    return settings, [str(mistake) for mistake in mistakes]


def test_the_settings() -> None:
    """In any case; every mistake names its variable and what may stand there."""
    assert read("JSON", "Debug") == (LogSettings(LogForm.JSON, logging.DEBUG), [])
    assert read("text", "info") == (LogSettings(), [])
    _, mistakes = read("xml", "loud")
    assert mistakes == [
        "HUIFANG_LOG: 'xml' is none of text, json",
        "HUIFANG_LOG_LEVEL: 'loud' is none of debug, info, warning, error",
    ]
