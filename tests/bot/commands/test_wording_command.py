"""`huifang wording`: an operator sees a text in a chat and finds which message it is, and how to say it in other words."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.cli import main
from texts import Texts
from texts.length import plain

Huifang = Callable[..., Result]
HOW = "write it into wording/zh.ftl and wording/en.ftl (--copy does) and change it; then `huifang check`"


@pytest.fixture
def huifang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Huifang:
    """The command line in a folder where `init` has been."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HUIFANG_CONFIG", raising=False)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, env={"LC_ALL": "C.UTF-8"}, catch_exceptions=False)

    assert run("init", "--yes").exit_code == 0
    return run


def list_keys(result: Result) -> list[str]:
    return [line.partition("\t")[0] for line in result.stdout.splitlines() if "\t" in line]


def as_in_a_chat(language: str, key: str, **args: str | int) -> str:
    return plain(Texts().html(language, key, args))


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("was not solved", "not-solved"),
        ("File a complaint", "rating-file"),
        ("这次不用了", "rating-no-thanks"),
        ("not SOLVED", "not-solved"),
        (as_in_a_chat("en", "case-filed", number="C-261130-0001", due="2026-12-07 18:00"), "case-filed"),
        (as_in_a_chat("zh", "case-filed", number="C-261130-0001", due="2026-12-07 18:00"), "case-filed"),
        (as_in_a_chat("en", "case-again", number="C-261130-0001", round=2), "case-again"),
        (as_in_a_chat("zh", "phone-linked", count=3), "phone-linked"),
        ("Hello, this is Example Express.", "greeting"),
    ],
)
def test_a_text_is_found(huifang: Huifang, said: str, key: str) -> None:
    """By a few words of it, and as it stands in a chat: with numbers, names and moments in it, among the first."""
    assert key in list_keys(huifang("wording", said))[:3]


def test_every_text_with_words_is_found_by_itself(huifang: Huifang) -> None:
    """Each says itself, so that no message is out of reach."""
    lost = []
    for line in huifang("wording", "--list", "--language", "en").stdout.splitlines()[::40]:
        key, _, said = line.partition("\t")
        has_words = re.search("[A-Za-z]{3}", re.sub(r"\{[^{}]*\}", "", said))
        if has_words and key not in list_keys(huifang("wording", "--language", "en", said)):
            lost.append((key, said))
    assert lost == []


def test_a_message_is_shown(huifang: Huifang) -> None:
    """Where it stands, what stands in it, in each language that the company offers, ready to be copied."""
    shown = huifang("wording", "not-solved").stdout
    assert shown.splitlines() == [
        "not-solved: stands on a button",
        "  what stands in it: only its own words",
        "",
        "zh",
        "not-solved = 未解决",
        "",
        "en",
        "not-solved = Not solved",
        "",
        f"to say it in other words, {HOW}",
    ]
    assert "  what stands in it: { $due }, { $number }" in huifang("wording", "case-filed").stdout


def test_copied_changed_and_checked(huifang: Huifang, tmp_path: Path) -> None:
    """The way of an operator: find, copy, change, check; what is changed is found by what it says now, and copying again changes nothing."""
    file = tmp_path / "wording" / "en.ftl"
    assert huifang("wording", "not-solved", "--copy").stdout.splitlines()[-2:] == [
        "wrote wording/zh.ftl",
        "wrote wording/en.ftl",
    ]
    file.write_text(file.read_text("utf-8").replace("Not solved", "Still broken"), "utf-8")
    assert huifang("check").exit_code == 0
    assert list_keys(huifang("wording", "still broken"))[0] == "not-solved"
    assert "en  (wording/en.ftl)\nnot-solved = Still broken" in huifang("wording", "not-solved", "--copy").stdout
    huifang("wording", "--language", "en", "case-filed", "--copy")
    assert file.read_text("utf-8").splitlines()[:2] == ["not-solved = Still broken", "case-filed ="]
    assert huifang("check").exit_code == 0
    file.write_text("not-solved = <b>No</b>\n", "utf-8")
    refused = huifang("check")
    assert refused.exit_code == 1
    assert "wording/en.ftl:1: not-solved: has < > or &" in " ".join(refused.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (["wording"], 2, "write a text or the name of a message, or --list"),
        (["wording", "--list", "back"], 2, "write a text or the name of a message, or --list"),
        (["wording", "qwxz vvkk"], 1, "no message says this"),
        (["wording", "Not solved", "--copy"], 1, "Not solved: is not the name of a message"),
        (["wording", "back", "--language", "fr"], 1, "--language: there are no texts in fr; there are en, zh, zh-TW"),
    ],
)
def test_what_is_not_there(huifang: Huifang, arguments: list[str], code: int, why: str) -> None:
    """Is said in one line."""
    result = huifang(*arguments)
    assert (result.exit_code, why in result.output) == (code, True)


@pytest.mark.usefixtures("huifang")
def test_a_reader_who_has_enough(tmp_path: Path) -> None:
    """`| head` ends the list without a word about it."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    lists = [sys.executable, "-m", "bot", "wording", "--list", "--language", "en"]
    with subprocess.Popen(
        lists, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
