"""The site has every page, in a section each; its links are made as the builder wants them, and none of them is lost."""

import re
from pathlib import Path

import pytest

from docs import site
from docs.site import BUILD, DOCS, LANGUAGES, assemble, find_lost_links, read_sections
from tests.docs.test_readmes import list_headings, list_targets

CHINESE = sorted(path.name.removesuffix(".zh-CN.md") for path in DOCS.glob("*.zh-CN.md"))


def test_every_page_is_in_one_section() -> None:
    """None is written that nobody finds, and none stands there twice."""
    listed = [page for section in read_sections() for page in section.pages]
    assert len(listed) == len(set(listed))
    there = {
        str(path.relative_to(DOCS)).removesuffix(".md") for path in DOCS.rglob("*.md") if ".zh-CN" not in path.name
    }
    assert {page for page in listed if page not in {"permissions", *site.OUTSIDE}} == there


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_assembled(tmp_path: Path, language: str) -> None:
    """With their pictures; what is no page is text, what is in code stays, and the switch to the other language is the site's."""
    navigation = assemble(language, tmp_path)
    pages = [page for _, listed in navigation for page in listed]
    assert pages[0] == "index.md"
    assert len(pages) > 40
    for page in pages:
        text = (tmp_path / page).read_text("utf-8")
        bare = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        for target in re.findall(r"\]\(([^()\s]+)\)", bare):
            assert not target.startswith("../../../"), (page, target)
            assert ".zh-CN" not in target, (page, target)
            if target.endswith((".png", ".webp")):
                assert (tmp_path / page).parent.joinpath(target).exists(), (page, target)
    assert "[简体中文](" not in (tmp_path / "index.md").read_text("utf-8")


def test_a_link_to_the_other_language_leads_out(tmp_path: Path) -> None:
    """A decision is read in the English site; a page that there is in English only stands in the Chinese one, with its headings."""
    assemble("zh", tmp_path)
    text = (tmp_path / "proxy.md").read_text("utf-8")
    assert "(postgresql.md#several-replicas)" in text
    assert "(deploying.md#docker-compose)" in text
    assert "(../adr/0001-our-own-conversation-engine/)" in (tmp_path / "comparison.md").read_text("utf-8")


def test_a_numbered_list_keeps_what_belongs_to_it(tmp_path: Path) -> None:
    """A command within a step is part of the step, and does not end the list."""
    assemble("en", tmp_path)
    text = (tmp_path / "golive.md").read_text("utf-8")
    assert "\n2. In the folder" in text
    assert "\n    ```sh\n    python3 -m venv .venv\n" in text
    assert "\n## Polling or webhook\n" in text


@pytest.mark.parametrize("page", CHINESE)
def test_a_chinese_page_says_what_the_english_one_says(page: str) -> None:
    """As far as can be compared without knowing the language: the same sections, links and pictures; each names the other."""
    english, chinese = ((DOCS / f"{page}{ending}.md").read_text("utf-8") for ending in LANGUAGES.values())
    assert list_headings(english) == list_headings(chinese)
    assert list_targets(english) == list_targets(chinese)
    assert f"({page}.zh-CN.md)" in english
    assert f"({page}.md)" in chinese


def test_a_lost_link_is_found(tmp_path: Path) -> None:
    """The check of what was built is not blind; other sites are not its affair."""
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "index.html").write_text("")
    (tmp_path / "index.html").write_text(
        '<a href="there/">a</a> <a href=gone/>b</a> <img src="x.png"> <a href="https://a.b/">c</a>'
    )
    assert find_lost_links(tmp_path) == ["index.html: gone/", "index.html: x.png"]


@pytest.mark.skipif(not (BUILD / "site").exists(), reason="`make site` has not been run here")
def test_what_was_built_is_whole() -> None:
    """Both languages, each with its first page and its search."""
    for own in ("", "zh"):
        assert (BUILD / "site" / own / "index.html").exists()
        assert (BUILD / "site" / own / "search.json").exists()
    assert find_lost_links(BUILD / "site") == []
