"""Reading one value."""

from __future__ import annotations

import pytest

from playground.shape import readers


@pytest.mark.parametrize(("value", "number"), [(5, 5), ("5", 5), ("-100123", -100123)])
def test_a_number_may_come_as_text(value: object, number: int) -> None:
    """From a form or a query."""
    assert readers.read_integer(value) == number


@pytest.mark.parametrize("value", [True, "5.0", "x", "", 5.5, None, "9" * 30])
def test_what_is_no_integer_is_refused(value: object) -> None:
    """Not even a boolean is one."""
    with pytest.raises(readers.ShapeError, match="Integer expected"):
        readers.read_integer(value)


def test_a_chat_is_a_number_or_a_name() -> None:
    """Names begin with @."""
    assert readers.read_identifier("@li") == "@li"
    assert readers.read_identifier("-5") == -5
    with pytest.raises(readers.ShapeError):
        readers.read_identifier("li")


def test_booleans_and_reals_have_their_words() -> None:
    """Case does not matter."""
    assert readers.read_boolean("True") is True
    assert readers.read_boolean("0") is False
    assert readers.read_real("1.5") == readers.read_real(1.5) == 1.5
    for value in ("maybe", 1):
        with pytest.raises(readers.ShapeError):
            readers.read_boolean(value)
    with pytest.raises(readers.ShapeError):
        readers.read_real("1e5")


def test_half_a_surrogate_pair_is_no_string() -> None:
    """Telegram wants UTF-8."""
    with pytest.raises(readers.ShapeError, match="UTF-8"):
        readers.read_string("\ud800")
    with pytest.raises(readers.ShapeError, match="String expected, int found"):
        readers.read_string(5)


def test_objects_may_come_as_json_in_text() -> None:
    """As forms send them."""
    assert readers.unpack_json('{"a": 1}') == {"a": 1}
    assert readers.unpack_json([1]) == [1]
    with pytest.raises(readers.ShapeError, match="not JSON"):
        readers.unpack_json("{")
