"""`huifang init`: questions with defaults in the operator's language, or flags; nothing is overwritten silently."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.commands.cli import main
from bot.commands.init_command import find_operator_language
from bot.company.presets import PRESETS

Init = Callable[..., Result]
TOKEN = "123456:AbC-dEf"


@pytest.fixture
def init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Init:
    """The command in a folder of its own; `given` is what is typed, a line each."""
    for name in ("HUIFANG_TOKEN", "HUIFANG_SECRET", "HUIFANG_CONFIG", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, given: tuple[str, ...] = (), locale: str = "C.UTF-8") -> Result:
        env = {"LC_ALL": "", "LANG": locale}
        typed = "".join(f"{line}\n" for line in given)
        return CliRunner().invoke(main, ["init", *arguments], env=env, input=typed, catch_exceptions=False)

    return run


def read(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "huifang.toml").read_text("utf-8"))


def test_enter_everywhere_is_the_example(init: Init, tmp_path: Path) -> None:
    """Preset, languages, two names, zone, country, token, and yes."""
    asked = init(given=("",) * 8)
    assert asked.exit_code == 0, asked.output
    assert read(tmp_path)["company"]["languages"] == ["en", "zh"]  # the operator's own first
    assert read(tmp_path)["company"]["name"]["zh"] == "示例速运"
    assert "put the token from @BotFather into .env" in asked.stdout
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_answers_are_asked_again_until_they_are_right(init: Init, tmp_path: Path) -> None:
    """In Chinese where the terminal is; each wrong one with its reason; what one answer says is the next one's default."""
    answers = (
        "汽运",
        "trucking",
        "zh,fr",
        "zh,en",
        " ",
        "顺通",
        "",
        "Mars",
        "Europe/Berlin",
        "",
        "nonsense",
        TOKEN,
        "",
    )
    asked = init(given=answers, locale="zh_CN.UTF-8")
    assert asked.exit_code == 0, asked.output
    for reason in ("没有“汽运”", "没有 fr 的文字", "名称要有 1 到 64 个字", "“Mars”不是时区", "这不像机器人令牌"):
        assert reason in asked.stderr
    written = read(tmp_path)
    assert "dispatch" in written["departments"]
    assert written["company"] == {
        "name": {"en": "顺通", "zh": "顺通", "zh-TW": "顺通"},
        "timezone": "Europe/Berlin",
        "languages": ["zh", "en"],
        "phone_region": "DE",
    }
    assert written["calendar"]["holidays"] == "DE"
    assert (written["privacy"]["controller"], written["privacy"]["country"]) == ({}, {})  # never the example's
    assert "\n# 送达多久之后询问客户" in (tmp_path / "huifang.toml").read_text("utf-8")
    assert f"HUIFANG_TOKEN={TOKEN}\n" in (tmp_path / ".env").read_text()
    assert "请把 @BotFather 给的令牌写进" not in asked.stdout


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("language", ["en", "zh", "zh-TW"])
def test_every_preset_by_flags(init: Init, tmp_path: Path, preset: str, language: str) -> None:
    """Without a question, and green."""
    flags = ("--preset", preset, "--languages", language, "--name", "Ours", "--zone", "Asia/Taipei", "--token", TOKEN)
    made = init("--yes", *flags, "--language", language)
    assert made.exit_code == 0, made.output
    assert set(read(tmp_path)["company"]["name"].values()) == {"Ours"}
    assert read(tmp_path)["company"]["phone_region"] == "TW"
    assert "HUIFANG_SECRET=" in (tmp_path / ".env").read_text()
    checked = CliRunner().invoke(main, ["check"], env={"HUIFANG_BOT_API": "http://127.0.0.1:1"})
    wrong = [line for line in checked.output.splitlines() if line.startswith("wrong")]
    assert len(wrong) == 1, checked.output  # nobody answers where the Bot API is said to be
    assert wrong[0].startswith("wrong  token")


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        (("--preset", "circus"), "There is no “circus”; choose from express, trucking, ecommerce, warehouse."),
        (("--languages", "fr"), "There are no texts in fr"),
        (("--zone", "Mars"), "“Mars” is no time zone"),
        (("--country", "Narnia"), "“Narnia” is no country"),
        (("--token", "x"), "does not look like a bot token"),
        (("--name", "fr=Dupont"), "“fr=Dupont”: a name for one language is written like zh=…"),
    ],
)
def test_a_wrong_flag_is_wrong_usage(init: Init, tmp_path: Path, flags: tuple[str, str], reason: str) -> None:
    """With its reason, and nothing is written."""
    refused = init("--yes", *flags)
    assert refused.exit_code == 2
    assert flags[0] in refused.stderr
    assert reason in " ".join(refused.stderr.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", [(), ("", "", "", "", "", "", "", "n")])
def test_who_does_not_agree_writes_nothing(init: Init, tmp_path: Path, given: tuple[str, ...]) -> None:
    """Neither a no nor the end of the input leaves a file."""
    ended = init(given=given)
    assert (ended.exit_code, ended.stderr.splitlines()[-1]) == (1, "Error: nothing was written")
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_stays(init: Init, tmp_path: Path) -> None:
    """The company file, a survey, the secret and the token; --force replaces the first two, and never the others."""
    assert init("--yes").exit_code == 0
    assert (
        init("--yes", "--preset", "trucking").stderr
        == "Error: huifang.toml exists; edit it, or replace it with --force\n"
    )
    (tmp_path / "huifang.toml").unlink()
    (tmp_path / "surveys" / "relationship.yaml").write_text("own")
    kept = init("--yes", "--token", TOKEN)
    assert "surveys/relationship.yaml was there and stays as it is" in kept.stdout
    secret = (tmp_path / ".env").read_text()
    assert f"HUIFANG_TOKEN={TOKEN}\n" in secret
    again = init("--yes", "--force", "--token", "99:zzz")
    assert ".env has a token already and stays as it is" in again.stdout
    assert (tmp_path / "surveys" / "relationship.yaml").read_text() != "own"
    assert (tmp_path / ".env").read_text() == secret


def test_a_country_without_holidays_is_said(init: Init, tmp_path: Path) -> None:
    """The company can add its own days; a part of a country whose own holidays are not known has the country's."""
    made = init("--yes", "--zone", "Antarctica/Troll", "--country", "TA")
    assert "No public holidays are known for TA" in made.stdout
    assert read(tmp_path)["calendar"]["holidays"] == ""
    assert init("--yes", "--force", "--country", "US-ZZ").exit_code == 0
    assert read(tmp_path)["calendar"]["holidays"] == "US"


@pytest.mark.parametrize(
    ("said", "locale", "language"),
    [
        (None, {}, "en"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh-TW"),
        (None, {"LC_MESSAGES": "de_DE@euro", "LANG": "zh_CN"}, "en"),
        ("zh", {"LANG": "en_GB.UTF-8"}, "zh"),
    ],
)
def test_the_operators_language(said: str | None, locale: dict[str, str], language: str) -> None:
    """What the option says, else what the terminal speaks, else English."""
    assert find_operator_language(said, locale) == language
