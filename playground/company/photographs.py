"""Photographs of parcels that the customers of the past send along (`tests/harness/parcel_photographs.py` draws them), by what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from playground.world.files import Upload
from playground.world.world import World

_FOLDER = Path(__file__).parent / "photos"
SHOWN: Mapping[str, tuple[str, ...]] = {
    "damaged": ("crushed", "torn", "soaked"),
    "thrown": ("crushed", "torn"),
    "false_scan": ("step",),
}
"""The pictures that fit a reason of a complaint."""


def keep_photographs(world: World) -> dict[str, tuple[str, ...]]:
    """Put them among the files of this Telegram; their ids, by the reason that they fit."""
    names = sorted({name for fitting in SHOWN.values() for name in fitting})
    ids = {name: world.files.add("photo", _read(name)).id for name in names}
    return {reason: tuple(ids[name] for name in fitting) for reason, fitting in SHOWN.items()}


def _read(name: str) -> Upload:
    return Upload((_FOLDER / f"{name}.jpg").read_bytes(), name=f"{name}.jpg")
