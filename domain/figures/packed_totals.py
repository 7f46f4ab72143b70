"""Packed totals: the cells of one breakdown and day (or month) as columns, hundreds of them in one value.

1. What a key's totals are is the sum of its packed cells and of its rows. New changes are always rows; from time to time the
   rows of a key are added to its packed cells and deleted.
2. The cells are spread over parts by their value, so that one unit is found without reading all of them.
"""

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

PARTS = 16


CellKey = tuple[str, str, str]
"""Of a cell of a breakdown on a day: department, value and priority."""

DEPARTMENT, VALUE, STRATUM = range(3)
"""Where a cell's key has them."""

Sheet = dict[CellKey, Sequence[int]]
"""Cells with their counts."""


class _PackedSheet(msgspec.Struct, array_like=True):
    """Names once, then for each cell the places of its three names, then the counts by column; None where all are zero."""

    departments: list[str]
    values: list[str]
    strata: list[str]
    places: tuple[list[int], list[int], list[int]]
    columns: list[list[int] | None]


_DECODER = msgspec.msgpack.Decoder(_PackedSheet)


def find_part(value: str) -> int:
    """The part that this unit's cells are in."""
    return zlib.crc32(value.encode()) % PARTS


def pack_sheet(sheet: Mapping[CellKey, Sequence[int]]) -> bytes:
    """The cells as columns, without those that count nothing."""
    cells = sorted((key, counts) for key, counts in sheet.items() if any(counts))
    names = [sorted({key[n] for key, _ in cells}) for n in (DEPARTMENT, VALUE, STRATUM)]
    known = [{name: place for place, name in enumerate(one)} for one in names]
    places = tuple([known[n][key[n]] for key, _ in cells] for n in (DEPARTMENT, VALUE, STRATUM))
    columns = [list(column) if any(column) else None for column in zip(*(counts for _, counts in cells), strict=True)]
    return msgspec.msgpack.encode([*names, places, columns])


def unpack_sheet(packed: bytes) -> Iterator[tuple[CellKey, tuple[int, ...]]]:
    """Each cell with its counts."""
    sheet = _DECODER.decode(packed)
    departments, values, strata = sheet.places
    keys = zip(
        map(sheet.departments.__getitem__, departments),
        map(sheet.values.__getitem__, values),
        map(sheet.strata.__getitem__, strata),
        strict=True,
    )
    nothing = [0] * len(departments)
    counts = zip(*(nothing if column is None else column for column in sheet.columns), strict=True)
    return zip(keys, counts, strict=True)


def add_first_counts(counts: dict[str, int], packed: bytes, departments: Collection[str] | None) -> None:
    """Add each unit's first count, of these departments; a tenth of the work of unpacking all cells."""
    sheet = _DECODER.decode(packed)
    column = sheet.columns[0] if sheet.columns else None
    if column is None:
        return
    sums = [0] * len(sheet.values)
    if departments is None:
        for place, count in zip(sheet.places[VALUE], column, strict=True):
            sums[place] += count
    else:
        shown = [name in departments for name in sheet.departments]
        for department, place, count in zip(sheet.places[DEPARTMENT], sheet.places[VALUE], column, strict=True):
            sums[place] += count if shown[department] else 0
    for value, count in zip(sheet.values, sums, strict=True):
        counts[value] = counts.get(value, 0) + count


def add_cells(sheet: Sheet, cells: Iterable[tuple[CellKey, Sequence[int]]]) -> None:
    """Add these to the sheet."""
    for key, counts in cells:
        known = sheet.get(key)
        sheet[key] = counts if known is None else [a + b for a, b in zip(known, counts, strict=True)]
