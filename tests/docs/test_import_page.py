"""docs/importing.md names every field of a file, and every heading that is known."""

from docs import import_page
from domain.deliveries.columns import Field, understand
from texts.words import vocabulary


def test_every_field_and_heading_stands_in_its_row() -> None:
    """With what it means, and each heading of the row means that field."""
    rows = {
        row.split("|")[1].strip(" `"): row.split("|")[3]
        for row in import_page.write_import_page("").splitlines()
        if row.startswith("| `")
    }
    assert list(rows) == [*Field, "ignore"]
    assert set(import_page.MEANING) == set(vocabulary().headings.values()) == set(Field)
    for field in Field:
        for heading in rows[field].split(","):
            assert understand([heading], {}, vocabulary().headings).places == {field: (0,)}
