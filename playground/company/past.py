"""Past of the example company as the file that `huifang load-past` reads: people, groups, deliveries, cases, campaigns. Pure.

Fields are those of `handlers/past/lines.py`; what it refuses fails the start of the playground.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import msgspec

from playground.company.cast import (
    CHEN,
    CUSTOMERS,
    GROUPS,
    LIN,
    REGULARS,
    SEATED,
    SHEN,
    STAFF,
    Somebody,
    make_phone,
)
from playground.company.example import SPOKEN
from playground.company.lives import CasePlan, LifePlanner
from playground.company.plan import DAYS, SEED, Parcel, plan_past
from playground.shape.wire import Json

SOURCE = "playground"
_COMPLAINS_UNASKED, _PRAISES = 0.22, 0.02
_IDEAS, _QUESTIONS = 36, 60
_BLOCKED, _STOPPED = 29, 41
"""Every so many of the customers have blocked the bot, or want no surveys."""

_NPS = (10, 9, 9, 8, 10, 7, 9, 6, 8, 10)


def write_past(
    now: datetime, zone: ZoneInfo, token: str, photos: Mapping[str, tuple[str, ...]], days: int = DAYS
) -> bytes:
    """The file, a fact a line."""
    now = now.astimezone(zone)
    parcels = plan_past(now, zone, days)
    begun = now - timedelta(days=days + 1)
    lines = [
        *_list_people(begun, now),
        {"is": "token", "name": SOURCE, "token": token, "at": begun.isoformat()},
        *map(_format_delivery, parcels),
        *[plan.format_line() for plan in _plan_cases(parcels, now, photos)],
        *_plan_campaigns(now, days),
    ]
    return b"\n".join(map(msgspec.json.encode, lines)) + b"\n"


def _list_people(begun: datetime, now: datetime) -> Iterator[Json]:
    at = begun.isoformat()
    for person in (*STAFF, *SEATED, *CUSTOMERS):
        yield _introduce(person, at)
    for number, person in enumerate(REGULARS, 1):
        line = _introduce(person, at)
        if number % _BLOCKED == 0:
            line["blocked"] = True
        elif number % _STOPPED == 0:
            line["stopped"] = (now - timedelta(days=number % 300)).isoformat()
        yield line
    yield {"is": "role", "account": CHEN, "role": "manager", "at": at}
    yield {"is": "role", "account": SHEN, "role": "manager", "at": at, "by": CHEN}
    for group in GROUPS:
        yield {
            "is": "group",
            "chat": group.id,
            "department": group.department,
            "language": group.language,
            "at": at,
            "by": CHEN,
            "members": group.members,
        }
        if group.head is not None:
            yield {"is": "role", "account": group.head, "role": "head", "of": group.department, "at": at, "by": CHEN}
    yield {"is": "role", "account": LIN, "role": "quality", "at": at, "by": CHEN}


def _introduce(person: Somebody, at: str) -> Json:
    phone = make_phone(person.id)
    return {
        "is": "person",
        "account": person.id,
        "name": person.name,
        "language": person.language,
        "since": at,
        "phone": phone,
    }


def _format_delivery(parcel: Parcel) -> Json:
    """A parcel as the company's own system reports it, and what its customer said."""
    customer = parcel.customer
    language = customer.language if customer is not None else "zh"
    item = {
        "waybill": parcel.waybill,
        "delivered_at": parcel.delivered_at.isoformat(),
        "customer": {
            "phone": make_phone(customer.id) if customer is not None else parcel.phone,
            "name": parcel.name,
            "type": parcel.kind,
            "language": language,
        },
        "department": parcel.station.department,
        "courier": {"id": parcel.courier.id, "name": parcel.courier.name},
        "route": parcel.route,
        "station": parcel.station.name,
        "service": parcel.service,
        "priority": parcel.priority,
    }
    line: Json = {"is": "delivery", "item": item}
    if parcel.asked is not None:
        answers = [
            (question, _word_comment(answer, language) if question == "comment" else answer, after)
            for question, answer, after in parcel.answers
        ]
        line |= {"asked": parcel.asked.isoformat(), "origin": parcel.origin, "answers": answers}
    if parcel.phoned:
        line["by"] = LIN
    return line


def _word_comment(drawn: object, language: str) -> str:
    said = SPOKEN[language].comments
    return said[int(str(drawn).rpartition(" ")[2]) % len(said)]


def _plan_cases(parcels: list[Parcel], now: datetime, photos: Mapping[str, tuple[str, ...]]) -> list[CasePlan]:
    """Every case in the order in which they were filed."""
    draw = Random(SEED + 1)  # noqa: S311 -- as in the plan
    planner = LifePlanner(draw, now, photos)
    known = [parcel for parcel in parcels if parcel.customer is not None]
    plans: list[CasePlan] = []
    for parcel in known:
        if parcel.answers and parcel.is_low:
            low = planner.plan_low_rating(parcel)
            plans += [low] if low is not None else []
        elif not parcel.answers and parcel.what and draw.random() < _COMPLAINS_UNASKED:
            plans.append(planner.plan_complaint(parcel))
        elif parcel.answers and parcel.answers[0][1] == 5 and draw.random() < _PRAISES:  # noqa: PLR2004 -- the best rating
            plans.append(planner.plan_other("praise", parcel.answered_at + timedelta(minutes=5), parcel))
    first = known[0].delivered_at if known else now
    for kind, count in (("suggestion", _IDEAS), ("inquiry", _QUESTIONS)):
        for _ in range(count):
            at = first + (now - first) * draw.random()
            plans.append(planner.plan_other(kind, at.replace(hour=9 + draw.randrange(9)), None))
    return sorted((plan for plan in plans if plan.at < now), key=lambda plan: plan.at)


def _plan_campaigns(now: datetime, days: int) -> Iterator[Json]:
    """The survey of the relationship, every quarter: planned by one manager, approved by the other; one waits for its approval."""
    draw = Random(SEED + 2)  # noqa: S311 -- as in the plan
    ages = [days_ago for days_ago in (365, 273, 181, 89) if days_ago < days - 1]
    if ages:
        first = (now - timedelta(days=ages[0])).replace(hour=10, minute=0, second=0, microsecond=0)
        planned = first - timedelta(days=3)
        runs = [(_shift_quarters(first, number).isoformat(), _draw_recipients(draw)) for number in range(len(ages))]
        yield {
            "is": "campaign",
            "title": _name_campaign(0),
            "survey": "relationship",
            "audience": "type:contract",
            "cycle": "quarter",
            "planned": planned.isoformat(),
            "planned_by": CHEN,
            "approved": (planned + timedelta(days=1)).isoformat(),
            "approved_by": SHEN,
            "runs": runs,
        }
    yield {
        "is": "campaign",
        "title": _name_campaign(1),
        "survey": "relationship",
        "audience": "type:vip",
        "planned": (now - timedelta(hours=20)).isoformat(),
        "planned_by": SHEN,
    }


def _name_campaign(place: int) -> str:
    return " · ".join(spoken.campaigns[place] for spoken in SPOKEN.values())


def _shift_quarters(first: datetime, number: int) -> datetime:
    month = first.month - 1 + 3 * number
    return first.replace(year=first.year + month // 12, month=month % 12 + 1, day=min(first.day, 28))


def _draw_recipients(draw: Random) -> list[list[object]]:
    recipients: list[list[object]] = []
    for person in draw.sample(REGULARS, 60):
        answers: list[list[object]] = []
        if draw.random() < 0.5:  # noqa: PLR2004 -- one in two answers
            likely = draw.choice(_NPS)
            answers = [["overall", draw.choices((5, 4, 3), (5, 4, 1))[0], 4_000.0], ["recommend", likely, 4_050.0]]
        recipients.append([person.id, answers])
    return recipients
