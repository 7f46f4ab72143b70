"""docs/surveys.md says what is so: its example is a survey, and every type, key and label set is on the page."""

import re
import tomllib
from pathlib import Path

from bot.company.company import load_company
from bot.company.survey_file import load_survey
from bot.company.survey_rules import HINT_LIMIT, LABEL_LIMIT, OPTIONS_LIMIT, TEXT_LIMIT
from conversations.surveys.questions import FILES_LIMIT
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import RatingLabels
from tests.harness.in_process import EXAMPLE as COMPANY_FILE
from tests.harness.screens import EXAMPLE, SURVEYS_PAGE

TEXT = SURVEYS_PAGE.read_text("utf-8")


def test_the_example_is_a_survey(tmp_path: Path) -> None:
    """With every type of question, every kind of condition, and a label set."""
    assert {question.kind for question in EXAMPLE.questions} == set(QuestionKind)
    conditions = [condition for question in EXAMPLE.questions for condition in question.conditions]
    assert any(condition.any_of for condition in conditions)
    assert any(len(question.conditions) > 1 for question in EXAMPLE.questions)
    (tmp_path / "example.yaml").write_text(example("yaml"), "utf-8")
    assert load_survey(tmp_path / "example.yaml", ("en", "zh"), ("delivery",)).key == "example"


def test_what_is_named_in_the_company_file() -> None:
    """The page's `[survey]` is that of the example company."""
    company = load_company(COMPANY_FILE)
    shown = tomllib.loads(example("toml"))["survey"]
    rules = company.invitations
    assert shown == {
        "file": rules.file,
        "services": dict(rules.services),
        "campaigns": list(rules.campaigns),
    }


def test_everything_has_its_row() -> None:
    """Types, label sets, keys of a question, and the limits."""
    rows = re.findall(r"^\| `(\w+)`", TEXT, re.MULTILINE)
    keys = ["id", "type", "text", "hint", "dimension", "category", "options", "labels", "when"]
    assert rows == [*keys, *QuestionKind, "labels", "very_satisfied", "satisfied", "four_levels"]
    assert set(RatingLabels) <= set(rows)
    assert f"at most {TEXT_LIMIT:,} characters" in TEXT
    for limit in (HINT_LIMIT, LABEL_LIMIT, FILES_LIMIT):
        assert f"at most {limit}" in TEXT
    assert f"2 to {OPTIONS_LIMIT}" in TEXT


def example(language: str) -> str:
    """The page's one example in this language."""
    (block,) = re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    return str(block)


def test_the_chinese_page_has_the_same_example() -> None:
    """But for its remarks; and it names every key, type and label set, too."""
    chinese = SURVEYS_PAGE.with_name("surveys.zh-CN.md").read_text("utf-8")
    shown = [re.search(r"```yaml\n(.*?)```", page, re.DOTALL) for page in (TEXT, chinese)]
    assert shown[0] is not None
    assert shown[1] is not None
    assert re.sub(r" +# .*", "", shown[0][1]) == re.sub(r" +# .*", "", shown[1][1])
    named = [re.findall(r"^\| `(\w+)`", page, re.MULTILINE) for page in (TEXT, chinese)]
    assert named[0] == named[1]
