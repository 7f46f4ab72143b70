"""Vocabulary files: the words people use, read from each language's `words.toml` and `headings.toml`, and checked.

What they mean is in `domain.vocabulary`. A mistake in them is reported with file and place, like one in the company's file.
"""

import itertools
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from domain.vocabulary import Lexicon, Vocabulary, together

FOLDER = Path(__file__).parent
CODE_LIMIT = 8
"""Maximum length of a language code in characters: that of the columns that store it."""

_BRACES = re.compile(r"\{([^}]*)\}")


class _Files(BaseModel):
    """The content of a language's files; an unknown name is a mistake, however deeply nested."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lexicon: Lexicon


class WordsError(ValueError):
    """A vocabulary file cannot be used; the message says which one and why."""


def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """The codes of the languages in `folder`: the names of its folders that have words."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/words.toml")))


@cache
def vocabulary(folder: Path = FOLDER) -> Vocabulary:
    """The words of all languages. Raises WordsError when a file is wrong."""
    by_language = lexicons(folder)
    try:
        return together(by_language)
    except re.error as error:
        raise WordsError(f"{folder}: {error.pattern!r} is no expression: {error}") from error


@cache
def lexicons(folder: Path = FOLDER) -> Mapping[str, Lexicon]:
    """The words of each language. Raises WordsError when a file is wrong."""
    return {language: _lexicon(folder / language) for language in languages(folder)}


def _lexicon(folder: Path) -> Lexicon:
    if len(folder.name) > CODE_LIMIT:
        raise WordsError(f"{folder}: a language's code has at most {CODE_LIMIT} characters")
    headings = _toml(folder / "headings.toml")
    expanded = {field: [one for heading in written for one in spread(heading)] for field, written in headings.items()}
    try:
        return _Files.model_validate({"lexicon": _toml(folder / "words.toml") | {"headings": expanded}}).lexicon
    except ValidationError as error:
        mistakes = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
        raise WordsError(f"{folder}: {mistakes}") from error


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WordsError(f"{path}: {error}") from error


def spread(heading: str) -> tuple[str, ...]:
    """All headings that one with choices in braces stands for, as in a shell (brace expansion): {a,b}{1,2} is a1 a2 b1 b2."""
    parts = _BRACES.split(heading)  # every second part was between braces
    choices = (part.split(",") if place % 2 else [part] for place, part in enumerate(parts))
    return tuple(map("".join, itertools.product(*choices)))
