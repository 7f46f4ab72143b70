"""Survey file parser: YAML or TOML, one survey per file; every mistake reported with file, line and cure, all at once."""

import hashlib
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import ConstructorError

from bot.company.mistakes import (
    TOML_FAILURES,
    Mistake,
    Mistakes,
    Place,
    explain_toml,
    find_line,
    find_toml_lines,
    find_yaml_duplicates,
    find_yaml_lines,
)
from bot.company.survey_rules import SurveyRules
from domain.surveys.survey import Survey

_CURE = "a text with , : # or ? in it goes in quotes"
YAML, TOML = (".yaml", ".yml"), (".toml",)


def load_survey(path: Path, languages: Sequence[str], categories: Sequence[str]) -> Survey:
    """The survey of this file. Raises Mistakes with everything that is wrong in it."""
    if path.suffix not in YAML + TOML:
        why = "a survey file ends in .yaml or .toml; rename it, and correct its name in [survey]"
        raise Mistakes([Mistake(str(path), "", why)])
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except FileNotFoundError as error:
        why = "there is no such survey file; write it, or correct its name in [survey]"
        raise Mistakes([Mistake(str(path), "", why)]) from error
    except (UnicodeDecodeError, OSError) as error:
        raise Mistakes([Mistake(str(path), "", f"cannot be read as UTF-8 text: {error}")]) from error
    raw, lines, doubles = (_parse_yaml if path.suffix in YAML else _parse_toml)(path, text)
    rules = SurveyRules(languages, categories)
    survey = rules.survey(raw, hashlib.sha256(data).hexdigest()[:8])
    mistakes = [(place, "is there twice; keep one of them") for place in doubles] + rules.found
    if survey is None or mistakes:
        told = [(find_line(lines, place), ".".join(map(str, place)), why) for place, why in mistakes]
        raise Mistakes(
            [Mistake(f"{path}:{line}", what, why) for line, what, why in sorted(told, key=lambda one: one[0])]
        )
    return survey


ParsedFile = tuple[Any, dict[Place, int], list[Place]]
"""The content of a file, the line of each part, and the places of duplicate keys."""


class _Loader(yaml.SafeLoader):
    """The safe loader, which says of a date, a number or a tag that is none where it stands, instead of failing in its own way."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 -- its own signature
        """The value that stands here. Raises ConstructorError when it is none."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, AttributeError, TypeError) as error:
            why = f"what stands here is no {str(node.tag).rpartition(':')[2]} ({str(error)[:80]})"
            raise ConstructorError(None, None, why, node.start_mark) from error


def _parse_yaml(path: Path, text: str) -> ParsedFile:
    try:
        return yaml.load(text, _Loader), find_yaml_lines(text), find_yaml_duplicates(text)  # noqa: S506 -- a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1 if mark else 1}"
        raise Mistakes([Mistake(place, "", f"is not YAML: {getattr(error, 'problem', error)}; {_CURE}")]) from error
    except RecursionError as error:
        raise Mistakes(
            [Mistake(str(path), "", "is nested too deeply; a survey refers to nothing by & and *")]
        ) from error


def _parse_toml(path: Path, text: str) -> ParsedFile:
    try:
        return tomllib.loads(text), find_toml_lines(text), []
    except TOML_FAILURES as error:
        raise Mistakes([explain_toml(path, error)]) from error
