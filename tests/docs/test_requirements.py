"""What is installed: every package of a known version and a known hash, and just what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.audit import judge

ROOT = Path(__file__).parents[2]
LOCKS = ("run", "dev", "tools", "fuzz", "docs")
FOLDER = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUN: list[str] = PROJECT["project"]["dependencies"]
DEV: list[str] = PROJECT["project"]["optional-dependencies"]["dev"]


class Locked(NamedTuple):
    """A package in a lock."""

    version: str
    hashes: tuple[str, ...]


def read_lock(name: str) -> dict[str, Locked]:
    """Every entry: a name, one version, perhaps a marker, its hashes."""
    entries: dict[str, Locked] = {}
    text = re.sub(r"#.*", "", (FOLDER / f"{name}.lock").read_text("utf-8")).replace("\\\n", " ")
    for line in filter(None, map(str.strip, text.splitlines())):
        said, *hashes = re.split(r"\s+--hash=", line)
        requirement = Requirement(said)
        (pin,) = requirement.specifier
        assert pin.operator == "==", line
        entries[canonicalize_name(requirement.name)] = Locked(pin.version, tuple(hashes))
    return entries


def read_inputs(name: str) -> list[str]:
    lines = (FOLDER / f"{name}.in").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def find_misfits(wanted: list[str], locked: dict[str, Locked]) -> list[str]:
    """The requirements that a lock does not fulfil."""
    misfits = []
    for requirement in map(Requirement, wanted):
        entry = locked.get(canonicalize_name(requirement.name))
        if entry is None or not requirement.specifier.contains(entry.version, prereleases=True):
            misfits.append(str(requirement))
    return misfits


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_its_hashes(name: str) -> None:
    """No entry can be installed from a file that nobody has seen."""
    locked = read_lock(name)
    assert locked
    for package, entry in locked.items():
        assert entry.hashes, package
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in entry.hashes), package


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("run", RUN + read_inputs("build")),
        ("dev", RUN + DEV + read_inputs("build")),
        ("tools", read_inputs("tools")),
    ],
)
def test_a_lock_fulfils_what_is_asked_for(name: str, wanted: list[str]) -> None:
    """Anyone who changes pyproject.toml writes the locks anew: `make lock`."""
    assert find_misfits(wanted, read_lock(name)) == []


def test_a_misfit_is_seen() -> None:
    """A package that is missing, and one that is older than the floor."""
    locked = {"a": Locked("1.0", ())}
    assert find_misfits(["a>=1", "a>=1.1", "b"], locked) == ["a>=1.1", "b"]


def test_what_builds_the_package_is_locked() -> None:
    """It is built without asking a registry once more."""
    assert set(PROJECT["build-system"]["requires"]) <= set(read_inputs("build"))


def test_what_runs_is_what_was_tested() -> None:
    """The lock of a running bot is a part of the one that its tests ran with."""
    run, dev = read_lock("run"), read_lock("dev")
    assert {name: dev.get(name) for name in run} == run


def test_nothing_draws_with_a_second_library() -> None:
    """No package of the locks brings matplotlib or numpy back."""
    assert not {"zhplot", "matplotlib", "numpy"} & set(read_lock("run"))


@pytest.mark.parametrize("name", LOCKS)
def test_no_registry_is_named(name: str) -> None:
    """Where packages come from is the affair of the person who installs."""
    text = (FOLDER / f"{name}.lock").read_text("utf-8")
    assert not re.search(r"://|^--|@ ", text, re.MULTILINE)


def test_holes_are_named_and_silence_is_not_soundness() -> None:
    """What has a hole, what the database says nothing about, and no database at all are three different things."""
    hole = {"name": "x", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]}
    silent, sound = {"name": "y", "skip_reason": "not found"}, {"name": "z", "version": "2", "vulns": []}
    assert judge("a.lock", {"dependencies": [hole, silent, sound]}) == (
        [
            "a.lock: x 1 has CVE-1; mended in 1.1",
            "a.lock: the database does not answer for y",
            "a.lock: 1 known holes in 2 packages",
        ],
        1,
    )
    assert judge("a.lock", {"dependencies": [sound]}) == (["a.lock: 0 known holes in 1 packages"], 0)
    for nothing in (None, {"dependencies": [silent]}):
        lines, holes = judge("a.lock", nothing)
        assert holes == 0
        assert "not audited" in lines[0]
