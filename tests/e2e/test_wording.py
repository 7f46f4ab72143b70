"""A company's own words in the real process: in messages, on buttons, in the menu and on the staff's cards; a wrong one stops the start."""

import shutil
from pathlib import Path

import pytest

from tests.harness.bot_process import run_huifang, write_company
from tests.harness.stage import StoryStage, list_labels

OWN = """\
# The company's own words.
rating-offer = That should not have happened. <b>Shall we put it right?</b>
rating-file = Yes, please
act-accept = Mine
menu-complain = Tell us what went wrong
case-filed =
    We have it: { $number }.

    An answer comes by { $due }.
"""


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example company, in its own words."""
    folder = tmp_path_factory.mktemp("own-words")
    write_company(folder)
    (folder / "wording").mkdir()
    (folder / "wording" / "en.ftl").write_text(OWN.replace("<b>", "").replace("</b>", ""), "utf-8")
    return folder


async def test_people_are_told_in_the_companys_own_words(stage: StoryStage) -> None:
    """From the survey to the card: what is pressed does what it always did."""
    customer = await stage.rate_delivery(2)
    await customer.see("Shall we put it right?")
    await customer.press("Yes, please")
    filed = await customer.see("We have it: C-")
    assert "\n\nAn answer comes by 20" in filed["text"]
    li = stage.at("transport", stage.li)
    card = await stage.card("transport", "C-")
    assert list_labels(card)[0] == "Mine"
    await li.press("Mine")
    await li.see("Owner: Li")
    menus = [call for call in await stage.telegram.calls("setMyCommands") if "Tell us what went wrong" in str(call)]
    assert menus


async def test_a_wrong_word_stops_the_start(stage: StoryStage) -> None:
    """Not one by one when somebody needs them: all of them, with their places, before anything is served; the old process is not touched."""
    folder = stage.bot.folder.parent / "wrong"
    shutil.copytree(stage.bot.folder, folder, ignore=shutil.ignore_patterns("*.db*", "*.log"))
    (folder / "wording" / "en.ftl").write_text(OWN + "solved = { $who }\n", "utf-8")
    env = stage.bot.environment | {"HUIFANG_CONFIG": str(folder / "huifang.toml")}
    code, _, why = await run_huifang(["run"], env)
    assert code == 1
    lines = [line for line in why.splitlines() if "wording" in line]
    assert [line.partition("en.ftl:")[2].partition(": ")[0] for line in lines] == ["2", "10"]
    assert "Traceback" not in why
