"""The words that people use, as each language's `words.toml` and `headings.toml` have them, read and checked.

What they mean is in `domain.vocabulary`; a mistake in them is told with its file and place, as are those of the company's file.
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
"""The most characters of a language's code: the columns that keep it have no more."""

_BRACES = re.compile(r"\{([^}]*)\}")


class _Files(BaseModel):
    """What a language's files say; a name that means nothing is a mistake, however deep it stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lexicon: Lexicon


class WordsError(ValueError):
    """A file of words cannot be used; the message says which and why."""


def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """The codes of the languages of `folder`: what its folders with words are called."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/words.toml")))


@cache
def vocabulary(folder: Path = FOLDER) -> Vocabulary:
    """The words of all languages. Raises WordsError."""
    found = lexicons(folder)
    try:
        return together(found)
    except re.error as error:
        raise WordsError(f"{folder}: {error.pattern!r} is no expression: {error}") from error


@cache
def lexicons(folder: Path = FOLDER) -> Mapping[str, Lexicon]:
    """The words of each language. Raises WordsError."""
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
    """What a heading with choices in braces stands for, as in a shell: {a,b}{1,2} is a1 a2 b1 b2."""
    parts = _BRACES.split(heading)  # what is between braces stands at every second place
    choices = (part.split(",") if place % 2 else [part] for place, part in enumerate(parts))
    return tuple(map("".join, itertools.product(*choices)))
