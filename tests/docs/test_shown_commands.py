"""Every command and setting that a page shows is one: parsed by the real command line, read by the real readers, tried by the real servers."""

import copy
import json
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from bot import settings as environment
from bot.commands.cli import main
from bot.company.company import load_company
from bot.company.presets import build_company_file
from bot.company.survey_rules import SurveyRules
from bot.settings import VARIABLES
from handlers.commands import COMMANDS
from tests.harness.databases import SECRET
from tests.harness.in_process import EXAMPLE
from texts import Texts
from texts.messages import read_messages
from texts.wording import find_flaws, list_labels

ROOT = Path(__file__).parents[2]
PAGES = {
    str(path.relative_to(ROOT)): path.read_text("utf-8") for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
}
NAMES = {variable.name for variable in VARIABLES}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
EMPHASISED = {"2", "reply", "reply to the card", "回复", "回复卡片"}
"""What is in bold and no button."""

NO_FILE = ("does not exist", "No such file")
SELF_SIGNED = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=bot.example.com"]


def list_blocks(page: str, *kinds: str) -> Iterator[str]:
    """What stands in fences of these kinds, without the indentation of a list."""
    for indent, kind, block in re.findall(r"^( *)```(\w*)\n(.*?)^ *```", PAGES[page], re.DOTALL | re.MULTILINE):
        if kind in kinds:
            yield "".join(line.removeprefix(indent) for line in block.splitlines(keepends=True))


def list_lines(page: str) -> Iterator[str]:
    """What is typed at a shell: in a console after the prompt, in a script every line; a line that goes on is one."""
    for block in list_blocks(page, "console"):
        yield from (line[2:] for line in block.splitlines() if line.startswith("$ "))
    for block in list_blocks(page, "sh"):
        begun = ""
        for line in block.replace("\\\n", " ").splitlines():
            begun = f"{begun} {line.partition('  #')[0]}"
            if begun.count("'") % 2 == 0:
                yield begun
                begun = ""


def list_calls(page: str) -> Iterator[list[str]]:
    """The arguments of every call of our own command, in fences and in the text."""
    for line in list_lines(page):
        words = _split(line)
        for at, word in enumerate(words):
            if word.rpartition("/")[2] == "huifang" and at + 1 < len(words) and words[at + 1] in main.commands:
                yield words[at + 1 :]
    prose = re.sub(r"^ *```.*?^ *```", "", PAGES[page], flags=re.DOTALL | re.MULTILINE)
    for said in re.findall(r"`huifang ([a-z][^`]*)`", " ".join(prose.split())):
        yield _split(re.sub(r"[\[\]]", "", said))


def _split(line: str) -> list[str]:
    """Words of a line as a shell sees them, up to what goes on elsewhere (a pipe, a comment)."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>()")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in lexer:
        if words and set(word) <= set("|&;<>()"):
            break
        words.append(word)
    return [word for word in words if word]


@pytest.mark.parametrize("page", PAGES)
def test_commands_are_understood(page: str) -> None:
    """By the command line itself, with every option; files that are not there are nothing against a command."""
    for arguments in list_calls(page):
        try:
            context = main.make_context("huifang", list(arguments))
            name, command, rest = main.resolve_command(context, [*context._protected_args, *context.args])
            assert command is not None
            made = command.make_context(name, rest, parent=context)
            if isinstance(command, click.Group) and (below := [*made._protected_args, *made.args]):
                name, inner, rest = command.resolve_command(made, below)
                assert inner is not None
                inner.make_context(name, rest, parent=made)
        except click.exceptions.NoArgsIsHelpError:
            continue
        except click.UsageError as error:
            said = error.format_message()
        else:
            continue
        is_named_alone = len(arguments) <= 2 and said.startswith("Missing argument")
        assert is_named_alone or any(words in said for words in NO_FILE), f"{page}: {arguments}: {said}"


@pytest.mark.parametrize("page", PAGES)
def test_make_has_the_targets(page: str) -> None:
    """`make playground` and the others."""
    asked = {words[1] for line in list_lines(page) if (words := _split(line))[:1] == ["make"] and len(words) > 1}
    assert asked <= TARGETS


@pytest.mark.parametrize("page", PAGES)
def test_variables_are_known(page: str) -> None:
    """Every HUIFANG_… that is named anywhere on a page; and what stands in a file of settings is read as it stands."""
    named = set(re.findall(r"HUIFANG_[A-Z_]*[A-Z]", PAGES[page]))
    assert {name for name in named if not any(known.startswith(name) for known in NAMES)} - {
        "HUIFANG_WRITE",
        "HUIFANG_PROVE",
    } == set()
    for block in list_blocks(page, "ini"):
        given = dict(re.findall(r"^(HUIFANG_\w+)=(.*)$", block, re.MULTILINE))
        given = {name: value.replace("NEW", SECRET).replace("OLD", SECRET[::-1]) for name, value in given.items()}
        environment.read(given)


@pytest.mark.parametrize(
    "page", ["docs/company.md", "docs/company.zh-CN.md", "docs/surveys.md", "docs/surveys.zh-CN.md"]
)
def test_settings_of_the_company_are_read(page: str, tmp_path: Path) -> None:
    """All that a page shows, put into the example in one go, makes a company file without a mistake."""
    shutil.copytree(EXAMPLE.parent, tmp_path, dirs_exist_ok=True)
    whole = tomllib.loads(EXAMPLE.read_text("utf-8"))
    for block in list_blocks(page, "toml"):
        _merge(whole, tomllib.loads(block))
    (tmp_path / "huifang.toml").write_text(_write_toml(whole), "utf-8")
    assert load_company(tmp_path / "huifang.toml").departments


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = copy.deepcopy(value)


def _write_toml(whole: dict[str, Any]) -> str:
    from bot.company.presets import _write_value

    return "".join(f"{key} = {_write_value(value)}\n" for key, value in whole.items())


@pytest.mark.parametrize("page", ["docs/company.md", "docs/company.zh-CN.md"])
def test_questions_are_questions(page: str) -> None:
    """What is shown takes the place of the question of that name in the example's survey."""
    survey = yaml.safe_load((EXAMPLE.parent / "surveys" / "delivery.yaml").read_text("utf-8"))
    for block in list_blocks(page, "yaml"):
        for question in yaml.safe_load(block):
            at = next(n for n, one in enumerate(survey["questions"]) if one["id"] == question["id"])
            survey["questions"][at] = question
    rules = SurveyRules(("zh", "en"), tuple(tomllib.loads(build_company_file("express", {}))["categories"]))
    assert rules.survey(survey, "00000000") is not None
    assert rules.found == []


@pytest.mark.parametrize(("page", "language"), [("docs/wording.md", "en"), ("docs/wording.zh-CN.md", "zh")])
def test_words_of_a_company_pass(page: str, language: str) -> None:
    """What a page shows as a company's own words would be taken from it."""
    blocks = list(list_blocks(page, "fluent"))
    assert blocks
    messages, flaws = read_messages("\n".join(blocks))
    assert [*flaws, *find_flaws(messages, language)] == []


@pytest.mark.parametrize("page", PAGES)
def test_chat_commands_are_answered(page: str) -> None:
    """Everything that is sent to the bot in a block of its own."""
    for block in list_blocks(page, "text"):
        sent = [line for line in block.splitlines() if re.match(r"/[a-z]+(?: |$)", line)]
        assert {line[1:].split()[0] for line in sent} <= set(COMMANDS), page


@pytest.mark.parametrize("page", ["staff", "tutorial"])
@pytest.mark.parametrize(("language", "ending"), [("en", ""), ("zh", ".zh-CN")])
def test_buttons_are_called_what_they_say(page: str, language: str, ending: str) -> None:
    """What a manual shows in bold to be pressed is a label of the bot, or of the playground's page; a number on a label does not count."""
    texts, folder = Texts(), ROOT / "texts" / language
    sources = texts.list_sources(language)
    labels = {sources[key].partition("=")[2].partition("{")[0].strip() for key in list_labels()}
    on_the_page = json.loads((folder / "page.json").read_text("utf-8"))["words"].values()
    pressed = set(re.findall(r"\*\*([^*]+)\*\*", PAGES[f"docs/{page}{ending}.md"]))
    assert len(pressed) > 5
    assert pressed - labels - set(on_the_page) - EMPHASISED == set()


@pytest.mark.skipif(
    shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin") is None, reason="nginx is not installed"
)
@pytest.mark.parametrize("page", ["docs/proxy.md", "docs/proxy.zh-CN.md"])
def test_nginx_takes_its_settings(page: str, tmp_path: Path) -> None:
    """`nginx -t`, with a certificate of our own in place of the real one."""
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [*SELF_SIGNED, "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    (block,) = list_blocks(page, "nginx")
    shown = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", str(certificate), block)
    shown = re.sub(r"/etc/letsencrypt/\S+/privkey.pem", str(key), shown)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{shown}}}\n"
    )
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
    assert nginx is not None
    tried = subprocess.run(
        [nginx, "-t", "-c", str(tmp_path / "nginx.conf")], check=False, capture_output=True, text=True
    )
    assert tried.returncode == 0, tried.stderr


@pytest.mark.skipif(shutil.which("caddy") is None, reason="caddy is not installed")
@pytest.mark.parametrize("page", ["docs/proxy.md", "docs/proxy.zh-CN.md"])
def test_caddy_takes_its_settings(page: str, tmp_path: Path) -> None:
    """`caddy validate`."""
    (block,) = list_blocks(page, "caddyfile")
    (tmp_path / "Caddyfile").write_text(block)
    tried = subprocess.run(
        ["caddy", "validate", "--config", str(tmp_path / "Caddyfile")], check=False, capture_output=True, text=True
    )
    assert tried.returncode == 0, tried.stderr


def test_the_checks_are_not_blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that there is not, an option that there is not, and a misspelt variable are found."""
    monkeypatch.setitem(
        PAGES,
        "a",
        "```sh\n.venv/bin/huifang check --previw | cat\ndocker run x huifang init --yes\n```\n`huifang wordng x` HUIFANG_TOKN",
    )
    assert list(list_calls("a")) == [["check", "--previw"], ["init", "--yes"], ["wordng", "x"]]
    with pytest.raises(AssertionError):
        test_commands_are_understood("a")
    with pytest.raises(AssertionError):
        test_variables_are_known("a")
