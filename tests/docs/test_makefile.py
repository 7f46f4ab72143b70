"""What `make` says to who has just cloned it, before anything is installed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("lacks", "said"),
    [("ensurepip", "apt install python3-venv"), ("version_info", "Huifang needs Python 3.11 or newer")],
)
def test_a_python_that_will_not_do_is_told_first(tmp_path: Path, lacks: str, said: str) -> None:
    """Nothing is left behind: half an environment would be taken for a whole one by the next `make`."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\ncase "$*" in *{lacks}*) exit 1;; esac\nexec {sys.executable} "$@"\n', "utf-8")
    python.chmod(0o755)
    made = subprocess.run(
        ["make", "playground", f"PYTHON={python}"], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert made.returncode == 2
    assert said in made.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"Makefile", "python"}
