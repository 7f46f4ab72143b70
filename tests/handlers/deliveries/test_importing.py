"""Rows become deliveries as the HTTP interface takes them, or reasons in the words of their file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from domain.company import ImportRules
from domain.deliveries.cells import Cell
from domain.deliveries.columns import understand
from domain.people import Role
from handlers.deliveries.importing import FileRow, IngestedRow, ReadRow, RowReader, ingest_rows, is_empty
from storage.models import deliveries, timers
from storage.people import people
from tests.harness.in_process import COMPANY, WANG, Desk
from tests.harness.text_fragments import VOCABULARY

HEADINGS = (
    "运单号",
    "签收时间",
    "手机号",
    "客户编号",
    "收件人",
    "语言",
    "部门",
    "快递员编号",
    "快递员",
    "优先级",
    "保价",
)


def read(*cells: Cell, headings: Sequence[str] = HEADINGS, **importing: Any) -> ReadRow:  # noqa: ANN401 -- settings
    company = replace(COMPANY, importing=ImportRules(**importing))
    return RowReader(understand(headings, company.importing.columns, VOCABULARY.headings), company, VOCABULARY).read(
        FileRow(7, cells)
    )


def test_a_row_is_an_item() -> None:
    """Departments and languages by name, priorities by digit; what is empty is left out."""
    row = read("SF1", "2026/11/23 10:15", "13800138000", "", "王小明", "中文", "运输部", "k17", "李", "2", " ")
    assert row.errors == ()
    assert row.item == {
        "waybill": "SF1",
        "delivered_at": datetime(2026, 11, 23, 2, 15, tzinfo=UTC),
        "customer": {"phone": "13800138000", "name": "王小明", "language": "zh"},
        "department": "transport",
        "courier": {"id": "k17", "name": "李"},
        "priority": "P2",
    }


@pytest.mark.parametrize(
    ("department", "key"),
    [
        ("Customer service", "service"),
        ("CUSTOMER  SERVICE", "service"),
        ("transport", "transport"),
        ("运输部", "transport"),
    ],
)
def test_departments(department: str, key: str) -> None:
    """By name or key, in any language."""
    assert read(department, headings=["部门"]).item["department"] == key


def test_a_department_that_is_not_there() -> None:
    """Refused, with those that are there: the figures of a mistyped department would be nobody's."""
    (why,) = read("Transprot", headings=["部门"]).errors
    assert why.startswith("部门: the company file has no department 'Transprot'; it has transport, service, ")


@pytest.mark.parametrize("phone", ["+999138001380", "+1555000111122"])
def test_a_phone_that_no_country_has(phone: str) -> None:
    """With a country's code a number is judged by that country; `normalise_phone` judges the others."""
    assert read(phone, headings=["手机"]).errors == (
        "手机: no country has such a number; write it like +8613800138000",
    )


def test_what_a_spreadsheet_holds() -> None:
    """Dates as dates, a phone that became 1.38e10, a waybill that became a number."""
    moment = datetime(2026, 11, 23, 10, 15)  # noqa: DTZ001 -- as a spreadsheet says it
    row = read(123456.0, moment, 13800138000.0, 77.0, "", "", "", 17.0, "", 1.0, 99.5)
    assert (row.item["waybill"], row.item["customer"]) == ("123456", {"phone": "13800138000", "ref": "77"})
    assert (row.item["courier"], row.item["priority"], row.item["declared_value"]) == ({"id": "17"}, "P1", "99.5")
    assert row.item["delivered_at"] == datetime(2026, 11, 23, 2, 15, tzinfo=UTC)


def test_the_zone_of_the_file() -> None:
    """The company's, unless [import] names another; the company's forms are read."""
    headings = ["delivered_at"]
    assert read("2026-11-23 10:15", headings=headings, timezone="Europe/Berlin").item["delivered_at"].hour == 9
    assert read("23.11.2026", headings=headings, date_formats=("%d.%m.%Y",)).item["delivered_at"].day == 22


def test_the_first_column_that_says_something() -> None:
    """Two columns of phones: the landline is empty here, the mobile is not."""
    headings = ["收件人电话", "收件人手机"]
    assert read(" ", "13800138000", headings=headings).item["customer"] == {"phone": "13800138000"}
    assert read("02112345678", "13800138000", headings=headings).item["customer"] == {"phone": "02112345678"}


def test_what_cannot_be_read_is_told_at_once_with_the_files_headings() -> None:
    """Every reason of a row, not the first."""
    row = read(123456789012345678.0, "soon", "138****8000", "", "", "", "", "", "", "", "", "lost, and found")
    assert row.errors == (
        "has more cells than there are headings; what contains the separator needs quotation marks",
        "运单号: has more than 15 digits, and spreadsheets lose the others of a number: keep the column as text",
        "签收时间: is no date and time; write it like 2026-11-23 10:15, or name its form in [import] date_formats",
        "手机号: is masked; nobody can be recognised by a number with asterisks",
    )
    assert read("1.23E+14", headings=["waybill"]).errors[0].startswith("waybill: 1.23E+14 is what a spreadsheet made")


def test_short_rows_and_empty_ones() -> None:
    """Cells that are not there are empty; trailing separators are no cells."""
    assert read("SF1").item["waybill"] == "SF1"
    assert read("SF1", *[""] * 20).errors == ()
    assert is_empty(["", "  "])
    assert is_empty([])
    assert not is_empty(["", 0.0])


@pytest.fixture
def reader() -> RowReader:
    return RowReader(understand(HEADINGS, {}, VOCABULARY.headings), COMPANY, VOCABULARY)


async def _take(desk: Desk, reader: RowReader, *rows: Sequence[Cell]) -> list[IngestedRow]:
    read = [reader.read(FileRow(n, cells)) for n, cells in enumerate(rows, 2)]
    async with desk.database.begin() as tx:
        return await ingest_rows(tx, desk.services, "import", reader, read, desk.clock.now())


async def test_good_rows_are_kept_and_bad_ones_say_why(desk: Desk, reader: RowReader) -> None:
    """In order; anyone who is known is asked when it is time; the reasons name the file's headings."""
    wang = await desk.grant(WANG, Role.STAFF, "transport")
    async with desk.database.begin() as tx:
        await people.record_identities(tx, {("phone", desk.services.keyring.digest("+8613800138000")): wang})
    good = ("SF1", "2026/11/23 10:15", "13800138000")
    taken = await _take(
        desk,
        reader,
        good,
        ("SF2", "soon", "13800138000"),
        ("SF3", "2026/11/23 10:15", "12"),
        ("SF4", "2026/11/23 10:15"),
        ("", "2026/11/29 10:15", "13800138000", "", "", "", "", "", "", "5"),
        good,
        (*good, "", "王"),
    )
    assert [one.status for one in taken] == ["accepted", *["refused"] * 4, "unchanged", "updated"]
    assert [one.line.number for one in taken] == list(range(2, 9))
    assert taken[2].why == "手机号: is no phone number; write it like +8613800138000"
    assert taken[3].why == "手机号 / 客户编号: give a phone or a ref, so that the customer can be recognised"
    assert taken[4].why.startswith("运单号: is required; 优先级: ")
    assert [tuple(row) for row in await desk.rows(select(deliveries.c.waybill, deliveries.c.source))] == [
        ("SF1", "import")
    ]
    assert len(await desk.rows(select(timers).where(timers.c.kind == "invite"))) == 1


async def test_the_same_rows_again_change_nothing(desk: Desk, reader: RowReader) -> None:
    """However the moment is written."""
    assert (await _take(desk, reader, ("SF1", "2026/11/23 10:15", "13800138000")))[0].status == "accepted"
    again = ("SF1", "2026-11-23T02:15:00Z", "+86 138 0013 8000")
    assert (await _take(desk, reader, again))[0].status == "unchanged"
