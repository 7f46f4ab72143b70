"""Where others read what somebody said; on both engines."""

from sqlalchemy import update

from storage.engine.database import Database
from storage.models import cards, contributions, groups, messages, people
from storage.privacy.belongings import find_belongings
from storage.privacy.copies import CopyOf, list_copies
from tests.harness.planted_person import plant
from tests.harness.rows import NOW, add_person

GROUP, STAFF = -9_000, 1_007


async def test_every_message_about_the_case_is_found(database: Database) -> None:
    """In groups, and in chats that have its card; of no other case, however its number begins, and none of the customer's own."""
    theirs_here = ["c:1:44", "c:1:45.1", "said:1", "said:1.2", "call:1", "s:-9000:5:plan:1", "s:-9000:5:resolve:1"]
    others_here = [
        "c:10:44",
        "said:10",
        "said:11.2",
        "call:12",
        "s:-9000:5:plan:12",
        "s:-9000:5:rate:1",
        "card:1",
        "c:2:44",
    ]
    async with database.begin() as tx:
        anna = await plant(tx, 1, "anna")
        await add_person(tx, 7, "Li")
        await tx.execute(groups.insert().values(chat_id=GROUP, language="en", updated_at=NOW))
        await tx.execute(cards.insert().values(case=1, chat_id=-9_001))
        await tx.execute(update(people).where(people.c.id == 1).values(reach="open"))
        await tx.execute(
            messages.insert(),
            [
                {"chat_id": GROUP, "name": name, "message_id": n}
                for n, name in enumerate([*theirs_here, *others_here], 100)
            ],
        )
        await tx.execute(messages.insert().values(chat_id=-9_001, name="c:1:50", message_id=50))
        await tx.execute(messages.insert().values(chat_id=anna.account, name="c:1:51", message_id=51))
        copies = await list_copies(tx, await find_belongings(tx, [1]))
    assert {copy.name for copy in copies if copy.chat == GROUP} == {*theirs_here, ""}
    assert CopyOf(GROUP, 1) in copies  # what a member of the group wrote about it
    assert CopyOf(-9_001, 50, "c:1:50") in copies
    assert not [copy for copy in copies if copy.chat == anna.account]


async def test_who_worked_on_it_reads_it_in_private_no_more(database: Database) -> None:
    """Pages of the case and its file, which staff opened in their own chat."""
    async with database.begin() as tx:
        await plant(tx, 1, "anna")
        await add_person(tx, 7, "Li")
        await tx.execute(update(contributions).values(author=7))
        await tx.execute(messages.insert().values(chat_id=STAFF, name="c:1:60", message_id=60))
        copies = await list_copies(tx, await find_belongings(tx, [1]))
    assert CopyOf(STAFF, 60, "c:1:60") in copies
