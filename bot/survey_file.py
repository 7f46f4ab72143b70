"""The survey files: read, checked, and every mistake told with file, line and cure."""

import hashlib
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.mistakes import KEY_LIMIT, Mistake, Mistakes, Place, from_validation, is_key, line_of, yaml_lines
from domain.survey import Condition, Kind, Option, Question, Survey, Words

OPTIONS_LIMIT, QUESTIONS_LIMIT = 12, 40


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


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
            [Mistake(f"{path}:{line_of(lines, place)}", ".".join(map(str, place)), why) for place, why in found]
        )
    return _survey(file, hashlib.sha256(data).hexdigest()[:8])


def _survey_mistakes(file: _Survey, languages: tuple[str, ...], categories: tuple[str, ...]) -> list[tuple[Place, str]]:
    found: list[tuple[Place, str]] = []

    def spoken(texts: Words, *place: str | int) -> None:
        found.extend((place, f"has no text in {code}") for code in languages if not texts.get(code, "").strip())

    if not is_key(file.survey, KEY_LIMIT):
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
