"""Companies lived for many months, to see what is said of their units: false verdicts where none differs, and when a worse one is found.

`python -m tests.simulation.figures.unit_verdicts --write` lives them all and writes the table that docs/figures.md shows.
A month is a company's; whatever is said of it is the product's own `compare_units`.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from domain.figures.comparisons import UnitVerdict, compare_units
from domain.figures.figures import Counts, Stratum, Tally

TABLE = Path(__file__).with_name("unit_verdicts.md")
MONTHS = 1000
WORSE = "worse"
PRIORITIES = {"P1": (0.05, 0.8), "P2": (0.14, 0.5), "P3": (0.30, 0.2), "P4": (0.51, 0.05)}
"""Each priority's share of the deliveries, and how many of them are asked about."""

_RESPONSE = 0.4
_CLEAR = (UnitVerdict.HIGHER, UnitVerdict.LOWER)


@dataclass(frozen=True)
class Town:
    """`units` with `answers` each, of which `good` are satisfied; of one of them, if `worse` is not 0, so many fewer.

    `priorities`: answers are sampled by priority and weighted, about as many; `spread`: from one priority to the next, less
    urgent one so many more are satisfied.
    """

    units: int
    answers: int
    good: float
    worse: float = 0.0
    priorities: bool = False
    spread: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """Shares of the months: in which a unit that is not worse was called lower (where none is, anything), and the worse one found."""

    false: float
    found: float | None


EQUAL = (
    Town(5, 100, 0.9),
    Town(20, 40, 0.9),
    Town(20, 40, 0.97),
    Town(20, 40, 0.5),
    Town(40, 100, 0.9),
    Town(5, 300, 0.9, priorities=True),
    Town(20, 100, 0.9, priorities=True),
    Town(20, 100, 0.97, priorities=True),
    Town(20, 100, 0.84, priorities=True, spread=0.04),
    Town(5, 300, 0.96, priorities=True, spread=-0.04),
    Town(20, 100, 0.96, priorities=True, spread=-0.04),
)
PLANTED = tuple(
    Town(units, answers, 0.9, worse) for units in (5, 20) for answers in (30, 100, 300) for worse in (0.1, 0.2, 0.3)
)


def live_months(town: Town, months: int = MONTHS, seed: int = 20261129) -> Outcome:
    """So many months of this company; each is judged on its own."""
    random = Random(f"{seed} {town}")  # noqa: S311 -- a simulation draws the same each time
    false = caught = 0
    for _ in range(months):
        verdicts = {key: one.verdict for key, one in compare_units(live_month(town, random)).items()}
        wrong = [UnitVerdict.LOWER] if town.worse else _CLEAR
        false += any(verdict in wrong for key, verdict in verdicts.items() if key != WORSE)
        caught += verdicts.get(WORSE) is UnitVerdict.LOWER
    return Outcome(false / months, caught / months if town.worse else None)


def live_month(town: Town, random: Random) -> Mapping[str, Counts]:
    """What customers answered about each unit."""
    answer = _answer_by_priority if town.priorities else _answer
    units = {f"k{number}": answer(town, 0.0, random) for number in range(town.units - bool(town.worse))}
    return units | ({WORSE: answer(town, town.worse, random)} if town.worse else {})


def _answer(town: Town, worse: float, random: Random) -> Counts:
    return Counts({"": _rate(town.answers, town.answers, town.good - worse, random)})


def _answer_by_priority(town: Town, worse: float, random: Random) -> Counts:
    """Deliveries of four priorities, drawn at their rates; each is asked about, and answered, by chance."""
    asked = sum(share * rate for share, rate in PRIORITIES.values()) * _RESPONSE
    delivered = round(town.answers / asked)
    strata = {}
    for number, (priority, (share, rate)) in enumerate(PRIORITIES.items()):
        deliveries = round(delivered * share)
        answers = sum(random.random() < rate * _RESPONSE for _ in range(deliveries))
        strata[priority] = _rate(deliveries, answers, town.good + number * town.spread - worse, random)
    return Counts(strata)


def _rate(deliveries: int, answers: int, good: float, random: Random) -> Stratum:
    satisfied = sum(random.random() < good for _ in range(answers))
    return Stratum(deliveries, Tally((answers - satisfied, 0, 0, 0, satisfied)))


def write_table(months: int = MONTHS) -> str:
    """Both tables as they stand in docs/figures.md."""
    lines = [
        f"Lived in tests/simulation/figures, {months:,} months each. Companies whose units do not differ:",
        "",
        "| units | answers each | satisfied | months in which any unit was called clearly different |",
        "|---|---|---|---|",
    ]
    lines += [_write_equal(town, live_months(town, months)) for town in EQUAL]
    lines += [
        "",
        "Companies with one worse unit, all others 90 % satisfied; months in which it was found, and in which another was called",
        "clearly below the rest:",
        "",
        "| units | answers each | the worse one satisfied | found | another called below |",
        "|---|---|---|---|---|",
    ]
    lines += [_write_planted(town, live_months(town, months)) for town in PLANTED]
    return "\n".join(lines) + "\n"


def _write_equal(town: Town, outcome: Outcome) -> str:
    most = town.good + (len(PRIORITIES) - 1) * town.spread
    satisfied = f"{town.good:.0%}–{most:.0%}" if town.spread else f"{town.good:.0%}"
    told = f"{satisfied}, weighted" if town.priorities else satisfied
    return f"| {town.units} | {town.answers} | {told} | {outcome.false:.1%} |"


def _write_planted(town: Town, outcome: Outcome) -> str:
    worse = f"{town.good - town.worse:.0%}"
    return f"| {town.units} | {town.answers} | {worse} | {outcome.found:.1%} | {outcome.false:.1%} |"


def main(arguments: Sequence[str]) -> None:
    table = write_table()
    sys.stdout.write(table)
    if "--write" in arguments:
        TABLE.write_text(table, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
