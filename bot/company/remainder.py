"""Error recovery: what is wrong in a file is replaced, so that the rest can be judged too, and all mistakes come at once."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.company.mistakes import Place

T = TypeVar("T", bound=BaseModel)

_UNKNOWN, _DEEP = {"extra_forbidden", "unexpected_keyword_argument"}, 2

_ROUNDS = 5
"""A value that was put in may be wrong where it stands, too; then the next is tried."""


def validate_remainder(
    model: type[T], raw: Mapping[str, Any], example: Mapping[str, Any], error: ValidationError
) -> T | None:
    """The file with the values of a right `example` where its own are wrong; None if that does not make it right."""
    mended = copy.deepcopy(dict(raw))
    for _ in range(_ROUNDS):
        for detail in error.errors(include_url=False):
            _replace(mended, detail, example)
        try:
            return model.model_validate(mended)
        except ValidationError as again:
            error = again
    return None


def list_told(error: ValidationError) -> list[Place]:
    """The places of what was found; of a misspelt name the table around its own, too, where others miss what it should have named."""
    told = []
    for detail in error.errors(include_url=False):
        place = tuple(part for part in detail["loc"] if part != "[key]")
        is_name = detail["type"] in _UNKNOWN and len(place) > _DEEP
        told.append(place[:-_DEEP] if is_name else place)
    return told


def is_told(place: Place, told: Sequence[Place]) -> bool:
    """Whether something at this place, in it or around it was said already: then what is found there is a consequence."""
    return any(place[: len(other)] == other or other[: len(place)] == place for other in told)


def _replace(mended: dict[str, Any], detail: ErrorDetails, example: Mapping[str, Any]) -> None:
    *above, name = [part for part in detail["loc"] if part != "[key]"] or [""]
    target: Any = mended
    for part in above:
        target = target.get(part) if isinstance(target, dict) else None
    if not isinstance(target, dict):
        return
    target.pop(name, None)
    if detail["type"] not in _UNKNOWN:
        value = _find_value(example, (*above, name))
        if value is not None:
            target[str(name)] = value


def _find_value(example: Any, place: Sequence[str | int]) -> Any:  # noqa: ANN401 -- parsed TOML
    """The example's value there; for a name that it has not (a department's key), that of its first."""
    for part in place:
        if not isinstance(example, dict) or not example:
            return None
        example = example[part] if part in example else next(iter(example.values()))
    return copy.deepcopy(example)
