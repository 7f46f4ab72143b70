"""CSV files: what goes in comes out of any reader of the format, line by line."""

import csv
import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from reports.export.cells import format_csv_cell
from reports.export.csv_files import CsvFiles, zip_folder
from tests.reports.export.test_cells import ANY

BOM = b"\xef\xbb\xbf"


@given(st.lists(st.lists(ANY, min_size=2, max_size=2), max_size=5))
def test_rows_come_back(rows: list[list[str]]) -> None:
    """Quotes, commas, line breaks inside a cell: every cell comes back as it was written, and nothing runs over."""
    with TemporaryDirectory() as folder:
        with CsvFiles(Path(folder)) as files:
            files.begin("x", ["a", "b"])
            for row in rows:
                files.add("x", row)
        raw = (Path(folder) / "x.csv").read_bytes()
    assert raw.startswith(BOM)
    assert raw.endswith(b"\r\n")
    read = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    assert read == [["a", "b"], *([format_csv_cell(cell) for cell in row] for row in rows)]


def test_bytes_as_the_rfc_has_them(tmp_path: Path) -> None:
    """CRLF ends a line, quotes are doubled, and only what needs them is quoted."""
    with CsvFiles(tmp_path) as files:
        files.begin("x", ["a", "b"])
        files.add("x", ['say "hi"', "two\nlines, a comma"])
        files.add("x", [1, None])
    raw = (tmp_path / "x.csv").read_bytes()
    assert raw == BOM + b'a,b\r\n"say ""hi""","two\nlines, a comma"\r\n1,\r\n'


def test_a_zip_of_them(tmp_path: Path) -> None:
    """Every table is a file in it."""
    with CsvFiles(tmp_path) as files:
        for table in ("x", "y"):
            files.begin(table, [table])
    zip_folder(tmp_path, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.namelist() == ["x.csv", "y.csv"]
        assert archive.read("y.csv") == BOM + b"y\r\n"
