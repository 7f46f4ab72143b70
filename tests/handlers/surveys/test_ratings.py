"""Asking, answering, changing; what a low rating becomes (S3, S6, S7)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations.buttons import RateButton, RateDeliveryButton
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Question, Survey
from handlers.surveys import ratings
from handlers.turns.batch import Batch
from handlers.turns.turn import open_turn
from storage.models import answers, audit, cases, contributions, deliveries, invitations, timers
from tests.harness.in_process import (
    COMPANY,
    GROUP,
    LI,
    NOON,
    WANG,
    Desk,
    find_button,
    find_button_data,
    list_labels,
    list_texts,
    make_delivery,
    read_body,
)


async def test_the_first_tap_is_a_complete_response(desk: Desk) -> None:
    """Five buttons in a row, the tap is kept at once, and the same message goes on with the next question."""
    (asked,) = await desk.open_survey()
    assert [label[-1] for label in list_labels(asked)[:5]] == ["1", "2", "3", "4", "5"]
    shown = await desk.press(WANG, find_button_data([asked], "4"), at=500)
    assert [(call.name, call.message_id) for call in shown] == [(asked.name, 500)]
    rows = await desk.rows(select(answers.c.question, answers.c.score, answers.c.dimension))
    assert [tuple(row) for row in rows] == [("overall", 4, "overall")]
    ((fate,),) = await desk.rows(select(deliveries.c.fate))
    assert fate == "answered"


async def test_what_is_frozen_into_the_invitation(desk: Desk) -> None:
    """Department, courier, route and the rest are those of the moment of asking (D5)."""
    await desk.open_survey(
        department="transport", courier={"id": "k17"}, route="R1", station="S1", service="x", priority="P2"
    )
    (row,) = await desk.rows(select(invitations))
    assert (row.department, row.courier, row.route, row.station, row.service, row.priority) == (
        "transport",
        "k17",
        "R1",
        "S1",
        "x",
        "P2",
    )
    assert row.expires_at == NOON + timedelta(days=7)


async def test_a_changed_rating_keeps_its_history(desk: Desk) -> None:
    """The same again leaves no trace; another score replaces the first, and the log has both."""
    shown = await desk.open_survey()
    for score in ("4", "4", "5"):
        await desk.press(WANG, find_button_data(shown, score))
    rows = await desk.rows(select(answers.c.score))
    assert [row.score for row in rows] == [5]
    changes = await desk.rows(select(audit.c.before, audit.c.after).where(audit.c.what == "answer.change"))
    assert [tuple(row) for row in changes] == [("overall=4", "overall=5")]


async def test_what_fell_away_is_in_no_figure(desk: Desk) -> None:
    """A rating of two corrected to five: the reasons are not among the answers any more, and the log has them."""
    shown = await desk.press(WANG, find_button_data(await desk.open_survey(), "4"))
    timeliness = find_button_data(shown, "5")
    shown = await desk.press(WANG, find_button_data(shown, "2"))
    shown = await desk.press(WANG, find_button_data(shown, "Late"))
    kept = select(answers.c.question, answers.c.kind, answers.c.levels).order_by(answers.c.question)
    assert [tuple(row) for row in await desk.rows(kept)] == [
        ("overall", "rating", 5),
        ("timeliness", "rating", 5),
        ("timeliness_reasons", "choices", 5),
    ]
    await desk.press(WANG, timeliness)
    assert [row.question for row in await desk.rows(kept)] == ["overall", "timeliness"]
    changes = await desk.rows(select(audit.c.before, audit.c.after).where(audit.c.what == "answer.recount"))
    assert [tuple(row) for row in changes] == [("timeliness_reasons=('late',)", None)]


async def test_photos_go_to_the_case(desk: Desk) -> None:
    """A low rating with photos, neither filed nor declined: the case has them, and the department sees them."""
    await desk.bind("transport")
    shown = await desk.open_survey(service="warehouse", department="transport")
    for tapped in ("5", "Skip", "Skip", "Skip", "Skip", "1", "Skip"):
        shown = await desk.press(WANG, find_button_data(shown, tapped))
    for n in (1, 2):
        picture = [{"file_id": f"p{n}", "file_unique_id": f"u{n}", "width": 1, "height": 1}]
        shown = await desk.say(WANG, photo=picture, media_group_id="a")
    assert desk.text("answer-photos", count=2) in list_texts(shown)[0]
    calls = await desk.ring(minutes=31)
    (row,) = await desk.rows(select(cases.c.description))
    assert "2 photos" in row.description
    assert [call.method for call in calls if call.chat_id == GROUP and call.method.startswith("sendMedia")] == [
        "sendMediaGroup"
    ]


async def test_an_old_version_goes_on_as_it_was(desk: Desk) -> None:
    """Asked by a version of before there were label sets: no legend, and its own hint."""
    old = Survey(
        "old",
        "00000001",
        {"en": "Old"},
        (Question("overall", QuestionKind.RATING, {"en": "Overall?"}, hint={"en": "1 bad, 5 good"}),),
        {"en": "Thanks."},
    )
    await desk.say(WANG, "/start")

    async def ask(batch: Batch) -> None:
        turn = await open_turn(batch, WANG.id)
        assert turn is not None
        assert isinstance(turn.services.surveys, dict)
        turn.services.surveys[old.name] = old
        ratings.invite(turn, None, "rate", survey=old)

    await desk.batch(ask)
    (shown,) = await desk.fetch_owed()
    assert list_texts([shown]) == ["Overall?\n\n1 bad, 5 good\n\n<i>Question 1 of 1</i>"]


async def test_a_link_opened_again_goes_on_where_it_stood(desk: Desk) -> None:
    """No second invitation: the survey is shown once more, below."""
    first = await desk.open_survey()
    await desk.press(WANG, find_button_data(first, "4"))
    again = await desk.open_survey()
    assert [call.fresh for call in again] == [True]
    assert len(await desk.rows(select(invitations.c.id))) == 1


async def test_when_the_time_to_change_is_over(desk: Desk) -> None:
    """A fortnight later the link and the old buttons say so."""
    shown = await desk.open_survey()
    await desk.press(WANG, find_button_data(shown, "4"))
    await desk.ring(days=7)
    await desk.ring(days=7, hours=1)
    assert list_texts(await desk.open_survey()) == [desk.text("rating-over")]
    late = await desk.press(WANG, find_button_data(shown, "1"))
    assert [read_body(call)["text"] for call in late] == [desk.plain("not-now")]
    assert [row.score for row in await desk.rows(select(answers.c.score))] == [4]


async def test_rate_offers_the_own_deliveries_and_none(desk: Desk) -> None:
    """A stranger is offered none but none; a customer the deliveries of the last two months."""
    (shown,) = await desk.say(LI, "/rate")
    assert len(list_labels(shown)) == 1
    await desk.open_survey()
    (shown,) = await desk.say(WANG, "/rate")
    assert list_labels(shown)[0] == "SF1 · 23 Nov"
    (asked,) = await desk.press(WANG, RateDeliveryButton(0))
    assert isinstance(find_button([asked], "5"), RateButton)
    rows = await desk.rows(select(invitations.c.delivery).where(invitations.c.origin == "rate"))
    assert [row.delivery for row in rows] == [None]


async def test_somebody_elses_delivery_cannot_be_rated(desk: Desk) -> None:
    """Neither by its number nor by one that does not exist."""
    await desk.open_survey()
    ((number,),) = await desk.rows(select(deliveries.c.id))
    for forged in (number, 7, 2**63 - 1):
        (answer,) = await desk.press(LI, RateDeliveryButton(forged))
        assert read_body(answer)["text"] == desk.plain("not-yours")
    assert len(await desk.rows(select(invitations.c.id))) == 1


async def test_a_low_rating_waits_half_an_hour_and_becomes_one_case(desk: Desk) -> None:
    """Neither filed nor declined: a case with the answers in words, in the department's language; and the customer hears."""
    await desk.bind("transport", language="zh")
    shown = await desk.open_survey(department="transport")
    await desk.press(WANG, find_button_data(shown, "2"))
    assert await desk.ring(minutes=29) == []
    calls = await desk.ring(minutes=1)
    (row,) = await desk.rows(select(cases.c.description, cases.c.number, cases.c.customer, cases.c.delivery))
    assert row.description == "您对这次配送总体满意吗？ 2/5"
    assert row.delivery is not None
    assert any(row.number in text for text in list_texts(calls, WANG.id))
    assert any(row.number in text for text in list_texts(calls, GROUP))
    assert await desk.ring(hours=1) == []


async def test_a_ticked_reason_becomes_the_cases(desk: Desk) -> None:
    """The gravest that the category knows; with it come the severity and where the case goes."""
    shown = await desk.open_survey()
    for tapped in ("1", "5", "1", "Signed for without my consent", "Lost or short"):
        shown = await desk.press(WANG, find_button_data(shown, tapped))
    await desk.ring(minutes=31)
    rows = await desk.rows(select(cases.c.category, cases.c.reason, cases.c.severity, cases.c.department))
    assert [tuple(row) for row in rows] == [("product", "lost", "high", "aftersales")]


@pytest.mark.parametrize(
    ("category", "ticked", "gravest"),
    [
        ("product", ("damaged", "lost"), "lost"),
        ("product", ("damaged", "thrown"), "damaged"),
        ("attitude", ("rude", "fee", "kept"), "kept"),
        ("attitude", ("lost",), ""),
        ("other", (), ""),
    ],
)
def test_the_gravest_reason_counts(category: str, ticked: tuple[str, ...], gravest: str) -> None:
    """One that is not normal before all others, else the first; another category's reasons are none."""
    assert ratings.find_gravest_reason(COMPANY, category, ticked) == gravest


async def test_filing_and_declining_stop_the_clock(desk: Desk) -> None:
    """One tap either way, and the timer is gone."""
    shown = await desk.press(WANG, find_button_data(await desk.open_survey(), "1"))
    rang = select(timers.c.kind).where(timers.c.kind == "low")
    assert len(await desk.rows(rang)) == 1
    await desk.press(WANG, find_button_data(shown, "No, thanks"))
    assert await desk.rows(rang) == []
    await desk.file_complaint(waybill="SF2")
    assert await desk.rows(rang) == []
    assert len(await desk.rows(select(cases.c.id))) == 1


async def test_filing_again_is_the_same_case(desk: Desk) -> None:
    """An old button pressed again files nothing new."""
    shown = await desk.press(WANG, find_button_data(await desk.open_survey(), "1"))
    for _ in range(2):
        await desk.press(WANG, find_button_data(shown, "File a complaint"))
    assert len(await desk.rows(select(cases.c.id))) == 1


async def test_many_events_of_many_people_share_a_transaction(desk: Desk) -> None:
    """Twenty links in one batch: each is asked about the own delivery, none about another's."""
    from asyncio import gather

    from tests.harness.in_process import TelegramUser

    people = [TelegramUser(100 + n, f"P{n}") for n in range(20)]
    results = await desk.deliver(
        *[make_delivery(f"W{n}", customer={"ref": f"r{n}", "language": "en"}) for n in range(20)]
    )
    links = [str(one.link).partition("start=")[2] for one in results]
    replies = await gather(*(desk.say(who, f"/start {link}") for who, link in zip(people, links, strict=True)))
    calls = [call for some in replies for call in some]
    assert desk.worker.counters.batches < 20
    assert {
        (call.chat_id, f"W{n}" in list_texts([call])[0])
        for n, call in enumerate(sorted(calls, key=lambda c: c.chat_id or 0))
    } == {(who.id, True) for who in people}


async def test_a_low_rating_joins_the_open_complaint(desk: Desk) -> None:
    """The delivery was complained about already: the answers are added, one case, and the customer reads which (C4)."""
    await desk.bind("transport")
    rated = await desk.press(WANG, find_button_data(await desk.open_survey(department="transport"), "1"))
    shown = await desk.press(WANG, find_button_data(await desk.say(WANG, "/complain"), "SF1"))
    shown = await desk.press(WANG, find_button_data(shown, "Delivery and logistics"))
    shown = await desk.press(WANG, find_button_data(await desk.say(WANG, "It never came"), "Done"))
    shown = await desk.press(WANG, find_button_data(await desk.press(WANG, find_button_data(shown, "Skip")), "Skip"))
    await desk.press(WANG, find_button_data(shown, "Confirm"))
    calls = await desk.ring(minutes=31)
    (row,) = await desk.rows(select(cases.c.number))
    due = "2026-11-30 12:00"
    assert desk.text("low-joined", number=row.number, due=due) in list_texts(calls, WANG.id)
    assert any("How was your delivery overall? 1/5" in text for text in list_texts(calls, GROUP))
    await desk.press(WANG, find_button_data(rated, "File a complaint"))
    assert len(await desk.rows(select(cases.c.number))) == 1
    assert len(await desk.rows(select(contributions.c.id))) == 2
