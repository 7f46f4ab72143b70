"""Schema validation of calls: names, presence and JSON types of parameters, as `botapi.json` describes them.

1. Values arrive as JSON, or as text from a form or a query; both become the described type here and nowhere else.
2. Deliberately stricter than Telegram: a parameter or field the Bot API does not know is refused, not ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from playground.shape.readers import (
    ShapeError,
    make_mismatch,
    read_boolean,
    read_identifier,
    read_integer,
    read_real,
    read_string,
    unpack_json,
)
from playground.shape.wire import Json, make_bad_request

Read = Callable[[object], object]

_API: dict[str, Any] = msgspec.json.decode(Path(__file__).with_name("botapi.json").read_bytes())
KNOWN: dict[str, str] = {name.lower(): name for name in _API["known"]}
_WORDED = {  # parameters whose absence Telegram reports in its own words
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}


@dataclass(frozen=True, slots=True)
class _Field:
    read: Read
    required: bool
    is_file: bool
    is_packed: bool
    """An array or object, which may come as JSON in text, but only at the top level."""


def check(method: str, raw: Mapping[str, object], files: Mapping[str, object]) -> Json:
    """The parameters as their described types; `files` are uploaded parts by name.

    Raises:
        CallRefusedError: when a parameter is unknown, missing, or of the wrong type.
    """
    fields = _method(method)
    params: Json = {}
    for name, value in raw.items():
        field = fields.get(name)
        if field is None:
            raise make_bad_request(
                f'unknown parameter "{name}" of {method} (Telegram would ignore it, the local server does not)'
            )
        if value is None:
            continue
        try:
            params[name] = field.read(unpack_json(value) if field.is_packed else value)
        except ShapeError as wrong:
            raise make_bad_request(
                f'can\'t parse parameter "{name}": {wrong.at + ": " if wrong.at else ""}{wrong.why}'
            ) from None
    for name, field in fields.items():
        if field.required and name not in params and not (field.is_file and name in files):
            raise make_bad_request(_WORDED.get(name, f'parameter "{name}" is required'))
    return params


def type_fields(name: str) -> Json:
    """The described fields of a type, for objects that are built here."""
    fields: Json = _API["types"][name]
    return fields


@cache
def _method(method: str) -> dict[str, _Field]:
    return _fields(_API["methods"][method])


def _fields(described: Json) -> dict[str, _Field]:
    return {name: _field(field) for name, field in described.items()}


def _field(described: Json) -> _Field:
    types = tuple(described["types"])
    is_packed = "String" not in types and frozenset(types) not in _SCALARS
    return _Field(_reader(types), described.get("required", False), "InputFile" in types, is_packed)


_SCALARS: dict[frozenset[str], Read] = {
    frozenset({"Integer"}): read_integer,
    frozenset({"Integer", "String"}): read_identifier,
    frozenset({"Boolean"}): read_boolean,
    frozenset({"True"}): read_boolean,
    frozenset({"Float"}): read_real,
}


@cache
def _reader(types: tuple[str, ...]) -> Read:
    """A reader for any one of `types`."""
    scalar = _SCALARS.get(frozenset(types))
    if scalar is not None:
        return scalar
    if "String" in types:  # alone, or as an alternative to InputFile
        return read_string
    if types[0].startswith("Array of "):
        return _array(tuple(kind.removeprefix("Array of ") for kind in types))
    return _object(types)


def _array(kinds: tuple[str, ...]) -> Read:
    read = _reader(kinds)

    def array(value: object) -> list[object]:
        if not isinstance(value, list):
            raise make_mismatch("Array", value)
        items = []
        for number, item in enumerate(value):
            try:
                items.append(read(item))
            except ShapeError as wrong:
                raise wrong.inside(number) from None
        return items

    return array


def _object(names: tuple[str, ...]) -> Read:
    """An object that is one of the named types, or of their subtypes."""

    def read(value: object) -> object:
        if isinstance(value, str) and names == ("KeyboardButton",):
            return {"text": value}  # the Bot API's own shorthand
        if not isinstance(value, dict):
            raise make_mismatch("Object", value)
        members = [member for name in names for member in _members(name)]
        likely = [name for name in members if _resembles(name, value)]
        failure = ShapeError(f"an object of type {' or '.join(names)} expected")
        for name in likely:
            try:
                return _fill_in(name, value)
            except ShapeError as wrong:
                failure = wrong
        raise failure

    return read


@cache
def _members(name: str) -> tuple[str, ...]:
    return tuple(_API["types"][name].get("subtypes") or [name]) if "subtypes" in _API["types"][name] else (name,)


@cache
def _describe_type(name: str) -> dict[str, _Field]:
    return _fields(_API["types"][name])


@cache
def _constants(name: str) -> dict[str, str]:
    return {field: known["constant"] for field, known in _API["types"][name].items() if "constant" in known}


def _resembles(name: str, value: Json) -> bool:
    required = (field for field, known in _describe_type(name).items() if known.required)
    return all(value.get(field) == constant for field, constant in _constants(name).items()) and all(
        field in value for field in required
    )


def _fill_in(name: str, value: Json) -> Json:
    fields = _describe_type(name)
    result: Json = {}
    for key, item in value.items():
        if key not in fields:
            raise ShapeError(f"{name} has no such field", f"/{key}")
        if item is None:
            continue
        try:
            result[key] = fields[key].read(item)
        except ShapeError as wrong:
            raise wrong.inside(key) from None
    return result
