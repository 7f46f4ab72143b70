"""Fifteen hundred deliveries (`make prove-all`: two hundred thousand) in sixty days: the ledger adds up, and nobody was bothered (S1, S2).

What people saw is compared with what the database says; neither knows of the other.
"""

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
import uvloop
from sqlalchemy import Row, select

from domain.deliveries.delivery import Fate
from domain.surveys.invitation import compute_sampling_point
from storage.engine import schema
from storage.engine.database import Database
from storage.models import answers, deliveries, invitations, outbox, people, timers
from tests.conftest import PROVE
from tests.harness.in_process import COMPANY
from tests.harness.quick_database import open_quickly
from tests.simulation.sixty_days import TownLife, live_through
from tests.simulation.town import NEW_YORK, SHANGHAI, ArrivedSurvey

DELIVERIES, SEED = 200_000 if PROVE else 1_500, 20260901
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class StoredFacts:
    """What the database says at the end."""

    deliveries: list[Row[Any]]
    invitations: list[Row[Any]]
    answered: set[int]
    timers: set[str]
    owed: list[Row[Any]]


Lived = tuple[TownLife, StoredFacts]


@pytest.fixture(scope="module")
def sixty_days(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """Lived once; the tests look at it."""
    return uvloop.run(_live_through(tmp_path_factory.mktemp("town"), DELIVERIES))


async def _live_through(folder: Path, count: int) -> Lived:
    database = await _open_database(folder)
    life = await live_through(database, SEED, count)
    about = (
        deliveries.c.waybill,
        deliveries.c.fate,
        deliveries.c.priority,
        deliveries.c.delivered_at,
        deliveries.c.person,
    )
    asked = (invitations.c.id.label("invitation"), invitations.c.state, people.c.telegram_id)
    every = deliveries.outerjoin(invitations, invitations.c.delivery == deliveries.c.id)
    sent = select(invitations.c.id, people.c.telegram_id).join_from(
        invitations, people, invitations.c.person == people.c.id
    )
    facts = StoredFacts(
        await life.desk.rows(
            select(*about, *asked)
            .select_from(every.outerjoin(people, deliveries.c.person == people.c.id))
            .order_by(deliveries.c.waybill)
        ),
        await life.desk.rows(sent.where(invitations.c.origin == "sent")),
        {row.invitation for row in await life.desk.rows(select(answers.c.invitation).distinct())},
        {row.kind for row in await life.desk.rows(select(timers.c.kind).distinct())},
        await life.desk.rows(select(outbox.c.name).where(outbox.c.state == "owed")),
    )
    await database.close()
    return life, facts


async def _open_database(folder: Path) -> Database:
    database = open_quickly(f"sqlite+aiosqlite:///{folder / 'huifang.db'}")
    await schema.migrate(database)
    return database


def _list_invitations(life: TownLife) -> dict[int, list[ArrivedSurvey]]:
    """What we sent of our own accord, without reminders, by account, in order."""
    by_account: dict[int, list[ArrivedSurvey]] = defaultdict(list)
    for survey in life.town.asked:
        if survey.by_us and not survey.reminder:
            by_account[survey.account].append(survey)
    return by_account


@pytest.mark.timeout(600)
def test_every_delivery_is_in_exactly_one_place(sixty_days: Lived, capsys: pytest.CaptureFixture[str]) -> None:
    """The fates add up to the last delivery, none is still under way, and each agrees with what is stored about it."""
    life, facts = sixty_days
    ledger = Counter(row.fate for row in facts.deliveries)
    assert len(facts.deliveries) == len(life.town.waybills) == DELIVERIES == ledger.total()
    assert {row.waybill for row in facts.deliveries} == life.town.waybills.keys()
    assert not ledger.keys() & {Fate.WAITING, Fate.SENT, Fate.OPENED}
    for row in facts.deliveries:
        assert (row.fate == Fate.ANSWERED) is (row.invitation in facts.answered), row
        assert (row.fate == Fate.EXPIRED) is (row.state == "expired"), row
        assert (row.invitation is not None) is (row.fate in {Fate.ANSWERED, Fate.EXPIRED}), row
        assert row.fate != Fate.UNREACHABLE or row.person is None, row
    with capsys.disabled():
        sys.stdout.write(_report(life, ledger))


def _report(life: TownLife, ledger: "Counter[str]") -> str:
    places = ", ".join(f"{fate} {count:,}" for fate, count in sorted(ledger.items()))
    spent = ", ".join(f"{what} {took:.0f} s" for what, took in life.seconds.items())
    rate = life.invited / life.seconds["asking"]
    return f"\n{DELIVERIES:,} deliveries: {places}\n{life.invited:,} invitations, {rate:.0f}/s while asking ({spent})\n"


def test_what_arrived_is_what_the_ledger_says(sixty_days: Lived) -> None:
    """Every invitation of ours that is stored arrived in exactly one chat, once; none arrived that is not stored."""
    life, facts = sixty_days
    stored = Counter(f"s:{row.telegram_id}:{row.telegram_id}:rate:{row.id}" for row in facts.invitations)
    arrived = Counter(one.name for one in life.town.asked if one.by_us and not one.reminder)
    assert arrived == stored
    assert facts.owed == []


def test_nobody_is_asked_twice_within_a_week(sixty_days: Lived) -> None:
    """Between any two questions of ours to one person lie seven days at least; and of those, there are thousands."""
    every = _list_invitations(sixty_days[0]).values()
    gaps = [later.at - earlier.at for asked in every for earlier, later in pairwise(asked)]
    assert min(gaps) >= WEEK
    assert len(gaps) > DELIVERIES // 50


def test_nobody_is_written_to_at_night(sixty_days: Lived) -> None:
    """Questions and reminders come between nine and nine of the customer's own day, in Shanghai and in New York."""
    town = sixty_days[0].town
    seen = Counter[str]()
    for survey in town.asked:
        zone = town.residents[town.by_account[survey.account]].zone
        if survey.by_us:
            seen[zone.key] += 1
            assert 9 <= survey.at.astimezone(zone).hour < 21, survey
    assert set(seen) == {SHANGHAI.key, NEW_YORK.key}


def test_one_reminder_at_the_most(sixty_days: Lived) -> None:
    """Two days after the question or later, never a second one; nothing of ours comes after somebody's stop."""
    town = sixty_days[0].town
    reminders = [one for one in town.asked if one.reminder]
    asked_at = {one.name: one.at for one in town.asked if one.by_us and not one.reminder}
    assert len(reminders) > DELIVERIES // 50
    assert max(Counter(one.name for one in reminders).values()) == 1
    for survey in reminders:
        assert survey.at - asked_at[survey.name] >= timedelta(days=2)
    said: dict[int, list[tuple[datetime, bool]]] = defaultdict(list)
    for at, account, stop in town.stops:
        said[account].append((at, stop))
    for survey in town.asked:
        words = [word for word in said[survey.account] if word[0] < survey.at]
        assert not (survey.by_us and words and max(words)[1]), survey


def test_the_sample_is_what_was_promised(sixty_days: Lived) -> None:
    """For each priority the deliveries left out are within four standard deviations of the promise, and exactly those of the hash."""
    life, facts = sixty_days
    left_out: Counter[str] = Counter()
    total = Counter(life.town.waybills.values())
    digest = life.desk.services.keyring.digest
    for row in facts.deliveries:
        sampled = compute_sampling_point(digest(f"sample:erp:{row.waybill}")) < COMPANY.invitations.sampling.get(
            row.priority, 100
        )
        left_out[row.priority] += not sampled
        opened = row.fate in {Fate.ANSWERED, Fate.EXPIRED}  # anyone who opens the link can always rate
        assert opened or (row.fate == Fate.SAMPLED_OUT) is not sampled, row
    for priority, count in total.items():
        share = 1 - COMPANY.invitations.sampling.get(priority, 100) / 100
        assert abs(left_out[priority] - count * share) <= 4 * sqrt(count * share * (1 - share)), priority


def test_too_soon_means_too_soon(sixty_days: Lived) -> None:
    """Anyone who was not asked for that reason had a question of ours in the seven days before."""
    life, facts = sixty_days
    asked = _list_invitations(life)
    rows = [row for row in facts.deliveries if row.fate == Fate.TOO_SOON]
    assert len(rows) > DELIVERIES // 50
    for row in rows:
        since, until = row.delivered_at - WEEK, row.delivered_at + WEEK
        assert any(since <= one.at <= until for one in asked[row.telegram_id]), row


def test_nothing_is_left_to_do(sixty_days: Lived) -> None:
    """Sixteen days after the last parcel no question waits to be asked, reminded or ended."""
    assert not sixty_days[1].timers & {"invite", "remind", "expire"}


@pytest.mark.prove
def test_the_same_seed_is_the_same_life(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A town of a tenth, lived twice: every survey at the same moment to the same person, every delivery with the same fate."""
    first, second = [
        _summarise(uvloop.run(_live_through(tmp_path_factory.mktemp("twin"), DELIVERIES // 10))) for _ in range(2)
    ]
    assert first == second
    assert len(first[0]) > DELIVERIES // 200


def _summarise(lived: Lived) -> tuple[list[tuple[datetime, int, str, bool]], list[tuple[str, str]]]:
    life, facts = lived
    asked = [(one.at, one.account, one.name, one.reminder) for one in life.town.asked]
    return asked, [(row.waybill, row.fate) for row in facts.deliveries]
