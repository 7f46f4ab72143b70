"""The data sets of 300 and 3,000 responses, made once and kept as files: `python -m tests.golden.generate`. That of 30 is by hand.

Every edge that the hand-made one has is drawn here at random with a fixed seed; moments crowd around midnights in company time and,
in New York, around the nights in which the clocks change.
"""

import csv
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

DATA = Path(__file__).parent / "data"
DELIVERIES = [
    "delivery",
    "at",
    "department",
    "courier",
    "route",
    "station",
    "service",
    "priority",
    "customer_type",
    "fate",
]
SURVEYS = ["survey", "delivery", "origin", "form", "at", "state", "excluded", "department", "courier"]
ANSWERS = ["survey", "question", "dimension", "kind", "levels", "score", "words", "at"]
CASES = ["case", "kind", "delivery", "category", "reason", "department", "courier", "handling"]
EVENTS = ["case", "at", "event", "by", "department", "due", "valid", "into", "received"]
DEPARTMENTS = ("transport", "service", "sales", "aftersales")
SAMPLED = {"P1": 80, "P2": 50, "P3": 20, "P4": 5, "": 100}
REASONS = {"delivery": ("late", "lost"), "attitude": ("rude", "kept"), "product": ("damaged", "lost")}
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
Row = list[object]


class DataSetMaker:
    """One data set, from `first` on for `days` days, as it stands at `now`."""

    def __init__(self, seed: int, zone: str, first: datetime, now: datetime) -> None:
        self.random = random.Random(seed)  # noqa: S311 -- it is to be the same every time
        self.zone, self.now = ZoneInfo(zone), now.replace(tzinfo=ZoneInfo(zone))
        self.first = first
        self.days = (now - first).days
        self.deliveries: list[Row] = []
        self.surveys: list[Row] = []
        self.answers: list[Row] = []
        self.cases: list[Row] = []
        self.events: list[tuple[datetime, int, Row]] = []

    def moment(self) -> datetime:
        """Some minute of the span; one in four lies near a midnight in company time."""
        day = self.first + self.random.randrange(self.days) * DAY
        near = self.random.choice((0, 1, 1438, 1439, 60, 119, 120, 180)) if self.random.random() < 1 / 4 else None
        minute = near if near is not None else self.random.randrange(8 * 60, 21 * 60)
        return (day + minute * MINUTE).replace(tzinfo=self.zone)

    def deliver(self) -> None:
        draw, courier = self.random, self.random.randrange(12)
        department = DEPARTMENTS[courier % 3]
        place = [f"k{courier}", f"r{courier // 2}", f"s{courier // 4}"] if draw.random() < 0.97 else ["", "", ""]
        priority = draw.choices(list(SAMPLED), (20, 30, 30, 15, 5))[0]
        at = self.moment()
        id_ = len(self.deliveries) + 1
        fate = (
            "sampled_out"
            if draw.random() * 100 >= SAMPLED[priority]
            else draw.choices(
                ("answered", "expired", "unreachable", "phoned", "waiting", "blocked"), (75, 12, 5, 4, 2, 2)
            )[0]
        )
        more = [draw.choice(("express", "standard", "cold")), priority, draw.choice(("vip", "shop", "person", ""))]
        self.deliveries.append([id_, format_moment(at), department, *place, *more, fate])
        if fate in {"answered", "expired", "phoned"}:
            self.ask(id_, at, fate)

    def ask(self, delivery: int | str, at: datetime, fate: str) -> None:
        draw, id_ = self.random, len(self.surveys) + 1
        origin = {"answered": draw.choice(("sent", "link")), "expired": "sent", "phoned": "phone"}.get(fate, fate)
        form = (
            draw.choices(("delivery@1", "four@1", "nobody@1"), (85, 10, 5))[0]
            if delivery and fate != "phoned"
            else "delivery@1"
        )
        form = "relationship@1" if origin == "campaign" else form
        state = {"expired": draw.choice(("expired", "undelivered"))}.get(fate, "open")
        asked = add_real_time(at, draw.randrange(60, 5000) * MINUTE) if delivery else at
        changed = [draw.choice(DEPARTMENTS), f"k{draw.randrange(12)}"] if draw.random() < 0.03 else ["", ""]
        excluded = "yes" if draw.random() < 0.03 and form != "nobody@1" else ""
        self.surveys.append([id_, delivery, origin, form, format_moment(asked), state, excluded, *changed])
        if fate != "expired" and form != "nobody@1":
            self.answer(
                id_,
                add_real_time(asked, draw.randrange(1, 4000) * MINUTE),
                4 if form == "four@1" else 5,
                campaign=origin == "campaign",
            )

    def answer(self, survey: int, at: datetime, levels: int, *, campaign: bool) -> None:
        draw = self.random

        def score() -> int:
            return draw.choices(
                (1, 2, 4, 5) if levels == 4 else (1, 2, 3, 4, 5), (8, 8, 30, 54) if levels == 4 else (6, 6, 10, 28, 50)
            )[0]

        asked = ["overall", *draw.sample(("goods", "timeliness", "attitude"), draw.randrange(4))]
        for question in asked if draw.random() < 0.95 else []:
            self.answers.append([survey, question, question, "rating", levels, score(), "", format_moment(at)])
            if draw.random() < 0.05:
                again = score() if draw.random() < 0.8 or question == "overall" else ""
                self.answers.append(
                    [survey, question, question, "rating", levels, again, "", format_moment(add_real_time(at, HOUR))]
                )
        if campaign or draw.random() < 0.3:
            self.answers.append(
                [
                    survey,
                    "nps",
                    "",
                    "nps",
                    11,
                    draw.choices(range(11), (4, 1, 1, 2, 2, 5, 5, 10, 15, 25, 30))[0],
                    "",
                    format_moment(at),
                ]
            )
        if draw.random() < 0.3:
            self.answers.append(
                [survey, "recommend", "recommend", "yesno", 2, draw.choice((0, 1, 1, 1)), "", format_moment(at)]
            )
        if draw.random() < 0.1:
            self.answers.append([survey, "comment", "", "text", 5, "", "words", format_moment(at)])

    def complain(self) -> None:
        draw, id_ = self.random, len(self.cases) + 1
        about = draw.choice(self.deliveries) if draw.random() < 0.85 else None
        at = (
            add_real_time(datetime.fromisoformat(str(about[1])).astimezone(self.zone), draw.randrange(2000) * MINUTE)
            if about
            else self.moment()
        )
        if at >= self.now:
            return
        category = draw.choice(tuple(REASONS))
        kind = "complaint" if draw.random() < 0.93 else "suggestion"
        department = draw.choice(DEPARTMENTS)
        self.cases.append(
            [
                id_,
                kind,
                about[0] if about else "",
                category,
                draw.choice(REASONS[category]),
                department,
                f"k{draw.randrange(12)}" if draw.random() < 0.2 else "",
                draw.choice(("", "", 1, 2, 3, 4, 5)),
            ]
        )
        self.event(id_, at, "file", "customer")
        if kind == "complaint":
            self.handle(id_, at, department)
        else:
            self.cases[-1][-1] = ""

    def event(self, case: int, at: datetime, name: str, by: str, **facts: str) -> None:
        self.events.append((at, case, [case, format_moment(at), name, by, *(facts.get(key, "") for key in EVENTS[4:])]))

    def handle(self, case: int, at: datetime, department: str) -> None:
        """One way through the table of a complaint's life, as far as `now` lets it go."""
        draw = self.random
        for _ in range(draw.choices((1, 2, 3), (75, 18, 7))[0]):
            for name, by, wait, known_facts in self.round(department):
                facts = known_facts
                at = add_real_time(at, wait)
                if at >= self.now:
                    return
                filed = [known for when, known, row in self.events if row[2] == "file" and when < at and known != case]
                if name == "merge" and not filed:
                    return
                if name in {"plan", "extend"}:
                    span = draw.randrange(60, 9000) * MINUTE if name == "plan" else 20 * DAY
                    facts = {"due": format_moment(add_real_time(at, span))}
                if name == "appeal":
                    facts = {"received": f"{at:%Y-%m-%d}"}
                if name == "merge":
                    facts = {"into": str(draw.choice(filed))}
                department = facts.get("department", department)
                self.event(case, at, name, by, **facts)
                if name in {"withdraw", "merge"}:
                    return
            at = add_real_time(at, draw.randrange(60, 8000) * MINUTE)
            if at >= self.now or not self.last_is_open_to_doubt(case):
                return
            self.event(case, at, self.doubt(), "customer")

    def last_is_open_to_doubt(self, case: int) -> bool:
        return self.events[-1][1] == case and self.events[-1][2][2] in {"approve", "satisfied", "silent"}

    def doubt(self) -> str:
        return "not_satisfied" if self.events[-1][2][2] == "approve" else "reopen"

    def round(self, department: str) -> Sequence[tuple[str, str, timedelta, dict[str, str]]]:
        draw = self.random

        def wait(most: int) -> timedelta:
            return draw.randrange(5, most) * MINUTE

        steps: list[tuple[str, str, timedelta, dict[str, str]]] = []
        if draw.random() < 0.08:
            return [*steps, (draw.choice(("withdraw", "merge")), "customer", wait(3000), {})]
        if draw.random() < 0.1:
            to = draw.choice([one for one in DEPARTMENTS if one != department])
            steps.append(("transfer", "staff", wait(1500), {"department": to}))
        steps.append(("accept", "staff", wait(1500), {}))
        if draw.random() < 0.5:
            steps.append(("plan", "staff", wait(600), {}))
        if draw.random() < 0.2:
            steps += [
                ("ask_customer", "staff", wait(600), {}),
                ("customer_answers", draw.choice(("customer", "clock")), wait(4000), {}),
            ]
        if draw.random() < 0.1 and self.cases[-1][4] not in {"lost", "kept"}:
            steps.append(("extend", "staff", wait(60), {}))
        if draw.random() < 0.1:
            return [*steps, ("withdraw", "customer", wait(4000), {})]
        steps.append(("resolve", "staff", wait(6000), {"valid": draw.choice(("yes", "no"))}))
        if draw.random() < 0.15:
            steps += [
                ("return", "staff", wait(900), {}),
                ("resolve", "staff", wait(900), {"valid": draw.choice(("yes", "no"))}),
            ]
        steps.append(("approve", "staff", wait(1800), {}))
        match draw.randrange(10):
            case 0 | 1:
                steps.append(("silent", "clock", 7 * DAY, {}))
            case 2 | 3 | 4 | 5 | 6:
                steps.append(("satisfied", "customer", wait(5000), {}))
            case _:
                pass
        if draw.random() < 0.05:
            steps += [
                ("appeal", "staff", wait(3000), {}),
                ("resolve", "staff", wait(6000), {"valid": "yes"}),
                ("approve", "staff", wait(900), {}),
            ]
        return steps

    def written(self, name: str) -> None:
        folder = DATA / name
        self.events.sort(key=lambda one: (one[0], one[1]))
        tables = {
            "deliveries": (DELIVERIES, self.deliveries),
            "surveys": (SURVEYS, self.surveys),
            "answers": (ANSWERS, self.answers),
            "cases": (CASES, self.cases),
            "events": (EVENTS, [row for _, _, row in self.events]),
        }
        for table, (head, rows) in tables.items():
            with (folder / f"{table}.csv").open("w", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(head)
                writer.writerows(rows)


def format_moment(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def add_real_time(at: datetime, span: timedelta) -> datetime:
    """As time really passes, whatever the clocks do."""
    return (at.astimezone(ZoneInfo("UTC")) + span).astimezone(at.tzinfo)


def make_data_set(name: str, seed: int, zone: str, first: datetime, now: datetime, cases: int) -> None:
    making = DataSetMaker(seed, zone, first, now)
    while len(making.surveys) < int(name):
        making.deliver()
        if making.random.random() < 0.05:
            making.ask("", making.moment(), making.random.choice(("rate", "campaign")))
    while len(making.cases) < cases:
        making.complain()
    making.written(name)


if __name__ == "__main__":
    make_data_set("300", 300, "America/New_York", datetime(2025, 9, 1), datetime(2026, 4, 10, 12, 0), 60)  # noqa: DTZ001 -- the zone is beside it
    make_data_set("3000", 3000, "Asia/Shanghai", datetime(2025, 11, 20), datetime(2026, 11, 23, 18, 0), 250)  # noqa: DTZ001 -- the same
