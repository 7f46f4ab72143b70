"""Dispatch of a dialogue's effects: facts go to the rooms they concern, other dialogues are started."""

from conversations.protocol import Begin, Save
from handlers.rooms import BEGINS, list_keepers
from handlers.turns.turn import Turn


async def carry_out(turn: Turn, effects: list[Save | Begin]) -> None:
    """Carry out what a step decided, in order.

    Raises:
        LookupError: when no room keeps such a fact or starts such a dialogue: a bug of ours, which tests find.
    """
    for effect in effects:
        match effect:
            case Begin(dialogue, about):
                await BEGINS[dialogue](turn, about or 0)
            case Save(fact):
                await _save_fact(turn, fact)


async def _save_fact(turn: Turn, fact: object) -> None:
    for keeper in list_keepers(fact):
        if keeper.roles:
            await turn.load_roles()
        await keeper.on_fact(turn, fact)
