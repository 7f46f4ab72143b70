"""The card of an appeal: what quality needs to judge, the customer masked, the rating as it stands."""

from sqlalchemy import select

from domain.fairness.appeal import AppealState
from domain.people import Role
from handlers.fairness import appeal_cards
from handlers.turns.batch import Batch
from storage.fairness import appeals
from storage.models import appeals as rows
from storage.models import invitations
from storage.surveys.ratings import RecordedAnswer
from tests.harness.case_actions import MEI, QUALITY
from tests.harness.in_process import BOSS, GROUP, WANG, Desk, find_button_data, list_texts, read_body
from tests.harness.rating_appeals import KURT, REASON, file_appeal, rate_and_appeal, rate_delivery, set_up_courier

MANAGEMENT = -1010


async def test_what_quality_reads(desk: Desk) -> None:
    """Rating, reasons, courier, department, waybill, cases, appellant and reason; of the customer the first letter and four digits."""
    await set_up_courier(desk)
    shown = await rate_delivery(desk, 2)
    for label in ("1", "Late", "File a complaint"):
        shown = await desk.press(WANG, find_button_data(shown, label))
    (html,) = list_texts(await file_appeal(desk), QUALITY)
    for words in (
        desk.text("appeal-head", state="open"),
        "Rating of 2026-11-23: Overall 2/5, Timeliness 1/5",
        "Reasons: Late",
        "Courier: k17 Kurt Lang",
        "Department: Transport",
        "Waybill: SF1",
        "Customer: W*** ***8000",
        "Cases about it: C-261123-0001",
        "Appeal by Kurt:",
        REASON,
    ):
        assert words in html, words
    assert "Wang" not in html
    assert "13800138000" not in html


async def test_hostile_words_are_only_words(desk: Desk) -> None:
    """Markup that somebody types is shown as it was typed, a long reason is trimmed on the card and kept whole."""
    await set_up_courier(desk)
    await rate_delivery(desk)
    (html,) = list_texts(await file_appeal(desk, "<b>&" + "x" * 3000), QUALITY)
    assert "&lt;b&gt;&amp;xxx" in html
    assert html.count("x") < 1600
    ((reason,),) = await desk.rows(select(rows.c.reason))
    assert len(reason) == 3004


async def test_where_the_card_goes(desk: Desk) -> None:
    """To quality, else management, else every manager: an appeal is never without somebody who sees it."""
    await desk.grant(KURT, Role.COURIER, "k17")
    await desk.grant(BOSS, Role.MANAGER)
    await rate_delivery(desk)
    assert [call.chat_id for call in await file_appeal(desk) if call.name.startswith("appeal:")] == [BOSS.id]
    for department, chat in (("management", MANAGEMENT), ("quality", QUALITY)):
        await desk.bind(department, chat)

        async def show(batch: Batch) -> None:
            (row,) = await batch.tx.execute(select(rows.c.id))
            appeal = await appeals.get(batch.tx, row.id)
            assert appeal is not None
            await appeal_cards.show_card(batch, appeal)

        assert [call.chat_id for call in (await desk.batch(show)).calls] == [chat]


async def test_a_decided_card_has_no_buttons(desk: Desk) -> None:
    """It says who decided, when, and why, and stays where it was pressed too."""
    await rate_and_appeal(desk)
    await desk.bind("transport")
    mei = await desk.grant(MEI, Role.QUALITY, "quality")

    async def work(batch: Batch) -> None:
        (row,) = await batch.tx.execute(select(rows.c.id))
        await appeals.decide(batch.tx, row.id, AppealState.REJECTED, mei, "The code was right.", batch.now)
        appeal = await appeals.get(batch.tx, row.id)
        assert appeal is not None
        await appeal_cards.show_card(batch, appeal, also=GROUP)

    calls = (await desk.batch(work)).calls
    assert {call.chat_id for call in calls} == {QUALITY, GROUP}
    for call in calls:
        assert desk.text("appeal-decided", name="Mei", at="2026-11-23 12:00") in read_body(call)["text"]
        assert "The code was right." in read_body(call)["text"]
        assert (
            "inline_keyboard" not in read_body(call).get("reply_markup", {})
            or not read_body(call)["reply_markup"]["inline_keyboard"]
        )


async def test_the_rating_with_what_is_not_written_yet(desk: Desk) -> None:
    """An answer of this very transaction counts; one to another rating or of no dimension does not."""
    await rate_and_appeal(desk)
    ((id_,),) = await desk.rows(select(invitations.c.id))

    async def work(batch: Batch) -> None:
        batch.given += [
            RecordedAnswer(id_, "overall", "overall", 3, batch.now),
            RecordedAnswer(id_, "comment", "", "words", batch.now),
            RecordedAnswer(id_ + 1, "goods", "goods", 1, batch.now),
        ]
        rating = await appeal_cards.fetch_rating(batch, id_)
        assert rating is not None
        assert rating.scores == {"overall": 3}
        assert await appeal_cards.fetch_rating(batch, id_ + 1) is None
        batch.given.clear()

    await desk.batch(work)
