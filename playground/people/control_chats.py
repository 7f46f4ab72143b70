"""Control API for chats (`/play/chats`): creating them, and everything people do in one."""

from __future__ import annotations

import asyncio

from aiohttp import web

from playground.people.actions import Actor
from playground.people.attachments import (
    ATTACHABLE,
    ImpossibleError,
    make_attachment,
    make_caption_content,
    make_text_content,
    make_upload,
)
from playground.people.control_body import read_body, respond_json
from playground.shape.wire import Json
from playground.world.accounts import Account, ChatState
from playground.world.membership import change_bot, change_person, migrate, rename
from playground.world.world import World

PERMISSIONS = frozenset(
    {"can_send_messages", "can_send_photos", "can_send_videos", "can_send_video_notes", "can_send_voice_notes"}
    | {"can_send_audios", "can_send_documents", "can_send_polls", "can_send_other_messages"}
)
_TYPES = frozenset({"group", "supergroup"})
_STATUSES = frozenset({"creator", "administrator", "member", "restricted", "left", "kicked"})


class ChatControl:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        acts = {
            "say": self._say,
            "album": self._album,
            "edit": self._edit,
            "press": self._press,
            "contact": self._contact,
            "start": self._start,
            "member": self._member,
            "members": self._members,
            "permissions": self._permissions,
            "title": self._title,
            "migrate": self._migrate,
        }
        return [
            web.post("/play/chats", self._make),
            *(web.post(f"/play/chats/{{chat}}/{name}", act) for name, act in acts.items()),
        ]

    async def _make(self, request: web.Request) -> web.Response:
        asked, world = await read_body(request), self._world
        if asked.get("type") not in _TYPES:
            raise ImpossibleError("type must be group or supergroup")
        members = asked.get("members", [])
        for person in members:
            self._user(person)
        is_forum = bool(asked.get("is_forum")) and asked["type"] == "supergroup"
        chat = world.add_chat(asked["type"], asked["title"], members, chat_id=asked.get("id"), is_forum=is_forum)
        if asked.get("bot", True):
            change_bot(world, chat, "member", None)
        return respond_json(chat.card())

    async def _say(self, request: web.Request) -> web.Response:
        actor, asked = await self._act(request)
        content: Json = {}
        for kind in ATTACHABLE:
            if asked.get(kind):
                content = make_attachment(self._world, kind, asked[kind])
                content |= make_caption_content(self._world, asked.get("caption") or asked.get("text"))
        content = content or make_text_content(self._world, asked.get("text") or "")
        reply, thread, quote = asked.get("reply_to"), asked.get("thread"), asked.get("quote")
        return respond_json({"message": actor.say(content, reply_to=reply, thread=thread, quote=quote)})

    async def _album(self, request: web.Request) -> web.Response:
        actor, asked = await self._act(request)
        photos = asked.get("photos") or [True] * int(asked.get("count", 2))
        uploads = [make_upload(self._world, "photo", photo) for photo in photos]
        messages = actor.album(uploads, asked.get("caption"), asked.get("reply_to"))
        order = asked.get("order") or range(len(messages))
        if sorted(order) != list(range(len(messages))):
            raise ImpossibleError("order must be a permutation of 0 … n-1")
        for step, number in enumerate(order):
            if step and asked.get("delay_ms"):
                await asyncio.sleep(asked["delay_ms"] / 1000)
            actor.tell_bot(messages[number])
        return respond_json({"messages": messages})

    async def _edit(self, request: web.Request) -> web.Response:
        actor, asked = await self._act(request)
        kind = next((kind for kind in ATTACHABLE if asked.get(kind)), None)
        media = make_attachment(self._world, kind, asked[kind]) if kind else None
        return respond_json(
            {"message": actor.edit(asked["message_id"], asked.get("text"), asked.get("caption"), media)}
        )

    async def _press(self, request: web.Request) -> web.Response:
        actor, asked = await self._act(request)
        if asked.get("data") is None:
            return respond_json(actor.press_label(asked["label"], asked.get("message_id")))
        forged = bool(asked.get("forged"))
        return respond_json({"callback_query_id": actor.press(asked["message_id"], asked["data"], forged=forged)})

    async def _contact(self, request: web.Request) -> web.Response:
        actor, asked = await self._act(request)
        reply = asked.get("reply_to")
        return respond_json({"message": actor.contact(asked.get("phone_number"), asked.get("user_id"), reply)})

    async def _start(self, request: web.Request) -> web.Response:
        actor, asked = await self._act(request)
        return respond_json({"message": actor.start(asked.get("payload"))})

    async def _member(self, request: web.Request) -> web.Response:
        """The bot's own membership; in a private chat `kicked` means blocked."""
        chat, asked = self._chat(request), await read_body(request)
        status = _parse_status(asked)
        if chat.is_private and status not in {"member", "kicked"}:
            raise ImpossibleError("a private chat knows only member and kicked (blocked)")
        change_bot(self._world, chat, status, asked.get("by"), asked.get("rights"))
        return respond_json(chat.card())

    async def _members(self, request: web.Request) -> web.Response:
        """A person's membership of a group."""
        chat, asked = self._chat(request), await read_body(request)
        if chat.is_private:
            raise ImpossibleError("nobody joins a private chat")
        person = self._user(asked["user"]).id
        change_person(self._world, chat, person, _parse_status(asked), asked.get("by"))
        return respond_json(chat.card())

    async def _permissions(self, request: web.Request) -> web.Response:
        """What the bot may send: by the group's permissions for all members, or by the privacy of a person (`can_send_voice_notes`)."""
        chat, asked = self._chat(request), await read_body(request)
        unknown = set(asked) - PERMISSIONS
        if unknown:
            raise ImpossibleError(f"permissions are {', '.join(sorted(PERMISSIONS))}")
        chat.permissions |= asked
        return respond_json(chat.card())

    async def _title(self, request: web.Request) -> web.Response:
        chat, asked = self._chat(request), await read_body(request)
        rename(self._world, chat, asked["title"], asked.get("by"))
        return respond_json(chat.card())

    async def _migrate(self, request: web.Request) -> web.Response:
        chat = self._chat(request)
        if chat.type != "group" or chat.migrated_to is not None:
            raise ImpossibleError("only a basic group can become a supergroup, and only once")
        return respond_json({"new_id": migrate(self._world, chat).id})

    async def _act(self, request: web.Request) -> tuple[Actor, Json]:
        """Who does it and where, and the rest of the request."""
        chat, asked = self._chat(request), await read_body(request)
        return Actor(self._world, chat, self._user(asked["from"])), asked

    def _chat(self, request: web.Request) -> ChatState:
        return self._world.find(int(request.match_info["chat"]))

    def _user(self, number: int) -> Account:
        user = self._world.users.get(number)
        if user is None:
            raise ImpossibleError(f"there is no user {number}")
        return user


def _parse_status(asked: Json) -> str:
    status: str = asked["status"]
    if status not in _STATUSES:
        raise ImpossibleError(f"status must be one of {', '.join(sorted(_STATUSES))}")
    return status
