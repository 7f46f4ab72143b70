"""Button labels of the bot in every language it speaks: its texts are read, not repeated."""

from __future__ import annotations

from functools import cache

from texts import LANGUAGES, Texts


@cache
def labels(key: str) -> tuple[str, ...]:
    """The label of this text in every language."""
    return tuple(_texts().plain(language, key) for language in LANGUAGES)


@cache
def _texts() -> Texts:
    return Texts()
