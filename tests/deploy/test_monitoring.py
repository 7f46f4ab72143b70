"""What is under deploy/monitoring/: rules that Prometheus's own tool tests, each with its words in the handbook, and a dashboard."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.commands.cli import main
from bot.settings import VARIABLES
from handlers.commands import COMMANDS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "monitoring"
PAGES = [ROOT / "docs" / name for name in ("monitoring.md", "monitoring.zh-CN.md")]
RULES = yaml.safe_load((FOLDER / "rules.yaml").read_text("utf-8"))["groups"][0]["rules"]
ALERTS = [rule["alert"] for rule in RULES]


@pytest.mark.parametrize(
    "command",
    [("check", "rules", "rules.yaml"), ("test", "rules", "rules.test.yaml"), ("check", "config", "prometheus.yaml")],
    ids=" ".join,
)
def test_by_the_tool_of_prometheus(command: tuple[str, ...]) -> None:
    """Every rule is valid, speaks when it should and is silent when it should not."""
    if shutil.which("promtool") is None:
        pytest.skip("promtool is not installed")
    *words, file = command
    ended = subprocess.run(
        ["promtool", *words, str(FOLDER / file)], capture_output=True, text=True, check=False, cwd=FOLDER
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_every_alert_is_tested_both_ways() -> None:
    """That it speaks, and that it is silent."""
    tests = yaml.safe_load((FOLDER / "rules.test.yaml").read_text("utf-8"))["tests"]
    tried = {(rule["alertname"], bool(rule["exp_alerts"])) for test in tests for rule in test["alert_rule_test"]}
    assert tried == {(alert, speaks) for alert in ALERTS for speaks in (True, False)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_every_alert_has_its_words(page: Path) -> None:
    """A heading of the handbook each, where the rule says; and no heading without a rule."""
    assert re.findall(r"^### (\w+)$", page.read_text("utf-8"), re.MULTILINE) == ALERTS
    assert [rule["annotations"]["runbook"] for rule in RULES] == [f"docs/monitoring.md#{one.lower()}" for one in ALERTS]
    assert {rule["labels"]["severity"] for rule in RULES} <= {"critical", "warning", "info"}


@pytest.mark.parametrize("name", ["monitoring", "troubleshooting"])
def test_the_handbook_names_what_there_is(name: str) -> None:
    """Commands with their options, settings, chat commands and pages of ours."""
    text = "".join((ROOT / "docs" / f"{name}{language}.md").read_text("utf-8") for language in ("", ".zh-CN"))
    known = {variable.name for variable in VARIABLES}
    assert {variable for variable in re.findall(r"HUIFANG_[A-Z_]*[A-Z]", text) if variable not in known} == set()
    for command, option in re.findall(r"huifang ([a-z-]+)(?: [a-z:0-9]+)?(?: (--[a-z]+))?[`\s]", text):
        if command in {"run", "huifang"} or command in main.commands:
            options = {one for param in main.commands[command].params for one in param.opts}
            assert not option or option in options, (command, option)
        else:
            raise AssertionError(command)
    spoken = set(re.findall(r"`/([a-z]+)[` ]", text)) - {"readyz", "metrics", "telegram"}
    assert spoken <= set(COMMANDS)


def test_the_dashboard() -> None:
    """Each panel has a place of its own, a query for each line, and a name."""
    dashboard = json.loads((FOLDER / "dashboard.json").read_text("utf-8"))
    panels = dashboard["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    taken: set[tuple[int, int]] = set()
    for panel in panels:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24
        taken |= cells
        if panel["type"] != "row":
            assert panel["title"]
            assert all(target["expr"].count("(") == target["expr"].count(")") for target in panel["targets"])
            assert len({target["legendFormat"] for target in panel["targets"]}) == len(panel["targets"])
