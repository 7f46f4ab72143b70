"""A case's topic in a group is remembered, replaced and forgotten."""

from storage.cases import forum_topics
from storage.engine.database import Database
from tests.harness.rows import file_case


async def test_a_topic_is_remembered_replaced_and_forgotten(database: Database) -> None:
    """One topic a case and group; the newest counts; its name is the case's number."""
    async with database.begin() as tx:
        case = await file_case(tx)
        assert await forum_topics.find(tx, -1, case.id) is None
        await forum_topics.put(tx, -1, case.id, 7)
        await forum_topics.put(tx, -1, case.id, 8)
        assert await forum_topics.find(tx, -1, case.id) == 8
        assert await forum_topics.find(tx, -2, case.id) is None
        await forum_topics.drop(tx, -1, case.id)
        assert await forum_topics.find(tx, -1, case.id) is None
        assert await forum_topics.fetch_title(tx, case.id) == case.number
        assert await forum_topics.fetch_title(tx, 404) == "404"
