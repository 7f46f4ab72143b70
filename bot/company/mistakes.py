"""Validation errors in hand-written files: where each is, what is wrong, what to do; all of them at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

Place = tuple[str | int, ...]
KEY_LIMIT = 32

_QUICK_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Where things stand is looked up in what was read once already: by the library in C, which takes a tenth of the time."""

_TABLE = re.compile(r"(\[\[?)([^\[\]#]+)\]\]?\s*(#.*)?")
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^."'\s=]+))\s*""")
_KEY = re.compile(rf"({_PART.pattern}(?:\.{_PART.pattern})*)=")


@dataclass(frozen=True, slots=True)
class Mistake:
    """`place` is file:line if known, otherwise the file or the variable."""

    place: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what + ': ' if self.what else ''}{self.why}"


class Mistakes(Exception):
    """The configuration cannot be used; `found` lists everything that is wrong with it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.found = tuple(mistakes)


TOML_FAILURES = (ValueError, RecursionError)
"""What its parser raises: its own error is a ValueError; so is that of a number with thousands of digits."""


def explain_toml(path: Path, error: Exception) -> Mistake:
    """The mistake that the parser stumbled over."""
    if isinstance(error, RecursionError):
        return Mistake(str(path), "", "is not TOML: it is nested too deeply")
    at = re.search(r"at line (\d+)", str(error))
    return Mistake(f"{path}:{at[1]}" if at else str(path), "", f"is not TOML: {error}")


def convert_validation_error(error: ValidationError, path: Path, lines: Mapping[Place, int]) -> list[Mistake]:
    """Pydantic's findings with the file's line numbers; a place without a line gets that of the nearest enclosing one."""
    mistakes = []
    for detail in error.errors(include_url=False):
        place = tuple(part for part in detail["loc"] if part != "[key]")
        mistakes.append(Mistake(f"{path}:{find_line(lines, place)}", ".".join(map(str, place)), _explain(detail)))
    return mistakes


def find_line(lines: Mapping[Place, int], place: Place) -> int:
    """The line of this place, or of the nearest enclosing one that has a line."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def is_key(text: str, limit: int) -> bool:
    """Whether the text can be a key, which goes into columns and onto the command line."""
    return text.isascii() and text.replace("_", "").replace("-", "").isalnum() and len(text) <= limit


def _explain(detail: ErrorDetails) -> str:
    match detail["type"]:
        case "missing":
            return "is missing; add it"
        case "unexpected_keyword_argument" | "extra_forbidden":
            return "is not known here; check the spelling or remove it"
        case "model_type" | "dataclass_type" | "dict_type":
            return "is not a table of keys and values"
        case _:
            return detail["msg"].removeprefix("Value error, ")


def find_yaml_lines(text: str) -> dict[Place, int]:
    """The line (from 1) of every key and item of a YAML document. Raises yaml.YAMLError when the text is not YAML."""
    lines: dict[Place, int] = {}

    def walk(node: yaml.Node | None, place: Place) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                below = (*place, key.value)
                lines[below] = key.start_mark.line + 1
                walk(value, below)
        elif isinstance(node, yaml.SequenceNode):
            for n, value in enumerate(node.value):
                lines[*place, n] = value.start_mark.line + 1
                walk(value, (*place, n))

    walk(yaml.compose(text, Loader=_QUICK_LOADER), ())
    return lines


def find_yaml_duplicates(text: str) -> list[Place]:
    """Keys that occur twice in one mapping; a YAML reader would silently keep the last. Raises yaml.YAMLError when the text is not YAML."""
    duplicates: list[Place] = []

    def walk(node: yaml.Node | None, place: Place) -> None:
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
            duplicates.extend((*place, key) for key in dict.fromkeys(keys) if keys.count(key) > 1)
            for key, value in node.value:
                walk(value, (*place, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for n, value in enumerate(node.value):
                walk(value, (*place, n))

    walk(yaml.compose(text, Loader=_QUICK_LOADER), ())
    return duplicates


def find_toml_lines(text: str) -> dict[Place, int]:
    """The line (from 1) of every table, item of an array of tables, and key of a TOML document, if written in plain style."""
    lines: dict[Place, int] = {}
    items: dict[Place, int] = {}
    table: Place = ()
    within = ""
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if within:
            within = "" if within in bare else within
        elif header := _TABLE.fullmatch(bare):
            named = _split_key(header[2])
            if header[1] == "[[":
                items[named] = items.get(named, -1) + 1
                lines.setdefault(named, number)
            table = _number_table(named, items)
            lines[table] = number
        elif key := _KEY.match(bare):
            lines[*table, *_split_key(key[1])] = number
            opened = next((quotes for quotes in ('"""', "'''") if bare.count(quotes) == 1), "")
            within = opened
    return lines


def _number_table(named: Place, items: Mapping[Place, int]) -> Place:
    """The table of this name, in the latest item of each enclosing array of tables."""
    place: Place = ()
    for n, part in enumerate(named, 1):
        place = (*place, part)
        if named[:n] in items:
            place = (*place, items[named[:n]])
    return place


def _split_key(key: str) -> Place:
    """The parts of a dotted key; a quoted part may contain dots."""
    return tuple(next(filter(None, part.groups()), "") for part in _PART.finditer(key))
