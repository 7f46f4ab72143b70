"""The columns of a file of deliveries: which heading means which of our fields.

1. Headings are compared without case, spaces, marks and what stands in brackets: "Waybill No.", waybill_no and "运单号（必填）" are read alike.
2. What the company file says of a heading counts before what the languages say; a field that the company names is read from there alone.
3. Where several columns mean one field, the first that says something in a row counts.
"""

import enum
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class Field(enum.StrEnum):
    """What can be known of a delivery, as `[import.columns]` names it."""

    WAYBILL = "waybill"
    DELIVERED_AT = "delivered_at"
    PHONE = "phone"
    REF = "ref"
    NAME = "name"
    TYPE = "type"
    LANGUAGE = "language"
    DEPARTMENT = "department"
    COURIER_ID = "courier_id"
    COURIER_NAME = "courier_name"
    ROUTE = "route"
    STATION = "station"
    SERVICE = "service"
    PRIORITY = "priority"
    DECLARED_VALUE = "declared_value"


IGNORE = "ignore"
"""What `[import.columns]` says of a column that means nothing to us."""

_REMARK = re.compile(r"[(\[【].*?[)\]】]")
_MARKS = re.compile(r"[\s_\-./#:*'\"]+")


def plain(heading: str) -> str:
    """The heading as it is compared."""
    return _MARKS.sub("", _REMARK.sub("", unicodedata.normalize("NFKC", heading).casefold()))


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of a file, and where each field stands among them."""

    headings: tuple[str, ...]
    places: Mapping[Field, tuple[int, ...]]

    def named(self, field: Field) -> str:
        """What the file calls this field, for whoever reads about it; ours where it has none."""
        return " / ".join(self.headings[place] for place in self.places.get(field, ())) or field.value

    @property
    def missing(self) -> tuple[str, ...]:
        """What a delivery cannot do without, and this file does not have."""
        needed = [field.value for field in (Field.WAYBILL, Field.DELIVERED_AT) if field not in self.places]
        if Field.PHONE not in self.places and Field.REF not in self.places:
            needed.append(f"{Field.PHONE} or {Field.REF}")
        return tuple(needed)


def understand(headings: Sequence[str], own: Mapping[str, str], known: Mapping[str, Field]) -> Columns:
    """What these headings mean; `own` is the company's mapping, heading to field or `ignore`, `known` are those of texts/, `plain`."""
    named = {plain(heading): field for heading, field in own.items()}
    claimed = {named[key] for heading in headings if (key := plain(heading)) in named}
    places: dict[Field, list[int]] = {}
    for place, heading in enumerate(headings):
        key = plain(heading)
        field = named.get(key) or known.get(key)
        if field is None or field == IGNORE or (key not in named and field in claimed):
            continue
        places.setdefault(Field(field), []).append(place)
    return Columns(tuple(headings), {field: tuple(found) for field, found in places.items()})
