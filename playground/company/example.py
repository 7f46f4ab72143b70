"""Demo data of the example company: its own words from the file that `huifang init` writes, its customers' from `texts/*/example.toml`.

Its customers speak the languages it offers. People's numbers are given in those files, so that a new world fits an older database.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from texts import FOLDER, LANGUAGES

COMPANY = Path(__file__).parents[2] / "bot" / "example" / "huifang.toml"


@dataclass(frozen=True, slots=True)
class Seated:
    """A customer who has a seat from the start."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Names:
    """Other customers; the first has the number `first`, the others follow."""

    first: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Regulars:
    """Many more customers: the first has the number `first`; each is one of the family names with one of the given names."""

    first: int
    many: int
    family: tuple[str, ...]
    given: tuple[str, ...]
    between: str

    def list_names(self) -> list[str]:
        """Their names, in the order of their numbers; the family name is first where nothing stands between."""
        pairs = [
            (self.family[n % len(self.family)], self.given[(n * 7 + n // len(self.family)) % len(self.given)])
            for n in range(self.many)
        ]
        return [f"{given} {family}" if self.between else f"{family}{given}" for family, given in pairs]


class Staff(BaseModel):
    """What the departments of one language write: `resolutions` (cause, action, compensation) by the reason of the complaint."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    resolutions: Mapping[str, tuple[str, str, str]]
    answers: tuple[str, ...]
    adopted: str
    declined: str
    returned: str


class Customers(BaseModel):
    """The customers of one language and what they say: `again` about an answer that does not help, `comments` after a survey.

    `complaints` are by the reason of the complaint; other words by the kind of case.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    seated: Seated
    others: Names
    regulars: Regulars
    again: str
    comments: tuple[str, ...]
    complaints: Mapping[str, tuple[str, ...]]
    suggestions: tuple[str, ...]
    inquiries: tuple[str, ...]
    praise: tuple[str, ...]
    staff: Staff
    stations: tuple[str, ...]
    couriers: tuple[str, ...]
    campaigns: tuple[str, ...]
    cast: Mapping[str, str]


_FILE: Mapping[str, Any] = tomllib.loads(COMPANY.read_text("utf-8"))

SPOKEN: Mapping[str, Customers] = {
    language: Customers.model_validate(tomllib.loads((FOLDER / language / "example.toml").read_text("utf-8")))
    for language in LANGUAGES
    if language in _FILE["company"]["languages"]
}
"""The customers by language."""


def names(*place: str, languages: Sequence[str] = LANGUAGES) -> tuple[str, ...]:
    """The name of something in the company (departments, transport) in each of these languages that it has a name in."""
    node: Any = _FILE
    for key in place:
        node = node[key]
    return tuple(node["name"][language] for language in languages if language in node["name"])
