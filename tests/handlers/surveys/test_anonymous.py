"""Anonymous surveys: answered like any other, kept as nobody's, settled days later (S11)."""

import msgspec
import pytest
from sqlalchemy import insert, select, update

from conversations.buttons import ChangeRatingButton, FileComplaintButton, NoThanksButton, PraiseButton, RateButton
from conversations.buttons import PhoneCallButton as CallButton
from domain.deliveries.delivery import Fate
from domain.figures.ledger import Ledger
from domain.figures.period import parse_period
from domain.people import Role
from handlers.phone_surveys import phone_list
from handlers.surveys import ledger
from handlers.turns.batch import Batch
from storage.models import (
    anonymous_answers,
    answers,
    audit,
    deliveries,
    invitations,
    messages,
    outbox,
    sessions,
    timers,
)
from storage.models import callbacks as calls
from tests.harness.anonymous_survey import SURVEY, answer_survey, open_survey, use_anonymous_survey
from tests.harness.in_process import BOSS, GROUP, LI, WANG, Desk, find_button_data, list_labels, list_texts


@pytest.fixture
async def quiet(desk: Desk) -> Desk:
    return await use_anonymous_survey(desk)


async def kept(desk: Desk) -> list[tuple[object, ...]]:
    columns = [anonymous_answers.c[name] for name in ("question", "score", "words", "month", "survey", "campaign")]
    return [tuple(row) for row in await desk.rows(select(*columns).order_by(anonymous_answers.c.question))]


async def fate(desk: Desk) -> str:
    return str((await desk.rows(select(deliveries.c.fate)))[0].fate)


async def test_the_first_screen_says_what_anonymous_means(quiet: Desk) -> None:
    """And only the first; the delivery is named, for the customer must know what is asked about."""
    shown = await open_survey(quiet, WANG, "SF1")
    assert "This survey is anonymous" in list_texts(shown)[-1]
    assert "SF1" in list_texts(shown)[-1]
    shown = await quiet.press(WANG, find_button_data(shown, "4"))
    assert "anonymous" not in list_texts(shown)[0]


async def test_nothing_is_kept_before_the_end_and_everything_at_it(quiet: Desk) -> None:
    """Changed answers count as they are last; in the end there is one response, without a conversation, a log, or a name."""
    first = await open_survey(quiet, WANG, "SF1")
    shown = await quiet.press(WANG, find_button_data(first, "1"))
    shown = await quiet.press(WANG, find_button_data(shown, "Late"))
    assert await kept(quiet) == []
    shown = await quiet.press(WANG, find_button_data(shown, "Back"))
    shown = await quiet.press(WANG, find_button_data(shown, "Back"))
    shown = await quiet.press(WANG, find_button_data(shown, "5"))
    shown = await quiet.press(WANG, find_button_data(shown, "9"))
    before = await quiet.rows(select(audit.c.id))
    last = await quiet.say(WANG, "Lovely")
    assert "can no longer be changed, because nobody knows" in list_texts(last)[-1]
    assert "Thank you very much." in list_texts(last)[-1]
    assert list_labels(last[-1]) == []
    assert await kept(quiet) == [
        ("comment", None, '"Lovely"', "2026-11", SURVEY.name, None),
        ("overall", 5, None, "2026-11", SURVEY.name, None),
        ("recommend", 9, None, "2026-11", SURVEY.name, None),
    ]
    assert len({row.response for row in await quiet.rows(select(anonymous_answers.c.response))}) == 1
    for table in (answers, sessions):
        assert await quiet.rows(select(table)) == []
    assert await quiet.rows(select(audit.c.id)) == before
    assert await quiet.rows(select(messages).where(messages.c.name.like("rated:%"))) == []
    assert {row.kind for row in await quiet.rows(select(timers.c.kind))} == {"expire", "settle"}


async def test_old_buttons_change_nothing_afterwards(quiet: Desk) -> None:
    """Neither a rating, nor a change, nor a complaint or praise: there is no conversation any more."""
    first = await open_survey(quiet, WANG, "SF1")
    button = find_button_data(first, "5")
    await answer_survey(quiet, WANG, first, 5, 9, "Lovely")
    invitation = (await quiet.rows(select(invitations.c.id)))[0].id
    before = await kept(quiet)
    for pressed in (
        button,
        ChangeRatingButton(invitation),
        FileComplaintButton(invitation),
        NoThanksButton(invitation),
        PraiseButton(invitation),
    ):
        assert "no longer works" in str(msgspec.json.decode((await quiet.press(WANG, pressed))[-1].payload))
    assert await kept(quiet) == before


async def test_forged_buttons_while_it_is_open(quiet: Desk) -> None:
    """No complaint with answers attached, no praise, and no end without an answer."""
    await open_survey(quiet, WANG, "SF1")
    invitation = (await quiet.rows(select(invitations.c.id)))[0].id
    for pressed in (
        FileComplaintButton(invitation),
        NoThanksButton(invitation),
        PraiseButton(invitation),
        RateButton(invitation, 0, 9),
        f'["s",{invitation},3]',
    ):
        await quiet.press(WANG, pressed)
        assert await kept(quiet) == []
        assert len(await quiet.rows(select(sessions))) == 1
    assert {row.kind for row in await quiet.rows(select(timers.c.kind))} == {"expire", "settle"}


async def test_a_low_rating_points_to_the_complaint_and_starts_nothing(quiet: Desk) -> None:
    """No offer, no clock: a case would say who answered."""
    shown = await open_survey(quiet, WANG, "SF1")
    low = await quiet.press(WANG, find_button_data(shown, "1"))
    assert "please use /complain" in list_texts(low)[0]
    assert "File a complaint" not in list_labels(low[0])
    last = await answer_survey(quiet, WANG, await quiet.press(WANG, find_button_data(low, "Back")), 1, 0, "Bad")
    assert "/complain" in list_texts(last)[-1]
    assert "low" not in {row.kind for row in await quiet.rows(select(timers.c.kind))}


async def test_the_fate_is_written_down_at_a_midnight_after_the_end(quiet: Desk) -> None:
    """Until then the delivery is one whose customer has seen the survey, whether answered or not."""
    await answer_survey(quiet, WANG, await open_survey(quiet, WANG, "SF1"), 5, 9, "Lovely")
    assert await fate(quiet) == Fate.OPENED
    await quiet.ring(days=7, minutes=1)
    assert await fate(quiet) == Fate.OPENED
    await quiet.ring(days=1)
    assert await fate(quiet) == Fate.ANSWERED
    assert await quiet.rows(select(timers)) == []


async def test_what_is_left_halfway_counts_when_the_time_is_over(quiet: Desk) -> None:
    """As far as it was answered, and only what counts; the screen says it is over."""
    shown = await open_survey(quiet, WANG, "SF1")
    await quiet.press(WANG, find_button_data(shown, "2"))
    calls = await quiet.ring(days=7, minutes=1)
    assert "can no longer be changed" in list_texts(calls)[-1]
    assert await kept(quiet) == [("overall", 2, None, "2026-11", SURVEY.name, None)]
    assert await quiet.rows(select(sessions)) == []
    assert await fate(quiet) == Fate.OPENED
    await quiet.ring(days=1)
    assert await fate(quiet) == Fate.ANSWERED


async def test_what_nobody_touched_expires_and_can_be_opened_again(quiet: Desk) -> None:
    """As any survey; answered after all, it is settled after its new end."""
    (result,) = await quiet.deliver(
        {"waybill": "SF1", "delivered_at": quiet.clock.now().isoformat(), "customer": {"ref": "r"}}
    )
    assert result.link is not None
    link = f"/start {result.link.partition('start=')[2]}"
    await quiet.say(WANG, link)
    await quiet.ring(days=8, minutes=1)
    assert await fate(quiet) == Fate.EXPIRED
    await answer_survey(quiet, WANG, await quiet.say(WANG, link), 4, 8, "Late, but here")
    assert len(await kept(quiet)) == 3
    assert await fate(quiet) == Fate.OPENED
    await quiet.ring(days=9)
    assert await fate(quiet) == Fate.ANSWERED


async def test_who_answered_is_not_reminded(quiet: Desk) -> None:
    """Nor told again that the survey is over."""
    await answer_survey(quiet, WANG, await open_survey(quiet, WANG, "SF1"), 5, 9, "Lovely")
    assert await quiet.ring(days=3) == []
    assert await quiet.ring(days=30) == []


async def test_an_edited_comment_is_not_followed(quiet: Desk) -> None:
    """Neither after the end nor before: who wants other words goes back and writes them."""
    shown = await open_survey(quiet, WANG, "SF1")
    shown = await quiet.press(WANG, find_button_data(shown, "5"))
    await quiet.press(WANG, find_button_data(shown, "9"))
    number = 4242
    await quiet.update("message", _message(number, "First"))
    assert await quiet.update("edited_message", _message(number, "Second")) == []
    assert ("comment", None, '"First"', "2026-11", SURVEY.name, None) in await kept(quiet)


def _message(number: int, text: str) -> dict[str, object]:
    chat = {"id": WANG.id, "type": "private"}
    return {"message_id": number, "date": 1, "edit_date": 2, "chat": chat, "from": WANG.user, "text": text}


async def test_what_was_owed_of_earlier_screens_is_dropped(quiet: Desk) -> None:
    """Which questions somebody saw could tell what was answered: only the last screen is still on its way."""
    shown = await open_survey(quiet, WANG, "SF1")
    shown = await quiet.press(WANG, find_button_data(shown, "1"))
    shown = await quiet.press(WANG, find_button_data(shown, "Rude"))
    shown = await quiet.press(WANG, find_button_data(shown, "3"))
    async with quiet.database.begin() as tx:
        await tx.execute(update(outbox).values(state="held"))
    await quiet.say(WANG, "Bad")
    rows = await quiet.rows(select(outbox.c.payload).where(outbox.c.name.like("s:%")))
    assert len(rows) == 1
    assert "Thank you very much" in rows[0].payload


async def test_blocked_after_the_first_answers(quiet: Desk) -> None:
    """It had arrived: the delivery is not called blocked, and the answers count when the time is over."""
    from handlers.people import unreachable

    shown = await open_survey(quiet, WANG, "SF1")
    last = await quiet.press(WANG, find_button_data(shown, "2"))

    async def gone(batch: object) -> None:
        await unreachable.mark_unreachable(batch, last[0], "Forbidden: bot was blocked by the user")  # type: ignore[arg-type]  # a batch

    await quiet.batch(gone)
    assert await fate(quiet) == Fate.OPENED
    await quiet.ring(days=7, minutes=1)
    assert len(await kept(quiet)) == 1


async def test_the_ledger_adds_up(quiet: Desk) -> None:
    """Each delivery is in one place, and those that answered are as many as have responded; /why tells what is known."""
    for n in range(3):
        shown = await open_survey(quiet, WANG, f"SF{n}")
        if n:
            await answer_survey(quiet, WANG, shown, 5, 9, "Lovely")
    await quiet.grant(BOSS, Role.MANAGER)
    period = parse_period("2026-11", quiet.clock.now(), quiet.services.company.zone)

    async def count(batch: Batch) -> None:
        ledgers.append(await ledger.fetch_ledger(batch, period))

    ledgers: list[Ledger] = []
    await quiet.batch(count)
    await quiet.ring(days=9)
    await quiet.batch(count)
    assert [(one.adds_up, one.in_chat, dict(one.places)) for one in ledgers] == [
        (True, 0, {Fate.OPENED: 3}),
        (True, 2, {Fate.ANSWERED: 2, Fate.EXPIRED: 1}),
    ]
    (told,) = list_texts(await quiet.say(BOSS, "/why SF1"))
    assert "has answered. The survey is anonymous, so nobody can see what was answered or when." in told
    assert "Lovely" not in told


async def test_nobody_is_phoned_about_it(quiet: Desk) -> None:
    """It is not on the morning's list; a call that was listed before the survey became anonymous cannot be taken."""
    await quiet.bind("quality")
    await quiet.grant(LI, Role.QUALITY, "quality")
    item = {"waybill": "SF1", "delivered_at": quiet.clock.now().isoformat(), "customer": {"phone": "+8613800138000"}}
    await quiet.deliver(item)

    async def armed(batch: Batch) -> None:
        phone_list.set_morning_timer(batch)

    await quiet.batch(armed)
    await quiet.ring(days=1)
    assert await quiet.rows(select(calls)) == []
    (row,) = await quiet.rows(select(deliveries.c.id))
    moment = quiet.clock.now()
    async with quiet.database.begin() as tx:
        facts = {"delivery": row.id, "day": "2026-11-23", "listed_at": moment, "updated_at": moment}
        await tx.execute(insert(calls), facts)
    refused = await quiet.press(LI, CallButton(row.id, "t"), GROUP)
    assert "The survey about SF1 is anonymous" in str([call.payload for call in refused])
    assert [one.state for one in await quiet.rows(select(calls.c.state))] == ["listed"]
