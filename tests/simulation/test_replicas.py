"""Three replicas on virtual time, with faults between any two awaits; a seed that fails fails again.

Replay one with `live_through(seed)` of `tests.simulation.replicas.world`.
"""

from tests.conftest import PROVE
from tests.simulation.replicas.referee import judge
from tests.simulation.replicas.world import live_through, stay_silent

SEEDS = range(1, 1001) if PROVE else range(1, 25)


def test_nothing_is_lost_doubled_or_stuck() -> None:
    """Whatever strikes when: every update once, every message in order, repeated only where a call was in doubt."""
    with stay_silent():
        wrong = {seed: list(judge(live_through(seed))) for seed in SEEDS}
    assert {seed: judged for seed, judged in wrong.items() if judged} == {}
