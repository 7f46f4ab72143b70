"""Results of the rounds, and the table of medians and ratios over all of them."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

REFERENCES = ("ptb", "floor")
"""What the others are compared with: the usual way to write such a bot, and the least that it could cost."""


@dataclass(frozen=True)
class Result:
    """One round of one bot."""

    bot: str
    delay: float  # seconds before each Bot API answer
    at_once: int  # customers
    handled: int
    elapsed: float
    cpu: float  # seconds of the bot's processes
    own_cpu: float  # seconds of the Bot API server and the customers
    machine_cpu: float  # seconds of everything on the machine
    resident: int  # bytes
    latencies: list[float]  # seconds from a press to its visible reply
    failures: list[str]
    notes: list[str]

    @property
    def rate(self) -> float:
        return self.handled / self.elapsed

    @property
    def others(self) -> float:
        """The fraction of one core used by neither the bot nor the measuring side: what disturbed the round."""
        return max(0.0, self.machine_cpu - self.cpu - self.own_cpu) / self.elapsed


def print_table(results: list[Result]) -> None:
    """Throughput: one line per bot and delay; the ratio is that of the medians."""
    rows: list[tuple[str, ...]] = [
        (
            "bot",
            "API",
            "at once",
            "updates/s",
            "min-max",
            *(f"x {reference}" for reference in REFERENCES),
            "CPU ms",
            "bot core",
            "API core",
            "others",
            "RSS MB",
            "lost",
        )
    ]
    for (bot, delay), group in _groups(results).items():
        rates = [result.rate for result in group]
        ratios = _compare(results, delay, statistics.median(rates), lambda r: r.rate)
        rows.append(
            (
                bot,
                f"{delay * 1000:.0f} ms",
                f"{_median(group, lambda r: r.at_once):.0f}",
                f"{statistics.median(rates):,.0f}",
                f"{min(rates):,.0f}-{max(rates):,.0f}",
                *ratios,
                f"{_median(group, lambda r: r.cpu / max(r.handled, 1) * 1000):.2f}",
                f"{_median(group, lambda r: r.cpu / r.elapsed):.0%}",
                f"{_median(group, lambda r: r.own_cpu / r.elapsed):.0%}",
                f"{_median(group, lambda r: r.others):.0%}",
                f"{_median(group, lambda r: r.resident / 1e6):.0f}",
                str(sum(len(result.failures) for result in group)),
            )
        )
    _print(rows)
    _print_remarks(results)


def print_single(results: list[Result]) -> None:
    """A lone customer: the median over the rounds of each round's percentile."""
    rows: list[tuple[str, ...]] = [
        ("bot", "API", "presses", "p50 ms", "p90 ms", "p99 ms", *(f"p50 x {one}" for one in REFERENCES), "lost")
    ]
    for (bot, delay), group in _groups(results).items():
        middle = _median(group, lambda r: percentile(r.latencies, 50))
        ratios = _compare(results, delay, middle, lambda r: percentile(r.latencies, 50))
        rows.append(
            (
                bot,
                f"{delay * 1000:.0f} ms",
                f"{sum(len(result.latencies) for result in group):,}",
                f"{middle:.2f}",
                f"{_median(group, lambda r: percentile(r.latencies, 90)):.2f}",
                f"{_median(group, lambda r: percentile(r.latencies, 99)):.2f}",
                *ratios,
                str(sum(len(result.failures) for result in group)),
            )
        )
    _print(rows)
    _print_remarks(results)


def _compare(results: list[Result], delay: float, own: float, figure: Callable[[Result], float]) -> list[str]:
    """How many times the median of each reference this is; a dash where that one did not run."""
    medians = [
        [figure(result) for result in results if (result.bot, result.delay) == (reference, delay)]
        for reference in REFERENCES
    ]
    return [f"{own / statistics.median(values):.2f}" if any(values) else "-" for values in medians]


def percentile(values: Sequence[float], percent: int) -> float:
    """Nearest-rank percentile of `values` (seconds), in milliseconds."""
    if not values:
        return float("nan")
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, len(ranked) * percent // 100)] * 1000


def describe_disk(folder: Path) -> str:
    """Where the databases are and what one durable write costs there: without it a durable rate means little."""
    kind = max(
        (
            fields
            for fields in map(str.split, Path("/proc/mounts").read_text().splitlines())
            if _holds(fields[1], folder)
        ),
        key=lambda fields: len(fields[1]),
    )[2]
    took = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(100):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - began)
    warning = "; THIS IS MEMORY, NOT A DISK: durable figures mean nothing" if kind in {"tmpfs", "ramfs"} else ""
    return f"disk: {kind}, fdatasync of 4 KB: median {statistics.median(took) * 1000:.2f} ms{warning}"


def _holds(mount: str, folder: Path) -> bool:
    return folder.resolve().is_relative_to(mount)


def _groups(results: list[Result]) -> dict[tuple[str, float], list[Result]]:
    groups: dict[tuple[str, float], list[Result]] = {}
    for result in sorted(results, key=lambda r: r.delay):
        groups.setdefault((result.bot, result.delay), []).append(result)
    return groups


def _median(group: list[Result], figure: Callable[[Result], float]) -> float:
    return statistics.median(map(figure, group))


def _print(rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *rest = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join([row[0].ljust(len(first)), *rest]))


def _print_remarks(results: list[Result]) -> None:
    for result in results:
        for note in result.notes:
            print(f"{result.bot}: {note}")
        for failure in result.failures[:5]:
            print(f"LOST {result.bot} at {result.delay * 1000:.0f} ms: {failure}")
