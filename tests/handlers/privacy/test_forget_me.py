"""`/forgetme`, from the first tap to the last message, and what others can still read afterwards."""

from typing import Any

import pytest
from sqlalchemy import delete, select, update

from domain.cases.case import CaseEvent, CaseRefusal, Need
from domain.people import Role
from domain.timer_kinds import TimerKind
from handlers.cases.life.customer_buttons import CUSTOMER
from handlers.cases.notices import events
from handlers.figures import totals_rebuild
from handlers.privacy import erasure
from handlers.privacy.erasure import NotAloneError
from handlers.turns.batch import Batch
from storage.cases import cases
from storage.models import answers, audit, contributions, deliveries, grants, invitations, people, timers
from storage.models import cases as case_table
from storage.models import outbox as owed_rows
from storage.people import people as people_rows
from storage.privacy.owners import Belongings
from storage.queue import outbox
from tests.harness.anonymous_survey import answer_survey, make_customers, open_survey, use_anonymous_survey
from tests.harness.daily_totals import KEPT_TABLES
from tests.harness.in_process import BOSS, GROUP, LI, WANG, Desk, TelegramUser, find_button_data, list_texts
from tests.harness.planted_person import find_marks

MARK = "Zwiebelfisch"
NAMED = TelegramUser(WANG.id, f"Wang{MARK}", username=f"wang_{MARK.lower()}")


async def live(desk: Desk) -> int:
    """A complaint of somebody whose every word has the mark, answered in the department's group; the case's id."""
    await desk.bind("transport")
    await desk.grant(BOSS, Role.MANAGER)
    await desk.grant(LI, Role.STAFF, "transport")
    await desk.file_complaint(NAMED, customer={"phone": "+8613800138000", "name": f"N {MARK}", "language": "en"})
    (row,) = await desk.rows(select(case_table.c.id))
    case = int(row.id)
    await place(desk, f"card:{case}", 700)
    card = await desk.say(NAMED, f"the box was wet, says {MARK}", reply_to_message=reply_to(case))
    assert card
    await desk.ring(seconds=10)
    return case


def reply_to(case: int) -> dict[str, Any]:
    return {
        "message_id": 501,
        "date": 1,
        "chat": {"id": WANG.id, "type": "private"},
        "from": {"id": 99, "is_bot": True, "first_name": "B"},
        "text": f"{case}",
    }


async def place(desk: Desk, name: str, message: int, chat: int = GROUP) -> None:
    """Telegram has shown this message."""
    async with desk.database.begin() as tx:
        await outbox.name_message(tx, chat, name, message)


async def ask(desk: Desk, who: TelegramUser = NAMED) -> None:
    """The two taps."""
    shown = await desk.say(who, "/forgetme")
    sure = await desk.press(who, find_button_data(shown, "Erase everything"))
    waits = await desk.press(who, find_button_data(sure, "Yes, erase it"))
    assert "2026-11-24 12:0" in list_texts(waits)[0]


async def read_totals(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    return {table.name: sorted(map(tuple, await desk.rows(select(table))), key=repr) for table in KEPT_TABLES}


async def test_an_anonymous_answer_stays_counted(desk: Desk) -> None:
    """A week after an anonymous survey its delivery is answered; so it is when the person has gone, in the figures and in the rows."""
    await use_anonymous_survey(desk)
    await desk.grant(BOSS, Role.MANAGER)
    (who,) = make_customers(1)
    await answer_survey(desk, who, await open_survey(desk, who, "W1"), 5, 9, "Quick")
    await desk.ring(days=8)
    before = await read_totals(desk)
    shown = await desk.say(who, "/forgetme")
    await desk.press(
        who, find_button_data(await desk.press(who, find_button_data(shown, "Erase everything")), "Yes, erase it")
    )
    await desk.ring(hours=25)
    assert not await desk.rows(select(people.c.id).where(people.c.telegram_id == who.id))
    assert [row.fate for row in await desk.rows(select(deliveries.c.fate))] == ["answered"]
    assert await read_totals(desk) == before
    async with desk.database.read() as tx:
        assert await totals_rebuild.find_differences(tx, desk.services) == {}


async def test_the_person_is_gone_a_day_later(desk: Desk) -> None:
    """From every table; the log says that it happened, and the chat says it last. Who writes again begins anew."""
    case = await live(desk)
    async with desk.database.read() as tx:
        assert len(await find_marks(tx, MARK)) > 3
    await ask(desk)
    assert not list_texts(await desk.ring(hours=23), WANG.id)
    told = await desk.ring(hours=1, minutes=1)
    assert list_texts(told, WANG.id)[-1] == desk.text("forgetme-done")
    async with desk.database.begin() as tx:
        await tx.execute(delete(owed_rows))
    async with desk.database.read() as tx:
        assert await find_marks(tx, MARK) == []
        assert await find_marks(tx, MARK.lower()) == []
        gone = await cases.get(tx, case)
    assert gone is not None
    assert (gone.state, gone.description) == ("withdrawn", "")
    (stub,) = await desk.rows(select(people).where(people.c.reach == "blocked"))
    assert (stub.telegram_id, stub.name, stub.username, stub.phone) == (None, "", None, None)
    logged = await desk.rows(select(audit.c.what).where(audit.c.subject == f"person:{stub.id}").order_by(audit.c.id))
    assert [row.what for row in logged][-2:] == ["person.forget", "person.erased"]
    await desk.say(NAMED, "/mycases")
    assert len(await desk.rows(select(people).where(people.c.telegram_id == WANG.id))) == 1


async def test_the_group_reads_nothing_of_it_any_more(desk: Desk) -> None:
    """The card is drawn anew without a word of theirs; copies, files and what staff wrote about it are deleted."""
    case = await live(desk)
    await place(desk, f"c:{case}:81", 701)
    written = await desk.rows(select(contributions.c.id).order_by(contributions.c.id.desc()))
    await place(desk, f"said:{written[0].id}", 702)
    await place(desk, f"said:{written[0].id}0", 703)
    await ask(desk)
    owed = await desk.ring(hours=24, minutes=1)
    cards = [call for call in owed if call.name == f"card:{case}"]
    assert cards
    assert MARK not in "".join(call.payload for call in owed)
    erased = {(call.chat_id, call.message_id) for call in owed if call.method == outbox.ERASE}
    assert {(GROUP, 701), (GROUP, 702)} <= erased
    assert (GROUP, 703) not in erased


async def test_figures_stay_exactly(desk: Desk) -> None:
    """Every stored total is what it was, and still what the raw rows say."""
    await live(desk)
    async with desk.database.begin() as tx:
        (case,) = (await tx.execute(select(case_table.c.id))).scalars()
        moved = await cases.get(tx, case)
        assert moved is not None
        await tx.execute(
            update(case_table).values(state="closed")
        )  # what is withdrawn is counted so, and this is about the rest
    before, kept = await read_totals(desk), await desk.rows(select(answers.c.score).order_by(answers.c.question))
    await ask(desk)
    await desk.ring(hours=24, minutes=1)
    assert await read_totals(desk) == before
    assert await desk.rows(select(answers.c.score).order_by(answers.c.question)) == kept
    async with desk.database.read() as tx:
        assert await totals_rebuild.find_differences(tx, desk.services) == {}


async def test_one_tap_takes_it_back(desk: Desk) -> None:
    """And nothing is erased; asked again in that time, it shows what waits, and an old button changes nothing."""
    case = await live(desk)
    await ask(desk)
    again = await desk.say(NAMED, "/forgetme")
    assert "2026-11-24" in list_texts(again)[0]
    taken = await desk.press(NAMED, find_button_data(again, "Take it back"))
    assert list_texts(taken) == [desk.text("forgetme-undone"), *list_texts(taken)[1:]]
    await desk.ring(hours=30)
    async with desk.database.read() as tx:
        assert (await cases.get(tx, case)) is not None
        assert len(await find_marks(tx, MARK)) > 3
    assert await desk.press(NAMED, find_button_data(again, "Take it back"))
    assert not await desk.rows(select(timers).where(timers.c.kind == TimerKind.PERSON_ERASE.value))


async def test_who_keeps_everything_loses_nothing(desk: Desk) -> None:
    """At either question."""
    await live(desk)
    for label, then in (("Keep it", ""), ("Erase everything", "No")):
        shown = await desk.say(NAMED, "/forgetme")
        shown = await desk.press(NAMED, find_button_data(shown, label))
        if then:
            shown = await desk.press(NAMED, find_button_data(shown, then))
        assert list_texts(shown)[0] == desk.text("forgetme-kept")
    assert not await desk.rows(select(timers).where(timers.c.kind == TimerKind.PERSON_ERASE.value))


async def test_the_only_manager_stays(desk: Desk) -> None:
    """Until somebody else is one, also when that changes while it waits; whoever works on a case hands it over first."""
    await desk.grant(BOSS, Role.MANAGER)
    (said,) = list_texts(await desk.say(BOSS, "/forgetme"))
    assert said == desk.text("forgetme-not-yet", why=desk.plain("forgetme-last-manager"))
    other = await desk.grant(LI, Role.MANAGER)
    await ask(desk, BOSS)
    async with desk.database.begin() as tx:
        await tx.execute(delete(grants).where(grants.c.person == other))
    told = await desk.ring(hours=25)
    assert desk.plain("forgetme-last-manager") in "".join(list_texts(told, BOSS.id))
    assert await desk.rows(select(people).where(people.c.telegram_id == BOSS.id))


async def test_somebody_who_works_on_a_case_hands_it_over_first(desk: Desk) -> None:
    """The case is named; without it they can go, and what they did is former staff's."""
    case = await live(desk)
    li = await desk.grant(LI, Role.STAFF, "transport")
    async with desk.database.begin() as tx:
        await tx.execute(update(case_table).values(owner=li))
    (said,) = list_texts(await desk.say(LI, "/forgetme"))
    async with desk.database.begin() as tx:
        owned = await cases.get(tx, case)
        assert owned is not None
        assert owned.number in said
        await tx.execute(update(case_table).values(state="closed"))
    await ask(desk, LI)
    await desk.ring(hours=25)
    async with desk.database.read() as tx:
        owned = await cases.get(tx, case)
    assert owned is not None
    told = await desk.say(NAMED, f"/case {owned.number}")
    assert not [call for call in told if call.chat_id == 0]
    assert owned.owner_name == desk.services.texts.plain(desk.services.company.language, "forgetme-former-staff", {})


async def test_surveys_that_nobody_answers_any_more_are_over(desk: Desk) -> None:
    """They expire at once, and no timer is left for the account."""
    await desk.open_survey(WANG)
    await ask(desk, WANG)
    await desk.ring(hours=25)
    (asked,) = await desk.rows(select(invitations.c.state))
    assert asked.state == "expired"
    assert not [row for row in await desk.rows(select(timers.c.subject)) if str(WANG.id) in row.subject.split(":")]


async def test_nobody_is_erased_beside_others(desk: Desk) -> None:
    """What was gathered for others would be written afterwards, and might be about the person."""

    async def work(batch: Batch) -> None:
        batch.record(None, "x", "person:1")
        with pytest.raises(NotAloneError):
            await erasure.erase(batch, Belongings(), by=None)
        batch.changes.clear()

    await desk.batch(work)


def test_what_is_said_when_it_waits(desk: Desk) -> None:
    """One hour and many, one open case and many."""
    for hours in (0, 1, 24):
        for opened in (0, 1, 3):
            assert desk.text("forgetme", hours=hours, open=opened)


async def test_former_staff_are_not_called(desk: Desk) -> None:
    """A case that somebody worked on who is gone opens anew: the department hears of it, and nobody who is not there is mentioned."""
    case = await live(desk)
    li = await desk.grant(LI, Role.STAFF, "transport")
    async with desk.database.begin() as tx:
        await tx.execute(update(case_table).values(owner=li, state="closed", closed_at=desk.clock.now()))
    await ask(desk, LI)
    await desk.ring(hours=24, minutes=1)
    async with desk.database.begin() as tx:
        await tx.execute(update(case_table).values(state="answered", closed_at=None))

    async def reopen(batch: Batch) -> None:
        known = await cases.get(batch.tx, case)
        assert known is not None
        by = (await people_rows.fetch_by_account(batch.tx, [NAMED.id]))[NAMED.id]
        moved = await events.cause(
            batch, known, CaseEvent.NOT_SATISFIED, CUSTOMER, {Need.REASON: "it is still wet"}, by=by
        )
        assert not isinstance(moved, CaseRefusal)
        assert not [call for call in batch.calls if call.chat_id == 0 or "user?id=0" in call.payload]
        assert [call for call in batch.calls if call.chat_id == GROUP]

    await desk.batch(reopen)


async def test_a_crash_in_the_middle_leaves_everything_or_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever breaks before the commit: nothing is erased and nothing is owed; the timer comes again, and it ends once."""
    await live(desk)
    await ask(desk)
    before = (await desk.rows(select(people)), await desk.rows(select(audit.c.id)))
    take_away = erasure._take_away

    async def break_down(*_args: object) -> None:
        raise RuntimeError("the machine is gone")

    monkeypatch.setattr(erasure, "_take_away", break_down)
    desk.poisoned = True
    await desk.ring(hours=24, minutes=1)
    kept = (await desk.rows(select(people)), [row for row in await desk.rows(select(audit.c.id)) if row in before[1]])
    assert kept == before
    assert not [row for row in await desk.rows(select(audit.c.what)) if row.what == erasure.ERASED]
    monkeypatch.setattr(erasure, "_take_away", take_away)
    told = [text for _ in range(3) for text in list_texts(await desk.ring(hours=1), WANG.id)]
    assert told.count(desk.text("forgetme-done")) == 1
    assert len([row for row in await desk.rows(select(audit.c.what)) if row.what == erasure.ERASED]) == 1
