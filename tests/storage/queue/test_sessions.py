"""Where every conversation stands, in every lane."""

from storage.engine.database import Database
from storage.queue import sessions
from storage.queue.sessions import Session
from tests.harness.rows import fetch_table

RATING = Session("5:5", "rating:17", "rating", '{"at":"goods"}', awaits=False, touched=1)
COMPLAINT = Session("5:5", "complaint", "complaint", '{"words":"包裹破损 😀"}', awaits=True, touched=2**40)
OTHER = Session("-100:5", "case:3", "resolution", "{}", awaits=True, touched=3)


async def test_several_at_once(database: Database) -> None:
    """All open conversations of a lane come back as they were; a lane without any is empty; other lanes are not read."""
    async with database.begin() as tx:
        await sessions.save(tx, [RATING, COMPLAINT, OTHER])
        assert await sessions.load(tx, ["5:5", "6:6"]) == {
            "5:5": {"rating:17": RATING, "complaint": COMPLAINT},
            "6:6": {},
        }
        assert await sessions.load(tx, []) == {}


async def test_saved_again(database: Database) -> None:
    """A conversation has one state, the last that was saved."""
    later = Session("5:5", "rating:17", "rating", '{"at":"comment"}', awaits=True, touched=9)
    async with database.begin() as tx:
        await sessions.save(tx, [RATING, COMPLAINT])
        await sessions.save(tx, [later])
        assert (await sessions.load(tx, ["5:5"]))["5:5"] == {"rating:17": later, "complaint": COMPLAINT}


async def test_ended(database: Database) -> None:
    """What ends is gone, what is open in the same lane goes on."""
    async with database.begin() as tx:
        await sessions.save(tx, [RATING, COMPLAINT, OTHER])
        await sessions.end(tx, [("5:5", "complaint"), ("-100:5", "case:404")])
        assert await sessions.load(tx, ["5:5", "-100:5"]) == {"5:5": {"rating:17": RATING}, "-100:5": {"case:3": OTHER}}


async def test_a_group_moves(database: Database) -> None:
    """Every conversation of every member follows the group, and no chat whose number only begins the same."""
    near = Session("-1001:5", "case:3", "resolution", "{}", awaits=True, touched=3)
    colleague = Session("-100:6", "case:3", "resolution", "{}", awaits=True, touched=4)
    async with database.begin() as tx:
        await sessions.save(tx, [OTHER, colleague, near, RATING])
        await sessions.move_chat(tx, -100, -1009)
        assert [row[:2] for row in await fetch_table(tx, "sessions")] == [
            ("-1001:5", "case:3"),
            ("-1009:5", "case:3"),
            ("-1009:6", "case:3"),
            ("5:5", "rating:17"),
        ]
        assert (await sessions.load(tx, ["-1009:6"]))["-1009:6"]["case:3"].touched == 4


async def test_a_group_moves_where_somebody_began_already(database: Database) -> None:
    """Where a member has begun the same in the new chat, that one goes on and the older is forgotten."""
    begun = Session("-1009:5", "case:3", "resolution", '{"new":1}', awaits=True, touched=9)
    async with database.begin() as tx:
        await sessions.save(tx, [OTHER, begun])
        await sessions.move_chat(tx, -100, -1009)
        assert await fetch_table(tx, "sessions") == [("-1009:5", "case:3", "resolution", '{"new":1}', True, 9, 0)]


async def test_what_is_asked_about_something(database: Database) -> None:
    """Every conversation with one of these topics, in whatever chat."""
    colleague = Session("-100:6", "case:3", "resolution", "{}", awaits=True, touched=4)
    async with database.begin() as tx:
        await sessions.save(tx, [OTHER, colleague, RATING])
        about = await sessions.list_by_key(tx, ["case:3", "add:3"])
        assert sorted(about, key=lambda one: one.touched) == [OTHER, colleague]
        assert await sessions.list_by_key(tx, ["case:4"]) == []
