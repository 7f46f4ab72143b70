"""Messages between the bot and the export process: what an export is read from, and what came of it."""

from dataclasses import dataclass
from pathlib import Path

from domain.company import Company
from storage.engine.address import Address


@dataclass(frozen=True, slots=True)
class ExportSource:
    """Passed to the helper process in memory, never written down."""

    database: Address
    secrets: tuple[str, ...]
    company: Company
    clock: Path | None = None


@dataclass(frozen=True, slots=True)
class MadeExport:
    """A finished file in a folder of its own; `instead` is what to say (HTML) if there is none."""

    path: Path | None = None
    instead: str = ""
