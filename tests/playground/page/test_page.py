"""The page's files over HTTP."""

from __future__ import annotations

import re

import aiohttp
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from yarl import URL

from playground.page.page import FOLDER, PRESSED, add_page, words
from playground.server import serve
from texts import FOLDER as TEXTS_FOLDER
from texts import LANGUAGES

ROOT = FOLDER.parents[1]
SAID = {".ftl", ".json", ".toml", ".yaml", ".py", ".js"}


TEXTS = {"text/html", "text/css", "text/javascript", "image/svg+xml"}


async def test_every_file_is_served_and_may_load_only_its_own() -> None:
    """The page and all its parts come with their type and a policy that lets nothing else in."""
    names = [path.name for path in FOLDER.iterdir() if path.suffix in {".html", ".css", ".js", ".svg", ".woff"}]
    async with serve(extend=lambda app, _world: add_page(app)) as server, aiohttp.ClientSession(server.url) as http:
        for path in ("/", *(f"/page/{name}" for name in names)):
            async with http.get(path) as response:
                assert response.status == 200, path
                assert "default-src 'self'" in response.headers["Content-Security-Policy"]
                assert response.headers["X-Content-Type-Options"] == "nosniff"
                assert response.content_type in {*TEXTS, "font/woff"}


async def test_the_words_of_every_language_are_served() -> None:
    """At once, so that switching asks nobody: what the page says, whom each language is for, and what the bot's buttons say."""
    async with (
        serve(extend=lambda app, _world: add_page(app)) as server,
        aiohttp.ClientSession(server.url) as http,
        http.get("/page/words.json") as response,
    ):
        assert response.content_type == "application/json"
        served = await response.json()
    assert tuple(served["languages"]) == LANGUAGES
    assert served["languages"]["zh"]["name"] == "中文"
    assert "zh-Hans" in served["languages"]["zh"]["codes"]
    assert served["fallback"] == "en"
    assert served["buttons"]["act-accept"][:2] == ["Accept", "受理"]


def test_every_emoji_of_ours_is_in_the_font() -> None:
    """Those in texts, questions and the page's own files; signs such as ✓ and ☐ are in every ordinary typeface."""
    folders = (TEXTS_FOLDER, ROOT / "bot" / "example", ROOT / "conversations", ROOT / "handlers", FOLDER)
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in SAID]
    said = {
        ord(sign) for path in files for sign in path.read_text("utf-8") if ord(sign) > 0x1F000 or sign in "⏰⚠✅❌❗⭐"
    }
    assert len(said) > 10
    assert said <= TTFont(FOLDER / "emoji.woff").getBestCmap().keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_words_in_every_language(language: str) -> None:
    """None is missing, none is empty, and none is said that nobody asks for."""
    page, english = words()["languages"][language], words()["languages"]["en"]
    for part in ("words", "tour", "write"):
        assert page[part].keys() == english[part].keys()
        assert all(page[part].values())


def test_every_word_that_the_page_asks_for_is_there() -> None:
    """Those that its files name in full, and those of roles."""
    english = words()["languages"]["en"]
    said = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.js"))
    asked = set(re.findall(r'\bt(?:Label|Placeholder)?(?:: |\()"(\w+)"', said)) - {"language"}
    assert len(asked) > 40
    assert asked <= english["words"].keys()
    assert re.findall(r'^    tell: "(\w+)"', said, re.MULTILINE) == list(english["tour"])
    assert re.findall(r'^    write: "(\w+)"', said, re.MULTILINE) == list(english["write"])
    assert set(re.findall(r'\bbutton\("([\w-]+)"\)', said)) == set(PRESSED)


@pytest.mark.parametrize("name", ["..%2Fpage.py", "%2e%2e%2fpage.py", "nothing.js", "%2Fetc%2Fpasswd"])
async def test_nothing_else_is_served(name: str) -> None:
    """A name that is not in the folder is not found, however it is written."""
    async with serve(extend=lambda app, _world: add_page(app)) as server, aiohttp.ClientSession() as http:
        address = f"{server.url}/page/{name}"
        async with http.get(URL(address, encoded=True)) as response:
            assert response.status == 404


def test_the_page_asks_nobody_else_and_writes_no_markup() -> None:
    """No file names an address elsewhere, and no text is ever put into the page as markup."""
    for path in (path for path in FOLDER.iterdir() if path.is_file() and path.suffix != ".woff"):
        text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        text = text.replace('const SVG = "http://www.w3.org/2000/svg"', "")
        assert "://" not in text.replace("`https://${plain}`", ""), path.name
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert word not in text, (path.name, word)
