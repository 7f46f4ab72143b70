"""huifang.toml and the survey: accepted as `init` writes them, and every mistake told with file, line and cure."""

import shutil
from pathlib import Path

import pytest

from bot.company import load, load_survey
from bot.mistakes import Mistakes
from domain.survey import Kind
from tests.inside import EXAMPLE

TOML = EXAMPLE.read_text("utf-8")
YAML = (EXAMPLE.parent / "surveys" / "delivery.yaml").read_text("utf-8")
KNOWN = "transport, service, sales, aftersales, quality, management"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path


def found(folder: Path) -> list[str]:
    """What is wrong with the files of this folder, without its name."""
    with pytest.raises(Mistakes) as caught:
        load(folder / "huifang.toml")
    assert str(caught.value) == "\n".join(str(mistake) for mistake in caught.value.found)
    return [str(mistake).replace(f"{folder}/", "") for mistake in caught.value.found]


def changed(text: str, old: str, new: str) -> tuple[str, int]:
    """The text with one place changed, and that place's line."""
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1), text[: text.index(old)].count("\n") + 1


def company(folder: Path, old: str, new: str) -> tuple[list[str], int]:
    text, line = changed(TOML, old, new)
    (folder / "huifang.toml").write_text(text, "utf-8")
    return found(folder), line


def survey(folder: Path, old: str, new: str) -> tuple[list[str], int]:
    text, line = changed(YAML, old, new)
    (folder / "surveys" / "delivery.yaml").write_text(text, "utf-8")
    return found(folder), line


def test_the_example_is_accepted(folder: Path) -> None:
    """With a byte order mark and Windows' line ends too, which the Notepad of some writes."""
    plain = load(folder / "huifang.toml")
    assert plain.survey is not None
    assert (plain.language, plain.quality, len(plain.departments), len(plain.categories)) == ("zh", "quality", 6, 5)
    for name in ("huifang.toml", "surveys/delivery.yaml"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_bytes(("\ufeff" + text.replace("\n", "\r\n")).encode())
    again = load(folder / "huifang.toml")
    assert again.survey is not None
    assert again.categories == plain.categories
    assert again.survey.questions == plain.survey.questions


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


MORE = "must be more than 0 and at most"
KEY = "key has letters, digits, - and _ only, at most"
UNREAD = "Input should be a valid number, unable to parse string as a number"
LATER = "is later than invite_within_days, so that nobody would be asked"
NO_SWITCH = "Input should be a valid boolean, unable to interpret input"
CATEGORIES = "product, attitude, delivery, aftersales, other"
COMPANY = [
    ('quality = "quality"', "", "1", "quality: is missing; add it"),
    ('quality = "quality"', 'quality = "q"', "0", f"quality: 'q' is no department; there are {KNOWN}"),
    ('management = "management"', 'management = "m"', "0", f"management: 'm' is no department; there are {KNOWN}"),
    ('quality = "quality"', "quality = 5", "0", "quality: Input should be a valid string"),
    ('quality = "quality"', 'quality = "quality"\ncolour = 1', "1 more", "colour: is not known here; check the spelling or remove it"),
    ("phone_region", "phone_regoin", "0", "company.phone_regoin: is not known here; check the spelling or remove it"),
    ('"CN"', '"cn"', "0", "company.phone_region: 'cn' is no region; write one like CN"),
    ("Asia/Shanghai", "Mars/Olympus", "0", "company.timezone: 'Mars/Olympus' is no time zone; write one like Asia/Shanghai"),
    ("Asia/Shanghai", "../zoneinfo", "0", "company.timezone: '../zoneinfo' is no time zone; write one like Asia/Shanghai"),
    ('["zh", "en"]', '"zh"', "0", "company.languages: Input should be a valid tuple"),
    ('zh = "示例速运"', 'zh = " "', "0", "company.name: has no text in zh"),
    ('{ en = "Sales", zh = "销售部" }', '{ en = "Sales" }', "0", "departments.sales.name: has no text in zh"),
    ("[departments.sales]", '[departments."s les"]', "table", f"departments.s les: a department's {KEY} 32"),
    ("[categories.other]", "[categories." + "x" * 33 + "]", "table", f"categories.{'x' * 33}: a category's {KEY} 32"),
    ("[severities.high]", "[severities.extraordinarily_high]", "table", f"severities.extraordinarily_high: a severity's {KEY} 16"),
    ('lead = "transport"', 'lead = "moon"', "0", f"categories.delivery.lead: 'moon' is no department; there are {KNOWN}"),
    ('cooperating = ["transport"]', 'cooperating = ["moon"]', "-1", f"categories.product.lead: 'moon' is no department; there are {KNOWN}"),
    ('severity = "normal"', 'severity = "mild"', "0", "categories.product.severity: 'mild' is no severity; there are normal, high"),
    ("answer_within_days = 7", "answer_within_days = 0", "0", f"severities.normal.answer_within_days: {MORE} 3650"),
    ("answer_within_days = 7", "answer_within_days = nan", "0", f"severities.normal.answer_within_days: {MORE} 3650"),
    ("second_review = true", 'second_review = "maybe"', "0", f"severities.high.second_review: {NO_SWITCH}"),
    ("low_rating = 2", "low_rating = 5", "0", "survey.low_rating: must be 1 to 4"),
    ("low_rating = 2", "low_rating = 2.5", "0", "survey.low_rating: Input should be a valid integer, got a number with a fractional part"),
    ("link_days = 60", "link_days = 0", "0", f"survey.link_days: {MORE} 3650"),
    ("link_days = 60", "link_days = inf", "0", f"survey.link_days: {MORE} 3650"),
    ("expire_after_days = 7", "expire_after_days = -1", "0", f"survey.expire_after_days: {MORE} 3650"),
    ("invite_after_hours = 2", "invite_after_hours = -2", "0", "survey.invite_after_hours: must be 0 to 87600"),
    ("invite_after_hours = 2", "invite_after_hours = 200", "0", f"survey.invite_after_hours: {LATER}"),
    ("after_minutes = 30", 'after_minutes = "soon"', "0", f"survey.low_rating_becomes_case_after_minutes: {UNREAD}"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "where", "why"), COMPANY, ids=lambda value: str(value)[:40])
def test_one_mistake_in_the_company_file(folder: Path, old: str, new: str, where: str, why: str) -> None:
    """Exactly this line says exactly this, and nothing else is said."""
    mistakes, line = company(folder, old, new)
    line += {"1": 1 - line, "1 more": 1, "-1": -1}.get(where, 0)
    assert mistakes == [f"huifang.toml:{line}: {why}"]


def test_a_name_that_is_missing_altogether(folder: Path) -> None:
    """Each of the company's languages is told; a mistyped field is both unknown and missing."""
    mistakes, line = company(folder, '{ en = "After-sales", zh = "售后" }', "{ }")
    assert mistakes == [
        f"huifang.toml:{line}: categories.aftersales.name: has no text in {code}" for code in ("zh", "en")
    ]
    mistakes, line = company(folder, 'name = { en = "Other"', 'nam = { en = "Other"')
    assert mistakes == [
        f"huifang.toml:{line - 1}: categories.other.name: is missing; add it",
        f"huifang.toml:{line}: categories.other.nam: is not known here; check the spelling or remove it",
    ]


def test_languages_that_there_are_not(folder: Path) -> None:
    """No texts in French, in the company and in the survey; and a company that speaks none."""
    mistakes, line = company(folder, '["zh", "en"]', '["zh", "fr"]')
    assert mistakes[0] == f"huifang.toml:{line}: company.languages: fr: no texts in this language; there are en and zh"
    assert "surveys/delivery.yaml:4: title: has no text in fr" in mistakes
    mistakes, line = company(folder, '["zh", "en"]', "[]")
    assert mistakes == [f"huifang.toml:{line}: company.languages: name at least one language"]


def test_no_categories(folder: Path) -> None:
    """The tables are gone: the line is the file's first, and the survey's categories are told too."""
    (folder / "huifang.toml").write_text(
        TOML[: TOML.index("# What can be complained about")] + "[categories]\n", "utf-8"
    )
    mistakes = found(folder)
    assert mistakes[0].endswith("categories: name at least one category")
    assert any("'delivery' is no category; there are " in mistake for mistake in mistakes)


def test_a_comment_behind_a_table_does_not_shift_the_lines(folder: Path) -> None:
    """Nor does one with an equals sign in it."""
    text, _ = changed(TOML, "[survey]", "[survey] # x = [y]")
    (folder / "huifang.toml").write_text(text.replace("link_days = 60", "link_days = 0"), "utf-8")
    _, line = changed(text, "link_days = 60", "")
    assert found(folder) == [f"huifang.toml:{line}: survey.link_days: {MORE} 3650"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("quality = ", "huifang.toml:1: is not TOML: Invalid value (at end of document)"),
        (
            "a = 1\nquality\n",
            "huifang.toml:2: is not TOML: Expected '=' after a key in a key/value pair (at line 2, column 8)",
        ),
        ("a = 1\na = 2\n", "huifang.toml:2: is not TOML: Cannot overwrite a value (at line 2, column 6)"),
    ],
)
def test_what_is_not_toml(folder: Path, text: str, message: str) -> None:
    """The line is told where the parser knows it."""
    (folder / "huifang.toml").write_text(text)
    (mistake,) = found(folder)
    assert mistake in {message, message.replace(":1:", ":")}


def test_a_file_that_is_not_there_or_not_text(folder: Path) -> None:
    """With the way out, where there is one."""
    path = folder / "huifang.toml"
    path.write_bytes(b"quality = '\xff'")
    assert found(folder)[0].startswith("huifang.toml: cannot be read as UTF-8 text: ")
    path.unlink()
    assert found(folder) == ["huifang.toml: there is no such file; `huifang init` writes one"]
    path.mkdir()
    assert found(folder)[0].startswith("huifang.toml: cannot be read as UTF-8 text: ")


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


def test_all_mistakes_of_both_files_at_once(folder: Path) -> None:
    """Nobody starts the bot five times to hear five mistakes."""
    text = (
        TOML.replace("link_days = 60", "link_days = 0")
        .replace('"CN"', '"XX"')
        .replace('lead = "transport"', 'lead = "x"')
    )
    (folder / "huifang.toml").write_text(text, "utf-8")
    (folder / "surveys" / "delivery.yaml").write_text(
        YAML.replace("en: Late, ", "").replace("id: overall", "id: a-b"), "utf-8"
    )
    mistakes = found(folder)
    assert len(mistakes) == 5
    assert [mistake.partition(":")[0] for mistake in mistakes] == ["huifang.toml"] * 3 + ["surveys/delivery.yaml"] * 2
