"""What dialogues decide is kept by somebody, or it is a mistake that is seen."""

from dataclasses import dataclass

import pytest

from conversations.protocol import Begin, Save
from handlers import outcomes
from handlers.turns.batch import Batch
from handlers.turns.turn import open_turn
from tests.harness.in_process import WANG, Desk, list_texts


@dataclass(frozen=True)
class Unheard:
    """A fact that nobody knows."""


@pytest.mark.parametrize("effect", [Save(Unheard()), Begin("nothing", 1)])
async def test_what_nobody_keeps_is_an_error(desk: Desk, effect: Save | Begin) -> None:
    """A new fact or dialogue that was not wired is found at once, and the event that brought it is kept."""
    await desk.say(WANG, "/help")

    async def work(batch: Batch) -> None:
        turn = await open_turn(batch, WANG.id)
        assert turn is not None
        with pytest.raises(LookupError):
            await outcomes.carry_out(turn, [effect])

    await desk.batch(work)


@pytest.mark.parametrize(("dialogue", "shown"), [("complaint", "complaint-category"), ("praise", "praise-words")])
async def test_one_dialogue_begins_another(desk: Desk, dialogue: str, shown: str) -> None:
    """By its name, in order with what else was decided."""
    await desk.say(WANG, "/help")

    async def work(batch: Batch) -> None:
        turn = await open_turn(batch, WANG.id)
        assert turn is not None
        await outcomes.carry_out(turn, [Begin(dialogue, None)])

    words = list_texts((await desk.batch(work)).calls)
    assert any(desk.text(shown) in text for text in words), words
