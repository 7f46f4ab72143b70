"""Documentation site: the pages of this folder in English and Chinese, built by Zensical; `python docs/site.py BUILDER` writes it.

1. `docs/site.toml` says what stands where. Pages without Chinese stand in the Chinese site in English, decisions in the English one only.
2. Links are between files of the repository, so that pages can be read there, too; here they become links between pages, and what
   is no page becomes plain text.
3. The builder is strict: a link or a heading that is not there ends the build.
"""  # noqa: INP001

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
BUILD = ROOT / "build"
SITE = tomllib.loads((DOCS / "site.toml").read_text("utf-8"))
LANGUAGES: Mapping[str, str] = {code: language["ending"] for code, language in SITE["languages"].items()}
"""What the name of a page ends with, by language; the first is the one that every page has."""

FIRST = next(iter(LANGUAGES))
OUTSIDE = {name: ROOT / f"{name.upper()}.md" for name in ("contributing", "security", "changelog")}
"""Pages that are kept elsewhere."""

PERMISSIONS = ROOT / "tests" / "handlers" / "access" / "authorisation.txt"
"""What the page of permissions shows: a test compares it with the real handlers."""

_LINK = re.compile(r"(?<!\\)(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
_FENCE = re.compile(r"^( *)(```+|~~~+)", re.MULTILINE)
_SWITCH = re.compile(r"^\[[^\]\n]+\]\([\w.-]+\.md\)\n+", re.MULTILINE)
"""The line that leads to the same page in another language."""


@dataclass(frozen=True, slots=True)
class SiteSection:
    title: Mapping[str, str]
    pages: tuple[str, ...]


def read_sections() -> list[SiteSection]:
    """The sections of the site, the decisions last."""
    sections = [SiteSection(one["title"], tuple(one["pages"])) for one in SITE["section"]]
    decisions = tuple(f"adr/{path.stem}" for path in sorted((DOCS / "adr").glob("*.md")))
    changing = SiteSection(SITE["changing"], tuple(OUTSIDE))
    sections = [replace(one, pages=tuple(page for page in one.pages if find_source(page, FIRST))) for one in sections]
    return [*sections, changing, SiteSection(SITE["decisions"], decisions)]


def find_source(page: str, language: str) -> Path | None:
    """The file of a page in a language: that of the first language where it has none of its own; None for a decision, which has only that."""
    kept = {"permissions": PERMISSIONS, **OUTSIDE}
    own = DOCS / f"{page}{LANGUAGES[language]}.md"
    if page not in kept and own.exists():
        return own
    first = kept.get(page, DOCS / f"{page}.md")
    return first if first.exists() and (language == FIRST or not page.startswith("adr/")) else None


def assemble(language: str, into: Path) -> list[tuple[str, list[str]]]:
    """Write the pages of a language, with their pictures, and return the navigation: a title and the pages of each section."""
    sections = read_sections()
    known = {
        source.relative_to(ROOT).as_posix(): (page, code)
        for section in sections
        for page in section.pages
        for code in LANGUAGES
        if (source := find_source(page, code)) is not None
    }
    known |= {f"README{ending}.md": ("index", code) for code, ending in LANGUAGES.items()}
    known["docs/adr"] = ("architecture", FIRST)
    navigation = []
    for section in sections:
        written = []
        for page in section.pages:
            source = find_source(page, language)
            if source is None:
                continue
            target = into / f"{page}.md"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_convert(source.read_text("utf-8"), source, page, language, known), "utf-8")
            written.append(f"{page}.md")
        if written:
            navigation.append((section.title[language], written))
    shutil.copytree(DOCS / "pictures", into / "pictures", dirs_exist_ok=True)
    shutil.copyfile(DOCS / "openapi.json", into / "openapi.json")
    return navigation


def _convert(text: str, source: Path, page: str, language: str, known: Mapping[str, tuple[str, str]]) -> str:
    """A page as it stands in the site; what is in code stays as it is."""
    if source == PERMISSIONS:
        return f"# Permissions\n\nEvery button and command, tried by everybody in every kind of chat.\n\n```text\n{text}```\n"
    text = _indent_lists(_SWITCH.sub("", text, count=1))
    parts = re.split(r"(^ *```.*?^ *```)", text, flags=re.DOTALL | re.MULTILINE)
    return "".join(
        part if n % 2 else _LINK.sub(lambda found: _convert_link(found, source, page, language, known), part)
        for n, part in enumerate(parts)
    )


def _indent_lists(text: str) -> str:
    """What belongs to an item of a numbered list stands three spaces in, in the repository; the builder's Markdown wants four."""
    lines: list[str] = []
    in_list = False
    for line in text.splitlines():
        if re.match(r"\d+\. ", line):
            lines += [""] * (in_list and lines[-1].startswith(" "))  # else it would be a part of what stands above it
            in_list = True
        elif line and not line.startswith(" "):
            in_list = False
        lines.append(f" {line}" if in_list and line.startswith("   ") else line)
    return "\n".join(lines) + "\n"


def _convert_link(
    link: re.Match[str], source: Path, page: str, language: str, known: Mapping[str, tuple[str, str]]
) -> str:
    picture, words, target = link.groups()
    if re.match(r"[a-z]+:|#", target):
        return link[0]
    path, hash_, anchor = target.partition("#")
    place = os.path.relpath((source.parent / path).resolve(), ROOT)
    up = "../" * page.count("/")
    if place.startswith("docs/pictures/") or place == "docs/openapi.json":
        return f"{picture}[{words}]({up}{place.removeprefix('docs/')})"
    if place.removesuffix("/") not in known:
        return words
    wanted, code = known[place.removesuffix("/")]
    if find_source(wanted, language) is not None:
        is_same = find_source(wanted, language) == find_source(wanted, code)
        anchored = hash_ + anchor if is_same else ""
        return f"[{words}]({up}{wanted}.md{anchored})"
    # The other language's site is beside this one's folder; the builder makes a link between files one between addresses.
    return f"[{words}]({up}../{wanted}/{hash_}{anchor})"


def write_settings(language: str, folder: Path, navigation: Sequence[tuple[str, Sequence[str]]]) -> Path:
    """The builder's settings for one language."""
    nav = ", ".join(f"{{ {_quote(title)} = [{', '.join(map(_quote, pages))}] }}" for title, pages in navigation)
    path = folder / f"{language}.toml"
    own = "" if language == FIRST else f"{language}/"
    up = "./" if language == FIRST else "../"
    others = "\n".join(
        f'[[project.extra.alternate]]\nname = "{SITE["languages"][code]["name"]}"\n'
        f'link = "{up if code == FIRST else f"{up}{code}/"}"\nlang = "{code}"\n'
        for code in LANGUAGES
    )
    path.write_text(
        f"""[project]
site_name = {_quote(SITE["site_name"])}
site_description = "Asks after every delivery, and sees every complaint through."
docs_dir = {_quote(f"site-sources/{language}")}
site_dir = {_quote(f"site/{own}")}
use_directory_urls = true
nav = [{nav}]

{others}
[project.theme]
language = "{language}"
font = false
features = ["content.code.copy", "navigation.footer", "navigation.indexes", "navigation.sections", "navigation.top", "search.highlight"]
icon.alternate = "lucide/languages"

[[project.theme.palette]]
media = "(prefers-color-scheme: light)"
scheme = "default"
toggle.icon = "lucide/sun"
toggle.name = "Dark"

[[project.theme.palette]]
media = "(prefers-color-scheme: dark)"
scheme = "slate"
toggle.icon = "lucide/moon"
toggle.name = "Light"

[project.markdown_extensions]
attr_list = {{}}
tables = {{}}
toc.permalink = true
toc.slugify.object = "pymdownx.slugs.slugify"
toc.slugify.kwds = {{ case = "lower" }}
pymdownx.highlight.pygments_lang_class = true
pymdownx.superfences.custom_fences = [{{ name = "mermaid", class = "mermaid", format = "pymdownx.superfences.fence_code_format" }}]
""",
        "utf-8",
    )
    return path


def _quote(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'


def main(builder: str) -> int:
    """Build both languages into build/site; the status of the first that fails."""
    sources = BUILD / "site-sources"
    for folder in (sources, BUILD / "site"):
        shutil.rmtree(folder, ignore_errors=True)
    for language in LANGUAGES:
        navigation = assemble(language, sources / language)
        settings = write_settings(language, BUILD, navigation)
        status = subprocess.run([builder, "build", "--strict", "--config-file", str(settings)], check=False).returncode  # noqa: S603 -- ours
        if status:
            return status
    lost = find_lost_links(BUILD / "site")
    for link in lost:
        sys.stderr.write(f"{link} leads nowhere\n")
    return 1 if lost else 0


def find_lost_links(site: Path) -> list[str]:
    """Links and pictures that lead to no file, those from one language to the other among them, which the builder does not know."""
    lost = []
    for page in sorted(site.rglob("*.html")):
        for target in re.findall(r"""(?:href|src)=["']?([^"' >#]+)""", page.read_text("utf-8")):
            if re.match(r"[a-z]+:|//", target) or page.name == "404.html":
                continue
            path = (page.parent / target).resolve()
            if not (path / "index.html" if path.is_dir() else path).exists():
                lost.append(f"{page.relative_to(site)}: {target}")
    return lost


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
