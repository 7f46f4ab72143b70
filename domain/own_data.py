"""What a person is given of everything that is kept about them: rows by table, in values that anybody can read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

OwnRow = Mapping[str, object]
"""By column; moments as datetimes, mixed values as JSON has them."""

OwnData = Mapping[str, Sequence[OwnRow]]
"""By table."""

YOU, STAFF, NOBODY = "you", "staff", "the bot"
"""Who did something: other people are functions here, never names."""


@dataclass(frozen=True, slots=True)
class OwnDataRequest:
    """Whose data is wanted, in which form (`html` or `json`), and when it was asked for."""

    person: int
    form: str
    at: datetime
