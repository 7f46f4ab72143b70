"""Uploads from the store: what Telegram does not know by its id goes as it was kept, as much of it as there is."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from bot.process.telegram import Answer, BotApi
from bot.sending.evidence_uploads import UNKNOWN_FILE, EvidenceUploads, open_uploads
from bot.sending.outcomes import says
from handlers.turns import outbound
from playground.people.client import TelegramClient
from playground.server import Server
from playground.world import samples
from storage.cases import contributions, evidence
from storage.cases.contributions import Contribution
from storage.cases.evidence import SealedObject
from storage.engine.database import Database
from storage.objects.object_store import StorePlace, open_store
from storage.objects.sealed_object import ObjectWriter
from storage.queue.outbox import OwedCall
from tests.harness.rows import NOW, file_case

KEY = bytes(range(32))


class Uploading:
    """A case with files that another bot was given, and a chat to send them to."""

    def __init__(self, database: Database, api: BotApi, place: StorePlace, chat: int) -> None:
        self.database, self.api, self.chat = database, api, chat
        self.store = open_store(place)
        self.uploads = EvidenceUploads(api, database, self.store)

    async def keep(self, *files: tuple[str, str, bytes]) -> None:
        """Files as (kind, id, content); one without content was never kept."""
        async with self.database.begin() as tx:
            case = await file_case(tx)
            named = tuple((kind, id_, "") for kind, id_, _ in files)
            await contributions.add_contribution(tx, Contribution(1, case.id, "", named, NOW))
            for file, (_, _, data) in zip(await evidence.list_by_case(tx, case.id), files, strict=True):
                if data:
                    await evidence.put_kept(tx, file.id, await self._seal(data))
        self.case = case.id

    async def _seal(self, data: bytes) -> SealedObject:
        with ObjectWriter(self.store.workroom, KEY) as writer:
            writer.add(data)
            writer.finish()
            await self.store.put(writer.name, writer.path)
            return SealedObject(writer.name, KEY.hex(), writer.digest, writer.size, "jpg")

    async def send(self, files: Sequence[tuple[str, str]]) -> list[Answer | None]:
        """Send these files by their ids as a group would be shown them."""
        answers = []
        for method, body in outbound.make_media_calls(files):
            refused = await self.api.call(method, f'{{"chat_id":{self.chat},{body[1:]}')
            assert says(refused, UNKNOWN_FILE), refused
            call = OwedCall(7, self.chat, method, body, f"c:{self.case}:7")
            head = f'"chat_id":{self.chat},"reply_parameters":{{"message_id":1,"allow_sending_without_reply":true}}'
            answers.append(await self.uploads.send(call, head))
        return answers


@pytest.fixture
async def uploading(database: Database, api: BotApi, telegram: TelegramClient, tmp_path: Path) -> Uploading:
    wang = await telegram.user("Wang")
    await telegram.private(wang).start()
    return Uploading(database, api, StorePlace(tmp_path / "kept"), wang.id)


async def test_an_album_and_a_voice(uploading: Uploading, telegram: TelegramClient, server: Server) -> None:
    """As album and as voice message, byte by byte, in the place where they are owed."""
    first_photo, two, voice = samples.make_picture(1), samples.make_picture(2), samples.make_voice()
    await uploading.keep(("photo", "p1", first_photo), ("photo", "p2", two), ("voice", "v", voice))
    answers = await uploading.send([("photo", "p1"), ("photo", "p2"), ("voice", "v")])
    assert all(answer is not None and answer.ok for answer in answers), answers
    first, second, third = [m for m in await telegram.messages(uploading.chat) if m["sent_by_bot"]]
    assert first["media_group_id"] == second["media_group_id"]
    assert "voice" in third
    assert third["reply_to_message"]["message_id"] == 1
    assert [file.data for file in server.world.files] == [first_photo, two, voice]


async def test_as_much_as_there_is(uploading: Uploading, telegram: TelegramClient) -> None:
    """Of an album what is kept and whole, alone if nothing else is; nothing if there is none, and then the refusal stands."""
    await uploading.keep(("photo", "p1", samples.make_picture(1)), ("photo", "p2", b""), ("photo", "p3", b"damaged"))
    async with uploading.database.read() as tx:
        damaged = (await evidence.list_by_case(tx, uploading.case))[2].object
    assert damaged is not None
    part = uploading.store.workroom / "part"
    part.write_bytes(b"else")
    await uploading.store.put(damaged.name, part)
    (answer,) = await uploading.send([("photo", "p1"), ("photo", "p2"), ("photo", "p3")])
    assert answer is not None
    assert answer.ok, answer
    (sent,) = [m for m in await telegram.messages(uploading.chat) if m["sent_by_bot"]]
    assert "photo" in sent
    assert await uploading.send([("photo", "p2")]) == [None]
    assert await uploading.send([("photo", "unknown")]) == [None]
    call = OwedCall(7, uploading.chat, "sendPhoto", msgspec.json.encode({"photo": "p1"}).decode(), "m:x")
    assert await uploading.uploads.send(call, f'"chat_id":{uploading.chat}') is None


def test_without_a_place(database: Database, api: BotApi) -> None:
    """There is nothing to send from."""
    assert open_uploads(api, database, None) is None
