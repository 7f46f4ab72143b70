"""The data set of edges in Berlin, made once and kept as files: `python -m tests.golden.generate_edges`.

Deliveries and complaints a millisecond before and after every midnight and hour in which the clocks change; answers of which many are
worth few, priorities that nobody answers for, forms with four levels and without names, ratings set aside after an appeal; complaints whose
forerunner was later merged, passed on or withdrawn; answers exactly a week old; letters, and clocks that start again.
"""

import csv
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.golden.generate import ANSWERS, CASES, DELIVERIES, EVENTS, SURVEYS, Row

FOLDER = Path(__file__).parent / "data" / "edges"
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 9, 12, 0, tzinfo=BERLIN)
DAY, MILLISECOND = timedelta(days=1), timedelta(milliseconds=1)
CHANGES = ("2026-03-29", "2026-10-25")
EDGES = [
    f"{day}T{hour}"
    for day in CHANGES
    for hour in ("00:00+0{0}:00", "01:00+0{0}:00", "02:00+0{0}:00", "02:00+0{1}:00", "03:00+0{1}:00", "04:00+0{1}:00")
]
MIDNIGHTS = ("2026-03-30T00:00+02:00", "2026-04-01T00:00+02:00", "2026-10-26T00:00+01:00", "2026-11-01T00:00+01:00")
EQUAL = ("2026-10-02T09:00+02:00", "2026-11-02T09:00+01:00")


class EdgesMaker:
    """The rows of the five files."""

    def __init__(self) -> None:
        self.deliveries: list[Row] = []
        self.surveys: list[Row] = []
        self.answers: list[Row] = []
        self.cases: list[Row] = []
        self.events: list[tuple[datetime, int, Row]] = []
        self.ids = count(1)

    def deliver(
        self, at: datetime, priority: str, fate: str, courier: str = "k1", department: str = "transport"
    ) -> int:
        id_ = len(self.deliveries) + 1
        place = [department, courier, "r1" if courier else "", "s1" if courier else "", "express"]
        self.deliveries.append([id_, write(at), *place, priority, "person", fate])
        return id_

    def ask(
        self, delivery: int | str, at: datetime, origin: str, *scores: int, form: str = "delivery@1", excluded: str = ""
    ) -> None:
        """The survey; `scores` are the overall rating and whatever replaced it."""
        id_ = len(self.surveys) + 1
        state = "open" if scores or form == "nobody@1" else "expired"
        self.surveys.append([id_, delivery, origin, form, write(at), state, excluded, "", ""])
        levels = 4 if form == "four@1" else 5
        for nth, score in enumerate(scores):
            when = write(at + nth * timedelta(hours=1))
            self.answers.append([id_, "overall", "overall", "rating", levels, score, "", when])
            self.answers.append([id_, "goods", "goods", "rating", levels, score, "", when])

    def complain(self, at: datetime, *more: object, delivery: int | str = "", handling: int | str = "") -> int:
        """`more`: category, reason, department, courier, kind."""
        unsaid: tuple[object, ...] = ("delivery", "late", "sales", "", "complaint")[len(more) :]
        category, reason, department, courier, kind = [*more, *unsaid]
        id_ = len(self.cases) + 1
        self.cases.append([id_, kind, delivery, category, reason, department, courier, handling])
        self.event(id_, at, "file", "customer")
        return id_

    def event(self, case: int, at: datetime, name: str, by: str = "staff", **facts: str) -> None:
        row = [case, write(at), name, by, *(facts.get(key, "") for key in EVENTS[4:])]
        self.events.append((at.astimezone(UTC), next(self.ids), row))

    def answer(self, case: int, at: datetime, valid: str = "yes", *, accepted: bool = False) -> None:
        """Taken up if it is not, found out, and answered at this moment."""
        for name, before in (("accept", 3), ("resolve", 2), ("approve", 0))[accepted:]:
            self.event(case, at - before * timedelta(hours=1), name, valid=valid if name == "resolve" else "")

    def write_files(self) -> None:
        self.events.sort(key=lambda one: (one[0], one[1]))
        FOLDER.mkdir(parents=True, exist_ok=True)
        for table, head, rows in (
            ("deliveries", DELIVERIES, self.deliveries),
            ("surveys", SURVEYS, self.surveys),
            ("answers", ANSWERS, self.answers),
            ("cases", CASES, self.cases),
            ("events", EVENTS, [row for _, _, row in self.events]),
        ):
            with (FOLDER / f"{table}.csv").open("w", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(head)
                writer.writerows(rows)


def write(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds" if at.microsecond else "minutes")


def read(text: str) -> datetime:
    return datetime.fromisoformat(text)


def add_clock_changes(edges: EdgesMaker) -> None:
    """A delivery and a complaint about it a millisecond before, at, and a millisecond after each edge."""
    scores = (5, 4, 3, 2, 1)
    moments = [one.format(*((1, 2) if one < "2026-06" else (2, 1))) for one in EDGES]
    for n, text in enumerate((*moments, *MIDNIGHTS)):
        for shift in (-MILLISECOND, 0 * MILLISECOND, MILLISECOND):
            at = read(text) + shift
            id_ = edges.deliver(at, "P1", "answered", f"k{n % 3}")
            edges.ask(id_, at + timedelta(hours=2), "link" if n % 4 == 0 else "sent", scores[len(edges.surveys) % 5])
            if shift:
                edges.complain(at, "delivery", "late", "transport", delivery=id_)


def add_few_worth(edges: EdgesMaker) -> None:
    """October and November: twelve answers of P2 for twelve deliveries, two of P1 for seventy, none of P3."""
    for first in EQUAL:
        for n in range(12):
            at = read(first) + n * timedelta(hours=5)
            edges.ask(
                edges.deliver(at, "P2", "answered", "k5", "sales"), at + timedelta(hours=3), "sent", 5 if n % 4 else 2
            )
        for n in range(70):
            at = read(first) + n * timedelta(hours=1)
            asked = n % 35 == 0
            id_ = edges.deliver(at, "P1", "answered" if asked else "sampled_out", f"k{n % 7}", "sales")
            if asked:
                edges.ask(id_, at + timedelta(hours=3), "sent", 1 if n else 4)
        for n in range(9):
            at = read(first) + n * DAY / 3
            id_ = edges.deliver(at, "P3", "expired", "", "service")
            edges.ask(id_, at + timedelta(hours=2), "sent")


def add_forms(edges: EdgesMaker) -> None:
    """Four levels, no names, by phone, and set aside after an appeal; sent and by the link, about a delivery and about none."""
    at = read("2026-10-25T02:30+02:00")
    for n, (form, origin, excluded) in enumerate(
        (form, origin, excluded)
        for form in ("four@1", "nobody@1", "delivery@1")
        for origin in ("sent", "link", "phone")
        for excluded in ("", "yes")
        if (form, origin) != ("nobody@1", "phone") and (form, excluded) != ("nobody@1", "yes")
    ):
        moment = at + n * timedelta(minutes=15)  # through both hours that are called two
        fate = "phoned" if origin == "phone" else "answered"
        id_ = edges.deliver(moment, "P4" if n % 2 else "", fate, "k8", "aftersales")
        scores = () if form == "nobody@1" else (4, 2) if n % 3 == 0 else (5,)
        edges.ask(id_, moment + timedelta(hours=5), origin, *scores, form=form, excluded=excluded)
    for moment, excluded in (
        (at, ""),
        (at + timedelta(hours=1), "yes"),
        (read("2026-11-01T00:00+01:00") - MILLISECOND, ""),
    ):
        edges.ask("", moment, "rate", 5, excluded=excluded)


def add_repeats(edges: EdgesMaker) -> None:
    """Forerunners that were merged, passed on or withdrawn later, and the ninety days to the millisecond."""
    at = read("2026-09-01T10:00+02:00")
    product = ("product", "damaged", "sales", "k9")
    into, merged, repeat = (edges.complain(at + n * DAY, *product[: 3 if n == 0 else 4]) for n in range(3))
    edges.event(repeat, at + 3 * DAY, "accept")
    edges.event(merged, at + 6 * DAY, "merge", into=str(into))
    edges.complain(at + 8 * DAY, *product)

    at = read("2026-10-05T10:00+02:00")
    passed, left, new = (
        edges.complain(at + n * DAY, "attitude", "rude", department)
        for n, department in enumerate(("sales", "sales", "service"))
    )
    edges.event(passed, at + 7 * DAY, "transfer", department="service")
    edges.event(new, at + 8 * DAY, "accept")
    edges.event(left, at + 8 * DAY, "transfer", department="aftersales")
    edges.event(left, at + 9 * DAY, "transfer", department="sales")
    edges.complain(at + 10 * DAY, "attitude", "rude", "sales")

    at = read("2026-10-06T10:00+02:00")
    gone = edges.complain(at, "product", "damaged", "service", "k7")
    edges.event(gone, at + DAY, "withdraw", "customer")
    edges.complain(at + 2 * DAY, "product", "damaged", "service", "k7")

    at = read("2026-07-20T08:00+02:00")
    edges.complain(at, "delivery", "damaged", "aftersales", "k20")
    edges.complain(at, "delivery", "damaged", "aftersales", "k21")
    edges.complain(at + 90 * DAY, "delivery", "damaged", "aftersales", "k20")
    edges.complain(at + 90 * DAY + MILLISECOND, "delivery", "damaged", "aftersales", "k21")


def add_lives(edges: EdgesMaker) -> None:
    """What settles exactly now, who spoke when, and what the customer heard first."""
    week = timedelta(days=7)
    for late, word in ((0, ""), (1, ""), (0, "satisfied"), (1, "satisfied"), (0, "not_satisfied")):
        answered = NOW - week + late * timedelta(minutes=1)
        case = edges.complain(answered - 3 * DAY, "attitude", "rude", "aftersales", handling=4 if word else "")
        edges.answer(case, answered)
        if word:
            edges.event(case, answered + DAY, word, "customer")
    at = read("2026-10-22T09:00+02:00")
    said = edges.complain(at, "attitude", "rude", "transport", "k1", handling=2)  # solved, then taken to the regulator
    edges.answer(said, at + DAY)
    edges.event(said, at + 2 * DAY, "satisfied", "customer")
    edges.event(said, at + 3 * DAY, "appeal", received="2026-10-25")
    edges.event(said, at + 5 * DAY, "resolve", valid="no")
    edges.event(said, at + 5 * DAY + timedelta(hours=1), "approve")
    again = edges.complain(
        at, "product", "lost", "transport", "k2", handling=1
    )  # twice, with a letter after the objection
    edges.event(again, at + timedelta(minutes=30), "letter")
    edges.answer(again, at + DAY)
    edges.event(again, at + 4 * DAY, "not_satisfied", "customer")
    edges.event(again, at + 4 * DAY + timedelta(minutes=45), "letter")
    edges.answer(again, at + 6 * DAY)
    edges.event(again, at + 7 * DAY, "satisfied", "customer")
    back = edges.complain(at, "product", "damaged", "sales", "k3", handling=5)  # reopened and not heard from since
    edges.event(back, at + timedelta(hours=1), "transfer", department="service")
    edges.event(back, at + timedelta(hours=2), "accept")
    edges.event(back, at + timedelta(hours=3), "ask_customer")
    edges.event(back, read("2026-10-25T02:30+01:00"), "customer_answers", "customer")
    edges.answer(back, at + 5 * DAY, accepted=True)
    edges.event(back, at + 6 * DAY, "satisfied", "customer")
    edges.event(back, at + 8 * DAY, "reopen", "customer")
    edges.event(back, at + 8 * DAY + timedelta(hours=1), "accept")
    for n, kind in enumerate(("suggestion", "inquiry", "suggestion")):
        edges.complain(at + n * DAY, "delivery", "", "sales" if n else "service", "", kind)


if __name__ == "__main__":
    made = EdgesMaker()
    for add in (add_clock_changes, add_few_worth, add_forms, add_repeats, add_lives):
        add(made)
    made.write_files()
