"""Where a mistake is: the lines of what people wrote."""

from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ValidationError, field_validator

from bot.company.mistakes import (
    Mistake,
    Mistakes,
    Place,
    convert_validation_error,
    find_line,
    find_toml_lines,
    find_yaml_duplicates,
    find_yaml_lines,
    is_key,
)


def test_a_mistake_reads_as_a_sentence() -> None:
    """Place, what, why; without a what where the place says it all."""
    assert str(Mistake("a.toml:3", "company.name", "is missing")) == "a.toml:3: company.name: is missing"
    assert str(Mistake("HUIFANG_TOKEN", "", "is required")) == "HUIFANG_TOKEN: is required"


def test_all_of_them_are_one_exception() -> None:
    """A line each."""
    mistakes = Mistakes([Mistake("a", "", "x"), Mistake("b", "", "y")])
    assert str(mistakes) == "a: x\nb: y"
    assert len(mistakes.found) == 2


def test_lines_of_toml() -> None:
    """Tables, keys, quoted and dotted ones; comments before, behind and instead; whatever is inside a value is not a key."""
    text = "\n".join(  # noqa: FLY002 -- a line a line
        [
            "# a = 1",
            'quality = "q"  # the = department',
            "",
            "[company]",
            'name = { en = "x" }',
            "  a.b = 1",
            '[departments."s p"]   # [x] = 1',
            '"k y" = 1',
            "[[list]]",
            "x=1",
            "[list.of]",
            'y = """',
            "z = 1",
            '"""',
            "[[list]]",
            "x = 2",
            "'Tel. = no'.\"a.b\" = 'c'",
            "no key",
        ]
    )
    lines = find_toml_lines(text)
    assert lines == {
        ("quality",): 2,
        ("company",): 4,
        ("company", "name"): 5,
        ("company", "a", "b"): 6,
        ("departments", "s p"): 7,
        ("departments", "s p", "k y"): 8,
        ("list",): 9,
        ("list", 0): 9,
        ("list", 0, "x"): 10,
        ("list", 0, "of"): 11,
        ("list", 0, "of", "y"): 12,
        ("list", 1): 15,
        ("list", 1, "x"): 16,
        ("list", 1, "Tel. = no", "a.b"): 17,
    }


def test_lines_of_yaml() -> None:
    """Keys and items at any depth, in both styles."""
    lines = find_yaml_lines("a: 1\nb:\n  - x: 1\n    y: {z: 2}\n  - [1,\n     2]\n")
    assert lines == {
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 0, "x"): 3,
        ("b", 0, "y"): 4,
        ("b", 0, "y", "z"): 4,
        ("b", 1): 5,
        ("b", 1, 0): 5,
        ("b", 1, 1): 6,
    }
    assert find_yaml_lines("") == {}
    with pytest.raises(yaml.YAMLError):
        find_yaml_lines("a: [")


def test_what_stands_twice_in_yaml() -> None:
    """In the same table only, at any depth."""
    assert find_yaml_duplicates("a: 1\nb: {c: 1, d: {c: 2}, c: 3}\nl: [{x: 1, x: 2}, {x: 1}]\n") == [
        ("b", "c"),
        ("l", 0, "x"),
    ]


class _Inner(BaseModel):
    number: int

    @field_validator("number")
    @classmethod
    def _small(cls, value: int) -> int:
        if value > 5:
            raise ValueError("is too big")
        return value


class _Outer(BaseModel, extra="forbid"):
    inner: dict[str, _Inner]


def test_findings_of_pydantic() -> None:
    """Each with the line of the nearest place that has one, in plain words."""
    lines: dict[Place, int] = {("inner",): 3, ("inner", "a"): 4, ("inner", "a", "number"): 5}
    raw = {"inner": {"a": {"number": 9}, "b": {}, "c": 5}, "x": 1}
    with pytest.raises(ValidationError) as caught:
        _Outer.model_validate(raw)
    assert [str(one) for one in convert_validation_error(caught.value, Path("f"), lines)] == [
        "f:5: inner.a.number: is too big",
        "f:3: inner.b.number: is missing; add it",
        "f:3: inner.c: is not a table of keys and values",
        "f:1: x: is not known here; check the spelling or remove it",
    ]


def test_the_nearest_line() -> None:
    """Of the place itself, else of what is around it, else the file's first."""
    lines: dict[Place, int] = {("a",): 3, ("a", "b"): 5}
    places: list[Place] = [("a", "b"), ("a", "b", 0), ("a", "c"), ("x",), ()]
    assert [find_line(lines, place) for place in places] == [5, 5, 3, 1, 1]


@pytest.mark.parametrize(
    ("text", "right"),
    [("a-b_9", True), ("abcdef", True), ("abcdefg", False), ("a b", False), ("", False), ("é", False)],
)
def test_keys(text: str, *, right: bool) -> None:
    """Letters, digits, - and _, at least one, not too many."""
    assert is_key(text, 6) is right
