"""Audit of what is locked: packages with known holes. Run by `make audit`.

Exits 1 for a hole. What the database of holes does not answer for is named, never taken for sound: without a network that is
everything, and no reason to fail.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements/dev.lock", "requirements/tools.lock", "requirements/fuzz.lock", "requirements/docs.lock")
"""`run.lock` is part of `dev.lock`."""

Report = dict[str, Any]


def main() -> int:
    """The exit code; what was learnt is printed."""
    judged = [judge(lock, _ask(lock)) for lock in LOCKS]
    sys.stdout.write("".join(f"{line}\n" for lines, _ in judged for line in lines))
    return int(any(holes for _, holes in judged))


def judge(lock: str, report: Report | None) -> tuple[Sequence[str], int]:
    """What there is to say of a lock, and how many holes it has. No report: the database was out of reach."""
    if report is None:
        return [f"{lock}: not audited, the database of holes is out of reach"], 0
    packages = report["dependencies"]
    unknown = [package["name"] for package in packages if "vulns" not in package]
    holes = [(package, hole) for package in packages for hole in package.get("vulns", ())]
    lines = [_format_hole(lock, package, hole) for package, hole in holes]
    if len(unknown) == len(packages):
        return [f"{lock}: not audited, the database of holes answers for none of its {len(packages)} packages"], 0
    if unknown:
        lines.append(f"{lock}: the database does not answer for {', '.join(unknown)}")
    lines.append(f"{lock}: {len(holes)} known holes in {len(packages) - len(unknown)} packages")
    return lines, len(holes)


def _format_hole(lock: str, package: Report, hole: Report) -> str:
    cure = ", ".join(hole.get("fix_versions", ())) or "no release yet"
    return f"{lock}: {package['name']} {package['version']} has {hole['id']}; mended in {cure}"


def _ask(lock: str) -> Report | None:
    tool = ROOT / ".venv" / "tools" / "bin" / "pip-audit"
    asked = [
        str(tool),
        "--requirement",
        str(ROOT / lock),
        "--disable-pip",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    try:
        report: Report = json.loads(answer.stdout)
    except ValueError:
        return None
    return report


if __name__ == "__main__":
    sys.exit(main())
