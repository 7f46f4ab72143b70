"""Connection to the control API: what people do, what is to be seen, and how Telegram behaves, a method each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Self

import aiohttp

from playground.people.transcript import format_lines
from playground.shape.wire import Json, decode, encode

PAGE = 200
PATIENCE_SECONDS = 60.0
"""How long something is waited for that is expected: many times what it takes, so that only what never comes is missed."""


class PlayError(Exception):
    """The control API refused; its message says why."""


@dataclass(frozen=True, slots=True)
class Participant:
    id: int
    first_name: str
    language: str
    phone: str | None = None


ParticipantOrId = int | Participant


def participant_id(who: ParticipantOrId) -> int:
    return who if isinstance(who, int) else who.id


class Connection:
    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def ask(self, verb: str, path: str, data: Json | None = None, **query: object) -> Json:
        """Any request under /play. Raises PlayError with the server's reason."""
        if self._session is None:
            raise PlayError("use the client in `async with`")
        wanted = {name: str(value) for name, value in query.items() if value is not None}
        body = None if data is None else encode({name: value for name, value in data.items() if value is not None})
        async with self._session.request(verb, f"{self.url}/play/{path}", params=wanted, data=body) as answer:
            read: Json = decode(await answer.read())
            if not answer.ok:
                raise PlayError(read.get("error", str(read)))
            return read

    # People and chats

    async def user(
        self,
        first_name: str,
        *,
        language: str = "en",
        phone: str | None = None,
        user_id: int | None = None,
        last_name: str | None = None,
        username: str | None = None,
    ) -> Participant:
        facts = {"last_name": last_name, "username": username, "phone": phone, "language_code": language}
        made = await self.ask("POST", "users", {"id": user_id, "first_name": first_name, **facts})
        return Participant(made["id"], first_name, language, phone)

    async def group(
        self,
        title: str,
        members: list[Participant] | list[int],
        *,
        kind: str = "supergroup",
        bot: bool = True,
        forum: bool = False,
    ) -> int:
        """A new group; returns its number. The first member is its creator."""
        people = [participant_id(member) for member in members]
        asked = {"type": kind, "title": title, "members": people, "is_forum": forum, "bot": bot}
        return int((await self.ask("POST", "chats", asked))["id"])

    async def member(
        self,
        chat: ParticipantOrId,
        status: str,
        *,
        by: ParticipantOrId | None = None,
        rights: dict[str, bool] | None = None,
    ) -> Json:
        """Change the bot's membership; in a private chat `kicked` means blocked."""
        asked: Json = {"status": status, "by": None if by is None else participant_id(by), "rights": rights}
        return await self.ask("POST", f"chats/{participant_id(chat)}/member", asked)

    async def permit(self, chat: ParticipantOrId, **permissions: bool) -> Json:
        """Change what may be sent: `can_send_photos=False` in a group, `can_send_voice_notes=False` of a person."""
        return await self.ask("POST", f"chats/{participant_id(chat)}/permissions", dict(permissions))

    async def migrate(self, chat: int) -> int:
        """Turn the group into a supergroup; returns its new number."""
        return int((await self.ask("POST", f"chats/{chat}/migrate", {}))["new_id"])

    # What people do (`Seat` has the convenient forms)

    async def act(self, chat: ParticipantOrId, user: ParticipantOrId, what: str, **details: object) -> Json:
        return await self.ask("POST", f"chats/{participant_id(chat)}/{what}", {"from": participant_id(user), **details})

    async def say(
        self, chat: ParticipantOrId, user: ParticipantOrId, text: str | None = None, **details: object
    ) -> Json:
        """Write, or attach (`photo=True`, …); returns the message sent."""
        message: Json = (await self.act(chat, user, "say", text=text, **details))["message"]
        return message

    async def press(
        self, chat: ParticipantOrId, user: ParticipantOrId, label: str, *, message_id: int | None = None
    ) -> Json:
        """Press the button that shows `label` on the newest message that has one."""
        return await self.act(chat, user, "press", label=label, message_id=message_id)

    # What is to be seen

    async def messages(self, chat: ParticipantOrId, *, viewer: ParticipantOrId = 0, limit: int = PAGE) -> list[Json]:
        """The newest messages of a chat, oldest first, without deleted ones."""
        return (await self._page(chat, viewer, limit))[0]

    async def wait_for(
        self,
        chat: ParticipantOrId,
        wanted: Callable[[Json], bool],
        *,
        timeout: float = PATIENCE_SECONDS,  # noqa: ASYNC109
    ) -> Json:
        """The newest message that is `wanted`, as soon as there is one. Raises AssertionError after `timeout` seconds."""
        end = monotonic() + timeout
        while True:
            messages, event = await self._page(chat, 0, PAGE)
            for message in reversed(messages):
                if wanted(message):
                    return message
            left = end - monotonic()
            if left <= 0:
                raise AssertionError("\n".join(["not seen; the chat is:", *format_lines(messages)]))
            await self.ask("GET", "wait", after=event, timeout=min(left, 1))

    async def settle(self, *, quiet_ms: int = 150, timeout: float = PATIENCE_SECONDS) -> None:  # noqa: ASYNC109
        """Wait until no update is waiting and the bot has made no call for `quiet_ms`; `timeout` in seconds."""
        await self.ask("GET", "settled", quiet_ms=quiet_ms, timeout=timeout)

    async def transcript(self, chat: ParticipantOrId) -> list[str]:
        """The chat as lines: `[3] bot: How was it? [1][2][3]`."""
        return format_lines(await self.messages(chat))

    async def calls(self, method: str | None = None, *, since: int = 0) -> list[Json]:
        """What the bot called, oldest first."""
        logged: list[Json] = (await self.ask("GET", "calls", since=since))["calls"]
        return [call for call in logged if method in {None, call["method"]}]

    async def callback(self, callback_query_id: str) -> Json:
        return await self.ask("GET", f"callbacks/{callback_query_id}")

    async def updates(self) -> Json:
        return await self.ask("GET", "updates")

    async def state(self) -> Json:
        return await self.ask("GET", "state")

    # How Telegram behaves

    async def fault(self, kind: str, **details: object) -> int:
        """Make Telegram fail in this way; returns the fault's number."""
        return int((await self.ask("POST", "faults", {"kind": kind, **details}))["id"])

    async def heal(self, fault: int | None = None) -> None:
        """End one fault, or all."""
        await self.ask("DELETE", "faults" if fault is None else f"faults/{fault}")

    async def strict(self, on: bool = True, *, overall: int | None = None) -> None:  # noqa: FBT001, FBT002  reads as a sentence
        """Real rate limits (`overall` messages per second instead of 30), or none."""
        await self.ask("POST", "limits", {"strict": on, "overall": overall})

    async def reads_all(self, on: bool = True) -> None:  # noqa: FBT001, FBT002  reads as a sentence
        """Turn privacy mode off (on=True) or on."""
        await self.ask("POST", "bot", {"can_read_all_group_messages": on})

    async def repeat(self, update_id: int) -> None:
        await self.ask("POST", f"updates/{update_id}/repeat", {})

    async def raw(self, update: Json) -> int:
        """Inject any update."""
        return int((await self.ask("POST", "raw", {"update": update}))["update_id"])

    async def file(self, file_id: str) -> bytes:
        """The file's bytes. Raises PlayError when the client is used outside `async with`."""
        if self._session is None:
            raise PlayError("use the client in `async with`")
        async with self._session.get(f"{self.url}/play/files/{file_id}") as answer:
            return await answer.read()

    async def _page(self, chat: ParticipantOrId, viewer: ParticipantOrId, limit: int) -> tuple[list[Json], int]:
        page = await self.ask(
            "GET", f"chats/{participant_id(chat)}/messages", viewer=participant_id(viewer), limit=limit
        )
        return [message for message in page["messages"] if "deleted" not in message], page["event"]
