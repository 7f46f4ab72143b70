"""docs/export.md explains every column of an export."""

import re
from pathlib import Path

import pytest

from reports.export.tables import RESPONSES, list_table_columns

PAGE = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")


@pytest.mark.parametrize(("table", "columns"), list_table_columns([], quoted=True).items())
def test_every_column_has_its_row(table: str, columns: tuple[object, ...]) -> None:
    """In the order of the sheet; scores stand for themselves."""
    section = PAGE.partition(f"\n### {table}\n")[2].partition("\n### ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == [getattr(one, "name", "") for one in columns]
    assert ("*scores*" in section) is (table == RESPONSES)
