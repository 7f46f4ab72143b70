"""Progress of the first start: a bar in the page, and in the terminal where there is one."""

from __future__ import annotations

import sys

from playground.shape.wire import Json
from playground.world.world import World

STEPS = 4
"""Founding the company, planning its past, loading it, ready."""

_WIDTH = 24


class StartProgress:
    """Tells how far the start has come, in steps."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._shown = False
        self._done = STEPS
        world.extras["progress"] = self._format

    def tell(self, step: int) -> None:
        """This step has begun."""
        self._done = step - 1
        self._world.events.publish("progress", self._format())
        if sys.stdout.isatty():
            full = _WIDTH * (step - 1) // STEPS
            sys.stdout.write(f"\r[{'#' * full}{' ' * (_WIDTH - full)}] a company of fourteen months is being loaded ")
            sys.stdout.flush()
            self._shown = True

    def _format(self) -> Json:
        return {"done": self._done, "of": STEPS}

    def end(self) -> None:
        """Everything is ready."""
        self._done = STEPS
        self._world.events.publish("progress", self._format())
        if self._shown:
            sys.stdout.write(f"\r[{'#' * _WIDTH}] ready{' ' * 40}\n")
            sys.stdout.flush()
