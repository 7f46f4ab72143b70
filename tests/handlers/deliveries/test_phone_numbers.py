"""Phone numbers: one form, and one rule for which there can be."""

import pytest

from handlers.deliveries.phone_numbers import find_region, normalise_phone


@pytest.mark.parametrize(
    ("phone", "region", "number"),
    [
        ("+8613800138000", "CN", "+8613800138000"),
        ("13800138000", "CN", "+8613800138000"),
        ("138 0013-8000", "CN", "+8613800138000"),
        ("0086 138 0013 8000", "CN", "+8613800138000"),
        ("+86 (138) 0013 8000", "DE", "+8613800138000"),
        ("010 12345678", "CN", "+861012345678"),
        ("030 1234567", "DE", "+49301234567"),
        ("13800138000", "DE", "+4913800138000"),
        ("138****8000", "CN", None),
        ("+86138xxxx8000", "CN", None),
        ("call me", "CN", None),
        ("12", "CN", None),
        ("+", "CN", None),
        ("", "CN", None),
    ],
)
def test_phone_numbers_have_one_form(phone: str, region: str, number: str | None) -> None:
    """However a number is written, the customer who shares it is found."""
    assert normalise_phone(phone, region) == number


@pytest.mark.parametrize("phone", ["+999138001380", "+1555000111122", "+1 555 000 111122"])
def test_a_number_that_no_country_has(phone: str) -> None:
    """On request it is refused; without, what is in the form already is taken as a system sends it."""
    assert normalise_phone(phone, "CN", checks_country=True) is None
    assert normalise_phone(phone, "CN") == (phone if " " not in phone else None)


def test_the_request_changes_nothing_for_numbers_that_can_be() -> None:
    """In whatever form they come."""
    for phone in ("+8613800138000", "13800138000", "0086 138 0013 8000", "+86 (138) 0013 8000"):
        assert normalise_phone(phone, "CN", checks_country=True) == "+8613800138000"


def test_the_region_of_a_number() -> None:
    """By its longest known country code."""
    assert [find_region(number) for number in ("+8613800138000", "+85291234567", "+12025550123", "+9990000000")] == [
        *("CN", "HK", "US"),
        "",
    ]
