"""Any file whatever where deliveries should be: its rows, or one sentence about what is wrong with it."""

from datetime import datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands.table_files import UnreadableFileError, open_table
from domain.deliveries.columns import understand
from tests.conftest import PROVE
from tests.harness.spreadsheet_files import write_sheet
from tests.harness.text_fragments import VOCABULARY

CSV = 'waybill,delivered_at,phone,remark\r\nSF1,2026-11-23T10:15:00+08:00,+8613800138000,"a ""b"""\r\nSF2,2026/11/23,138,两\r\n'
SHEET: list[list[object]] = [
    ["waybill", "delivered_at", "phone"],
    ["SF1", datetime(2026, 11, 23, 10, 15), 13800138000],  # noqa: DTZ001 -- a cell has no zone
    ["SF2", 46349.5, None],
]
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
CUTS = st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 40), st.binary(max_size=6)), max_size=4)
PIECES = st.sampled_from(
    [
        b'"',
        b'"""',
        b"\n",
        b"\r",
        b"\0",
        b"sep=;\n",
        b"sep=\xff\n",
        b",",
        b";",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x1a",
        b"x" * 200_000,
    ]
)


def read(path: Path) -> None:
    """Everything in it, to its last row."""
    try:
        table = open_table(path, lambda headings: len(understand(headings, {}, VOCABULARY.headings).places))
        rows = list(table.rows)
    except UnreadableFileError as error:
        said = str(error)
    else:
        assert all(isinstance(heading, str) for heading in table.headings)
        assert all(row.number > 0 for row in rows)
        return
    assert said.startswith(str(path))


def cut(content: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    """Without some of its bytes, and with others in their place."""
    for at, length, put in cuts:
        place = at % (len(content) + 1)
        content = content[:place] + put + content[place + length :]
    return content


def tries(few: int, many: int) -> settings:
    return settings(
        max_examples=many if PROVE else few,
        derandomize=not PROVE,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@tries(60, 5_000)
@given(encoding=st.sampled_from(ENCODINGS), cuts=CUTS, piece=PIECES, place=st.integers(0, 200))
def test_any_text(tmp_path: Path, encoding: str, cuts: list[tuple[int, int, bytes]], piece: bytes, place: int) -> None:
    """A CSV in any encoding, cut and pieced together."""
    path = tmp_path / "any.csv"
    path.write_bytes(cut(CSV.encode(encoding), [*cuts, (place, 0, piece)]))
    read(path)


@tries(60, 5_000)
@given(
    content=st.binary(max_size=200),
    start=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_any_bytes(tmp_path: Path, content: bytes, start: bytes) -> None:
    """Whatever a file begins with."""
    path = tmp_path / "any"
    path.write_bytes(start + content)
    read(path)


@tries(60, 5_000)
@given(cuts=CUTS)
def test_any_spreadsheet(tmp_path: Path, cuts: list[tuple[int, int, bytes]]) -> None:
    """A real one with bytes lost or put in anywhere, in its directory or in its packed parts."""
    path = tmp_path / "any.xlsx"
    if not (tmp_path / "whole.xlsx").exists():
        write_sheet(tmp_path / "whole.xlsx", SHEET)
    path.write_bytes(cut((tmp_path / "whole.xlsx").read_bytes(), cuts))
    read(path)
