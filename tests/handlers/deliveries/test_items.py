"""One delivery as another system reports it: each checked by itself, all its mistakes told at once, by JSON pointer."""

from datetime import UTC
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.deliveries import items
from tests.conftest import PROVE
from tests.harness.in_process import COMPANY, NOON

WHOLE = {
    "waybill": "SF1",
    "delivered_at": "2026-11-23T10:15:00+08:00",
    "customer": {"phone": "+8613800138000", "ref": "C-77", "name": "王", "type": "vip", "language": "zh-Hans"},
    "department": "transport",
    "courier": {"id": "k17", "name": "李"},
    "route": "R1",
    "station": "S1",
    "service": "express",
    "priority": "P2",
    "declared_value": "100",
}


def wrong(item: object) -> dict[str, str]:
    """Where and why an item is refused."""
    checked = items.check_item(item, COMPANY, NOON)
    return {error.at: error.why for error in checked} if isinstance(checked, list) else {}


def test_the_contracts_example_is_accepted() -> None:
    """All fields there are, and the three that are required."""
    assert wrong(WHOLE) == {}
    assert wrong({"waybill": "1", "delivered_at": "2026-11-23T10:15:00Z", "customer": {"ref": "x"}}) == {}


@pytest.mark.parametrize(
    ("more", "errors"),
    [
        ({"waybill": ""}, {"/waybill": "String should have at least 1 character"}),
        ({"waybill": 5}, {"/waybill": "Input should be a valid string"}),
        ({"waybill": "x" * 65}, {"/waybill": "String should have at most 64 characters"}),
        ({"waybill": "a\0b"}, {"/waybill": "has a NUL character in it"}),
        ({"courier": {"id": "\0"}}, {"/courier/id": "has a NUL character in it"}),
        ({"delivered_at": "2026-11-23T10:15:00"}, {"/delivered_at": "needs an offset, such as +08:00"}),
        (
            {"delivered_at": "2026-11-25T00:00:00Z"},
            {"/delivered_at": "lies in the future; a delivery is reported once it is delivered"},
        ),
        ({"delivered_at": "0001-01-01T00:00:00+08:00"}, {"/delivered_at": "lies before 1970; check the year"}),
        ({"customer": {}}, {"/customer": "give a phone or a ref, so that the customer can be recognised"}),
        ({"customer": {"phone": "12"}}, {"/customer/phone": "is no phone number; write it like +8613800138000"}),
        (
            {"customer": {"ref": "1", "language": "1x"}},
            {"/customer/language": "is no language code; write it like zh or en"},
        ),
        (
            {"customer": {"ref": "1", "language": "abcdefghij"}},
            {"/customer/language": "is no language code; write it like zh or en"},
        ),
        ({"priority": "P5"}, {"/priority": "Input should be '', 'P1', 'P2', 'P3' or 'P4'"}),
        ({"courier": "k17"}, {"/courier": "is not a JSON object"}),
        ({"colour": "red"}, {"/colour": "is not a field of a delivery"}),
        ({"a/b~c": 1}, {"/a~1b~0c": "is not a field of a delivery"}),
    ],
)
def test_one_mistake(more: dict[str, Any], errors: dict[str, str]) -> None:
    """Each says where, as a JSON pointer, and why."""
    assert wrong(WHOLE | more) == errors


@pytest.mark.parametrize("item", [None, 5, "SF1", [], [[]], True])
def test_what_is_no_object(item: object) -> None:
    """The pointer is the whole item."""
    assert wrong(item) == {"": "is not a JSON object"}


def test_all_mistakes_at_once() -> None:
    """Nobody sends an item five times to hear five mistakes."""
    item = {"delivered_at": "yesterday", "customer": {"phone": 1, "colour": ""}, "courier": {"id": "x" * 65}}
    assert set(wrong(item)) == {"/waybill", "/delivered_at", "/customer/phone", "/customer/colour", "/courier/id"}
    late = {"delivered_at": "2027-11-25T00:00:00Z", "customer": {"phone": "x", "language": "?"}}
    assert set(wrong(WHOLE | late)) == {"/delivered_at", "/customer/phone", "/customer/language"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*WHOLE, "phone", "ref", "x"]), inner),
    max_leaves=8,
)


@settings(max_examples=60 if PROVE else 25)
@given(JSON, st.dictionaries(st.sampled_from([*WHOLE]), JSON))
def test_any_json_is_checked(item: object, more: dict[str, Any]) -> None:
    """Whatever comes is accepted or refused with at least one reason that can be sent; nothing raises."""
    for payload in (item, WHOLE | more):
        checked = items.check_item(payload, COMPANY, NOON)
        if isinstance(checked, list):
            assert checked
            assert all(error.why and (error.at == "" or error.at.startswith("/")) for error in checked)
        else:
            checked.delivered_at.astimezone(UTC)
