"""All benchmarks, one after another, written to docs/benchmarks.md: `make bench`, three quarters of an hour on a quiet machine with two cores.

Each is a program of its own beside this one, with its peers in the same interleaved run; what it prints is taken over as it is. In front
stand the machine, the versions, and the three sentences that the README quotes.
"""

import argparse
import os
import platform
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import gettempdir

from report import describe_disk

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
PACKAGES = (
    "python-telegram-bot",
    "aiogram",
    "aiohttp",
    "httptools",
    "uvloop",
    "SQLAlchemy",
    "aiosqlite",
    "asyncpg",
    "msgspec",
    "duckdb",
)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One program, its arguments, and what its table says; `brief` are the arguments of a run that only tries it."""

    key: str
    title: str
    means: str
    command: tuple[str, ...]
    brief: tuple[str, ...]


BENCHMARKS = (
    Benchmark(
        "throughput",
        "Throughput",
        "One survey of seven updates by webhook, a hundred customers at once, everything durable in SQLite. `ptb` and `aiogram` keep "
        "their conversations in memory and lose them when killed. `floor` is aiohttp, uvloop and one durable row an answer: what such a bot "
        "costs at least. With 40 ms the Bot API answers as late as a real one does.",
        ("throughput.py", "--bots", "ptb", "aiogram", "floor", "huifang", "--rounds", "3"),
        ("--rounds", "1", "--seconds", "2", "--warm-up", "1", "--delay", "0"),
    ),
    Benchmark(
        "lone",
        "A lone press",
        "One customer alone, 10 ms of thought between two presses: from the press to the visible reply.",
        ("throughput.py", "--single", "--bots", "ptb", "aiogram", "floor", "huifang", "--rounds", "3"),
        ("--rounds", "1", "--seconds", "2", "--warm-up", "1"),
    ),
    Benchmark(
        "broadcast",
        "Broadcast",
        "3,000 invitations become due, 200 notices go to five groups, 200 complaints come in, and 40 people press "
        "meanwhile; the server enforces Telegram's limits where calls arrive. Beside it python-telegram-bot with its `AIORateLimiter`.",
        ("broadcast.py", "--longest", "260"),
        ("--invitations", "200", "--notices", "20", "--complaints", "20", "--pressing", "5"),
    ),
    Benchmark(
        "intake",
        "Intake",
        "Deliveries handed in over HTTP, in arrays of a thousand, of a hundred, and one by one on eight connections. The "
        "`floor` stores them unchecked.",
        ("intake.py",),
        ("--rounds", "1"),
    ),
    Benchmark(
        "import",
        "Import",
        "A file of 100,000 rows with thirteen columns, the first time and a second time, start and migrations included.",
        ("importing.py",),
        ("--rows", "2000"),
    ),
    Benchmark(
        "summary",
        "Figures",
        "Everything that one `/summary` reads, of 10 million answers. *Raw rows* is the same counted from the facts with the best "
        "index for it; DuckDB counts it from columns of its own. All three must agree.",
        ("summary.py",),
        ("--answers", "20000", "--times", "5"),
    ),
    Benchmark(
        "size",
        "Start and memory",
        "`huifang run` beside a database with 100,000 open conversations, a million customers and ten million deliveries.",
        ("size.py",),
        ("--small", "--engines", "sqlite"),
    ),
    Benchmark(
        "days",
        "Thirty days",
        "What a press takes on each of thirty busy days, one after the other in the same database.",
        ("thirty_days.py", "--conversations", "500"),
        ("--days", "2", "--conversations", "50", "--engines", "sqlite"),
    ),
    Benchmark(
        "replicas",
        "Replicas",
        "One, two and three processes share a PostgreSQL: processor time of an update, of all of them together.",
        ("replicas.py",),
        ("--rounds", "1", "--replicas", "1", "2", "--seconds", "2"),
    ),
)


def run(benchmark: Benchmark, data: Path, *, brief: bool) -> tuple[str, float]:
    """What it prints, and the seconds it took. Raises SystemExit when it fails."""
    print(f"{datetime.now(UTC):%H:%M:%S}  {benchmark.title}", file=sys.stderr, flush=True)
    program, *arguments = benchmark.command
    more = (*benchmark.brief, "--data", str(data)) if brief else ("--data", str(data))
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(HERE / program), *arguments, *more], capture_output=True, text=True, check=False
    )
    if done.returncode and "failures" not in done.stdout:  # what a peer has lost is a result
        sys.exit(f"{program} ended with {done.returncode}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout.strip(), time.perf_counter() - began


def read_tables(printed: str) -> list[dict[str, str]]:
    """The lines of the first aligned table, by its headings; cells are separated by two blanks at least."""
    lines = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in printed.splitlines()]
    head = next((n for n, line in enumerate(lines) if line[:2] == ["bot", "API"]), None)
    if head is None:
        return []
    return [
        dict(zip(lines[head], line, strict=False)) for line in lines[head + 1 :] if len(line) >= len(lines[head]) - 1
    ]


def draw_section(benchmark: Benchmark, printed: str, seconds: float, commit: str) -> str:
    """One benchmark as Markdown: its heading, what it means, what was printed, and when."""
    when = f"*{datetime.now(UTC):%Y-%m-%d}, commit {commit}, {seconds:,.0f} s*"
    return "\n".join([f"## {benchmark.title}", "", benchmark.means, "", "```text", printed, "```", "", when, ""])


def draw_page(sections: Mapping[str, str], disk: str) -> str:
    """The whole page; `sections` by title."""
    parts = [
        "# Benchmarks",
        "",
        "Written by `make bench`; what each measures, and how: [benchmarks/README.md](../benchmarks/README.md).",
        "Read the ratios: rates move with the machine, and ratios of one interleaved run hardly do.",
        "",
        "## In short",
        "",
        *(f"- {sentence}" for sentence in summarise(sections)),
        "",
        "## Machine and versions",
        "",
        *_describe_machine(disk),
        "",
    ]
    return "\n".join([*parts, *(sections[one.title] for one in BENCHMARKS if one.title in sections)])


def read_sections(page: str) -> dict[str, str]:
    """What an earlier run has written, by title: what is not measured again stays as it is."""
    titles = {one.title for one in BENCHMARKS}
    parts = [part for part in page.split("\n## ")[1:] if part.partition("\n")[0] in titles]
    return {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in parts}


def summarise(sections: Mapping[str, str]) -> list[str]:
    """What the README quotes."""
    printed = {one.key: sections[one.title] for one in BENCHMARKS if one.title in sections}
    busy = {row["bot"]: row for row in read_tables(printed.get("throughput", "")) if row["API"] == "0 ms"}
    alone = {row["bot"]: row for row in read_tables(printed.get("lone", ""))}
    sentences = []
    if {"huifang", "ptb", "floor"} <= busy.keys():
        rates = {bot: float(row["updates/s"].replace(",", "")) for bot, row in busy.items()}
        sentences.append(
            f"{rates['huifang']:,.0f} updates a second on one core, every answer durable: {rates['huifang'] / rates['ptb']:.1f} times "
            f"python-telegram-bot, which keeps its conversations in memory, and {rates['huifang'] / rates['floor']:.2f} of a bare "
            "aiohttp server that writes one row an answer."
        )
    if {"huifang", "ptb"} <= alone.keys():
        of = {bot: alone[bot] for bot in ("huifang", "ptb")}
        sentences.append(
            f"A lone customer sees the reply to a press after {of['huifang']['p50 ms']} ms (99 of 100 within {of['huifang']['p99 ms']} ms); "
            f"with python-telegram-bot after {of['ptb']['p50 ms']} ms ({of['ptb']['p99 ms']} ms)."
        )
    begun = printed.get("broadcast", "").partition("huifang × 1")[2]
    shares, replies = re.findall(r"of what is allowed\s+([\d.]+)%", begun), re.search(r"replies .* p99 (\d+) ms", begun)
    if shares and replies:
        refused = re.search(r"refused \(429\)\s+(.*)", begun)
        none = refused is not None and refused[1] == "0"
        sentences.append(
            f"A broadcast to 3,000 customers uses {shares[1]} % of what Telegram allows, {'without a' if none else 'with some'} "
            f"refusal (429), while 99 of 100 replies to others take at most {replies[1]} ms."
        )
    return sentences


def _describe_machine(disk: str) -> list[str]:
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        "?",
    )
    return [
        f"- {os.cpu_count()} cores ({cpu}), Linux {platform.release()}; {disk}",
        f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        + ", ".join(f"{package} {version(package)}" for package in PACKAGES),
    ]


def find_commit() -> str:
    """The commit that is measured."""
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "?"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--only", nargs="+", choices=[one.key for one in BENCHMARKS], help="these; the others stay as they were"
    )
    parser.add_argument("--brief", action="store_true", help="try each in seconds; nothing is written")
    parser.add_argument(
        "--data", type=Path, default=Path(gettempdir()), help="where databases are: 15 GB of a real disk"
    )
    given = parser.parse_args()
    disk, commit = describe_disk(given.data), find_commit()
    sections = {} if given.brief or not PAGE.exists() else read_sections(PAGE.read_text(encoding="utf-8"))
    for benchmark in BENCHMARKS:
        if given.only is None or benchmark.key in given.only:
            printed, seconds = run(benchmark, given.data, brief=given.brief)
            sections[benchmark.title] = draw_section(benchmark, printed, seconds, commit)
            if not given.brief:
                PAGE.write_text(draw_page(sections, disk), encoding="utf-8")
    if given.brief:
        print(draw_page(sections, disk))
    return 0


if __name__ == "__main__":
    sys.exit(main())
