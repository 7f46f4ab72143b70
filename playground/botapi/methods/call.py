"""A checked call of the bot, about to be carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playground.shape.wire import Json, make_bad_request
from playground.world.accounts import ChatState
from playground.world.files import Upload
from playground.world.world import World


@dataclass(frozen=True, slots=True)
class BotCall:
    world: World
    method: str
    params: Json
    files: Mapping[str, Upload]

    def reach(self, kind: str | None = None) -> ChatState:
        """The chat the call is about, if the bot may write there."""
        return self.world.reach(self.params["chat_id"], kind)

    def look(self) -> ChatState:
        return self.world.look(self.params["chat_id"])

    def message(self, chat: ChatState, missing: str) -> Json:
        """The message the call is about. Raises CallRefusedError, saying `missing`, when there is none."""
        message = chat.messages.get(self.params.get("message_id", 0))
        if message is None:
            raise make_bad_request(missing)
        return message


Method = Callable[[BotCall], object]
