"""The recipes of CONTRIBUTING: the files and names they name are there, and none takes more than three files of code."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ("bot", "handlers", "conversations", "domain", "storage", "reports", "texts", "playground")
MOST_FILES = 3
OF_THE_COMPANY = {"surveys/*.yaml", "huifang.toml"}
ELSEWHERE = ("texts/", "docs/", "tests/", "reports/templates/")
"""What a recipe may name besides its code."""


def list_recipes() -> dict[str, str]:
    """What is added, and how."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rows = re.findall(r"^\| (.+?) \| (.+) \|$", text.partition("| what | where |")[2], re.MULTILINE)
    return dict(rows)


RECIPES = list_recipes()


def list_quoted(recipe: str) -> list[str]:
    return [word for word in re.findall(r"`([^`]+)`", recipe) if word not in OF_THE_COMPANY]


def is_path(word: str) -> bool:
    return "/" in word or word.endswith((".toml", ".json"))


@pytest.mark.parametrize("what", RECIPES)
def test_its_files_are_there(what: str) -> None:
    """Every path, however many files it stands for."""
    for word in filter(is_path, list_quoted(RECIPES[what])):
        assert list(ROOT.glob(word)) or list((ROOT / "texts").glob(f"*/{word}")), word


@pytest.mark.parametrize("what", RECIPES)
def test_its_names_are_there(what: str) -> None:
    """Every name is in one of the files that the recipe names, or it is a command of the Makefile."""
    quoted = list_quoted(RECIPES[what])
    files = [path for word in quoted if is_path(word) for path in ROOT.glob(word) if path.is_file()]
    files += [path for word in quoted if word.endswith("/") for path in (ROOT / word).glob("*.py")]
    sources = "\n".join(path.read_text("utf-8") for path in files)
    for word in quoted:
        if word.startswith("make "):
            assert re.search(rf"^{word[5:]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), word
        elif re.fullmatch(r"[A-Za-z_]+", word):
            assert re.search(rf"\b{word}\b", sources), f"{word} is in none of {[path.name for path in files]}"


@pytest.mark.parametrize("what", RECIPES)
def test_it_takes_three_files_at_the_most(what: str) -> None:
    """Texts, pages, tests, templates and migrations aside; of files joined by “or” one is meant."""
    recipe = re.sub(r"`([^`]+)`( \([^)]*\))? or `[^`]+`", r"`\1`", re.sub(r"\(of [^)]*\)", "", RECIPES[what]))
    code = {word for word in list_quoted(recipe) if is_path(word) and not word.startswith(ELSEWHERE)}
    code = {word for word in code if word.endswith((".py", "/")) and not word.startswith("storage/migrations")}
    assert len(code) <= MOST_FILES, sorted(code)


def test_everything_that_is_often_added_has_its_recipe() -> None:
    """From a question to a metric."""
    told = " ".join(RECIPES)
    for what in (
        *("question type", "case state", "case event", "command", "language", "figure", "report", "picture", "fate"),
        *("deadline", "category", "department", "role", "setting", "metric", "button", "timer"),
    ):
        assert what in told, what


FOLDERS = ("bot", "handlers", "conversations", "domain", "storage", "reports", "texts", "playground", "docs", "tests")


@pytest.mark.parametrize("page", ["docs/architecture.md", "README.md", "SECURITY.md"])
def test_pages_name_files_that_are_there(page: str) -> None:
    """Every path of ours that a page names, its walks through the rooms included."""
    text = (ROOT / page).read_text("utf-8")
    paths = set(re.findall(rf"(?<![\w/.])(?:{'|'.join(FOLDERS)})/[\w/*.-]*\w", text))
    missing = sorted(path for path in paths if not list(ROOT.glob(path)))
    assert paths, page
    assert missing == []
