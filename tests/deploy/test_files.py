"""What is under deploy/ and .github/ can be read by what reads it, and names only what the product has."""

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app import STOP_SECONDS
from bot.commands.cli import main
from bot.settings import VARIABLES
from bot.web.openapi import describe_api

ROOT = Path(__file__).parents[2]
DEPLOY, WORKFLOWS = ROOT / "deploy", ROOT / ".github" / "workflows"
CHART = DEPLOY / "kubernetes" / "huifang"
UNIT, BACKUP_UNIT = (DEPLOY / "systemd" / name for name in ("huifang.service", "huifang-backup.service"))
COMPOSE, CADDY, DOCKERFILE = (
    DEPLOY / name for name in ("compose/compose.yaml", "compose/Caddyfile", "docker/Dockerfile")
)
FILES = [path for folder in (DEPLOY, WORKFLOWS) for path in sorted(folder.rglob("*")) if path.is_file()]
PAGES = [ROOT / "docs" / name for name in ("deploying.md", "deploying.zh-CN.md")]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GRACE_SECONDS = 15


def read_yaml(path: Path) -> Any:  # noqa: ANN401 -- YAML
    return yaml.safe_load(path.read_text("utf-8"))


def read_unit(unit: Path) -> dict[str, list[str]]:
    """The settings of the service's section, each with its lines."""
    settings: dict[str, list[str]] = {}
    for line in unit.read_text("utf-8").partition("[Service]")[2].partition("[Install]")[0].splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            settings.setdefault(name, []).append(value)
    return settings


def run_tool(*command: str, **env: str) -> None:
    """Skips where the tool is not installed. Raises AssertionError with what it said when it refuses."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    ended = subprocess.run(command, env=os.environ | env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize("path", [*FILES, *PAGES], ids=lambda path: str(path.relative_to(ROOT)))
def test_settings_and_commands_are_ours(path: Path) -> None:
    """Every HUIFANG_ variable that is named is one of bot/settings.py; every path of ours is there."""
    text = path.read_text("utf-8")
    known = {variable.name for variable in VARIABLES}
    assert {name for name in re.findall(r"HUIFANG_[A-Z_]*[A-Z]", text) if name not in known} == set()
    named = re.findall(r"(?<![\w./-])(?:deploy|requirements|docs|tests|\.github|bot/example)/[\w./-]*\w", text)
    assert [name for name in named if not (ROOT / name).exists() and not name.endswith("/.env")] == []
    assert {name for name in re.findall(r"bin/huifang ([a-z-]+)", text) if name not in main.commands} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_what_is_to_be_typed_is_shell(page: Path) -> None:
    """Every command of the page; its names of the product are commands of the product."""
    typed = "\n".join(re.findall(r"^```sh\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE))
    subprocess.run(["bash", "-n"], input=typed, text=True, check=True)
    commands = re.findall(r"(?:^|bin/| bot | exec bot )huifang ([a-z][a-z-]+)", typed, re.MULTILINE)
    assert {"init", "check", "api-token"} <= set(commands) <= set(main.commands)


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix in {".yaml", ".json"} and "templates" not in path.parts], ids=str
)
def test_it_parses(path: Path) -> None:
    """Workflows have jobs with a time limit each, and no more rights than reading unless they say so."""
    read = json.loads(path.read_text("utf-8")) if path.suffix == ".json" else read_yaml(path)
    assert isinstance(read, dict)
    if path.parent == WORKFLOWS:
        assert "permissions" in read
        assert all({"timeout-minutes", "uses"} & set(job) for job in read["jobs"].values())


def test_the_image_has_the_whole_package() -> None:
    """Its context is what the wheel is made of; who runs it is nobody in particular; only wheels are installed."""
    lines = (DOCKERFILE.parent / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert {f"!{package}" for package in packages} <= set(lines)
    assert [line for line in lines if line.startswith("!") and not (ROOT / line[1:]).exists()] == []
    steps = DOCKERFILE.read_text("utf-8").replace("\\\n", " ")
    assert "--only-binary :all: --require-hashes" in steps
    assert re.findall(r"^USER (.+)$", steps, re.MULTILINE) == ["10001:10001"]


def test_everybody_gives_a_stop_its_time() -> None:
    """Fifteen seconds, more than the process takes at the most."""
    assert GRACE_SECONDS > STOP_SECONDS
    assert read_unit(UNIT)["TimeoutStopSec"] == [str(GRACE_SECONDS)]
    assert read_yaml(COMPOSE)["services"]["bot"]["stop_grace_period"] == f"{GRACE_SECONDS}s"
    assert f"terminationGracePeriodSeconds: {GRACE_SECONDS}\n" in (CHART / "templates" / "bot.yaml").read_text("utf-8")


def test_compose_is_closed() -> None:
    """Only Caddy is reached from outside, the database from the bot alone; bot and proxy keep no right they do not need."""
    compose = read_yaml(COMPOSE)
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["caddy"]
    assert [name for name, service in services.items() if "back" in service["networks"]] == [
        "bot",
        "backup",
        "database",
    ]
    assert compose["networks"]["back"]["internal"] is True
    for service in (services["bot"], services["backup"], services["caddy"]):
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    given = dict(line.split("=", 1) for line in _read_lines(COMPOSE.parent / ".env.example"))
    assert set(re.findall(r"\$\{(\w+)", COMPOSE.read_text("utf-8"))) == set(given)


def test_caddy_passes_what_outsiders_need() -> None:
    """The API, the codes and the webhook, and not the metrics."""
    (line,) = re.findall(r"@public path (.+)", CADDY.read_text("utf-8"))
    public = line.split()
    paths = {*describe_api()["paths"], "/telegram", "/readyz", "/metrics"}
    outside = {path for path in paths if not any(_matches(one, path) for one in public)}
    assert outside == {"/readyz", "/metrics"}
    run_tool("caddy", "validate", "--config", str(CADDY), "--adapter", "caddyfile", DOMAIN="bot.example.com")


@pytest.mark.parametrize("unit", [UNIT, BACKUP_UNIT], ids=lambda unit: str(unit.name))
def test_the_units_are_closed(unit: Path, tmp_path: Path) -> None:
    """Every key is known to systemd, which finds little that is open."""
    parser = configparser.RawConfigParser(strict=False)
    parser.read(unit, "utf-8")
    assert {"Unit", "Service"} <= set(parser.sections())
    shutil.copy(unit.with_name("huifang-backup.timer"), tmp_path)
    copy = tmp_path / unit.name
    text = unit.read_text("utf-8").replace("/opt/huifang/bin/huifang run", f"{sys.executable} run")
    copy.write_text(re.sub(r"^(User|Group)=.*\n", "", text, flags=re.MULTILINE), "utf-8")
    run_tool("systemd-analyze", "verify", "--man=no", str(copy), str(tmp_path / "huifang-backup.timer"))
    run_tool("systemd-analyze", "security", "--offline=true", "--threshold=25", str(copy))


def test_a_backup_has_no_more_rights_than_the_bot() -> None:
    """Whatever is closed to the bot is closed to its backup, which finds the same settings."""
    bot, backup = read_unit(UNIT), read_unit(BACKUP_UNIT)
    first = list(bot).index("NoNewPrivileges")
    for name in (*list(bot)[first:], "User", "Group", "Environment", "EnvironmentFile", "UMask", "WorkingDirectory"):
        assert backup[name] == bot[name], name


def test_the_chart_is_whole() -> None:
    """Its version is the package's, every value that a template asks for is there and in the schema; helm renders it."""
    about = read_yaml(CHART / "Chart.yaml")
    assert {about["version"], about["appVersion"]} == {PROJECT["project"]["version"]}
    values, schema = read_yaml(CHART / "values.yaml"), json.loads((CHART / "values.schema.json").read_text("utf-8"))
    text = "".join(path.read_text("utf-8") for path in (CHART / "templates").iterdir())
    for name in set(re.findall(r"\.Values\.([\w.]+)", text)):
        top, *rest = name.split(".")
        assert top in schema["properties"], name
        assert not rest or rest[0] in values[top], name
    assert set(values) <= set(schema["properties"])
    example = ROOT / "bot" / "example"
    company = ("--set-file", f"company={example / 'huifang.toml'}")
    survey = ("--set-file", f"surveys.delivery={example / 'surveys' / 'delivery.yaml'}")
    run_tool("helm", "lint", "--strict", str(CHART), *company, *survey, "--set", "backup.claim=copies")


def test_linters_find_nothing() -> None:
    """Where they are installed: hadolint the image, actionlint the workflows and the shell in them."""
    run_tool("hadolint", str(DOCKERFILE))
    run_tool("actionlint", *map(str, WORKFLOWS.iterdir()))


def test_renovate_knows_where_it_looks() -> None:
    """Its managers are those of the files that are here."""
    assert set(json.loads((ROOT / "renovate.json").read_text("utf-8"))["enabledManagers"]) == {
        "dockerfile",
        "docker-compose",
        "github-actions",
    }


def _matches(pattern: str, path: str) -> bool:
    """As Caddy does it: a star at the end stands for anything."""
    return path.startswith(pattern[:-1]) if pattern.endswith("*") else path == pattern


def _read_lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
