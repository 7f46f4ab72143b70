"""Column mapping of a delivery file: which heading means which of our fields.

1. Headings are compared without case, spaces, punctuation and bracketed parts: "Waybill No.", waybill_no and "运单号（必填）"
   are equal.
2. The company file's mapping of a heading takes precedence over the languages'; a field that the company maps is read
   from there alone.
3. If several columns mean one field, the first non-empty one in a row counts.
"""

import enum
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class Field(enum.StrEnum):
    """What can be known about a delivery, as named in `[import.columns]`."""

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
"""The `[import.columns]` value for a column to be ignored."""

_REMARK = re.compile(r"[(\[【].*?[)\]】]")
_MARKS = re.compile(r"[\s_\-./#:*'\"]+")


def plain(heading: str) -> str:
    """The heading normalised for comparison."""
    return _MARKS.sub("", _REMARK.sub("", unicodedata.normalize("NFKC", heading).casefold()))


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of a file, and the position of each field among them."""

    headings: tuple[str, ...]
    places: Mapping[Field, tuple[int, ...]]

    def name_field(self, field: Field) -> str:
        """What the file calls this field, for messages to people; our name if the file lacks it."""
        return " / ".join(self.headings[place] for place in self.places.get(field, ())) or field.value

    @property
    def missing(self) -> tuple[str, ...]:
        """The required fields that this file lacks."""
        needed = [field.value for field in (Field.WAYBILL, Field.DELIVERED_AT) if field not in self.places]
        if Field.PHONE not in self.places and Field.REF not in self.places:
            needed.append(f"{Field.PHONE} or {Field.REF}")
        return tuple(needed)


def understand(headings: Sequence[str], own: Mapping[str, str], known: Mapping[str, Field]) -> Columns:
    """What these headings mean; `own` maps the company's headings to a field or `ignore`, `known` those of texts/,
    passed through `plain`.
    """
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
