"""Lives of a past's cases: every event goes through `domain.cases.case.advance`, so that only a life that could be lived is loaded."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from domain.cases.case import (
    OPEN,
    Case,
    CaseEvent,
    CaseKind,
    CasePart,
    CaseRefusal,
    CaseState,
    HistoryEntry,
    Need,
    Terms,
    advance,
    format_number,
    list_parts,
)
from domain.cases.deadlines import Stage
from domain.cases.feedback import LIFECYCLES, NUMBER_PREFIXES
from domain.cases.handling import compute_handling
from domain.figures.totals import CaseFact, FactPlace, make_deadline_fact
from domain.people import Person, Role
from handlers.cases.life import deadlines
from handlers.past.draft import DraftedDelivery, DraftedPerson, PastDraft
from handlers.past.lines import CaseLine, EventLine, PastError
from handlers.surveys import answer_wording
from handlers.turns.batch import Batch
from storage.cases import cases as case_rows
from storage.cases import deadlines as deadline_rows
from storage.cases import handling as handling_rows
from storage.cases.contributions import format_files


@dataclass(slots=True)
class LivedCase:
    """A case at the end of what is told of it."""

    case: Case
    history: list[HistoryEntry]
    line: CaseLine
    delivery: DraftedDelivery | None
    answered_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.case.state in OPEN


@dataclass(slots=True)
class CaseLives:
    """Lets cases live, in the order in which they were filed; what is written of them follows in `add_rows`."""

    draft: PastDraft
    batch: Batch
    numbers: Counter[str] = field(default_factory=Counter)
    lived: list[LivedCase] = field(default_factory=list)
    latest: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """When the latest complaint of this category about this unit was filed."""

    def live(self, line: CaseLine) -> None:
        """File a case and let everything happen to it. Raises PastError at an event that the table does not allow."""
        customer = self.draft.find_person(line.customer)
        delivery = self.draft.deliveries.get(line.waybill)
        lived = self._file(line, customer, delivery)
        reviewed = any(
            person.role is Role.QUALITY for drafted in self.draft.people.values() for person in drafted.grants
        )
        for event in line.events:
            self._cause(lived, event, customer, reviewed=reviewed)
        lived.case = replace(lived.case, due_at=self._find_due(lived))
        if line.handling is not None:
            lived.case = replace(lived.case, handling=line.handling)
        self._add_rows(lived, customer)
        self.lived.append(lived)

    def _file(self, line: CaseLine, customer: DraftedPerson, delivery: DraftedDelivery | None) -> LivedCase:
        company, kind = self.draft.services.company, CaseKind(line.kind)
        delivered_by = delivery.row["department"] if delivery is not None else ""
        route = company.route(line.category, line.reason, delivered_by)
        prefix, day = NUMBER_PREFIXES[kind], f"{line.at.astimezone(company.zone):%y%m%d}"
        self.numbers[f"{prefix}-{day}"] += 1
        start = next(row for row in LIFECYCLES[kind] if row.event is CaseEvent.FILE)
        assert start.to is not None  # noqa: S101 -- every table begins somewhere
        case = Case(
            id=len(self.lived) + 1,
            number=format_number(prefix, day, self.numbers[f"{prefix}-{day}"]),
            state=start.to,
            category=line.category,
            severity=route.severity,
            department=route.lead,
            created_at=line.at,
            due_at=company.calendar.add_days(line.at, company.severities[route.severity].answer_within_days),
            customer=customer.id,
            delivery=delivery.id if delivery is not None else None,
            waybill=line.waybill,
            courier=delivery.row["courier"] if delivery is not None else "",
            description=line.words or self._word_answers(delivery),
            kind=kind,
            reason=line.reason,
            cooperating=route.cooperating if kind is CaseKind.COMPLAINT else (),
        )
        facts = {"category": line.category, "department": route.lead}
        history = [HistoryEntry(case.version, CaseEvent.FILE, case.state, customer.id, line.at, facts)]
        self.draft.record(line.at, customer.id, "case.file", f"case:{case.id}", None, case.state.value)
        return LivedCase(case, history, line, delivery)

    def _find_due(self, lived: LivedCase) -> datetime:
        """When the answer is due; where none is owed any more, when the last one was."""
        prefixes = (lived.history[:length] for length in range(len(lived.history), 0, -1))
        owed = (deadlines.find_answer_due(self.batch, lived.case, prefix) for prefix in prefixes)
        return next((due for due in owed if due is not None), lived.case.due_at)

    def _word_answers(self, delivery: DraftedDelivery | None) -> str:
        """What a low rating says as a complaint."""
        if delivery is None or delivery.invitation is None:
            return ""
        services = self.draft.services
        survey = services.surveys[delivery.survey]
        return answer_wording.draw_answers(services.texts, survey, delivery.answers, services.company.language)

    def _cause(self, lived: LivedCase, line: EventLine, customer: DraftedPerson, *, reviewed: bool) -> None:
        case, company, event = lived.case, self.draft.services.company, CaseEvent(line.event)
        actor = self.draft.find_person(line.by) if line.by is not None else None
        facts = {Need(key): text for key, text in line.facts.items()}
        if Need.PERSON in facts:
            facts[Need.PERSON] = str(self.draft.find_person(int(facts[Need.PERSON])).id)
        terms = Terms(
            now=line.at,
            due_at=deadlines.find_answer_due(self.batch, case, lived.history) if event is CaseEvent.EXTEND else None,
            since=lived.history[-1].at,
            reviews=company.count_required_approvals(case) if reviewed else 1,
            plan_first=company.severities[case.severity].plan_required,
            reopen_within=timedelta(days=company.handling.reopen_within_days),
        )
        actor_id = actor.id if actor is not None else None
        parts = self._list_parts(case, actor, customer)
        after = advance(case, event, parts, facts, actor=actor_id, terms=terms, table=LIFECYCLES[case.kind])
        if isinstance(after, CaseRefusal):
            raise PastError(f"case {case.number} {case.state}: {event} is refused: {after.why} {after.missing}")
        if note := facts.get(Need.REASON, ""):
            after = replace(after, note=note)
        said = {need.value: text for need, text in facts.items()}
        lived.history.append(HistoryEntry(after.version, event, after.state, actor_id, line.at, said))
        if after.state is CaseState.ANSWERED and case.state is not CaseState.ANSWERED:
            lived.answered_at = line.at
        lived.closed_at = line.at if after.state not in OPEN else None
        lived.case = after
        subject = f"case:{case.id}"
        self.draft.record(line.at, actor_id, f"case.{event}", subject, case.state.value, after.state.value)

    def _list_parts(self, case: Case, actor: DraftedPerson | None, customer: DraftedPerson) -> frozenset[CasePart]:
        if actor is None:
            return frozenset({CasePart.CLOCK})
        if actor.id == customer.id:
            return frozenset({CasePart.CUSTOMER})
        person = Person(actor.id, actor.line.account, actor.line.language, grants=frozenset(actor.grants))
        return list_parts(case, person, has_heads=True)

    def _add_rows(self, lived: LivedCase, customer: DraftedPerson) -> None:
        draft, case = self.draft, lived.case
        invitation = lived.delivery.invitation if lived.line.survey and lived.delivery is not None else None
        ended = {"answered_at": lived.answered_at, "closed_at": lived.closed_at, "handling": case.handling}
        draft.add("cases", **case_rows.make_row(case), id=case.id, invitation=invitation, **ended)
        draft.rows["case_events"] += [case_rows.make_event_row(case.id, happened) for happened in lived.history]
        said = next(draft.ids)
        draft.add(
            "contributions",
            id=said,
            case=case.id,
            author=customer.id,
            words=case.description,
            files=format_files((kind, file, "") for kind, file in lived.line.files),
            at=lived.line.at,
        )
        if case.description:
            draft.add("unindexed", contribution=said)
        clocks = deadlines.list_deadlines(self.batch, case, lived.history)
        ended_now = lived.history[-1].event in {CaseEvent.WITHDRAW, CaseEvent.MERGE}
        rows = []
        for clock in clocks:
            fell_away = ended_now and (clock.ended_at is None or clock.ended_at == lived.history[-1].at)
            led = deadlines.find_owing_case(case, lived.history, clock)
            rows.append(deadline_rows.make_row(led, clock, fell_away=fell_away))
        draft.rows["deadlines"] += rows
        if lived.is_open:
            percents = draft.services.company.handling.nudges
            for clock, level, moment in deadlines.list_nudges(self.batch, clocks):
                if moment <= draft.now:
                    key = {"case": case.id, "stage": clock.stage.value, "since": clock.since}
                    draft.add("nudges", **key, percent=percents[level], at=moment)
        if case.kind is CaseKind.COMPLAINT:
            self._add_handling(
                lived, invitation, [row for row in rows if row["counts"] and row["ended_at"] is not None]
            )

    def _add_handling(self, lived: LivedCase, invitation: int | None, ended: Sequence[Mapping[str, Any]]) -> None:
        """How it was handled, and which of its deadlines have `ended`, as the figures know it."""
        case, company = lived.case, self.draft.services.company
        place = lived.delivery.place if lived.delivery is not None else FactPlace(case.created_at)
        fact = CaseFact(
            replace(place, department=case.department),
            case.created_at,
            case.category,
            valid=case.resolution is not None and case.resolution.get("valid") == "yes",
            merged=case.state is CaseState.MERGED,
            grown=invitation is not None,
            handling=compute_handling(lived.history, company.calendar),
            rating=case.handling,
        )
        before = self.latest.get((fact.category, fact.unit))
        within = timedelta(days=company.handling.repeat_within_days)
        fact = replace(fact, repeated=before is not None and before >= fact.opened_at - within)
        if not fact.merged:
            self.latest[fact.category, fact.unit] = fact.opened_at
        self.draft.rows["courses"].append(handling_rows.make_row(case.id, fact))
        self.draft.case_facts.append(fact)
        for row in ended:
            kept = {"kept": row["ended_at"] <= row["due_at"], "promised": row["ended_at"] <= row["promised_at"]}
            owed = make_deadline_fact(fact, row["department"], Stage(row["stage"]), row["due_at"], **kept)
            self.draft.case_facts.append(owed)
