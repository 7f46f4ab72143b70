"""Counting for the ledger: whatever happened to deliveries, the counts add up on both databases."""

import random
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.deliveries.delivery import UNREACHED_FATES, Fate, PhoneCallState
from domain.figures.ledger import InvitationGroup, LedgerCounts, PhoneCallGroup, compute_ledger
from domain.figures.period import Period, parse_period
from domain.surveys.survey import InvitationState
from storage.deliveries import deliveries
from storage.engine.database import Database, Tx
from storage.models import callbacks as call_rows
from storage.surveys import ledger as rows
from storage.surveys import phone_list, ratings
from storage.surveys.ratings import Invitation, RecordedAnswer
from tests.harness.rows import NOW, add_delivery, add_person, invite, make_delivery_row, make_invitation

ZONE = ZoneInfo("Asia/Shanghai")
SAMPLING = {"P1": 80.0, "P2": 50.0, "P3": 20.0, "P4": 5.0}
PERIOD = parse_period("2026-11-23", NOW, ZONE)
ANSWERED = {Fate.ANSWERED, Fate.PHONED}


async def count(tx: Tx, period: Period = PERIOD) -> LedgerCounts:
    return await rows.fetch_counts(tx, period)


@pytest.mark.parametrize("seed", range(3))
async def test_random_histories_add_up(database: Database, seed: int) -> None:
    """Five hundred deliveries of three days, each with a history at random: on every day, and on all of them, the places add up,
    and invitations, answers and calls say the same.
    """
    chance = random.Random(seed)  # noqa: S311 -- a story, no secret
    async with database.begin() as tx:
        await add_person(tx, 1)
        await _play(tx, chance, 500)
        ledgers = {}
        for text in ("2026-11-22", "2026-11-23", "2026-11-24", "2026-11-22..2026-11-24"):
            counted = await count(tx, parse_period(text, NOW + timedelta(days=1), ZONE))
            ledgers[text] = ledger = compute_ledger(counted, SAMPLING)
            assert ledger.adds_up, ledger.checks
            assert ledger.placed == ledger.deliveries > 0
            assert ledger.in_chat + ledger.by_phone == sum(n for fate, n in ledger.places if fate in ANSWERED)
            reached = dict(ledger.places)
            called = sum(n for state, n in ledger.calls if state is not PhoneCallState.ANSWERED)
            assert called == sum(reached.get(fate, 0) for fate in UNREACHED_FATES)
    *days, whole = ledgers.values()
    assert whole.deliveries == sum(one.deliveries for one in days) == 500
    assert whole.in_chat == sum(one.in_chat for one in days)


async def _play(tx: Tx, chance: random.Random, number: int) -> None:
    """Histories as the bot leaves them: a fate, the invitation and answers that go with it, the call of who cannot be reached."""
    new, invited, given = [], [], []
    called: list[tuple[int, PhoneCallState]] = []
    start = PERIOD.start - timedelta(days=1)
    for id_ in range(1, number + 1):
        fate = chance.choice(list(Fate))
        at = start + timedelta(seconds=chance.randrange(3 * 86400))
        priority = chance.choice(["", "P1", "P2", "P3", "P4"])
        new.append(
            make_delivery_row(id_, delivered_at=at, fate=fate, priority=priority, phone_hash="h", customer_name=None)
        )
        undelivered = fate is Fate.BLOCKED and chance.random() < 0.5
        if fate in {Fate.SENT, Fate.OPENED, Fate.EXPIRED, *ANSWERED} or undelivered:
            origin = "phone" if fate is Fate.PHONED else chance.choice(["sent", "link", "rate"])
            state = "undelivered" if undelivered else "expired" if fate is Fate.EXPIRED else "open"
            invited.append((id_, origin, state, 1 if fate is Fate.PHONED else None))
        if fate in ANSWERED:
            given += [RecordedAnswer(1000 + id_, f"q{n}", "", 4, NOW) for n in range(chance.randint(1, 3))]
        if fate in UNREACHED_FATES:
            called.append((id_, chance.choice([one for one in PhoneCallState if one is not PhoneCallState.ANSWERED])))
        elif fate is Fate.PHONED:
            called.append((id_, PhoneCallState.ANSWERED))
        elif fate is Fate.SENT and chance.random() < 0.3:
            called.append((id_, PhoneCallState.LISTED))  # came to the chat after the list was made
    await deliveries.add(tx, new)
    frozen = dict.fromkeys(("department", "courier", "route", "station", "service", "priority", "customer_type"), "")
    later = NOW + timedelta(days=7)
    await ratings.invite(
        tx,
        [
            Invitation(1000 + id_, id_, None, "delivery@1", origin, NOW, later, frozen, entered_by=by)
            for id_, origin, _, by in invited
        ],
    )
    for state in (InvitationState.EXPIRED, InvitationState.UNDELIVERED):
        await ratings.close(tx, [1000 + id_ for id_, _, one, _ in invited if one == state], state)
    await ratings.record_answers(tx, given)
    made = {"day": "2026-11-23", "attempts": 0, "listed_at": NOW, "updated_at": NOW}
    await tx.execute(call_rows.insert(), [made | {"delivery": id_, "state": state} for id_, state in called])


async def test_what_is_counted(database: Database) -> None:
    """Half-open days of the company's clock; invitations about no delivery by their own date, apart; who can be reached by now is overtaken."""
    async with database.begin() as tx:
        await add_person(tx, 1)
        for id_, at, fate in (
            (1, PERIOD.start, Fate.BLOCKED),
            (2, PERIOD.end - timedelta(seconds=1), Fate.SENT),
            (3, PERIOD.end, Fate.ANSWERED),
        ):
            await add_delivery(tx, id_, delivered_at=at, fate=fate, priority="P1", phone_hash="h")
        await phone_list.insert_unreached(tx, PERIOD.start, PERIOD.end, "2026-11-23", NOW)
        await tx.execute(
            call_rows.insert(),
            {"delivery": 2, "day": "2026-11-23", "state": "listed", "attempts": 0, "listed_at": NOW, "updated_at": NOW},
        )
        await invite(
            tx,
            make_invitation(5, 1, 2),
            make_invitation(6, 1),
            make_invitation(7, 1, at=PERIOD.end),
            make_invitation(8, 1, 3),
        )
        await ratings.record_answers(tx, [RecordedAnswer(6, "overall", "", 5, NOW)])
        counted = await count(tx)
    assert counted.deliveries == 2
    assert counted.fates == {("P1", Fate.BLOCKED): 1, ("P1", Fate.SENT): 1}
    assert counted.invitations == {
        InvitationGroup("sent", "open", phoned=False, answered=False): 1,
        InvitationGroup("rate", "open", phoned=False, answered=True, about_delivery=False): 1,
    }
    assert counted.calls == {
        PhoneCallGroup(PhoneCallState.LISTED, overtaken=False): 1,
        PhoneCallGroup(PhoneCallState.LISTED, overtaken=True): 1,
    }


async def test_nothing_is_nothing(database: Database) -> None:
    """A period without deliveries counts none, and adds up."""
    async with database.begin() as tx:
        counted = await count(tx)
    assert counted == LedgerCounts(0, {}, {}, {})
    assert compute_ledger(counted, SAMPLING).adds_up
