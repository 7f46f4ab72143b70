"""The survey files: accepted as `init` writes them, and every mistake told with file, line and cure."""

from pathlib import Path

import pytest

from bot.survey_file import load_survey
from domain.survey import Kind
from tests.bot.written import KEY, YAML, found, survey

CATEGORIES = "product, attitude, delivery, aftersales, other"


def test_a_changed_survey_is_another_version(folder: Path) -> None:
    """By the file's own bytes; the order of questions and options is the file's."""
    path = folder / "surveys" / "delivery.yaml"
    before = load_survey(path, ("en",), ("delivery", "product", "attitude"))
    path.write_text(YAML.replace("Late", "Too late", 1), "utf-8")
    after = load_survey(path, ("en",), ("delivery", "product", "attitude"))
    assert (before.key, len(before.version)) == (after.key, 8)
    assert before.version != after.version
    assert [question.kind for question in after.questions][:3] == [Kind.RATING, Kind.RATING, Kind.CHOICES]
    assert [option.key for option in after.questions[2].options] == ["late", "missed", "false_scan"]


SURVEY = [
    ("survey: delivery", "survey: del ivery", "0", f"survey: a survey's {KEY} 32"),
    ("survey: delivery", "", "1", "survey: is missing; add it"),
    ("id: overall", "id: over-all", "0", "questions.0.id: an id has letters, digits and _ only, at most 32"),
    ("id: comment", "id: goods", "0", "questions.7.id: 'goods' is used twice"),
    ("type: rating", "type: stars", "0", "questions.0.type: Input should be 'rating', 'choices' or 'text'"),
    ("dimension: overall", "dimension: " + "x" * 33, "0", "questions.0.dimension: has at most 32 characters"),
    ("category: product", "category: moon", "0", f"questions.3.category: 'moon' is no category; there are {CATEGORIES}"),
    ("en: Late, ", "", "0", "questions.2.options.late: has no text in en"),
    ("en: Late", "en: No", "0", "questions.2.options.late.en: Input should be a valid string"),
    ("zh: 您对这次配送总体满意吗？", "zh: ''", "-2", "questions.0.text: has no text in zh"),
    ("when: {question: timeliness,", "when: {question: moon,", "0", "questions.2.when: 'moon' is no earlier rating"),
    ("when: {question: timeliness,", "when: {question: goods,", "0", "questions.2.when: 'goods' is no earlier rating"),
    ("at_most: 2}", "at_mots: 2}", "0", "questions.2.when.at_mots: is not known here; check the spelling or remove it"),
    ("type: text", "type: choices", "1", "questions.7.options: are for questions of type choices, and those need them"),
    ("      late: {", "      yes: {", "-1", "questions.2.options.1: Input should be a valid string"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "where", "why"), SURVEY, ids=lambda value: str(value)[:40])
def test_one_mistake_in_the_survey(folder: Path, old: str, new: str, where: str, why: str) -> None:
    """Exactly this line says exactly this, and nothing else is said."""
    mistakes, line = survey(folder, old, new)
    place = {"1": None, "-1": line - 1, "-2": line - 2}.get(where, line)
    if place is not None:
        assert mistakes == [f"surveys/delivery.yaml:{place}: {why}"]
    else:
        assert [mistake.partition(": ")[2] for mistake in mistakes] == [why]


def test_the_first_question_is_one_tap(folder: Path) -> None:
    """A rating without a condition; and there is a question at all, but not more than forty."""
    why = "the first question is a rating without a condition, so that one tap is a complete response"
    mistakes, line = survey(folder, "type: rating", "type: text")
    assert f"surveys/delivery.yaml:{line - 1}: questions.0: {why}" in mistakes
    head, thanks = YAML[: YAML.index("questions:")], YAML[YAML.index("thanks:") :]
    path = folder / "surveys" / "delivery.yaml"
    path.write_text(head + "questions: []\n" + thanks, "utf-8")
    line = head.count("\n") + 1
    assert found(folder) == [f"surveys/delivery.yaml:{line}: questions: a survey has 1 to 40 questions"]
    many = "".join(f"  - {{id: q{n}, type: rating, text: {{en: a, zh: b}}}}\n" for n in range(41))
    path.write_text(head + "questions:\n" + many + thanks, "utf-8")
    assert found(folder) == [f"surveys/delivery.yaml:{line}: questions: a survey has 1 to 40 questions"]


def test_too_many_options(folder: Path) -> None:
    """So that they fit a phone."""
    more = "".join(f"      o{n}: {{en: a, zh: b}}\n" for n in range(10))
    mistakes, line = survey(folder, "      late:", more + "      late:")
    assert mistakes == [f"surveys/delivery.yaml:{line - 1}: questions.2.options: at most 12, so that they fit a phone"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "surveys/delivery.yaml:1: is not a table of keys and values"),
        ("- 1\n- 2\n", "surveys/delivery.yaml:1: is not a table of keys and values"),
        ("a: [1\nb: 2", "surveys/delivery.yaml:2: is not YAML: expected ',' or ']', but got ':'"),
        ("a: 1\n\tb: 2", "surveys/delivery.yaml:2: is not YAML: found character '\\t' that cannot start any token"),
        ("? [a]\n: 1\n", "surveys/delivery.yaml:1: is not YAML: found unhashable key"),
    ],
)
def test_what_is_no_survey_at_all(folder: Path, text: str, message: str) -> None:
    """The file, the line, and what the parser says."""
    (folder / "surveys" / "delivery.yaml").write_text(text)
    assert found(folder) == [message]


def test_a_survey_that_is_not_there(folder: Path) -> None:
    """And one that is not text."""
    path = folder / "surveys" / "delivery.yaml"
    path.write_bytes(b"\xff\xfe")
    assert found(folder)[0].startswith("surveys/delivery.yaml: cannot be read as UTF-8 text: ")
    path.unlink()
    assert found(folder) == [
        "surveys/delivery.yaml: there is no such survey file; write it or correct `file` in [survey]"
    ]
