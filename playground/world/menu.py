"""Command menus of the bot, by scope and language, and which one a person sees."""

from __future__ import annotations

from collections.abc import Iterator

from playground.shape.wire import Json
from playground.world.accounts import Account, ChatState

_ADMINS = frozenset({"creator", "administrator"})


class Menu:
    def __init__(self) -> None:
        self._commands: dict[str, dict[str, list[Json]]] = {}

    def set(self, scope: Json | None, language: str, commands: list[Json]) -> None:
        self._commands.setdefault(_key(scope), {})[language] = commands

    def get(self, scope: Json | None, language: str) -> list[Json]:
        return self._commands.get(_key(scope), {}).get(language, [])

    def delete(self, scope: Json | None, language: str) -> None:
        self._commands.get(_key(scope), {}).pop(language, None)

    def list_all(self) -> Json:
        """Every menu with its scope and language."""
        sets = [
            {"scope": _scope(key), "language_code": language, "commands": commands}
            for key, menus in self._commands.items()
            for language, commands in menus.items()
        ]
        return {"sets": sets}

    def find_commands(self, chat: ChatState, user: Account) -> list[Json]:
        """What Telegram offers this person in this chat: the narrowest scope, in their language if it exists."""
        for scope in _scopes(chat, user):
            menus = self._commands.get(scope, {})
            for language in (user.language_code.partition("-")[0], ""):
                if language in menus:
                    return menus[language]
        return []


def _scopes(chat: ChatState, user: Account) -> Iterator[str]:
    if chat.is_private:
        yield from (f"chat:{chat.id}", "all_private_chats", "default")
        return
    yield f"chat_member:{chat.id}:{user.id}"
    if chat.members.get(user.id) in _ADMINS:
        yield f"chat_administrators:{chat.id}"
    yield f"chat:{chat.id}"
    if chat.members.get(user.id) in _ADMINS:
        yield "all_chat_administrators"
    yield from ("all_group_chats", "default")


def _scope(key: str) -> Json:
    kind, *numbers = key.split(":")
    return {"type": kind, **dict(zip(("chat_id", "user_id"), map(int, numbers), strict=False))}


def _key(scope: Json | None) -> str:
    scope = scope or {"type": "default"}
    return ":".join(str(scope[part]) for part in ("type", "chat_id", "user_id") if part in scope)
