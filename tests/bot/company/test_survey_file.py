"""The survey files: accepted as `init` writes them, in YAML or TOML, and every mistake told with file, line and cure, all at once."""

from pathlib import Path

import pytest

from bot.company.mistakes import Mistakes
from bot.company.survey_file import load_survey
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Condition, RatingLabels, Survey
from tests.harness.company_files import KEY, YAML, find_mistakes, write_survey

TYPES = "rating, nps, choice, choices, yesno, text, photos, contact"
CURE = "a text with , : # or ? in it goes in quotes"
CATEGORIES = "product, attitude, delivery, aftersales, other"
SHORT = """\
survey: short
title: {en: "How was it?", zh: "您满意吗？"}
questions:
  - id: overall
    type: rating
    dimension: overall
    text: {en: Overall, zh: 总体如何？}
  - id: nps
    type: nps
    text: {en: Recommend us, zh: 推荐我们吗？}
  - id: one
    type: choice
    text: {en: Which, zh: 哪一个？}
    options:
      a: {en: A, zh: 甲}
      b: {en: B, zh: 乙}
  - id: some
    type: choices
    text: {en: Which ones, zh: 哪几个？}
    options:
      c: {en: C, zh: 丙}
      d: {en: D, zh: 丁}
  - id: sure
    type: yesno
    text: {en: Sure, zh: 确定吗？}
  - id: last
    type: text
    text: {en: Anything else, zh: 还有吗？}
    when: {question: overall, at_most: 2}
thanks: {en: Thank you., zh: 谢谢。}
"""
"""Every kind that a condition can look at; `last` is where conditions are tried."""

WHEN = "when: {question: overall, at_most: 2}"
OVERALL = "text: {en: Overall, zh: 总体如何？}"


def load(folder: Path, text: str, name: str = "short.yaml") -> Survey:
    (folder / name).write_text(text, "utf-8")
    return load_survey(folder / name, ("en", "zh"), CATEGORIES.split(", "))


def told(folder: Path, text: str, name: str = "short.yaml") -> list[str]:
    """What is said about this file, without its folder."""
    with pytest.raises(Mistakes) as caught:
        load(folder, text, name)
    return [str(mistake).replace(f"{folder}/", "") for mistake in caught.value.found]


def test_a_changed_survey_is_another_version(folder: Path) -> None:
    """By the file's own bytes; the order of questions and options is the file's."""
    path = folder / "surveys" / "delivery.yaml"
    before = load_survey(path, ("en",), ("delivery", "product", "attitude"))
    path.write_text(YAML.replace("Late", "Too late", 1), "utf-8")
    after = load_survey(path, ("en",), ("delivery", "product", "attitude"))
    assert (before.key, len(before.version)) == (after.key, 8)
    assert before.version != after.version
    assert [question.kind for question in after.questions][:3] == [
        QuestionKind.RATING,
        QuestionKind.RATING,
        QuestionKind.CHOICES,
    ]
    assert [option.key for option in after.questions[2].options] == ["late", "missed", "false_scan"]


@pytest.mark.parametrize(
    ("when", "conditions"),
    [
        ("{question: overall, at_most: 2}", (Condition("overall", 2, 1),)),
        ("{question: nps, at_least: 9}", (Condition("nps", 10, 9),)),
        ("{question: nps, at_least: 7, at_most: 8}", (Condition("nps", 8, 7),)),
        ("{question: one, is: b}", (Condition("one", any_of=("b",)),)),
        ("{question: one, any_of: [a, b]}", (Condition("one", any_of=("a", "b")),)),
        ("{question: some, any_of: [d]}", (Condition("some", any_of=("d",)),)),
        ("{question: sure, is: yes}", (Condition("sure", 1, 1),)),
        ('{question: sure, is: "no"}', (Condition("sure", 0, 0),)),
        (
            "[{question: sure, is: no}, {question: nps, at_most: 6}]",
            (Condition("sure", 0, 0), Condition("nps", 6, 0)),
        ),
    ],
)
def test_conditions(tmp_path: Path, when: str, conditions: tuple[Condition, ...]) -> None:
    """On numbers, on a yes, on options; YAML's own reading of yes and no is understood."""
    assert load(tmp_path, SHORT.replace(WHEN, f"when: {when}")).questions[-1].conditions == conditions


def test_what_may_be_left_out_and_what_may_be_said(tmp_path: Path) -> None:
    """Ratings are read in the usual words and by name; a file says otherwise."""
    short = load(tmp_path, SHORT)
    assert (short.anonymous, short.questions[0].labels, short.questions[1].labels) == (
        False,
        RatingLabels.VERY_SATISFIED,
        None,
    )
    for name in RatingLabels:
        text = f"anonymous: true\n{SHORT.replace(OVERALL, f'{OVERALL}{chr(10)}    labels: {name}')}"
        other = load(tmp_path, text)
        assert (other.anonymous, other.questions[0].labels) == (True, name)


TOML = """\
survey = "short"
title = { en = "How was it?", zh = "您满意吗？" }
thanks = { en = "Thank you.", zh = "谢谢。" }

[[questions]]
id = "overall"
type = "rating"
labels = "four_levels"
text = { en = "Overall?", zh = "总体如何？" }

[[questions]]
id = "why"
type = "choices"
when = { question = "overall", at_most = 2 }
[questions.text]
en = \"\"\"Why?
id = nothing
\"\"\"
zh = "为什么？"
[questions.options]
late = { en = "Late", zh = "晚" }
lost = { en = "Lost", zh = "丢" }
"""


def test_toml_says_the_same(tmp_path: Path) -> None:
    """The same keys in the other language, whichever way its tables are written."""
    survey = load(tmp_path, TOML, "short.toml")
    assert [question.id for question in survey.questions] == ["overall", "why"]
    assert survey.questions[0].labels is RatingLabels.FOUR_LEVELS
    assert survey.questions[1].conditions == (Condition("overall", 2, 1),)
    assert [option.key for option in survey.questions[1].options] == ["late", "lost"]


BROKEN_TOML = [
    ('survey = "short"', "survey = short", "short.toml:1: is not TOML: Invalid value (at line 1, column 10)"),
    ('survey = "short"', "survey = 7", "short.toml:1: survey: is not text; put it in quotes"),
    ('type = "rating"', 'type = "stars"',
     f"short.toml:7: questions.0.type: 'stars' is no type of question; there are {TYPES}"),
    ('id = "why"', 'id = "overall"',
     "short.toml:12: questions.1.id: 'overall' is used twice; give each question an id of its own"),
    ("at_most = 2", "at_most = 3, at_least = 3",
     "short.toml:14: questions.1.when: no answer is at least 3 and at most 3; the answers to 'overall' are 1, 2, 4, 5"),
    ('zh = "为什么？"', "", "short.toml:15: questions.1.text: has no text in zh"),
    ('lost = { en = "Lost"', 'lost = { en = "Late"',
     "short.toml:22: questions.1.options.lost: says the same as 'late' in en; people could not tell them apart"),
    ('id = "why"', 'id = "why"\nid = "how"',
     "short.toml:13: is not TOML: Cannot overwrite a value (at line 13, column 11)"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), BROKEN_TOML, ids=lambda value: str(value)[:40])
def test_one_mistake_in_toml(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Exactly this line says exactly this, and nothing else is said."""
    assert old in TOML
    assert told(tmp_path, TOML.replace(old, new, 1), "short.toml") == [message]


SURVEY = [
    ("survey: delivery", "survey: del ivery", "0", f"survey: a survey's {KEY} 32"),
    ("survey: delivery", "", "1", "survey: is missing; add it"),
    ("survey: delivery", "survey:", "0", "survey: is empty; write something"),
    ("id: overall", "id: over-all", "0", "questions.0.id: an id has letters, digits and _ only, at most 32"),
    ("id: comment", "id: goods", "0", "questions.7.id: 'goods' is used twice; give each question an id of its own"),
    ("type: rating", "type: stars", "0", f"questions.0.type: 'stars' is no type of question; there are {TYPES}"),
    ("dimension: overall", "dimension: " + "x" * 33, "0", "questions.0.dimension: has at most 32 characters"),
    ("dimension: goods", "dimension: overall", "0",
     "questions.3.dimension: 'overall' is another question's; two would be counted as one"),
    ("category: product", "category: moon", "0",
     f"questions.3.category: 'moon' is no category; there are {CATEGORIES}"),
    ("en: Late, ", "", "0", "questions.2.options.late: has no text in en"),
    ("en: Late", "en: No", "0", "questions.2.options.late.en: is not text; put it in quotes"),
    ("en: Late", "en: " + "x" * 61, "0",
     "questions.2.options.late.en: has 61 characters; at most 60 can be shown here"),
    ("zh: 您对这次配送总体满意吗？", "zh: ''", "-2", "questions.0.text: has no text in zh"),
    ("zh: 您对这次配送总体满意吗？", "zh: " + "很" * 1001, "0",
     "questions.0.text.zh: has 1001 characters; at most 1000 can be shown here"),
    ("when: {question: timeliness,", "when: {question: moon,", "0",
     "questions.2.when: 'moon' is no question; before this one there are overall, timeliness"),
    ("when: {question: timeliness,", "when: {question: goods,", "0",
     "questions.2.when: 'goods' is not asked before this question; a condition looks back"),
    ("at_most: 2}", "at_mots: 2}", "0", "questions.2.when.at_mots: is not known here; did you mean 'at_most'?"),
    ("type: text", "type: choices", "1",
     "questions.7.options: are missing; a question of type choices needs at least 1"),
    ("      late: {", "      yes: {", "-1",
     "questions.2.options: the key true (which is how YAML reads yes, no, on and off) is not text; put it in quotes"),
    ("      late: {", "      1: {", "-1", "questions.2.options: the key 1 is not text; put it in quotes"),
    ("      late: {", "      l te: {", "0",
     "questions.2.options.l te: an option's key has letters, digits, - and _ only, at most 32"),
    ("      missed: {", "      late: {", "0", "questions.2.options.late: is there twice; keep one of them"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "where", "why"), SURVEY, ids=lambda value: str(value)[:40])
def test_one_mistake_in_the_survey(folder: Path, old: str, new: str, where: str, why: str) -> None:
    """Exactly this line says exactly this, and nothing else is said about the file, whatever else is said because of it."""
    mistakes, line = write_survey(folder, old, new)
    place = {"1": None, "-1": line - 1, "-2": line - 2}.get(where, line)
    if place is not None:
        assert mistakes == [f"surveys/delivery.yaml:{place}: {why}"]
    else:
        assert [mistake.partition(": ")[2] for mistake in mistakes] == [why]


NO_FIT = "does not fit {}; write {}"
BROKEN = [
    ("survey: short", "survey: short\nanonymos: true", "2: anonymos: is not known here; did you mean 'anonymous'?"),
    ("survey: short", "survey: short\nanonymous: maybe", "2: anonymous: is true or false"),
    ("survey: short", "survey: short\nsurvey: long", "2: survey: is there twice; keep one of them"),
    ('title: {en: "How was it?", zh: "您满意吗？"}', "title: How was it?",
     "2: title: is a text for each language, like {en: …, zh: …}"),
    ("type: nps", "type: [nps]", "9: questions.1.type: is not text"),
    ("type: nps", "type: nps\n    options: {a: {en: A, zh: 甲}}",
     "10: questions.1.options: are for questions of type choice and choices; remove them from one of type nps"),
    ("type: nps", "type: nps\n    labels: satisfied", "10: questions.1.labels: are for ratings; remove them from a question of type nps"),
    ("type: nps", "type: nps\n    category: other",
     "10: questions.1.category: is where a low rating goes; remove it from a question of type nps"),
    ("type: nps", "type: nps\n    hint: {en: Be honest.}", "10: questions.1.hint: has no text in zh"),
    ("type: nps", "type: nps\n    page: 2", "10: questions.1.page: is not known here; check the spelling or remove it"),
    ("dimension: overall", "labels: five",
     "6: questions.0.labels: 'five' is no set of labels; there are satisfied, very_satisfied, four_levels"),
    ("type: yesno", "type: contact\n    dimension: d",
     "25: questions.4.dimension: is what a number is about; remove it from a question of type contact"),
    ("      b: {en: B, zh: 乙}\n", "", "14: questions.2.options: are 1; a question of type choice has 2 to 12"),
    ("zh: 乙}", "zh: 甲}", "16: questions.2.options.b: says the same as 'a' in zh; people could not tell them apart"),
    ("    options:\n      c: {en: C, zh: 丙}\n      d: {en: D, zh: 丁}\n", "    options: [c, d]\n",
     "20: questions.3.options: is not a table of keys and values"),
    ("  - id: sure", "  - sure\n  - id: sure", "23: questions.4: is not a table of keys and values"),
    (WHEN, "when: overall", "29: questions.5.when: is not a table of keys and values"),
    (WHEN, "when: []", "29: questions.5.when: is an empty list; remove it, or say when the question is asked"),
    (WHEN, "when: {at_most: 2}", "29: questions.5.when.question: is missing; add it"),
    (WHEN, "when: {question: last, at_most: 2}",
     "29: questions.5.when: 'last' is not asked before this question; a condition looks back"),
    (WHEN, "when: {question: overall}", "29: questions.5.when: says nothing about 'overall'; add at_most or at_least"),
    (WHEN, "when: {question: overall, is: a}", "29: questions.5.when.is: "
     + NO_FIT.format("'overall' of type rating", "at_most or at_least")),
    (WHEN, "when: {question: overall, at_most: 6}", "29: questions.5.when.at_most: is a number from 1 to 5"),
    (WHEN, "when: {question: nps, at_least: 9.5}", "29: questions.5.when.at_least: is a number from 0 to 10"),
    (WHEN, "when: {question: nps, at_least: true}", "29: questions.5.when.at_least: is a number from 0 to 10"),
    (WHEN, "when: {question: overall, at_least: 4, at_most: 2}",
     "29: questions.5.when: no answer is at least 4 and at most 2; the answers to 'overall' are 1, 2, 3, 4, 5"),
    (WHEN, "when: {question: sure, is: maybe}", "29: questions.5.when.is: is yes or no"),
    (WHEN, "when: {question: sure, at_least: 1}", "29: questions.5.when.at_least: " + NO_FIT.format("'sure' of type yesno", "is")),
    (WHEN, "when: {question: one, is: c}", "29: questions.5.when.is: c: no option of 'one'; there are a, b"),
    (WHEN, "when: {question: one, is: a, any_of: [b]}", "29: questions.5.when: says both is and any_of; keep one"),
    (WHEN, "when: {question: some, is: c}", "29: questions.5.when.is: " + NO_FIT.format("'some' of type choices", "any_of")),
    (WHEN, "when: {question: some, any_of: c}", "29: questions.5.when.any_of: is a list of options, like [late, damaged]"),
    (WHEN, "when: {question: some, any_of: [c, e, f]}",
     "29: questions.5.when.any_of: e, f: no option of 'some'; there are c, d"),
    (WHEN, "when: [{question: overall, at_most: 2}, {question: overall, at_least: 4}]",
     "29: questions.5.when: never holds: no answers fulfil all of it; change or remove a condition"),
    (WHEN, "when:\n      - {question: overall, at_most: 2}\n      - {question: nps, any_of: [c]}",
     "31: questions.5.when.1.any_of: " + NO_FIT.format("'nps' of type nps", "at_most or at_least")),
    ("thanks: {en: Thank you., zh: 谢谢。}", "thanks: {en: Thank you.}", "30: thanks: has no text in zh"),
    ("    text: {en: Sure, zh: 确定吗？}", "    text: {en: Sure, zh: 2026-11-23}",
     "25: questions.4.text.zh: is not text; put it in quotes"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), BROKEN, ids=lambda value: str(value)[:50])
def test_one_mistake(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Exactly this line says exactly this, and nothing else is said."""
    assert SHORT.count(old) == 1
    assert told(tmp_path, SHORT.replace(old, new)) == [f"short.yaml:{message}"]


def test_a_question_that_can_never_be_asked(tmp_path: Path) -> None:
    """Also because of what the question it looks at needs itself."""
    chained = SHORT.replace("type: nps", "type: nps\n    when: {question: overall, at_most: 2}")
    when = "when: [{question: nps, at_least: 9}, {question: overall, at_least: 4}]"
    assert told(tmp_path, chained.replace("    " + WHEN + "\nthanks", f"    {when}\nthanks")) == [
        "short.yaml:30: questions.5.when: never holds: no answers fulfil all of it; change or remove a condition"
    ]


@pytest.mark.parametrize("kind", ["photos", "contact"])
def test_an_anonymous_survey_asks_nothing_that_says_who_answers(tmp_path: Path, kind: str) -> None:
    """Neither pictures nor how to reach somebody."""
    text = "anonymous: true\n" + SHORT.replace("type: yesno", f"type: {kind}")
    assert told(tmp_path, text) == [
        f"short.yaml:25: questions.4.type: {kind} would say who answers; remove it, or `anonymous`"
    ]


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    """In the order of the file; what is wrong only because of another mistake is not said."""
    text = SHORT.replace("type: choice\n", "type: chioce\n").replace("zh: 丁", "zn: 丁").replace("Overall", "''")
    text = text.replace(WHEN, "when: {question: one, is: z}").replace("thanks:", "thank:")
    assert told(tmp_path, text) == [
        "short.yaml:1: thanks: is missing; add it",
        "short.yaml:7: questions.0.text: has no text in en",
        f"short.yaml:12: questions.2.type: 'chioce' is no type of question; there are {TYPES}",
        "short.yaml:22: questions.3.options.d: has no text in zh",
        "short.yaml:30: thank: is not known here; did you mean 'thanks'?",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("type: rating", "type: text"), ("type: rating", "type: rating\n    when: {question: x, at_most: 2}")],
)
def test_the_first_question_is_one_tap(tmp_path: Path, old: str, new: str) -> None:
    """A rating without a condition."""
    why = "the first question is a rating without a condition, so that one tap is a complete response"
    assert f"short.yaml:4: questions.0: {why}" in told(tmp_path, SHORT.replace(old, new))


def test_how_many_questions(tmp_path: Path) -> None:
    """There is a question at all, but not more than forty."""
    head, thanks = SHORT[: SHORT.index("questions:")], SHORT[SHORT.index("thanks:") :]
    many = "".join(f"  - {{id: q{n}, type: rating, text: {{en: a, zh: b}}}}\n" for n in range(41))
    for questions in ("questions: []\n", "questions:\n" + many):
        assert told(tmp_path, head + questions + thanks) == ["short.yaml:3: questions: a survey has 1 to 40 questions"]
    assert told(tmp_path, head + "questions: many\n" + thanks) == ["short.yaml:3: questions: is a list of questions"]


def test_too_many_options(folder: Path) -> None:
    """So that they fit a phone."""
    more = "".join(f"      o{n}: {{en: a{n}, zh: b{n}}}\n" for n in range(10))
    mistakes, line = write_survey(folder, "      late:", more + "      late:")
    why = "are 13; a question of type choices has 1 to 12"
    assert mistakes == [f"surveys/delivery.yaml:{line - 1}: questions.2.options: {why}"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "surveys/delivery.yaml:1: is not a table of keys and values"),
        ("- 1\n- 2\n", "surveys/delivery.yaml:1: is not a table of keys and values"),
        (
            "a: [1\nb: 2",
            f"surveys/delivery.yaml:2: is not YAML: expected ',' or ']', but got ':'; {CURE}",
        ),
        (
            "a: 1\n\tb: 2",
            f"surveys/delivery.yaml:2: is not YAML: found character '\\t' that cannot start any token; {CURE}",
        ),
        (
            "? [a]\n: 1\n",
            f"surveys/delivery.yaml:1: is not YAML: found unhashable key; {CURE}",
        ),
        ("a: &a [*a]\n", "surveys/delivery.yaml: is nested too deeply; a survey refers to nothing by & and *"),
    ],
)
def test_what_is_no_survey_at_all(folder: Path, text: str, message: str) -> None:
    """The file, the line, and what the parser says."""
    (folder / "surveys" / "delivery.yaml").write_text(text)
    assert find_mistakes(folder) == [message]


def test_a_survey_that_is_not_there(folder: Path) -> None:
    """And one that is not text, and one of another sort of file."""
    path = folder / "surveys" / "delivery.yaml"
    path.write_bytes(b"\xff\xfe")
    assert find_mistakes(folder)[0].startswith("surveys/delivery.yaml: cannot be read as UTF-8 text: ")
    path.unlink()
    why = "there is no such survey file; write it, or correct its name in [survey]"
    assert find_mistakes(folder) == [f"surveys/delivery.yaml: {why}"]
    why = "a survey file ends in .yaml or .toml; rename it, and correct its name in [survey]"
    assert told(folder, SHORT, "short.json") == [f"short.json: {why}"]
