"""Two cases of one customer become one, and nothing of the first is lost."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from domain.cases.case import Case, CaseKind, CaseState
from handlers.cases.life import merging
from storage.models import cases, contributions
from storage.queue.outbox import OwedCall
from tests.harness.case_actions import (
    MEI,
    NUMBER,
    QUALITY,
    change_case,
    list_alerts,
    press,
    reply,
    set_up_accepted_case,
    tap,
)
from tests.harness.in_process import GROUP, LI, NOON, WANG, Desk, list_texts, read_body

SECOND = "C-261123-0002"


async def two(desk: Desk) -> int:
    """Wang's second case, about another waybill; its id."""
    await set_up_accepted_case(desk)
    await desk.file_complaint(waybill="SF2")
    photo = [{"file_id": "p1", "file_unique_id": "u1", "width": 1, "height": 1}]
    await desk.say(WANG, photo=photo, caption="It was wet <too>")
    return int((await desk.rows(select(cases.c.id).where(cases.c.number == SECOND)))[0].id)


async def test_it_goes_on_in_the_other_case(desk: Desk) -> None:
    """The card of the other case has its words and files, the customer reads the number that counts, the first is over."""
    second = await two(desk)
    asked = await press(desk, MEI, "merge", QUALITY, second)
    asked = await desk.press(MEI, data_of_start(asked, NUMBER), QUALITY)
    calls = await tap(desk, MEI, "Confirm", asked, QUALITY)
    assert any(SECOND in text and "It was wet &lt;too&gt;" in text for text in list_texts(calls, GROUP))
    assert any(call.method == "sendPhoto" and call.chat_id == GROUP for call in calls)
    (told,) = list_texts(calls, WANG.id)
    assert SECOND in told
    assert f"<b>{NUMBER}</b>" in told
    first = next(one for one in await desk.rows(select(cases)) if one.number == NUMBER)
    merged = next(one for one in await desk.rows(select(cases)) if one.number == SECOND)
    assert (merged.state, merged.merged_into) == ("merged", first.id)
    written = await desk.rows(
        select(contributions.c.words, contributions.c.files).where(contributions.c.case == first.id)
    )
    assert any(one.words == "It was wet <too>" and "p1" in one.files for one in written)


def data_of_start(calls: list[OwedCall], label: str) -> str:
    """The button whose label begins so."""
    for call in calls:
        for line in read_body(call).get("reply_markup", {}).get("inline_keyboard", ()):
            for key in line:
                if key["text"].startswith(label):
                    return str(key["callback_data"])
    raise AssertionError(label)


async def test_no_other_case(desk: Desk) -> None:
    """With nothing to merge into, it says so."""
    await set_up_accepted_case(desk)
    assert list_alerts(await press(desk, MEI, "merge", QUALITY)) == [desk.plain("merge-none", number=NUMBER)]


async def test_only_quality_merges(desk: Desk) -> None:
    """Not even the owner."""
    second = await two(desk)
    await press(desk, LI, "merge", case=second)
    assert all(one.state != "merged" for one in await desk.rows(select(cases.c.state)))


async def test_the_other_case_ended_meanwhile(desk: Desk) -> None:
    """Withdrawn between choice and Confirm: nothing is merged."""
    second = await two(desk)
    asked = await press(desk, MEI, "merge", QUALITY, second)
    asked = await desk.press(MEI, data_of_start(asked, NUMBER), QUALITY)
    await change_case(desk, state="withdrawn")
    calls = await tap(desk, MEI, "Confirm", asked, QUALITY)
    assert desk.plain("merge-gone", number=SECOND) in list_texts(calls)
    assert [one.state for one in await desk.rows(select(cases.c.state).order_by(cases.c.id))] == [
        "withdrawn",
        "assigned",
    ]


async def test_what_is_said_afterwards_follows(desk: Desk) -> None:
    """An answer to a question of the merged case joins the other one."""
    second = await two(desk)
    await press(desk, LI, "accept", case=second)
    await press(desk, LI, "ask_customer", case=second)
    await tap(desk, LI, "Confirm", await reply(desk, LI, "Which door?"))
    asked = await press(desk, MEI, "merge", QUALITY, second)
    asked = await desk.press(MEI, data_of_start(asked, NUMBER), QUALITY)
    await tap(desk, MEI, "Confirm", asked, QUALITY)
    await desk.say(WANG, "The red one")
    first = next(one for one in await desk.rows(select(cases)) if one.number == NUMBER)
    written = await desk.rows(select(contributions.c.words).where(contributions.c.case == first.id))
    assert "The red one" in {one.words for one in written}


CASE = Case(1, NUMBER, CaseState.ASSIGNED, "product", "normal", "transport", NOON, NOON, customer=5)


@pytest.mark.parametrize(
    ("into", "fits"),
    [
        (CASE, False),
        (None, False),
        (Case(2, SECOND, CaseState.ANSWERED, "product", "normal", "service", NOON, NOON, customer=5), True),
        (Case(2, SECOND, CaseState.CLOSED, "product", "normal", "service", NOON, NOON, customer=5), False),
        (Case(2, SECOND, CaseState.ASSIGNED, "product", "normal", "service", NOON, NOON, customer=6), False),
        (
            Case(
                2,
                SECOND,
                CaseState.ASSIGNED,
                "product",
                "normal",
                "service",
                NOON,
                NOON,
                customer=5,
                kind=CaseKind.INQUIRY,
            ),
            False,
        ),
    ],
)
def test_where_it_can_go_on(into: Case | None, *, fits: bool) -> None:
    """Another open case of the same customer and kind."""
    assert merging.can_merge(CASE, into) is fits


def test_a_label_is_short() -> None:
    """The number and the first words, whatever was written."""
    assert merging.draw_label(CASE) == NUMBER
    assert len(merging.draw_label(replace(CASE, description="wet\n" * 100))) <= 60
