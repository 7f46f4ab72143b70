"""Every dialogue of the example company is walked, and the walk itself is shown to find what it is there to find."""

import msgspec
import pytest

from bot.app import build_dialogues as served
from conversations.buttons import DraftMoveButton
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Conversation,
    Event,
    Key,
    Pressed,
    Said,
    Screen,
    Step,
    Text,
    Words,
    done,
    goto,
)
from tests.harness.explore import explore, render_part
from tests.harness.screens import COMPANY, Dialogue, list_dialogues
from tests.harness.text_fragments import VOCABULARY


class Room(msgspec.Struct, frozen=True, tag="room"):
    """A state of a dialogue with a mistake."""

    draft: int
    inner: bool = False


def built(
    *, understood: bool = True, ends: bool = True, key: str = "back", twice: bool = False, asks: bool = False
) -> Conversation[Room]:
    """A dialogue of two rooms, with at most one thing wrong."""

    def screen(state: Room, _language: str) -> Screen:
        keys = (
            Key(Text(key), DraftMoveButton(state.draft, 0, "d")),
            *([Key(Words("Back"), DraftMoveButton(1, 1, "d"))] if twice else []),
        )
        return Screen((Text("hint"),), (keys,), asks=asks)

    def step(state: Room, event: Event) -> Step[Room]:
        match event:
            case Pressed() if understood:
                return goto(Room(state.draft, inner=True)) if not (state.inner and ends) else done()
            case _:
                return NOT_UNDERSTOOD

    return Conversation("room", Room, screen, step)


@pytest.mark.parametrize("dialogue", list_dialogues(), ids=lambda one: one.conversation.name)
def test_every_dialogue(dialogue: Dialogue) -> None:
    """Shown buttons are understood, there is no dead end, and every text renders in every language."""
    walk = dialogue.walk()
    assert len(walk.seen) > 1
    kinds = {type(seen.state) for seen in walk.seen.values()}
    states = dialogue.conversation.states
    assert kinds == set(getattr(states, "__args__", (states,)))


def test_no_dialogue_is_left_out() -> None:
    """What the bot serves is what is walked."""
    assert [one.conversation.name for one in list_dialogues()] == list(served(COMPANY, {}, VOCABULARY))


def test_a_dialogue_without_a_mistake() -> None:
    """The rooms are walked when nothing is wrong."""
    assert len(explore(built(), [Room(1)]).seen) == 2


@pytest.mark.parametrize(
    ("conversation", "why"),
    [
        (built(understood=False), "shown and not understood"),
        (built(ends=False), "no way out"),
        (built(twice=True), "two buttons say the same"),
        (built(asks=True), "asks and does not listen"),
    ],
)
def test_finds_mistakes(conversation: Conversation[Room], why: str) -> None:
    """A dead button, a room without a door, a label twice and a deaf question are found."""
    with pytest.raises(AssertionError, match=why):
        explore(conversation, [Room(1)])


def test_finds_missing_texts() -> None:
    """A key that no file has is found."""
    with pytest.raises(KeyError):
        explore(built(key="no-such-text"), [Room(1)])


def test_words_are_said_where_they_lead_somewhere() -> None:
    """The walk says something in every state, not only where words are asked for."""
    complaint = next(one for one in list_dialogues() if one.conversation.name == "complaint")
    ways = [event for seen in complaint.walk().seen.values() for event, _ in seen.ways]
    assert any(isinstance(event, Said) for event in ways)


CUSTOMERS_REASONS = {"not_satisfied", "reopen", "ask_more", "rating-appeal"}
"""Reasons that are given in private, where nobody has to reply."""


@pytest.mark.parametrize(("language", "reply"), [("en", "eply"), ("zh", "回复"), ("zh-TW", "回覆")])
def test_a_prompt_in_a_group_says_that_it_wants_a_reply(language: str, reply: str) -> None:
    """Everything that staff are asked for in words: what is not a reply to it goes nowhere."""
    prompts = [
        seen
        for dialogue in list_dialogues()
        if dialogue.conversation.name in {"form", "letter", "reason", "standard"}
        for seen in dialogue.walk().seen.values()
        if seen.screens[language].asks and getattr(seen.state, "event", "") not in CUSTOMERS_REASONS
    ]
    assert len(prompts) > 20
    for seen in prompts:
        words = "\n".join(render_part(language, part) for part in seen.screens[language].parts)
        assert reply in words, words
