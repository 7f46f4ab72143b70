"""The course of a complaint is one row that follows it."""

from dataclasses import replace
from datetime import timedelta

from domain.cases.course import Course, Outcome
from domain.figures.totals import CaseFact, Place
from storage.cases import courses
from storage.cases.courses import Line
from storage.engine.database import Database
from tests.harness.rows import NOW, delivery, filed, invitation, invite, person

FACT = CaseFact(Place(NOW, "north", "k17"), NOW, "delivery")


async def test_written_and_read(database: Database) -> None:
    """What is put is got, and put again it is replaced."""
    async with database.begin() as tx:
        case = await filed(tx)
        first = Line(case.id, FACT, Course())
        await courses.put(tx, first)
        assert await courses.get(tx, case.id) == first
        answered = Course(Outcome.SATISFIED, 60, 3600, 7200, NOW, 2, 2, reopened=True)
        second = Line(case.id, replace(FACT, valid=True), answered, 5, repeated=True)
        await courses.put(tx, second)
        assert await courses.get(tx, case.id) == second
        await courses.set_handling(tx, case.id, None)
        assert await courses.get(tx, case.id) == replace(second, handling=None)
        assert await courses.get(tx, 999) is None


async def test_a_repeat_is_of_the_same_category_and_department_shortly_before(database: Database) -> None:
    """89 days are, 91 are not; nor is another department, another category, or one that was merged."""
    async with database.begin() as tx:
        one, two = await filed(tx, "C-1"), await filed(tx, "C-2")
        await courses.put(tx, Line(one.id, FACT, Course()))
        within = timedelta(days=90)

        async def repeats(days: int, **changes: object) -> bool:
            later = replace(FACT, opened_at=NOW + timedelta(days=days), **changes)  # type: ignore[arg-type]  # its own fields
            return await courses.is_repeat(tx, two.id, later, within)

        assert await repeats(89)
        assert not await repeats(91)
        assert not await repeats(1, category="other")
        assert not await repeats(1, place=replace(FACT.place, department="south"))
        await courses.put(tx, Line(one.id, FACT, Course(Outcome.MERGED)))
        assert not await repeats(1)


async def test_where_a_complaint_belongs(database: Database) -> None:
    """Where its delivery was, as the survey froze it; nowhere without one."""
    async with database.begin() as tx:
        await person(tx, 5)
        plain, asked = await delivery(tx, 1, courier="k1"), await delivery(tx, 2, courier="k1")
        await invite(tx, invitation(3, 5, asked, courier="k2"))
        found = [await courses.place_of(tx, one) for one in (plain, asked)]
        assert [place.courier for place in found if place] == ["k1", "k2"]
        assert await courses.place_of(tx, None) is None
