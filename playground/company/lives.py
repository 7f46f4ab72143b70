"""Seeded lives of the example company's cases: who accepts, resolves, approves and judges, and when. Pure.

A life goes on until now: what would happen later has not happened, so the newest cases are the open ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from playground.company.cast import CUSTOMERS, GROUPS, LIN, REGULARS, Somebody
from playground.company.example import SPOKEN, Staff
from playground.company.plan import Parcel
from playground.shape.wire import Json

_BY_DEPARTMENT = {group.department: group for group in GROUPS}
_OPENS, _CLOSES, _FRIDAY = 9, 18, 5
_REASONS = {"product": {"damaged", "lost", "thrown"}, "attitude": {"rude", "fee", "left"}}
_GRAVE = {"lost", "kept"}
"""Reasons that want a second review, as everything about goods does here."""


@dataclass(slots=True)
class CasePlan:
    """One case: its line, and its events as far as they have happened."""

    at: datetime
    line: Json
    events: list[list[object]] = field(default_factory=list)

    def format_line(self) -> Json:
        return {"is": "case", "at": self.at.isoformat(), **self.line, "events": self.events}


class LifePlanner:
    """Draws the lives of cases before `now`."""

    def __init__(self, draw: Random, now: datetime, photos: Mapping[str, tuple[str, ...]]) -> None:
        self._draw, self._now, self._photos = draw, now, photos

    def plan_low_rating(self, parcel: Parcel) -> CasePlan | None:
        """The case of a low rating; None if the customer declined, or it is too young to be one."""
        assert parcel.customer is not None  # noqa: S101 -- who was phoned has no case of this kind
        if self._draw.random() < 0.22 and parcel.what != "false_scan" and parcel.steps is None:  # noqa: PLR2004 -- some do not want to
            return None
        at = parcel.answered_at + timedelta(minutes=1)
        own = self._draw.random() < 0.55  # noqa: PLR2004 -- others leave it at the answers
        return self._complain(parcel, parcel.customer, at, self._choose_words(parcel) if own else "", survey=True)

    def plan_complaint(self, parcel: Parcel) -> CasePlan:
        """A complaint by /complain about a delivery that was not rated."""
        assert parcel.customer is not None  # noqa: S101 -- a stranger cannot complain in chat
        at = parcel.delivered_at + timedelta(hours=self._draw.uniform(1, 30))
        return self._complain(parcel, parcel.customer, at, self._choose_words(parcel), survey=False)

    def plan_other(self, kind: str, at: datetime, parcel: Parcel | None) -> CasePlan:
        """A suggestion, an inquiry or praise."""
        customer = (
            parcel.customer if parcel is not None and parcel.customer else self._draw.choice((*CUSTOMERS, *REGULARS))
        )
        spoken = SPOKEN[customer.language]
        words = {"suggestion": spoken.suggestions, "inquiry": spoken.inquiries, "praise": spoken.praise}[kind]
        line: Json = {"category": "other", "customer": customer.id, "kind": kind, "words": self._draw.choice(words)}
        if parcel is not None:
            line["waybill"] = parcel.waybill
        plan = CasePlan(at, line)
        department = parcel.station.department if parcel is not None else "service"
        group = _BY_DEPARTMENT[department]
        said = SPOKEN[group.language].staff
        if kind == "inquiry":
            answered = self._work(at, 0.5, 6)
            if self._happen(plan, "answer", answered, group.staff, words=self._draw.choice(said.answers)):
                self._happen(plan, "silent", answered + timedelta(days=7, minutes=1), None)
        if kind == "suggestion":
            self._weigh(plan, at, group.staff, said)
        return plan

    def _weigh(self, plan: CasePlan, at: datetime, staff: int | None, said: Staff) -> None:
        """A suggestion is accepted, then adopted or declined, then done."""
        accepted, decided = self._work(at, 0.5, 4), self._work(at, 10, 40)
        if not self._happen(plan, "accept", accepted, staff):
            return
        value = {"value": "3", "feasibility": "2"}
        if self._draw.random() < 0.5:  # noqa: PLR2004 -- one half of the ideas is good
            self._happen(plan, "decline", decided, staff, reason=said.declined, **value)
            return
        due = (decided + timedelta(days=30)).isoformat()
        if self._happen(plan, "adopt", decided, staff, reason=said.adopted, due=due, **value):
            self._happen(plan, "finish", decided + timedelta(days=24), staff, words=said.adopted)

    def _complain(self, parcel: Parcel, customer: Somebody, at: datetime, words: str, *, survey: bool) -> CasePlan:
        what = parcel.what or "else"
        category = next((name for name, reasons in _REASONS.items() if what in reasons), "delivery")
        if parcel.service == "warehouse":
            what = {"late": "late", "damaged": "damaged", "lost": "lost"}.get(what, "late")
            category = "product" if what in _REASONS["product"] else "delivery"
        line: Json = {
            "category": category,
            "reason": what if what != "else" else "",
            "customer": customer.id,
            "waybill": parcel.waybill,
            "words": words,
            "survey": survey,
        }
        fitting = self._photos.get(what, ())
        if words and fitting and self._draw.random() < 0.6:  # noqa: PLR2004 -- not everybody has a telephone at hand
            photo = self._draw.choice(fitting)
            if what == "damaged" or parcel.waybill.endswith("5"):  # damage is shown, lateness is told
                line["files"] = [["photo", photo]]
        plan = CasePlan(at, line)
        if parcel.steps is not None:
            self._take_steps(plan, parcel, what, parcel.steps)
            return plan
        self._handle(plan, parcel, customer, what, grave=category == "product" or what in _GRAVE)
        return plan

    def _take_steps(self, plan: CasePlan, parcel: Parcel, what: str, steps: int) -> None:
        """So many steps between its filing and now."""
        group = _BY_DEPARTMENT[parcel.station.department]
        cause, action, _ = (
            SPOKEN[group.language].staff.resolutions.get(what) or SPOKEN[group.language].staff.resolutions["else"]
        )
        pause = (self._now - plan.at) / (steps + 1)
        known: list[tuple[str, dict[str, str]]] = [
            ("accept", {}),
            ("resolve", {"root_cause": cause, "action": action, "valid": "yes"}),
            ("approve", {}),
        ]
        for number, (event, facts) in enumerate(known[:steps], 1):
            by = group.head if event == "approve" else group.staff
            self._happen(plan, event, plan.at + number * pause, by, **facts)

    def _handle(self, plan: CasePlan, parcel: Parcel, customer: Somebody, what: str, *, grave: bool) -> None:
        """Round after round, until the customer is content or silent."""
        group, draw = _BY_DEPARTMENT[parcel.station.department], self._draw
        said, spoken = SPOKEN[group.language].staff, SPOKEN[customer.language]
        cause, action, compensation = said.resolutions.get(what, said.resolutions["else"])
        at = plan.at
        for again in (False, True):
            at = self._work(at, 0.1, 1.6 if draw.random() < 0.9 else 7)  # noqa: PLR2004 -- some wait too long
            if not self._happen(plan, "accept", at, group.staff):
                return
            at = self._work(at, 3, 22)
            facts = {"root_cause": cause, "action": action, "compensation": compensation}
            if draw.random() < 0.07:  # noqa: PLR2004 -- the head wants to know more
                at = self._work(at, 1, 3)
                if not self._happen(plan, "resolve", at, group.staff, **facts, valid="yes"):
                    return
                at = self._work(at, 0.5, 4)
                if not self._happen(plan, "return", at, group.head, reason=said.returned):
                    return
                at = self._work(at, 1, 6)
            valid = "yes" if draw.random() < 0.8 else "no"  # noqa: PLR2004 -- the company is mostly at fault
            if not self._happen(plan, "resolve", at, group.staff, **facts, valid=valid):
                return
            at = self._work(at, 0.3, 6)
            if not self._happen(plan, "approve", at, group.head):
                return
            if grave:
                at = self._work(at, 0.3, 5)
                if not self._happen(plan, "approve", at, LIN):
                    return
            verdict = draw.random()
            at += timedelta(hours=draw.uniform(0.3, 30))
            if verdict < 0.1 and not again:  # noqa: PLR2004 -- the shares of the example company
                if not self._happen(plan, "not_satisfied", at, customer.id, reason=spoken.again):
                    return
                continue
            if verdict < 0.78:  # noqa: PLR2004
                if self._happen(plan, "satisfied", at, customer.id) and draw.random() < 0.7:  # noqa: PLR2004
                    plan.line["handling"] = draw.choices((5, 4, 3), (6, 3, 1))[0]
            else:
                answered = datetime.fromisoformat(str(plan.events[-1][1]))
                self._happen(plan, "silent", answered + timedelta(days=7, minutes=1), None)
            return

    def _happen(self, plan: CasePlan, event: str, at: datetime, by: int | None, **facts: str) -> bool:
        """One more event, unless it lies in the future."""
        if at >= self._now:
            return False
        plan.events.append([event, at.isoformat(), by, {key: text for key, text in facts.items() if text}])
        return True

    def _work(self, at: datetime, least: float, most: float) -> datetime:
        """So many working hours later."""
        left = self._draw.uniform(least, most)
        at = _open(at)
        while True:
            today = (at.replace(hour=_CLOSES, minute=0, second=0) - at).total_seconds() / 3600
            if left <= today:
                return at + timedelta(hours=left)
            left -= today
            at = _open(at.replace(hour=_OPENS, minute=0, second=0) + timedelta(days=1))

    def _choose_words(self, parcel: Parcel) -> str:
        assert parcel.customer is not None  # noqa: S101 -- the callers have looked
        told = SPOKEN[parcel.customer.language].complaints
        return self._draw.choice(told.get(parcel.what, told["else"]))


def _open(at: datetime) -> datetime:
    """This moment, or the next at which somebody is at work."""
    if at.hour >= _CLOSES:
        at = at.replace(hour=_OPENS, minute=0, second=0) + timedelta(days=1)
    elif at.hour < _OPENS:
        at = at.replace(hour=_OPENS, minute=0, second=0)
    while at.weekday() >= _FRIDAY:
        at = at.replace(hour=_OPENS, minute=0, second=0) + timedelta(days=1)
    return at
