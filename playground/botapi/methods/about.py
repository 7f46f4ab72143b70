"""Bot API methods about the bot itself: who it is, its menus and its descriptions."""

from __future__ import annotations

import re
from functools import partial

from playground.botapi.methods.call import BotCall, Method
from playground.shape.wire import Json, make_bad_request

MOST_COMMANDS = 100
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_LIMITS = {"name": 64, "description": 512, "short_description": 120}
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")


def _get_me(call: BotCall) -> object:
    return {**call.world.bot, **call.world.abilities}


def _language(call: BotCall) -> str:
    language: str = call.params.get("language_code", "")
    if not _LANGUAGE.fullmatch(language):
        raise make_bad_request("invalid language code specified")
    return language


def _set_commands(call: BotCall) -> object:
    commands: list[Json] = call.params["commands"]
    if len(commands) > MOST_COMMANDS:
        raise make_bad_request("too much commands specified")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise make_bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= 256:  # noqa: PLR2004  BotCommand.description
            raise make_bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    known = [{**command, "command": command["command"].removeprefix("/")} for command in commands]
    call.world.menu.set(_scope(call), _language(call), known)
    call.world.events.publish("commands", call.world.menu.list_all())
    return True


def _get_commands(call: BotCall) -> object:
    return call.world.menu.get(_scope(call), _language(call))


def _delete_commands(call: BotCall) -> object:
    call.world.menu.delete(_scope(call), _language(call))
    call.world.events.publish("commands", call.world.menu.list_all())
    return True


def _scope(call: BotCall) -> Json | None:
    """The scope; one about a chat requires that chat to be known."""
    scope: Json | None = call.params.get("scope")
    if scope is None or "chat_id" not in scope:
        return scope
    return {**scope, "chat_id": call.world.look(scope["chat_id"]).id}


def _set_text(kind: str, call: BotCall) -> object:
    text = call.params.get(kind, "")
    if len(text) > _LIMITS[kind]:
        raise make_bad_request(f"bot {kind.replace('_', ' ')} is too long")
    call.world.texts[kind, _language(call)] = text
    return True


def _get_text(kind: str, call: BotCall) -> object:
    texts = call.world.texts
    fallback = call.world.bot["first_name"] if kind == "name" else ""
    return {kind: texts.get((kind, _language(call))) or texts.get((kind, ""), fallback)}


def _set_menu_button(call: BotCall) -> object:
    if "chat_id" in call.params:
        call.look().menu_button = call.params.get("menu_button")
    return True


def _get_menu_button(call: BotCall) -> object:
    chosen = call.look().menu_button if "chat_id" in call.params else None
    return chosen or {"type": "commands" if call.world.menu.get(None, "") else "default"}


METHODS: dict[str, Method] = {
    "getMe": _get_me,
    "setMyCommands": _set_commands,
    "getMyCommands": _get_commands,
    "deleteMyCommands": _delete_commands,
    "setMyName": partial(_set_text, "name"),
    "getMyName": partial(_get_text, "name"),
    "setMyDescription": partial(_set_text, "description"),
    "getMyDescription": partial(_get_text, "description"),
    "setMyShortDescription": partial(_set_text, "short_description"),
    "getMyShortDescription": partial(_get_text, "short_description"),
    "setChatMenuButton": _set_menu_button,
    "getChatMenuButton": _get_menu_button,
}
