"""Random people and the clock play cases against the real storage: the table holds, history explains every state, nobody is forgotten.

Hypothesis chooses who does what, when, and with what; after every step the whole case is looked at.
"""

import asyncio
import shutil
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from conversations.buttons import CASE_ACTIONS, CaseActionButton
from domain.cases.case import (
    LIFECYCLE,
    OPEN,
    UNSOLVED,
    Case,
    CaseEvent,
    CasePart,
    CaseRefusal,
    CaseState,
    HistoryEntry,
    Need,
    Terms,
    advance,
)
from domain.people import Role
from domain.timer_kinds import TimerKind
from handlers.access.case_rights import find_parts
from handlers.cases.life import deadlines, transitions
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage import models
from storage.cases import cases
from storage.cases import deadlines as clock_rows
from storage.engine.database import Database
from storage.people import people
from tests.conftest import PROVE
from tests.harness.databases import LentDatabases
from tests.harness.in_process import BOSS, GROUP, LI, WANG, ZHAO, Desk, TelegramUser, at_desk
from tests.harness.quick_database import open_compiled, open_quickly

CHEN, MEI, EVE, HEAD2 = (
    TelegramUser(21, "Chen"),
    TelegramUser(22, "Mei"),
    TelegramUser(23, "Eve"),
    TelegramUser(24, "Hong"),
)
STAFF = (LI, CHEN)
EVERYBODY = (WANG, LI, CHEN, ZHAO, HEAD2, MEI, EVE, BOSS)
"""The customer, two of staff, two heads, quality, a stranger, the manager."""

CODES = {name: code for code, name in CASE_ACTIONS.items()}
EVENTS = [row.event for row in LIFECYCLE if row.event is not CaseEvent.FILE]
"""Every event of the complaint's table; those of other kinds are tried as well."""


class Life(RuleBasedStateMachine):
    """One complaint and everybody around it."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.desk: Desk
        self.nudged = 0

    def run(self, work: Any) -> Any:  # noqa: ANN401 -- a coroutine
        return self.loop.run_until_complete(work)

    @initialize()
    def begins(self) -> None:
        self.run(self._begin())

    async def _begin(self) -> None:
        self.database = await self.make()
        self.at = at_desk(self.database)
        self.desk = await self.at.__aenter__()
        for department, chat in (("transport", GROUP), ("service", -1002), ("quality", -1003), ("management", -1004)):
            await self.desk.bind(department, chat)
        self.ids: dict[TelegramUser, int] = {}
        for who in STAFF:
            self.ids[who] = await self.desk.grant(who, Role.STAFF, "transport")
        await self.desk.grant(LI, Role.STAFF, "service")
        self.ids[ZHAO] = await self.desk.grant(ZHAO, Role.HEAD, "transport")
        self.ids[HEAD2] = await self.desk.grant(HEAD2, Role.HEAD, "service")
        self.ids[MEI] = await self.desk.grant(MEI, Role.QUALITY, "quality")
        self.ids[BOSS] = await self.desk.grant(BOSS, Role.MANAGER)
        await self.desk.say(EVE, "/help")
        await self.desk.file_complaint(waybill="SF1", department="transport")
        await self.desk.file_complaint(waybill="SF2", department="transport")
        async with self.database.read() as tx:
            self.ids[EVE] = (await people.fetch_by_account(tx, [EVE.id]))[EVE.id].id
            self.ids[WANG] = (await people.fetch_by_account(tx, [WANG.id]))[WANG.id].id
        rows = await self.desk.rows(select(models.cases.c.id).order_by(models.cases.c.id))
        self.case, self.other = (row.id for row in rows)

    async def make(self) -> Database:
        raise NotImplementedError

    # --- what people and the clock do ---

    @rule(who=st.sampled_from(EVERYBODY), event=st.sampled_from(sorted(CaseEvent)), facts=st.data())
    def somebody_acts(self, who: TelegramUser, event: CaseEvent, facts: st.DataObject) -> None:
        """Anybody tries anything, with anything; what the table does not say is refused and changes nothing."""
        given = facts.draw(_facts(self))
        self.run(self._act(who, event, given))

    @rule(event=st.sampled_from(EVENTS), facts=st.data())
    def the_right_one_acts(self, event: CaseEvent, facts: st.DataObject) -> None:
        """Somebody who may, with everything that is needed, so that cases get far."""
        given = facts.draw(_facts(self, whole=True))
        for who in EVERYBODY:
            if self.run(self._act(who, event, given)):
                return

    @rule(who=st.sampled_from(EVERYBODY), name=st.sampled_from(sorted(CODES)), version=st.integers(0, 30))
    def somebody_presses(self, who: TelegramUser, name: str, version: int) -> None:
        """Any button of any version of the card, pressed in the department's group by anybody: one answer, never two."""
        before = self.run(self._look())
        self.run(self.desk.press(who, CaseActionButton(self.case, CODES[name], version), GROUP))
        after = self.run(self._look())
        if before[0] != after[0]:
            assert after[1][-1].event.value == name

    @rule(hours=st.sampled_from([0.5, 1.5, 5, 30, 80, 200, 400]))
    def time_passes(self, hours: float) -> None:
        self.run(self.desk.ring(hours=hours))
        self.run(self.desk.ring(seconds=1))

    # --- what always holds ---

    @invariant()
    def history_explains_the_state(self) -> None:
        if hasattr(self, "case"):
            self.run(self._explained())

    @invariant()
    def somebody_is_responsible_and_a_clock_runs(self) -> None:
        if hasattr(self, "case"):
            self.run(self._responsible())

    def teardown(self) -> None:
        if hasattr(self, "at"):
            self.run(self.at.__aexit__())
            self.run(self.database.close())
            self.run(self.gone())
        self.loop.close()

    async def gone(self) -> None:
        raise NotImplementedError

    # --- how ---

    async def _look(self) -> tuple[Case, list[HistoryEntry]]:
        async with self.database.read() as tx:
            case = await cases.get(tx, self.case)
            assert case is not None
            return case, await cases.fetch_history(tx, self.case)

    async def _act(self, who: TelegramUser, event: CaseEvent, facts: Mapping[Need, str]) -> bool:
        """Whether it happened."""
        before, history = await self._look()
        outcome: Case | CaseRefusal | None = None
        parts: frozenset[CasePart] = frozenset()

        async def work(batch: Batch) -> None:
            nonlocal outcome, parts
            case = await cases.get(batch.tx, self.case, for_update=True)
            person = (await people.fetch_by_id(batch.tx, [self.ids[who]]))[self.ids[who]]
            assert case is not None
            turn = Turn(batch, person, GROUP, f"{GROUP}:{who.id}", "en", private=False)
            parts = await find_parts(turn, case)
            if person.id == case.customer:
                parts |= {CasePart.CUSTOMER}
            outcome = await transitions.move(batch, case, event, parts, facts, actor=person.id)

        await self.desk.batch(work)
        after, longer = await self._look()
        row = next((row for row in LIFECYCLE if row.event is event), None)
        if isinstance(outcome, CaseRefusal):
            assert (after, longer) == (before, history), "a refusal changed something"
            return False
        assert row is not None, f"{event} is not in the table"
        assert before.state in row.origin
        assert row.who & parts
        assert all(facts.get(need, "").strip() for need in row.needs)
        assert len(longer) == len(history) + 1
        assert longer[-1].actor == self.ids[who]
        if event is CaseEvent.APPROVE:
            assert before.owner != self.ids[who], "somebody approved the own work"
        return True

    async def _explained(self) -> None:
        """Played again from its first line, the history leads to the case as it is stored."""
        case, history = await self._look()
        first, *rest = history
        assert (first.event, first.version) == (CaseEvent.FILE, 1)
        played = replace(
            case,
            state=CaseState.ASSIGNED,
            department=first.facts["department"],
            owner=None,
            owner_name="",
            round=1,
            approvals=0,
            previous=None,
            version=1,
            plan=None,
            resolution=None,
            appealed=False,
            merged_into=None,
        )
        reviews = 2
        for line in rest:
            facts = {Need(name): text for name, text in line.facts.items()}
            if line.event is CaseEvent.APPROVE:
                reviews = 1 if line.state is CaseState.ANSWERED else 2
            after = advance(
                played, line.event, frozenset(CasePart), facts, actor=line.actor, terms=Terms(reviews=reviews)
            )
            assert isinstance(after, Case), (line, after)
            assert (after.state, after.version) == (line.state, line.version)
            played = after
        kept = ("state", "department", "owner", "round", "approvals", "version", "plan", "appealed", "merged_into")
        assert {name: getattr(played, name) for name in kept} == {name: getattr(case, name) for name in kept}

    async def _responsible(self) -> None:
        """What is owed has somebody who owes it, a clock that runs, and every nudge that was due was given."""
        case, history = await self._look()

        async def work(batch: Batch) -> None:
            clocks = deadlines.list_deadlines(batch, case, history)
            running = [one for one in clocks if one.ended_at is None]
            timers = {row.kind for row in await batch.tx.execute(select(models.timers.c.kind).where(_about(case)))}
            if case.state in UNSOLVED:
                assert case.department in batch.services.company.departments
                assert case.state is CaseState.ASSIGNED or case.owner is not None
                assert running, "nobody's clock runs"
                assert deadlines.find_answer_due(batch, case, history) == case.due_at
            if case.state not in OPEN:
                assert not running
                assert not timers
            assert (case.state is CaseState.WAITING) == (TimerKind.CASE_WAITING in timers)
            assert (case.state is CaseState.ANSWERED) == (TimerKind.CASE_SILENT in timers)
            known = await clock_rows.fetch_nudge_keys(batch.tx, case.id)
            percents = batch.services.company.handling.nudges
            for clock, level, moment in deadlines.list_nudges(batch, clocks):
                given = (clock.stage.value, clock.since, percents[level]) in known
                assert given == (moment <= batch.now), f"{clock} {percents[level]} %"
                assert given or TimerKind.CASE_NUDGE in timers

        await self.desk.batch(work)
        told = select(func.count()).select_from(models.nudges).where(models.nudges.c.case == case.id)
        count = next(iter(await self.desk.rows(told)))[0]
        assert count >= self.nudged
        self.nudged = count


def _about(case: Case) -> Any:  # noqa: ANN401 -- a condition
    subject = models.timers.c.subject
    kinds = models.timers.c.kind.in_([TimerKind.CASE_NUDGE, TimerKind.CASE_WAITING, TimerKind.CASE_SILENT])
    return kinds & ((subject == str(case.id)) | subject.like(f"{case.id}:%"))


def _facts(life: Life, *, whole: bool = False) -> st.SearchStrategy[dict[Need, str]]:
    """What an event may bring along: sensible things, and (unless `whole`) gaps and nonsense."""
    now = life.desk.clock.now()
    days = st.sampled_from([0.2, 1, 5, 9, 30] if whole else [-2, 0, 0.2, 1, 5, 9, 30])
    sensible = {
        Need.CATEGORY: st.just("delivery"),
        Need.DEPARTMENT: st.sampled_from(["service", "transport"]),
        Need.REASON: st.just("because"),
        Need.PERSON: st.sampled_from([str(life.ids[who]) for who in STAFF]),
        Need.MEASURE: st.just("retrain"),
        Need.DUE: days.map(lambda days: (now + timedelta(days=days)).isoformat()),
        Need.GOAL: st.just("on time"),
        Need.QUESTION: st.just("Which box?"),
        Need.ROOT_CAUSE: st.just("rain"),
        Need.ACTION: st.just("paid"),
        Need.VALID: st.sampled_from(["yes", "no"]),
        Need.INTO: st.just(str(life.other)),
        Need.RECEIVED: st.just(now.date().isoformat()),
    }
    if whole:
        return st.fixed_dictionaries(sensible)
    nonsense = st.sampled_from(["", "  ", "x", "999999"])
    bad = {Need.REASON: nonsense, Need.DUE: nonsense, Need.GOAL: nonsense, Need.PERSON: st.sampled_from(["", "Li"])}
    return st.fixed_dictionaries({}, optional=sensible | {need: sensible[need] | odd for need, odd in bad.items()})


def _checked(machine: type[Life], examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )


def test_life_on_sqlite(template: Path) -> None:
    """Hundreds of random steps on SQLite."""

    class OnSqlite(Life):
        async def make(self) -> Database:
            path = Path(mkdtemp(prefix="life")) / "huifang.db"
            shutil.copyfile(template, path)
            self.folder = path.parent
            return open_quickly(f"sqlite+aiosqlite:///{path}")

        async def gone(self) -> None:
            shutil.rmtree(self.folder)

    _checked(OnSqlite, 100 if PROVE else 6, 30)


def test_life_on_postgresql(lent_databases: LentDatabases) -> None:
    """The same on PostgreSQL."""

    class OnPostgresql(Life):
        async def make(self) -> Database:
            self.stack = AsyncExitStack()
            url = await self.stack.enter_async_context(lent_databases.lend())
            return open_compiled(url)

        async def gone(self) -> None:
            await self.stack.aclose()

    _checked(OnPostgresql, 30 if PROVE else 2, 25)
