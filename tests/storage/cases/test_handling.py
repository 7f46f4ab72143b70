"""The handling of a complaint is one row that follows it."""

from dataclasses import replace
from datetime import timedelta

from domain.cases.handling import CaseHandling, Outcome
from domain.figures.totals import CaseFact, FactPlace
from storage.cases import handling
from storage.engine.database import Database
from tests.harness.rows import NOW, add_delivery, add_person, file_case, invite, make_invitation

FACT = CaseFact(FactPlace(NOW, "north", "k17"), NOW, "delivery")


async def test_written_and_read(database: Database) -> None:
    """What is put is got, and put again it is replaced."""
    async with database.begin() as tx:
        case = await file_case(tx)
        await handling.put(tx, case.id, FACT)
        assert await handling.get(tx, case.id) == FACT
        answered = CaseHandling(Outcome.SATISFIED, 60, 3600, 7200, NOW, 2, 2, reopened=True)
        second = replace(FACT, valid=True, handling=answered, rating=5, repeated=True)
        await handling.put(tx, case.id, second)
        assert await handling.get(tx, case.id) == second
        await handling.set_handling_rating(tx, case.id, None)
        assert await handling.get(tx, case.id) == replace(second, rating=None)
        assert await handling.get(tx, 999) is None


async def test_a_repeat_is_of_the_same_category_and_unit_shortly_before(database: Database) -> None:
    """89 days are, 91 are not; nor is another courier, another category, or one that was merged."""
    async with database.begin() as tx:
        first, second = await file_case(tx, "C-1"), await file_case(tx, "C-2")
        await handling.put(tx, first.id, FACT)
        within = timedelta(days=90)

        async def repeats(days: int, **changes: object) -> bool:
            later = replace(FACT, opened_at=NOW + timedelta(days=days), **changes)  # type: ignore[arg-type]  # its own fields
            return await handling.is_repeat(tx, second.id, later, within)

        assert await repeats(89)
        assert not await repeats(91)
        assert not await repeats(1, category="other")
        assert not await repeats(1, place=replace(FACT.place, courier="k18"))
        await handling.put(tx, first.id, replace(FACT, handling=CaseHandling(Outcome.MERGED)))
        assert not await repeats(1)


async def test_a_later_repeat_is_one_no_more(database: Database) -> None:
    """Once the earlier complaint is merged, or belongs to somebody else; nearer ones may still make it a repeat."""
    within = timedelta(days=90)
    async with database.begin() as tx:
        first, second, third = [await file_case(tx, f"C-{n}") for n in (1, 2, 3)]

        async def put(case: int, days: int, *, repeated: bool, merged: bool = False) -> CaseFact:
            handled = CaseHandling(Outcome.MERGED) if merged else CaseHandling()
            opened_at = NOW + timedelta(days=days)
            fact = replace(FACT, opened_at=opened_at, merged=merged, handling=handled, repeated=repeated)
            await handling.put(tx, case, fact)
            return fact

        async def repeated() -> list[bool]:
            rows = [await handling.get(tx, one.id) for one in (second, third)]
            return [row.repeated for row in rows if row is not None]

        was = await put(first.id, 0, repeated=False)
        await put(second.id, 60, repeated=True)
        await put(third.id, 80, repeated=True)
        now = await put(first.id, 0, repeated=False, merged=True)
        changed = await handling.recheck_later(tx, first.id, (was, now), within)
        assert [(before.repeated, after.repeated) for before, after in changed] == [(True, False)]
        assert await repeated() == [False, True]
        await put(first.id, 0, repeated=False)
        await handling.recheck_later(tx, first.id, (now, was), within)
        assert await repeated() == [True, True]


async def test_where_a_complaint_belongs(database: Database) -> None:
    """Where its delivery was, as the survey froze it; nowhere without one."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        plain, asked = await add_delivery(tx, 1, courier="k1"), await add_delivery(tx, 2, courier="k1")
        await invite(tx, make_invitation(3, 5, asked, courier="k2"))
        places = [await handling.fetch_place(tx, one) for one in (plain, asked)]
        assert [place.courier for place in places if place] == ["k1", "k2"]
        assert await handling.fetch_place(tx, None) is None
