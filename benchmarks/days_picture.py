"""Line chart (SVG) of what a press takes from day to day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 316, 48, 40, 44
COLOURS = ("#1a6faf", "#c2571a")


@dataclass(frozen=True)
class Day:
    """Milliseconds from a lone press to its reply, of the processor an update, updates a second, and rows by table in the evening."""

    number: int
    p50: float
    p99: float
    cpu: float
    rate: float
    rows: dict[str, int]


def draw(engines: Mapping[str, Sequence[Day]]) -> str:
    """The curves of p50 (solid) and of the processor time (dashed) of each engine, over its days."""
    days = max(len(series) for series in engines.values())
    top = max(max(day.p50, day.cpu) for series in engines.values() for day in series) * 1.15
    across = (WIDTH - LEFT - 16) / max(days - 1, 1)
    up = (HEIGHT - BOTTOM - TOP) / top

    def trace(series: Sequence[Day], value: Callable[[Day], float]) -> str:
        return " ".join(f"{LEFT + (d.number - 1) * across:.1f},{HEIGHT - BOTTOM - value(d) * up:.1f}" for d in series)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for step in range(5):
        value = top * step / 4
        y = HEIGHT - BOTTOM - value * up
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - 16}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#444444">{value:.1f}</text>')
    for number in range(5, days + 1, 5):
        x = LEFT + (number - 1) * across
        parts.append(
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle" fill="#444444">{number}</text>'
        )
    parts.append(f'<text x="{WIDTH - 16}" y="{HEIGHT - 6}" text-anchor="end" fill="#444444">day</text>')
    parts.append('<text x="8" y="16" fill="#444444">milliseconds</text>')
    for place, (name, series) in enumerate(engines.items()):
        colour = COLOURS[place % len(COLOURS)]
        for points, dash in ((trace(series, _take_p50), ""), (trace(series, _take_cpu), ' stroke-dasharray="5 4"')):
            parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        words = f"{name}: a lone press, median; dashed: processor time an update"
        parts.append(f'<text x="{LEFT + 60}" y="{16 + place * 16}" fill="{colour}">{words}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _take_p50(day: Day) -> float:
    return day.p50


def _take_cpu(day: Day) -> float:
    return day.cpu
