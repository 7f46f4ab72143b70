"""[import] of huifang.toml: accepted as the documentation shows it, and every mistake told with its place and cure."""

from pathlib import Path

import pytest

from bot.company.company import load_company
from tests.harness.company_files import TOML, find_mistakes

FIELDS = (
    "waybill, delivered_at, phone, ref, name, type, language, department, courier_id, courier_name, route, station, service, "
    "priority, declared_value"
)


def test_a_mapping(folder: Path) -> None:
    """Headings with spaces, dots and equals signs; the company's own forms of dates, a zone of its own."""
    more = [
        "[import]",
        'date_formats = ["%d.%m.%Y %H:%M"]',
        'timezone = "Europe/Berlin"',
        "[import.columns]",
        '"Tel. = no" = "phone"',
        '"订单号" = "waybill"',
    ]
    (folder / "huifang.toml").write_text("\n".join([TOML, *more]), "utf-8")
    importing = load_company(folder / "huifang.toml").importing
    assert importing.columns == {"Tel. = no": "phone", "订单号": "waybill"}
    assert importing.date_formats == ("%d.%m.%Y %H:%M",)
    assert importing.timezone == "Europe/Berlin"


NO_FIELD, TWICE = (
    f"is no field of a delivery; there are {FIELDS}, and ignore",
    "is read like 'Tel', which is phone already; keep one of the two",
)
NO_DATE = "does not say the year, the month and the day; write one like %d.%m.%Y %H:%M"
FORMS, COLUMNS = "[import]\ndate_formats = {}", "[import.columns]\n{}"


@pytest.mark.parametrize(
    ("lines", "wrong", "why"),
    [
        (COLUMNS.format('"A" = "phone"\n"Tel. no" = "tel"'), 3, f"columns.Tel. no: 'tel' {NO_FIELD}"),
        (COLUMNS.format('"Tel" = "phone"\n"T.E.L." = "ref"'), 3, f"columns.T.E.L.: {TWICE}"),
        (COLUMNS.format('"Tel" = 5'), 2, "columns.Tel: Input should be a valid string"),
        ('[import]\ncolumns = "x"', 2, "columns: is not a table of keys and values"),
        (FORMS.format('["%Y-%m-%d", "day"]'), 2, f"date_formats.1: 'day' {NO_DATE}"),
        (FORMS.format('["%H:%M"]'), 2, f"date_formats.0: '%H:%M' {NO_DATE}"),
        (FORMS.format('["%Y-%m %Q"]'), 2, "date_formats.0: '%Y-%m %Q' is no form of a date; write one like %d.%m.%Y %H:%M"),
        (FORMS.format('["%d.%m.%y %I:%M"]'), 2, "date_formats.0: '%d.%m.%y %I:%M' has hours of twelve without %p; write %H, or add %p"),
        ('[import]\ntimezone = "Mars"', 2, "timezone: 'Mars' is no time zone; write one like Asia/Shanghai"),
        ("[import]\ncolumn = 1", 2, "column: is not known here; check the spelling or remove it"),
    ],
)  # fmt: skip
def test_one_mistake(folder: Path, lines: str, wrong: int, why: str) -> None:
    """Exactly this line says exactly this."""
    (folder / "huifang.toml").write_text(f"{TOML}{lines}\n", "utf-8")
    assert find_mistakes(folder) == [f"huifang.toml:{TOML.count(chr(10)) + wrong}: import.{why}"]
