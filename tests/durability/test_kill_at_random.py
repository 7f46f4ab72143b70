"""kill -9 at random moments while many customers rate at once: what was acknowledged is kept, and everybody can go on.

An update is acknowledged when Telegram need not send it again: the webhook answered 200, or a later offset passed it.
"""

import asyncio
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from playground.people.connection import Participant
from storage.models import answers, audit, inbox, invitations, people
from tests.conftest import PROVE
from tests.harness.company import PATIENCE_SECONDS, LiveCompany

CUSTOMERS, KILLS = (30, 4) if PROVE else (16, 3)
QUESTIONS = ("overall", "timeliness", "goods", "attitude")

Answer = tuple[int, str, int]
"""Whose it is, the question, the score."""


@dataclass
class Rater:
    """Somebody who answers four questions, one tap each, reading before pressing."""

    company: LiveCompany
    person: Participant
    link: str
    chance: random.Random
    taps: dict[str, Answer] = field(default_factory=dict)
    """What was answered, by the number of the press."""

    async def rate(self) -> None:
        seat = self.company.telegram.private(self.person)
        await asyncio.sleep(self.chance.uniform(0, 4))
        await seat.start(self.link)
        for n, question in enumerate(QUESTIONS, 1):
            shown = await seat.see(f"Question {n}", timeout=PATIENCE_SECONDS)
            await asyncio.sleep(self.chance.uniform(0, 1.5))
            score = self.chance.choice((3, 4, 5))
            pressed = await seat.press(str(score), message_id=shown["message_id"])
            self.taps[pressed["callback_query_id"]] = (self.person.id, question, score)
        await seat.see("Question 5", timeout=PATIENCE_SECONDS)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.prove)])
@pytest.mark.parametrize(
    ("database_url", "webhook"),
    [pytest.param("sqlite", True, id="sqlite-webhook"), pytest.param("postgresql", False, id="postgresql-polling")],
    indirect=True,
)
async def test_no_acknowledged_tap_is_lost(company: LiveCompany, seed: int) -> None:
    """After each of the kills every acknowledged tap is in the table; in the end every tap is, exactly once."""
    chance = random.Random(seed)  # noqa: S311 -- repeatable on purpose
    raters = [
        Rater(company, person, link, random.Random(chance.random()))  # noqa: S311 -- the same
        for person, link in await company.customers(CUSTOMERS)
    ]
    rating = asyncio.gather(*(rater.rate() for rater in raters))
    acknowledged = 0
    for kill in range(KILLS):
        if not kill:
            await _wait_for_acknowledged_tap(company, raters)  # however slow the machine
        await asyncio.sleep(chance.uniform(0.1, 1.2))
        await company.bot.kill()
        taps = {press: answer for rater in raters for press, answer in rater.taps.items()}
        wanted = _acknowledged(company, taps)
        missing = wanted - set(await _kept(company))
        assert not missing, f"acknowledged and lost: {missing}"
        acknowledged = len(wanted)
        await company.bot.start()
    assert acknowledged, "no kill came after an acknowledged tap"
    await rating
    await company.wait_until_quiet()
    taps = {press: answer for rater in raters for press, answer in rater.taps.items()}
    assert sorted(_acknowledged(company, taps)) == sorted(taps.values())
    assert sorted(await _kept(company)) == sorted(taps.values())
    assert not await company.rows(select(audit.c.subject).where(audit.c.what == "answer.change"))
    assert not await company.rows(select(inbox.c.key).where(inbox.c.state != "done"))
    everybody = await company.rows(select(people.c.telegram_id).join(invitations, invitations.c.person == people.c.id))
    assert sorted(row.telegram_id for row in everybody) == sorted(rater.person.id for rater in raters)


async def _wait_for_acknowledged_tap(company: LiveCompany, raters: Sequence[Rater]) -> None:
    while not _acknowledged(company, {tap: answer for rater in raters for tap, answer in rater.taps.items()}):  # noqa: ASYNC110
        await asyncio.sleep(0.01)


def _acknowledged(company: LiveCompany, taps: dict[str, Answer]) -> set[Answer]:
    """The taps that Telegram will not send again. The local Telegram is in this process, so that it can be looked into."""
    updates = company.server.world.updates
    return {taps[press] for press in _presses(company) - _presses(company, updates.waiting) if press in taps}


def _presses(company: LiveCompany, only: Iterable[int] | None = None) -> set[str]:
    wanted = None if only is None else set(only)
    entries = company.server.world.updates._history.values()
    return {
        entry.body["callback_query"]["id"]
        for entry in entries
        if "callback_query" in entry.body and (wanted is None or entry.seq in wanted)
    }


async def _kept(company: LiveCompany) -> list[Answer]:
    statement = (
        select(people.c.telegram_id, answers.c.question, answers.c.score)
        .join(invitations, invitations.c.id == answers.c.invitation)
        .join(people, people.c.id == invitations.c.person)
    )
    return [(row.telegram_id, row.question, row.score) for row in await company.rows(statement)]
