"""Cases found again: by number, waybill, phone, words; ranked, in pages, and only where they may be seen."""

from datetime import timedelta

from domain.cases.case import Case, CaseState
from storage.cases import contributions as contribution_rows
from storage.cases import search
from storage.cases.contributions import Contribution
from storage.engine.crypto import Keyring
from storage.engine.database import Database, Tx
from storage.people import people
from tests.harness.databases import SECRET
from tests.harness.rows import NOW, add_delivery, add_person, file_case, index_words

PHONE = "+8613800138000"


async def said(tx: Tx, case: Case, *words: str) -> Case:
    for n, text in enumerate(words):
        await contribution_rows.add_contribution(tx, Contribution(case.id * 100 + n, case.id, text, (), NOW))
    await index_words(tx)
    return case


async def find_numbers(
    tx: Tx, words: str, departments: tuple[str, ...] | None = None, phone: str | None = None
) -> list[str]:
    return [one.number[-4:] for one in await search.search_cases(tx, words, phone, departments, limit=10)]


async def test_words_of_any_contribution(database: Database) -> None:
    """A later word finds it too; more shared words come first, then the newer case; a word that nobody wrote finds nothing."""
    async with database.begin() as tx:
        await said(tx, await file_case(tx), "The parcel was wet", "and the courier rude")
        await said(tx, await file_case(tx, "C-261123-0002", created_at=NOW + timedelta(hours=1)), "The parcel is lost")
        assert await find_numbers(tx, "parcel") == ["0002", "0001"]
        assert await find_numbers(tx, "Parcel RUDE") == ["0001", "0002"]
        assert await find_numbers(tx, "rude") == ["0001"]
        assert await find_numbers(tx, "elephant") == []
        assert await find_numbers(tx, "!!") == []


async def test_chinese_words(database: Database) -> None:
    """Two characters that stand together are a word."""
    async with database.begin() as tx:
        await said(tx, await file_case(tx), "快递员把包裹扔在门口，盒子破损严重")
        assert await find_numbers(tx, "破损") == ["0001"]
        assert await find_numbers(tx, "门口") == ["0001"]
        assert await find_numbers(tx, "退款") == []


async def test_numbers_and_waybills(database: Database) -> None:
    """The whole number or its end; a waybill or its first four characters, in any letters, and no pattern is read in them."""
    async with database.begin() as tx:
        await file_case(tx, waybill="SF1234567890")
        await file_case(tx, "S-261123-0042", waybill="YT_9")
        assert await find_numbers(tx, "c-261123-0001") == ["0001"]
        assert await find_numbers(tx, "42") == ["0042"]
        assert await find_numbers(tx, "0042") == ["0042"]
        assert await find_numbers(tx, "sf12") == ["0001"]
        assert await find_numbers(tx, "SF1") == []
        assert await find_numbers(tx, "yt_9") == ["0042"]
        assert await find_numbers(tx, "YT%%") == []
        assert await find_numbers(tx, "____") == []


async def test_the_customers_phone(database: Database) -> None:
    """Through who proved it, and through the delivery; another number finds nothing."""
    async with database.begin() as tx:
        anna = await add_person(tx, 1)
        await people.record_identities(tx, {("phone", database.keyring.digest(PHONE)): anna})
        await add_delivery(tx, 5, phone_hash=database.keyring.digest(PHONE))
        await file_case(tx, customer=anna)
        await file_case(tx, "C-261123-0002", delivery=5)
        await file_case(tx, "C-261123-0003")
        assert sorted(await find_numbers(tx, PHONE, phone=PHONE)) == ["0001", "0002"]
        assert await find_numbers(tx, "+8613800138001", phone="+8613800138001") == []


async def test_only_what_may_be_seen(database: Database) -> None:
    """The lead and the cooperating departments find it; a department whose name is like theirs does not."""
    async with database.begin() as tx:
        await said(tx, await file_case(tx, cooperating=("south", "a_b")), "parcel")
        assert await find_numbers(tx, "parcel", ("north",)) == ["0001"]
        assert await find_numbers(tx, "parcel", ("east", "south")) == ["0001"]
        assert await find_numbers(tx, "parcel", ("out", "sou", "axb")) == []
        assert await find_numbers(tx, "parcel", ("a_b",)) == ["0001"]
        assert await find_numbers(tx, "parcel", ()) == []
        assert await find_numbers(tx, "C-261123-0001", ("east",)) == []


async def test_words_under_an_older_secret(database: Database) -> None:
    """After the secret was changed old words are found, and a word kept under both counts once."""
    async with database.begin() as tx:
        first = await said(tx, await file_case(tx), "parcel")
        second = await file_case(tx, "C-261123-0002")
    newer = Database(database.url, Keyring(["a newer secret", SECRET]))
    try:
        async with newer.begin() as tx:
            await contribution_rows.add_contribution(tx, Contribution(7, first.id, "parcel", (), NOW))
            await contribution_rows.add_contribution(tx, Contribution(8, second.id, "parcel late", (), NOW))
            await index_words(tx)
            assert await find_numbers(tx, "parcel late") == ["0002", "0001"]
            assert await find_numbers(tx, "parcel") == ["0002", "0001"]
    finally:
        await newer.close()


async def test_the_end_of_a_number_this_year(database: Database) -> None:
    """Of last year's cases none, of this year's all that end so, the newest first."""
    async with database.begin() as tx:
        for number in ("C-251123-0042", "C-260101-0042", "Q-261123-0042", "C-261123-10042"):
            await file_case(tx, number)
        assert [one.number for one in await search.list_by_sequence(tx, 42, "26", None, 10)] == [
            "Q-261123-0042",
            "C-260101-0042",
        ]
        assert await search.list_by_sequence(tx, 42, "26", ("south",), 10) == []


async def test_what_is_owed(database: Database) -> None:
    """Unanswered cases of the departments, the owner, or late ones; the earliest promise first, in pages."""
    async with database.begin() as tx:
        li = await add_person(tx, 2, "Li")
        for n, (state, department, days) in enumerate(
            [
                (CaseState.IN_WORK, "north", 3),
                (CaseState.ASSIGNED, "south", 1),
                (CaseState.ANSWERED, "north", 1),
                (CaseState.ASSIGNED, "north", -1),
            ]
        ):
            owner = li if state is CaseState.IN_WORK else None
            due = NOW + timedelta(days=days)
            await file_case(tx, f"C-261123-000{n}", state=state, department=department, due_at=due, owner=owner)

        numbers = [one.number[-1] for one in await search.list_owed(tx, search.OwedFilter(), limit=10)]
        assert numbers == ["3", "1", "0"]
        page = await search.list_owed(tx, search.OwedFilter(), limit=1, offset=1)
        assert [one.number[-1] for one in page] == ["1"]
        ordered = await search.list_owed(tx, search.OwedFilter(), limit=10, order=("south", "north"))
        assert [one.number[-1] for one in ordered] == ["1", "3", "0"]
        north = await search.list_owed(tx, search.OwedFilter(("north",)), limit=10)
        assert [one.number[-1] for one in north] == ["3", "0"]
        mine = await search.list_owed(tx, search.OwedFilter(owner=li), limit=10)
        assert [(one.number[-1], one.owner_name) for one in mine] == [("0", "Li")]
        late = await search.list_owed(tx, search.OwedFilter(before=NOW), limit=10)
        assert [one.number[-1] for one in late] == ["3"]
        assert await search.count_owed(tx, search.OwedFilter()) == {"north": 2, "south": 1}
