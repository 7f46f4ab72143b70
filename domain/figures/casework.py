"""Casework totals: what the handling of a complaint, and a deadline that has ended, count as.

1. A complaint's handling counts on the day it was opened, a deadline on the day it was due.
2. What only time decides is in no total: whether an answer has settled, whether a running deadline has passed. That is
   counted when asked, of the few complaints that are open or were answered in the last days.
3. Of durations every one is kept, not a histogram: a median is a duration that some case really took.
"""

import enum
import struct
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from domain.cases.handling import CaseHandling, Outcome

ATTITUDE = "attitude"
"""The category of complaints about how people were treated, in the company's file as `init` writes it."""


class CaseworkColumn(enum.StrEnum):
    """What is counted of complaints, as the fields of `domain.figures.handling.HandlingCounts` say it; `SPOKEN` to `THIRD`
    of all that were answered, settled or not. `HANDLED1` to `HANDLED5`: how customers rated the handling.
    """

    RECTIFIED = "rectified"
    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"
    SILENT = "silent"
    SPOKEN = "spoken"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    REOPENED = "reopened"
    REPEATED = "repeated"
    ATTITUDE_VALID = "attitude_valid"
    HANDLED1 = "handled1"
    HANDLED2 = "handled2"
    HANDLED3 = "handled3"
    HANDLED4 = "handled4"
    HANDLED5 = "handled5"


class DeadlineColumn(enum.StrEnum):
    """What is counted of deadlines that have ended: all; those kept; those kept by the date first promised."""

    DUE = "due"
    KEPT = "kept"
    PROMISED = "promised"


class DurationKind(enum.StrEnum):
    """The durations whose median is asked for, as `domain.cases.handling.CaseHandling` has them."""

    REPLIED = "replied"
    RESOLVED = "resolved"
    FINISHED = "finished"


_LAST_WORDS = {
    Outcome.SATISFIED: CaseworkColumn.SATISFIED,
    Outcome.DISSATISFIED: CaseworkColumn.DISSATISFIED,
    Outcome.SILENT: CaseworkColumn.SILENT,
}
_ROUNDS = {2: CaseworkColumn.SECOND, 3: CaseworkColumn.THIRD}


def list_casework_columns(
    handled: CaseHandling, category: str, rating: int | None, *, valid: bool, repeated: bool
) -> list[CaseworkColumn]:
    """What a complaint counts as."""
    columns = []
    if handled.answered_at is not None:
        columns.append(CaseworkColumn.RECTIFIED)
        if handled.outcome in _LAST_WORDS:
            columns.append(_LAST_WORDS[handled.outcome])
        said = handled.outcome in {Outcome.SATISFIED, Outcome.DISSATISFIED}
        if said or handled.rounds > 1 or handled.solved_in > 0:
            columns.append(CaseworkColumn.SPOKEN)  # before an appeal to the regulator, too, which is answered anew
        if handled.solved_in == 1 and not handled.reopened:
            columns.append(CaseworkColumn.FIRST)
        if handled.solved_in in _ROUNDS:
            columns.append(_ROUNDS[handled.solved_in])
        if handled.reopened:
            columns.append(CaseworkColumn.REOPENED)
    if repeated:
        columns.append(CaseworkColumn.REPEATED)
    if valid and category == ATTITUDE:
        columns.append(CaseworkColumn.ATTITUDE_VALID)
    if rating is not None:
        columns.append(CaseworkColumn(f"handled{rating}"))
    return columns


def list_durations(handled: CaseHandling) -> list[tuple[DurationKind, int]]:
    """The durations that are known."""
    known = ((measure, getattr(handled, measure)) for measure in DurationKind)
    return [(measure, seconds) for measure, seconds in known if seconds is not None]


# --- packed durations ------------------------------------------------------------------------------------------------


class PackedDuration(NamedTuple):
    """A duration of a complaint opened on this day of the month; so many `times`, or taken back if negative."""

    day: int
    measure: DurationKind
    seconds: int
    times: int


_MEASURES = tuple(DurationKind)
_ZERO = 1 << 40
"""Added to the seconds, so that none is negative when packed, whatever a clock did."""

_MEASURE_BIT, _SECONDS_BIT, _TAKEN_BIT = 60, 8, 1 << 63
_DAY_MASK, _SECONDS_MASK = (1 << _SECONDS_BIT) - 1, (1 << (_MEASURE_BIT - _SECONDS_BIT)) - 1


def pack_durations(durations: Iterable[PackedDuration]) -> bytes:
    """Eight bytes each. What is packed later is appended to what was packed before, so a correction reads nothing."""
    numbers = []
    for day, measure, seconds, times in durations:
        number = _MEASURES.index(measure) << _MEASURE_BIT | (seconds + _ZERO) << _SECONDS_BIT | day
        numbers += [number | (_TAKEN_BIT if times < 0 else 0)] * abs(times)
    return struct.pack(f"<{len(numbers)}Q", *numbers)


def unpack_durations(packed: bytes) -> Iterator[PackedDuration]:
    for number in _read_numbers([packed]):
        seconds = (number >> _SECONDS_BIT & _SECONDS_MASK) - _ZERO
        taken = number & _TAKEN_BIT
        measure = _MEASURES[(number & ~_TAKEN_BIT) >> _MEASURE_BIT]
        yield PackedDuration(number & _DAY_MASK, measure, seconds, -1 if taken else 1)


def repack_durations(packed: bytes) -> bytes:
    """The same durations, ascending, without what was taken back."""
    numbers = _cancel_taken(sorted(_read_numbers([packed])))
    return struct.pack(f"<{len(numbers)}Q", *numbers)


class DurationTable:
    """The durations of a period, ascending, by measure: from packed ones of whole months, and of months of which only some days are in it."""

    def __init__(self, whole: Iterable[bytes], parts: Iterable[tuple[bytes, int, int]]) -> None:
        """`parts`: packed durations, and the first and the last day of the month that are meant."""
        numbers = list(_read_numbers(whole))
        for packed, first, last in parts:
            numbers += [number for number in _read_numbers([packed]) if first <= number & _DAY_MASK <= last]
        numbers.sort()
        self._numbers = _cancel_taken(numbers)

    def count(self, measure: DurationKind) -> int:
        return self._find_end(measure) - self._find_begin(measure)

    def find_rank(self, measure: DurationKind, rank: int) -> int:
        """The seconds of the one with this rank, from 1 on. Raises IndexError when there are fewer."""
        if not 1 <= rank <= self.count(measure):
            raise IndexError(rank)
        number = self._numbers[self._find_begin(measure) + rank - 1]
        return (number >> _SECONDS_BIT & _SECONDS_MASK) - _ZERO

    def _find_begin(self, measure: DurationKind) -> int:
        return bisect_left(self._numbers, _MEASURES.index(measure) << _MEASURE_BIT)

    def _find_end(self, measure: DurationKind) -> int:
        return bisect_left(self._numbers, (_MEASURES.index(measure) + 1) << _MEASURE_BIT)


def _read_numbers(pieces: Iterable[bytes]) -> "array[int]":
    numbers = array("Q")
    for packed in pieces:
        numbers.frombytes(packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _cancel_taken(ordered: list[int]) -> list[int]:
    """Without what was taken back, each with one of the same day, measure and seconds."""
    first_taken = bisect_left(ordered, _TAKEN_BIT)
    if first_taken == len(ordered):
        return ordered
    taken = Counter(number & ~_TAKEN_BIT for number in ordered[first_taken:])
    left = []
    for number in ordered[:first_taken]:
        if taken[number]:
            taken[number] -= 1
        else:
            left.append(number)
    return left
