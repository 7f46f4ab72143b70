"""The example company's files in a folder of their own, changed in one place, and what the bot says about them."""

from pathlib import Path

import pytest

from bot.company.company import load_company
from bot.company.mistakes import Mistakes
from tests.harness.in_process import EXAMPLE

TOML = EXAMPLE.read_text("utf-8")
YAML = (EXAMPLE.parent / "surveys" / "delivery.yaml").read_text("utf-8")
KEY = "key has letters, digits, - and _ only, at most"


def find_mistakes(folder: Path) -> list[str]:
    """What is wrong with the files of this folder, without its name."""
    with pytest.raises(Mistakes) as caught:
        load_company(folder / "huifang.toml")
    assert str(caught.value) == "\n".join(str(mistake) for mistake in caught.value.found)
    return [str(mistake).replace(f"{folder}/", "") for mistake in caught.value.found]


def change_text(text: str, old: str, new: str) -> tuple[str, int]:
    """The text with one place changed, and that place's line."""
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1), text[: text.index(old)].count("\n") + 1


def write_company(folder: Path, old: str, new: str) -> tuple[list[str], int]:
    text, line = change_text(TOML, old, new)
    (folder / "huifang.toml").write_text(text, "utf-8")
    return find_mistakes(folder), line


def write_survey(folder: Path, old: str, new: str) -> tuple[list[str], int]:
    text, line = change_text(YAML, old, new)
    (folder / "surveys" / "delivery.yaml").write_text(text, "utf-8")
    return find_mistakes(folder), line
