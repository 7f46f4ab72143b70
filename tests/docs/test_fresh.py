"""The generated pages say what the code says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from docs import generate
from domain.cases.feedback import LIFECYCLES

ROOT = Path(__file__).parents[2]


def test_staleness_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that differs by one character, and one that is missing, are found."""
    quick = {name: generate.PAGES[name] for name in ("lifecycle.md", "figures.md")}
    monkeypatch.setattr(generate, "PAGES", quick)
    for name, page in generate.PAGES.items():
        (tmp_path / name).write_text(page(), "utf-8")
    assert generate.list_stale_pages(tmp_path) == []
    (tmp_path / "figures.md").unlink()
    (tmp_path / "lifecycle.md").write_text(generate.lifecycle() + " ", "utf-8")
    assert generate.list_stale_pages(tmp_path) == ["lifecycle.md", "figures.md"]


@pytest.mark.prove  # `make check` does it, too
def test_pages_are_fresh(tmp_path: Path) -> None:
    """Anyone who changes the code runs `python docs/generate.py`, which checks from any folder and refuses what it does not know."""
    script = str(ROOT / "docs" / "generate.py")
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    assert subprocess.run([sys.executable, script, "--check"], cwd=tmp_path, env=clean, check=False).returncode == 0
    refused = subprocess.run(
        [sys.executable, script, "--chek"], cwd=tmp_path, env=clean, check=False, capture_output=True
    )
    assert refused.returncode == 2


def test_the_diagram_has_every_row() -> None:
    """No event of the table is missing from the diagram, and every state can be seen in it."""
    diagrams = [part.partition("```")[0] for part in generate.lifecycle().split("```mermaid")[1:]]
    for diagram, table in zip(diagrams, LIFECYCLES.values(), strict=True):
        for row in table:
            assert f": {row.event.value.replace('_', ' ')}\n" in diagram
        for state in {row.to for row in table} - {None}:
            assert f"--> {state}" in diagram
        assert "--> None" not in diagram
