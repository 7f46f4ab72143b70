"""From a copy of the database nobody can link answer and person: with the secret too, once the survey is over (S11).

How it was tried. Nine people were asked one after the other and answered in the same order, each with words of their own; one low, one
who left halfway. Then, with everything unsealed: (1) whatever of a response stands in any other table: its number, its words; (2) whatever of
a person stands with a response: account, name, waybill, the numbers of person, delivery and invitation; (3) a moment in a response;
(4) the order in which responses lie against the order in which people were asked; (5) on PostgreSQL, rows that the same transaction wrote;
(6) who wrote when: leftovers in conversations, outbox, inbox, messages, timers, log; (7) what the file of SQLite still holds of deleted rows.
Each way is shown to lead somewhere while the survey is open, so that finding nothing means something.
"""

import shutil
from pathlib import Path

import pytest

from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from tests.harness import linkage_attacks
from tests.harness.anonymous_survey import answer_survey, make_customers, open_survey, use_anonymous_survey
from tests.harness.bot_process import SECRET
from tests.harness.in_process import Desk, TelegramUser, at_desk, find_button_data

PEOPLE = make_customers(9)
HALFWAY = PEOPLE[4]


def words(who: TelegramUser) -> str:
    return f"What only {who.name}-{who.id * 7919} would say"


async def _played(desk: Desk) -> None:
    """Everybody was asked and answered, an hour apart, in one month; the invitations have ended."""
    desk.clock.advance(days=10)
    for n, who in enumerate(PEOPLE):
        shown = await open_survey(desk, who, f"WB{n}")
        if who is HALFWAY:
            await desk.press(who, find_button_data(shown, "2"))
        else:
            await answer_survey(desk, who, shown, n % 5 + 1, n, words(who))
        desk.clock.advance(hours=1)
    await desk.ring(days=8)
    await desk.ring(days=1)


@pytest.fixture
async def over(database: Database) -> Database:
    async with at_desk(database) as desk:
        await _played(await use_anonymous_survey(desk))
    return database


async def test_nothing_of_a_response_stands_anywhere_else(over: Database) -> None:
    """(1), (6): neither its number nor its words, in any column of any table, though everything was unsealed."""
    tables = await linkage_attacks.fetch_all_rows(over)
    responses = {row["response"] for row in tables["anonymous_answers"]}
    assert len(responses) == len(PEOPLE)
    kept = "\n".join(linkage_attacks.list_values(tables.pop("anonymous_answers")))
    assert all(words(who) in kept for who in PEOPLE if who is not HALFWAY)
    # The calls that this test never sends are of screens; the last of each names no answer, and the others are gone.
    elsewhere = "\n".join(value for name, rows in tables.items() for value in linkage_attacks.list_values(rows))
    assert not [number for number in responses if str(number) in elsewhere or f"{number:x}" in elsewhere]
    assert not [who.name for who in PEOPLE if words(who) in elsewhere]
    assert tables["sessions"] == tables["answers"] == tables["timers"] == []
    assert "✓" not in elsewhere
    assert not [row for row in tables["messages"] if row["name"].startswith("rated:")]
    assert not [row for row in tables["audit"] if row["what"].startswith(("answer", "complaint"))]
    assert not [row for row in tables["inbox"] if row["payload"] is not None]


async def test_nothing_of_a_person_stands_with_a_response(over: Database) -> None:
    """(2), (3): no account, name, waybill, number of person, delivery or invitation, and no moment but the month."""
    tables = await linkage_attacks.fetch_all_rows(over)
    kept = list(linkage_attacks.list_values(tables["anonymous_answers"]))
    known = {str(who.id) for who in PEOPLE} | {f"WB{n}" for n in range(len(PEOPLE))}
    for name in ("people", "deliveries", "invitations"):
        known |= {str(row["id"]) for row in tables[name]}
    assert not known & set(kept)
    assert linkage_attacks.collect_moments(tables["anonymous_answers"]) == set()
    assert {row["month"] for row in tables["anonymous_answers"]} == {"2026-12"}


async def test_where_responses_lie_says_nothing(over: Database) -> None:
    """(4), (5): they lie in the order of random numbers, and the last transaction's mark is on all of them."""
    lying = await linkage_attacks.list_responses_as_stored(over)
    assert lying == sorted(lying)
    tables = await linkage_attacks.fetch_all_rows(over)
    said = {row["words"]: row["response"] for row in tables["anonymous_answers"] if row["question"] == "comment"}
    in_order = [said[f'"{words(who)}"'] for who in PEOPLE if who is not HALFWAY]
    assert in_order != sorted(in_order)
    if over.is_sqlite:
        return
    alike = await linkage_attacks.group_by_transaction(over)
    assert len({frozenset(rows) for rows in alike.values()}) == 1, (
        "a transaction's mark tells some responses from others"
    )
    (rows,) = {frozenset(rows) for rows in alike.values()}
    persons = [row for row in rows if row[0] in {"deliveries", "invitations"}]
    assert len(persons) in {0, len(PEOPLE)}


async def test_while_it_is_open_the_secret_opens_it(database: Database) -> None:
    """The ways lead somewhere: an open survey is sealed, and anyone who has the secret as well can read it."""
    async with at_desk(database) as desk:
        await use_anonymous_survey(desk)
        shown = await open_survey(desk, PEOPLE[0], "WB0")
        await desk.press(PEOPLE[0], find_button_data(shown, "2"))
    tables = await linkage_attacks.fetch_all_rows(database)
    (session,) = tables["sessions"]
    assert '"answers":{"overall":2}' in session["state"]
    assert str(PEOPLE[0].id) in session["lane"]
    assert tables["anonymous_answers"] == []


async def test_what_the_file_still_holds(tmp_path: Path) -> None:
    """(7): of the nine conversations that were deleted nothing can be read in a copy of the file; one that is open can."""

    async def played(*, over: bool) -> list[str]:
        path = tmp_path / f"{over}.db"
        database = Database(f"sqlite+aiosqlite:///{path}", Keyring([SECRET]))
        await schema.migrate(database)
        async with at_desk(database) as desk:
            await use_anonymous_survey(desk)
            if over:
                await _played(desk)
            else:
                shown = await open_survey(desk, TelegramUser(77, "Open"), "WB77")
                await desk.press(TelegramUser(77, "Open"), find_button_data(shown, "2"))
        await database.close()
        return linkage_attacks.find_sealed_remains(shutil.copyfile(path, tmp_path / "copy.db"), SECRET)

    remains = await played(over=True)
    assert remains
    assert not [text for text in remains if '"answers":{' in text or '"type":"asking"' in text]
    assert [text for text in await played(over=False) if '"answers":{"overall":2}' in text]
