"""A loaded past cannot be told from one that was lived: what counts, what happened, what is owed, and what people ask of it."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select

from bot.process.rebuild import rebuild_totals
from domain.cases.case import OPEN, Case, CaseEvent
from domain.deliveries.delivery import Fate
from handlers.cases.life import deadlines
from handlers.figures import totals_rebuild
from handlers.past.lines import CaseLine, EventLine, Line, PastError, PersonLine, read_lines
from handlers.past.loading import load
from handlers.turns.batch import Batch
from playground.company.cast import ANNA, CHEN, LI
from playground.company.cast import GROUPS as CHATS
from storage import models
from storage.cases import cases
from storage.figures import packed_totals
from storage.models import answers, audit, contributions, deliveries, invitations, outbox
from storage.models import cases as case_table
from storage.queue.outbox import OwedCall
from tests.harness.daily_totals import KEPT_TABLES
from tests.harness.in_process import NOON, Desk, TelegramUser, find_button_data, list_labels, list_texts, read_body
from tests.harness.loaded_past import TOKEN, load_past, read_past, write_company

MANAGER, STAFF, CUSTOMER = TelegramUser(CHEN, "Chen Jing"), TelegramUser(LI, "Li Wei"), TelegramUser(ANNA, "Anna Berg")
TRANSPORT = CHATS[0].id


@pytest.fixture
async def lived(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with forty days behind it."""
    await load_past(desk, tmp_path)
    return desk


async def test_what_was_kept_is_what_the_rows_say(lived: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Totals, handling and deadlines counted anew from the raw rows are those that were loaded."""
    monkeypatch.setattr(packed_totals, "ROWS_TO_PACK", 1_000_000)
    async with lived.database.read() as tx:
        assert not await totals_rebuild.is_rebuild_due(tx, lived.services)
        assert await totals_rebuild.find_differences(tx, lived.services) == {}
    kept = [await _sorted(lived, table) for table in (models.courses, models.deadlines, *KEPT_TABLES[:4])]
    assert all(kept)
    await rebuild_totals(lived.database, lived.services)
    assert [await _sorted(lived, table) for table in (models.courses, models.deadlines, *KEPT_TABLES[:4])] == kept


async def test_every_case_is_what_its_history_says(lived: Desk) -> None:
    """State, version and due date of each follow from its events; its log and its words are there, and nothing lies ahead of its time."""
    async with lived.database.read() as tx:
        every = await cases.select_cases(tx, [], [cases.by_id()], 10_000)
        histories = await cases.fetch_histories(tx, [case.id for case in every])
        batch = Batch(tx, lived.services, NOON)
        for case in every:
            history = histories[case.id]
            assert (history[0].event, history[-1].state, history[-1].version) == (
                CaseEvent.FILE,
                case.state,
                case.version,
            )
            assert [line.at for line in history] == sorted(line.at for line in history)
            assert history[-1].at <= NOON
            due = deadlines.find_answer_due(batch, case, history)
            assert due in {None, case.due_at}
        logged = await tx.scalar(select(func.count()).where(audit.c.subject.startswith("case:")))
        said = await tx.scalar(select(func.count()).select_from(contributions))
    assert logged == sum(map(len, histories.values()))
    assert said == len(every)
    assert len({case.number for case in every}) == len(every)
    assert _count_open(every)
    assert any(case.round > 1 for case in every)


async def test_answers_and_fates_are_plausible(lived: Desk) -> None:
    """Most are content, every fate of an asked customer occurs, and anyone who answered has the fate that says so."""
    async with lived.database.read() as tx:
        rated = select(func.avg(answers.c.score)).where(answers.c.question == "overall")
        assert 4 < float(await tx.scalar(rated) or 0) < 4.7
        fates = set(await tx.scalars(select(deliveries.c.fate).distinct()))
        assert {Fate.ANSWERED, Fate.EXPIRED, Fate.SENT, Fate.PHONED, Fate.UNREACHABLE} <= fates
        answered = select(answers.c.invitation).distinct().subquery()
        count = select(func.count()).select_from(invitations.join(answered, answered.c.invitation == invitations.c.id))
        with_fate = select(func.count()).where(deliveries.c.fate.in_(["answered", "phoned"]))
        of_campaigns = await tx.scalar(count.where(invitations.c.campaign.is_not(None))) or 0
        assert await tx.scalar(count) == (await tx.scalar(with_fate) or 0) + of_campaigns


async def test_the_chats_are_owed_what_they_should_show(lived: Desk) -> None:
    """A card of every open case in the group that leads it, with the buttons of its state."""
    async with lived.database.read() as tx:
        open_cases = await cases.select_cases(
            tx, [case_table.c.state.in_([state.value for state in OPEN])], [cases.by_id()], 1000
        )
        names = set(await tx.scalars(select(outbox.c.name).where(outbox.c.name.startswith("card:"))))
    assert names == {f"card:{case.id}" for case in open_cases}
    calls = await lived.fetch_owed()
    assert any("Accept" in list_labels(call) for call in calls if call.chat_id == TRANSPORT)
    assert any(call.method == "setMyCommands" for call in calls)


async def test_people_go_on_from_there(lived: Desk) -> None:
    """The manager reads figures, cases and the log; staff accept a case; a customer sees her own; a delivery comes in by the token's system."""
    owed = await lived.fetch_owed()
    (shown,) = await lived.say(MANAGER, "/summary")
    assert "Satisfaction" in shown.payload
    async with lived.database.read() as tx:
        known = await cases.select_cases(tx, [], [cases.by_id()], 1)
    number = known[0].number
    assert any(number in text for text in list_texts(await lived.say(MANAGER, f"/case {number}")))
    for command in ("/open", "/trend", "/leaderboard", "/overdue", "/campaign", "/ledger", "/roles", "/search false"):
        assert await lived.say(MANAGER, command), command
    for command in ("/mycases", "/rate", "/privacy"):
        assert await lived.say(CUSTOMER, command), command
    card = next(call for call in owed if call.chat_id == TRANSPORT and "Accept" in list_labels(call))
    pressed = await lived.press(STAFF, _find_data(card, "Accept"), TRANSPORT)
    assert any("Li Wei" in str(read_body(call)) for call in pressed)
    async with lived.database.read() as tx:
        assert await totals_rebuild.find_differences(tx, lived.services) == {}


async def test_everything_leads_to_one_problem(desk: Desk, tmp_path: Path) -> None:
    """The whole past: the summary names who got worse, and the press leads to the cases; the ranking and the control chart say so, too."""
    await load_past(desk, tmp_path, 425)
    await desk.fetch_owed()
    summary = await desk.say(MANAGER, "/summary")
    assert "Worse than in the period before: courier Sun Jie" in summary[0].payload
    behind = await desk.press(MANAGER, find_button_data(summary, "⚠ Show the cases behind it"))
    assert any(label.startswith("C-") for label in list_labels(behind[0]))
    ranking = "".join(list_texts(await desk.say(MANAGER, "/leaderboard")))
    assert re.search(r"Clearly below the rest</b> · 1\n.*Sun Jie", ranking)
    (trend,) = await desk.say(MANAGER, "/trend week")
    assert "above the upper limit" in trend.payload


async def test_it_is_loaded_into_an_empty_database_only(lived: Desk) -> None:
    """A company with customers of its own is never filled with others; what is refused leaves nothing behind."""
    with pytest.raises(PastError, match="empty database"):
        async with lived.database.begin() as tx:
            await load(tx, lived.services, read_past(10), NOON)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (EventLine("resolve", NOON, LI, {"root_cause": "x", "action": "x", "valid": "yes"}), "case-not-now"),
        (EventLine("accept", NOON, ANNA), "case-not-yours"),
        (EventLine("accept", NOON, 1), "nobody was introduced"),
    ],
)
async def test_only_a_life_that_could_be_lived(desk: Desk, tmp_path: Path, event: EventLine, why: str) -> None:
    """An event that the table does not allow, or that is nobody's, refuses the whole file."""
    services = desk.services
    write_company(tmp_path)
    past: list[Line] = [line for line in read_past(10) if isinstance(line, PersonLine)]
    past.append(CaseLine(at=NOON, category="delivery", customer=ANNA, words="Late", events=(event,)))
    with pytest.raises(PastError, match=why):
        async with desk.database.begin() as tx:
            await load(tx, services, past, NOON)
    assert not await desk.rows(select(case_table.c.id))


def test_a_line_that_cannot_be_read_is_named() -> None:
    """Its number, and what is wrong with it."""
    with pytest.raises(PastError, match=r"line 2: .*is"):
        read_lines(
            [
                f'{{"is": "token", "name": "x", "token": "{TOKEN}", "at": "2026-11-01T00:00:00Z"}}'.encode(),
                b'{"is": "x"}',
            ]
        )


def _count_open(every: list[Case]) -> int:
    return sum(case.state in OPEN for case in every)


def _find_data(call: OwedCall, label: str) -> str:
    rows = read_body(call)["reply_markup"]["inline_keyboard"]
    return next(str(key["callback_data"]) for row in rows for key in row if key["text"] == label)


async def _sorted(desk: Desk, table: Table) -> list[tuple[object, ...]]:
    return sorted((tuple(row) for row in await desk.rows(select(table))), key=repr)
