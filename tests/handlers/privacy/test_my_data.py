"""`/mydata` owes two files, once an hour."""

import msgspec

from storage.queue.outbox import DOCUMENT
from tests.harness.in_process import LI, WANG, Desk, list_texts


async def test_two_files_are_owed(desk: Desk) -> None:
    """One to read and one for other programs; what is owed says whose they are, and nothing of what will be in them."""
    owed = await desk.say(WANG, "/mydata")
    files = [msgspec.json.decode(call.payload) for call in owed if call.method == DOCUMENT]
    assert [file["filename"] for file in files] == [
        "huifang-my-data-2026-11-23.html",
        "huifang-my-data-2026-11-23.json",
    ]
    assert {file["file"] for file in files} == {"mydata"}
    assert "Wang" not in "".join(call.payload for call in owed)


async def test_once_an_hour(desk: Desk) -> None:
    """Who asks again is told when; everybody has an hour of their own."""
    await desk.say(WANG, "/mydata")
    desk.clock.advance(minutes=59)
    assert list_texts(await desk.say(WANG, "/mydata")) == [desk.text("mydata-later")]
    assert len(await desk.say(LI, "/mydata")) == 3
    desk.clock.advance(minutes=2)
    assert len(await desk.say(WANG, "/mydata")) == 3
