"""Photographs of parcels that the customers of the past send along: drawn by code, the same each time."""

from __future__ import annotations

from playground.world import samples
from playground.world.files import Upload


def draw_photographs() -> list[Upload]:
    """Some pictures, as customers send them."""
    return [Upload(samples.make_picture(seed)) for seed in range(3)]
