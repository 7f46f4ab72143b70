"""huifang.toml and the survey files: read, checked, and every mistake told with file, line and cure."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.mistakes import Mistake, Mistakes, Place, from_validation, toml_lines, yaml_lines
from domain.company import Asking, Category, Company, Department, Identity, Severity
from domain.survey import Condition, Kind, Option, Question, Survey, Words

OPTIONS_LIMIT, QUESTIONS_LIMIT, KEY_LIMIT, SEVERITY_LIMIT = 12, 40, 32, 16
DAYS_LIMIT = 3650
"""No promise is longer than ten years."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _File(_Strict):
    """The shape of huifang.toml."""

    company: Identity
    departments: dict[str, Department]
    quality: str
    management: str
    categories: dict[str, Category]
    severities: dict[str, Severity] = {"normal": Severity(), "high": Severity(3, second_review=True)}
    survey: Asking = Asking()


class _Condition(_Strict):
    question: str
    at_most: int = 5
    at_least: int = 1


class _Question(_Strict):
    id: str
    type: Kind
    text: dict[str, str]
    dimension: str = ""
    category: str = ""
    options: dict[str, dict[str, str]] = {}
    when: _Condition | None = None
    hint: dict[str, str] = {}


class _Survey(_Strict):
    survey: str
    title: dict[str, str]
    questions: list[_Question]
    thanks: dict[str, str]


def load(path: Path) -> Company:
    """The company of this file and its survey. Raises Mistakes with all that is wrong in both."""
    text, raw = _toml(path)
    lines = toml_lines(text)
    try:
        file = _File.model_validate(raw)
    except ValidationError as error:
        raise Mistakes(from_validation(error, path, lines)) from error
    found = [Mistake(f"{path}:{_line(lines, place)}", ".".join(place), why) for place, why in _company_mistakes(file)]
    survey = None
    try:
        survey = load_survey(path.parent / file.survey.file, file.company.languages, tuple(file.categories))
    except Mistakes as error:
        found += error.found
    if found or survey is None:
        raise Mistakes(found)
    return Company(
        file.company,
        file.departments,
        file.quality,
        file.management,
        file.categories,
        file.severities,
        file.survey,
        survey,
    )


def load_survey(path: Path, languages: tuple[str, ...], categories: tuple[str, ...]) -> Survey:
    """The survey of this file. Raises Mistakes."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
        raw = yaml.safe_load(text)
        lines = yaml_lines(text)
    except FileNotFoundError as error:
        raise Mistakes(
            [Mistake(str(path), "", "there is no such survey file; write it or correct `file` in [survey]")]
        ) from error
    except (UnicodeDecodeError, OSError) as error:
        raise Mistakes([Mistake(str(path), "", f"cannot be read as UTF-8 text: {error}")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise Mistakes([Mistake(f"{path}:{line}", "", f"is not YAML: {getattr(error, 'problem', error)}")]) from error
    try:
        file = _Survey.model_validate(raw)
    except ValidationError as error:
        raise Mistakes(from_validation(error, path, lines)) from error
    found = _survey_mistakes(file, languages, categories)
    if found:
        raise Mistakes(
            [Mistake(f"{path}:{_line(lines, place)}", ".".join(map(str, place)), why) for place, why in found]
        )
    return _survey(file, hashlib.sha256(data).hexdigest()[:8])


def _toml(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text("utf-8-sig")
        return text, tomllib.loads(text)
    except FileNotFoundError as error:
        raise Mistakes([Mistake(str(path), "", "there is no such file; `huifang init` writes one")]) from error
    except (UnicodeDecodeError, OSError) as error:
        raise Mistakes([Mistake(str(path), "", f"cannot be read as UTF-8 text: {error}")]) from error
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        place = f"{path}:{at[1]}" if at else str(path)
        raise Mistakes([Mistake(place, "", f"is not TOML: {error}")]) from error


def _line(lines: Mapping[Place, int], place: Place) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _company_mistakes(file: _File) -> list[tuple[tuple[str, ...], str]]:
    found: list[tuple[tuple[str, ...], str]] = []
    try:
        ZoneInfo(file.company.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        found.append(
            (("company", "timezone"), f"{file.company.timezone!r} is no time zone; write one like Asia/Shanghai")
        )
    if unknown := [code for code in file.company.languages if code not in {"en", "zh"}]:
        found.append(
            (("company", "languages"), f"{', '.join(unknown)}: no texts in this language; there are en and zh")
        )
    if not file.company.languages:
        found.append((("company", "languages"), "name at least one language"))
    if file.company.phone_region not in phonenumbers.SUPPORTED_REGIONS:
        found.append((("company", "phone_region"), f"{file.company.phone_region!r} is no region; write one like CN"))
    found += _structure(file)
    found += _survey_settings(file.survey)
    found += _unnamed(file)
    return found


def _structure(file: _File) -> list[tuple[tuple[str, ...], str]]:
    """Departments, categories and severities, and what they name of one another."""
    found: list[tuple[tuple[str, ...], str]] = []
    known = ", ".join(file.departments)
    for name in ("quality", "management"):
        if getattr(file, name) not in file.departments:
            found.append(((name,), f"{getattr(file, name)!r} is no department; there are {known}"))
    for key in file.departments:
        if not _is_key(key, KEY_LIMIT):
            found.append(
                (("departments", key), f"a department's key has letters, digits, - and _ only, at most {KEY_LIMIT}")
            )
    if not file.categories:
        found.append((("categories",), "name at least one category"))
    for key, category in file.categories.items():
        for department in (category.lead, *category.cooperating):
            if department not in file.departments:
                found.append((("categories", key, "lead"), f"{department!r} is no department; there are {known}"))
        if not _is_key(key, KEY_LIMIT):
            found.append(
                (("categories", key), f"a category's key has letters, digits, - and _ only, at most {KEY_LIMIT}")
            )
        if category.severity not in file.severities:
            known_severities = ", ".join(file.severities)
            found.append(
                (("categories", key, "severity"), f"{category.severity!r} is no severity; there are {known_severities}")
            )
    for key, severity in file.severities.items():
        if not _is_key(key, SEVERITY_LIMIT):
            found.append(
                (("severities", key), f"a severity's key has letters, digits, - and _ only, at most {SEVERITY_LIMIT}")
            )
        if not 0 < severity.answer_within_days <= DAYS_LIMIT:
            found.append((("severities", key, "answer_within_days"), f"must be more than 0 and at most {DAYS_LIMIT}"))
    return found


def _unnamed(file: _File) -> list[tuple[tuple[str, ...], str]]:
    """A name that is missing in a language would be an empty button, which Telegram refuses."""
    named: list[tuple[tuple[str, ...], Words]] = [(("company", "name"), file.company.name)]
    named += [(("departments", key, "name"), one.name) for key, one in file.departments.items()]
    named += [(("categories", key, "name"), one.name) for key, one in file.categories.items()]
    codes = file.company.languages
    return [
        (place, f"has no text in {code}") for place, name in named for code in codes if not name.get(code, "").strip()
    ]


def _survey_settings(asking: Asking) -> list[tuple[tuple[str, ...], str]]:
    found: list[tuple[tuple[str, ...], str]] = []
    for name, value, limit in _durations(asking):
        if not 0 < value <= limit:
            found.append((("survey", name), f"must be more than 0 and at most {limit}"))
    if not 0 <= asking.invite_after_hours <= DAYS_LIMIT * 24:
        found.append((("survey", "invite_after_hours"), f"must be 0 to {DAYS_LIMIT * 24}"))
    if asking.invite_after_hours > asking.invite_within_days * 24:
        found.append(
            (("survey", "invite_after_hours"), "is later than invite_within_days, so that nobody would be asked")
        )
    if not 1 <= asking.low_rating <= 4:  # noqa: PLR2004 -- 5 would make every rating a low one
        found.append((("survey", "low_rating"), "must be 1 to 4"))
    return found


def _durations(asking: Asking) -> list[tuple[str, float, int]]:
    names = ("invite_within_days", "expire_after_days", "change_within_days", "link_days")
    minutes = "low_rating_becomes_case_after_minutes"
    days = [(name, float(getattr(asking, name)), DAYS_LIMIT) for name in names]
    return [*days, (minutes, asking.low_rating_becomes_case_after_minutes, DAYS_LIMIT * 24 * 60)]


def _is_key(text: str, limit: int) -> bool:
    """A key goes into columns and onto the command line."""
    return text.isascii() and text.replace("_", "").replace("-", "").isalnum() and len(text) <= limit


def _survey_mistakes(file: _Survey, languages: tuple[str, ...], categories: tuple[str, ...]) -> list[tuple[Place, str]]:
    found: list[tuple[Place, str]] = []

    def spoken(texts: Words, *place: str | int) -> None:
        found.extend((place, f"has no text in {code}") for code in languages if not texts.get(code, "").strip())

    if not _is_key(file.survey, KEY_LIMIT):
        found.append((("survey",), f"a survey's key has letters, digits, - and _ only, at most {KEY_LIMIT}"))
    spoken(file.title, "title")
    spoken(file.thanks, "thanks")
    if not 1 <= len(file.questions) <= QUESTIONS_LIMIT:
        found.append((("questions",), f"a survey has 1 to {QUESTIONS_LIMIT} questions"))
    elif file.questions[0].type is not Kind.RATING or file.questions[0].when:
        found.append(
            (
                ("questions", 0),
                "the first question is a rating without a condition, so that one tap is a complete response",
            )
        )
    earlier: dict[str, Kind] = {}
    for n, question in enumerate(file.questions):
        spoken(question.text, "questions", n, "text")
        if not question.id.isascii() or not question.id.replace("_", "").isalnum() or len(question.id) > KEY_LIMIT:
            found.append((("questions", n, "id"), f"an id has letters, digits and _ only, at most {KEY_LIMIT}"))
        if question.id in earlier:
            found.append((("questions", n, "id"), f"{question.id!r} is used twice"))
        if len(question.dimension) > KEY_LIMIT:
            found.append((("questions", n, "dimension"), f"has at most {KEY_LIMIT} characters"))
        if question.category and question.category not in categories:
            found.append(
                (
                    ("questions", n, "category"),
                    f"{question.category!r} is no category; there are {', '.join(categories)}",
                )
            )
        if question.when is not None and earlier.get(question.when.question) is not Kind.RATING:
            found.append((("questions", n, "when"), f"{question.when.question!r} is no earlier rating"))
        if (question.type is Kind.CHOICES) != bool(question.options):
            found.append((("questions", n, "options"), "are for questions of type choices, and those need them"))
        if len(question.options) > OPTIONS_LIMIT:
            found.append((("questions", n, "options"), f"at most {OPTIONS_LIMIT}, so that they fit a phone"))
        for key, label in question.options.items():
            spoken(label, "questions", n, "options", key)
        earlier[question.id] = question.type
    return found


def _survey(file: _Survey, version: str) -> Survey:
    questions = tuple(
        Question(
            question.id,
            question.type,
            question.text,
            question.dimension,
            question.category,
            tuple(Option(key, label) for key, label in question.options.items()),
            Condition(**question.when.model_dump()) if question.when else None,
            question.hint,
        )
        for question in file.questions
    )
    return Survey(file.survey, version, file.title, questions, file.thanks)
