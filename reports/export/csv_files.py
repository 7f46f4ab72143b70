"""CSV export: UTF-8 with a byte order mark, RFC 4180 (CRLF, quotes where needed), as a folder of files or a zip of them.

Blocking; rows are written as they come.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, ZipFile

from reports.export.cells import Value, format_csv_cell


class CsvFiles:
    """One file per table, in `folder`; use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, tuple[IO[str], Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file, _ in self._files.values():
            file.close()

    def begin(self, table: str, headings: Sequence[str]) -> None:
        """Start a table of this name with its heading line."""
        file = (self.folder / f"{table}.csv").open("w", encoding="utf-8-sig", errors="replace", newline="")
        self._files[table] = file, csv.writer(file, lineterminator="\r\n")
        self.add(table, headings)

    def add(self, table: str, values: Sequence[Value]) -> None:
        self._files[table][1].writerow([format_csv_cell(value) for value in values])


def zip_folder(folder: Path, path: Path) -> None:
    """Put all CSV files of a folder into one zip."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for file in sorted(folder.glob("*.csv")):
            archive.write(file, file.name)
