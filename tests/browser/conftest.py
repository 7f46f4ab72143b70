"""The example company with a past, which is loaded once in a test run and copied for each story."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.harness.playground_process import live_once, make_own_folder

DAYS = 70
"""Enough for a month and the one before it, for every courier, and for cases in every department."""


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a playground that was started and ended."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with ThreadPoolExecutor(1) as thread:  # a test's loop may be running
        return thread.submit(live_once, shared, DAYS).result()


@pytest.fixture
def own_folder(lived: Path, tmp_path: Path) -> tuple[str, str]:
    """The option that makes a playground go on in a copy of it."""
    shutil.copytree(lived, tmp_path / "playground")
    return make_own_folder(tmp_path / "playground")
