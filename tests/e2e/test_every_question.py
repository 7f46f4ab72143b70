"""The survey of docs/surveys.md in the real process: every type of question pressed, written or sent, and read back from the rows (S4)."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.models import answers
from tests.harness.bot_process import EXAMPLE
from tests.harness.screens import SURVEYS_PAGE
from tests.harness.stage import StoryStage, list_labels


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example company, whose deliveries are asked about with the page's example."""
    folder = tmp_path_factory.mktemp("documented")
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    text = SURVEYS_PAGE.read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]
    (folder / "surveys" / "delivery.yaml").write_text(text, "utf-8")
    return folder


async def test_every_type_of_question(stage: StoryStage) -> None:
    """From the first tap to the thanks, with a kill in the middle; each answer is stored once, as its type keeps it."""
    customer = await stage.open_survey()

    async def press(label: str, then: str) -> None:
        await stage.telegram.settle()
        await customer.press(label)
        await customer.see(then)

    await press("2", "What went wrong?")
    await press("Damaged", "Question 2")
    await press("Done", "Would you like to show us?")
    await customer.say(photo=True)
    await customer.see("1 photo. Send more")
    await stage.bot.kill()
    await stage.bot.start()
    await customer.say(photo=True, caption="The other side")
    await customer.see("2 photos. Send more")
    await press("Done", "How were the goods handled?")
    four = await customer.see("1 very dissatisfied · 2 dissatisfied · 4 satisfied · 5 very satisfied")
    assert [label[-1] for label in list_labels(four)[:4]] == ["1", "2", "4", "5"]
    await press("4", "How likely are you to recommend us?")
    await press("8", "May we call you?")
    await press("Yes", "How can we reach you?")
    await press("Back", "May we call you?")
    await stage.telegram.settle()
    assert "✓ Yes" in await customer.buttons()
    await press("Back", "How likely are you to recommend us?")
    await press("10", "What is best about us?")
    await press("The people", "Anything else?")
    await press("Back", "What is best about us?")
    await press("Back", "How likely are you to recommend us?")
    await press("7", "May we call you?")
    await press("Skip", "How can we reach you?")
    await customer.contact()
    await customer.see("Anything else?")
    await customer.say("Friendly man")
    await customer.see("Thank you.")
    stored = await stage.rows(
        select(answers.c.question, answers.c.kind, answers.c.levels, answers.c.score, answers.c.words)
    )
    rows = {
        row.question: (row.kind, row.levels, row.score if row.score is not None else json.loads(row.words))
        for row in stored
    }
    pictures = rows.pop("pictures")
    assert [one.partition(":")[0] for one in pictures[2]] == ["photo", "photo", "said"]
    assert rows == {
        "overall": ("rating", 5, 2),
        "reasons": ("choices", 5, ["damaged"]),
        "handling": ("rating", 4, 4),
        "recommend": ("nps", 11, 7),
        "call": ("yesno", 2, 1),
        "contact": ("contact", 5, stage.wang.phone),
        "comment": ("text", 5, "Friendly man"),
    }
