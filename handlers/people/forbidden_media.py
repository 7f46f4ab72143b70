"""Forbidden media: the line that stands in the place of a file or picture which a group, or a person's privacy, does not let us send.

1. It says what it was, from whom and of which case, and what an administrator (or the person) can do.
2. Its button leads to it: from a group to the presser's private chat, in a private chat to another attempt.
3. A picture of figures keeps its words and its buttons; only the picture is missing.
"""

from collections.abc import Sequence

import msgspec

from conversations.buttons import CaseViewButton, MyCaseButton
from conversations.protocol import Key, Text
from domain.cases.case import Case, ContributionSide
from handlers.cases.life import card_chats
from handlers.cases.messages import threads
from handlers.turns import outbound
from handlers.turns.batch import Batch
from storage.cases import contributions as contribution_rows
from storage.people import people
from storage.queue.outbox import DOCUMENT, PICTURE, OwedCall

_KINDS = {
    "sendPhoto": "photo",
    "sendVideo": "video",
    "sendDocument": "document",
    "sendVoice": "voice",
    "sendAudio": "audio",
    "sendVideoNote": "note",
    "sendMediaGroup": "album",
    PICTURE: "picture",
    DOCUMENT: "document",
}
"""What a call sends, for the sentence about it."""

MEDIA_CALLS = frozenset(_KINDS)
"""The calls that send something which may be forbidden while text is not."""


class _Item(msgspec.Struct, frozen=True):
    media: str


class _Payload(msgspec.Struct, frozen=True):
    """Of a call that sends media: its files by kind, or the words and buttons that a picture of ours has."""

    photo: str = ""
    video: str = ""
    document: str = ""
    voice: str = ""
    audio: str = ""
    video_note: str = ""
    media: tuple[_Item, ...] = ()
    caption: str = ""
    reply_markup: dict[str, list[list[dict[str, str]]]] = {}

    def list_files(self) -> list[str]:
        single = (self.photo, self.video, self.document, self.voice, self.audio, self.video_note)
        return [file for file in single if file] + [item.media for item in self.media]


async def draw_line(batch: Batch, call: OwedCall) -> str:
    """The body of the message that stands in the place of what this call would have sent."""
    chat = call.chat_id or 0
    owed = msgspec.json.decode(call.payload, type=_Payload)
    language, texts = await card_chats.find_language(batch, chat), batch.services.texts
    kind, files = _KINDS[call.method], owed.list_files()
    why = texts.html(language, "forbidden-here", {"kind": kind, "place": "group" if chat < 0 else "private"})
    case = await threads.find_named_case(batch.tx, call.name) if files else None
    if case is None:
        buttons = owed.reply_markup.get("inline_keyboard")
        return outbound.make_message("\n\n".join(filter(None, (owed.caption, why))), buttons)
    side = await _find_side(batch, case, files)
    what = texts.html(
        language, "forbidden-file", {"number": case.number, "from": side, "kind": kind, "count": len(files)}
    )
    rows = ((await _make_key(batch, chat, case),),)
    return outbound.make_message(f"{what}\n{why}", outbound.draw_keyboard(texts, language, rows))


async def _find_side(batch: Batch, case: Case, files: Sequence[str]) -> str:
    """Who contributed the first of these files."""
    for contribution in await contribution_rows.list_contributions(batch.tx, case.id):
        if any(id_ in files for _kind, id_, _album in contribution.files):
            return contribution.side
    return ContributionSide.CUSTOMER


async def _make_key(batch: Batch, chat: int, case: Case) -> Key:
    """The button that leads to the file."""
    if chat < 0:
        return Key(Text("forbidden-see"), CaseViewButton(case.id, "m"))
    reader = (await people.fetch_by_account(batch.tx, [chat])).get(chat)
    own = reader is not None and reader.id == case.customer
    return Key(Text("forbidden-again"), MyCaseButton(case.id, "f") if own else CaseViewButton(case.id, "f"))
