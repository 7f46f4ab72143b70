"""What an export is read from, and what it became: what the bot and the process that writes the file tell each other."""

from dataclasses import dataclass
from pathlib import Path

from domain.company import Company


@dataclass(frozen=True, slots=True)
class ExportSource:
    """Handed to the helper process in memory, and never written down."""

    database: str
    secrets: tuple[str, ...]
    company: Company
    clock: Path | None = None


@dataclass(frozen=True, slots=True)
class MadeExport:
    """A file that is ready, in a folder of its own; `instead` is what to say (HTML) where there is none."""

    path: Path | None = None
    instead: str = ""
