"""Deliveries and surveys of a past: who was asked, what was answered, and what is still open about it today."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from conversations.surveys import rating
from conversations.surveys.rating_states import AskingRating, RatedDelivery, Thanked
from domain.deliveries.delivery import PLACE, Fate, PhoneCallState
from domain.figures.totals import FactPlace, ScoredAnswer, SurveyFact
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Answer, InvitationState, Origin, Survey
from domain.timer_kinds import TimerKind
from handlers.deliveries.deliveries import find_invitation_time, is_sampled, make_delivery_fact
from handlers.deliveries.items import check_item, make_row
from handlers.past.draft import DraftedDelivery, DraftedPerson, PastDraft
from handlers.past.lines import AnsweredLine, DeliveryLine, PastError
from handlers.turns.batch import make_lane
from storage.surveys.ratings import RecordedAnswer, make_answer_row

_NO_PLACE = dict.fromkeys(PLACE, "")


def add_delivery(draft: PastDraft, line: DeliveryLine, source: str, filed: frozenset[str]) -> None:
    """A delivery, its survey and the answers; `filed` are the waybills whose low rating became a case.

    Raises:
        PastError: when the door of deliveries would refuse it.
    """
    services = draft.services
    checked = check_item(line.item, services.company, draft.now)
    if isinstance(checked, list):
        raise PastError(f"delivery {line.item.get('waybill')}: {checked[0].at} {checked[0].why}")
    row = make_row(checked, source, services)
    customer = draft.phones.get(checked.customer.phone or "")
    row |= {"id": next(draft.ids), "person": customer.id if customer else None, "created_at": row["delivered_at"]}
    delivery = DraftedDelivery(row["id"], row)
    row["fate"] = _settle(draft, line, delivery, customer)
    draft.deliveries[checked.waybill] = delivery
    draft.rows["deliveries"].append(row)
    if line.asked is not None:
        _add_survey(draft, line, delivery, customer, offered=checked.waybill in filed)
    draft.facts.append(make_delivery_fact(row))


def _settle(draft: PastDraft, line: DeliveryLine, delivery: DraftedDelivery, customer: DraftedPerson | None) -> Fate:
    """What became of asking."""
    services, row = draft.services, delivery.row
    if line.fate:
        return Fate(line.fate)
    if line.by is not None:
        return Fate.PHONED
    if line.asked is not None and line.answers:
        return Fate.ANSWERED
    if line.asked is not None:
        over = line.asked + timedelta(days=services.company.invitations.expire_after_days)
        return Fate.EXPIRED if over <= draft.now else Fate.SENT if line.origin == Origin.SENT else Fate.OPENED
    if not is_sampled(services, row["source"], row["waybill"], row["priority"]):
        return Fate.SAMPLED_OUT
    due = find_invitation_time(services.company, row["delivered_at"], draft.now)
    if due is None or customer is None:
        return Fate.TOO_LATE if customer is not None else Fate.UNREACHABLE
    draft.add("timers", kind=TimerKind.SURVEY_INVITE.value, subject=str(delivery.id), due_at=due)
    return Fate.WAITING


def _add_survey(
    draft: PastDraft,
    line: DeliveryLine,
    delivery: DraftedDelivery,
    customer: DraftedPerson | None,
    *,
    offered: bool,
) -> None:
    """The invitation about a delivery, its answers, and what can still be done with it."""
    assert line.asked is not None  # noqa: S101 -- the caller has looked
    survey = draft.services.company.find_survey(delivery.row["service"])
    frozen = {name: delivery.row[name] for name in PLACE}
    origin = Origin.PHONE if line.by is not None else Origin(line.origin)
    phoned = draft.find_person(line.by).id if line.by is not None else None
    invitation = add_invitation(draft, survey, line.asked, origin, customer, frozen, delivery=delivery.id, by=phoned)
    delivery.invitation, delivery.survey = invitation, survey.name
    delivery.answers = add_answers(draft, invitation, survey, line.asked, line.answers)
    scored = _score(survey, delivery.answers)
    draft.facts.append(SurveyFact(delivery.place, about_delivery=True, origin=origin, answers=scored))
    if phoned is not None:
        draft.add(
            "callbacks",
            delivery=delivery.id,
            day=f"{line.asked.astimezone(draft.services.company.zone):%Y-%m-%d}",
            state=PhoneCallState.ANSWERED.value,
            taken_by=phoned,
            attempts=1,
            listed_at=line.asked,
            updated_at=line.asked,
        )
    elif customer is not None:
        about = RatedDelivery(invitation, survey.name, delivery.row["waybill"], delivery.id)
        bound = draft.services.company.invitations.low_rating
        low = any(isinstance(answer, int) and answer <= bound for answer in delivery.answers.values())
        low = low and (survey.find_lowest(delivery.answers) or bound + 1) <= bound
        offer = "" if not low else "filed" if offered else "declined"
        if offer == "declined":
            draft.record(line.asked, customer.id, "complaint.declined", f"invitation:{invitation}")
        _keep_open(draft, survey, about, line.asked, customer, delivery.answers, offer)


def add_invitation(
    draft: PastDraft,
    survey: Survey,
    at: datetime,
    origin: Origin,
    customer: DraftedPerson | None,
    frozen: dict[str, str] | None = None,
    *,
    delivery: int | None = None,
    campaign: int | None = None,
    by: int | None = None,
) -> int:
    """A survey sent to somebody; the invitation's id."""
    rules, id_ = draft.services.company.invitations, next(draft.ids)
    expires = at + timedelta(days=rules.expire_after_days)
    draft.add(
        "invitations",
        id=id_,
        delivery=delivery,
        person=customer.id if customer is not None else None,
        survey=survey.name,
        origin=origin.value,
        state=InvitationState.OPEN.value,
        created_at=at,
        expires_at=expires,
        campaign=campaign,
        entered_by=by,
        **(frozen or _NO_PLACE),
    )
    if customer is not None and origin is not Origin.LINK:
        customer.asked_at = max(customer.asked_at or at, at)
    return id_


def add_answers(
    draft: PastDraft, invitation: int, survey: Survey, asked: datetime, lines: Sequence[AnsweredLine]
) -> dict[str, Answer]:
    """The answers of an invitation, by question; without any it expires in its time. Raises PastError for a question that was not asked."""
    answers: dict[str, Answer] = {}
    for line in lines:
        question = survey.question(line.question)
        if question is None:
            raise PastError(f"the survey {survey.name} does not ask {line.question}")
        answers[line.question] = line.answer
        at = asked + timedelta(seconds=line.after)
        given = RecordedAnswer(
            invitation, question.id, question.dimension, line.answer, at, question.kind, question.levels
        )
        draft.rows["answers"].append(make_answer_row(given))
    if not answers and draft.rows["invitations"][-1]["expires_at"] <= draft.now:
        draft.rows["invitations"][-1]["state"] = InvitationState.EXPIRED.value
    return answers


def make_campaign_fact(survey: Survey, at: datetime, answers: dict[str, Answer]) -> SurveyFact:
    """What a campaign's response counts as."""
    return SurveyFact(FactPlace(at), about_delivery=False, origin=Origin.CAMPAIGN, answers=_score(survey, answers))


def _score(survey: Survey, answers: dict[str, Answer]) -> dict[str, ScoredAnswer | None]:
    """The answers as the totals know them: words are none."""
    scored: dict[str, ScoredAnswer | None] = {}
    for key, answer in answers.items():
        question = survey.question(key)
        kind = question.kind if question is not None else QuestionKind.TEXT
        known = question is not None and isinstance(answer, int)
        scored[key] = ScoredAnswer(question.dimension, kind, question.levels, answer) if known else None  # type: ignore[union-attr,arg-type]  # looked at in `known`
    return scored


def _keep_open(
    draft: PastDraft,
    survey: Survey,
    about: RatedDelivery,
    asked: datetime,
    customer: DraftedPerson,
    answers: dict[str, Answer],
    offer: str,
) -> None:
    """The conversation about a survey that can still be answered or changed, and the timers that end it."""
    rules, account = draft.services.company.invitations, customer.line.account
    expires = asked + timedelta(days=rules.expire_after_days)
    late = asked + timedelta(days=max(rules.change_within_days, rules.expire_after_days))
    if (late if answers else expires) <= draft.now:
        return
    subject = f"{about.invitation}:{account}"
    kind, due = (TimerKind.SURVEY_FORGET, late) if expires <= draft.now else (TimerKind.SURVEY_EXPIRE, expires)
    draft.add("timers", kind=kind.value, subject=subject, due_at=due)
    reminder = asked + timedelta(hours=rules.remind_after_hours)
    if reminder > draft.now:
        draft.add("timers", kind=TimerKind.SURVEY_REMIND.value, subject=subject, due_at=reminder)
    elif not answers:
        draft.rows["invitations"][-1]["reminded_at"] = reminder
    state = Thanked(about, answers, offer) if answers else AskingRating(about, survey.questions[0].id)
    draft.add(
        "sessions",
        lane=make_lane(account),
        topic=rating.dialogue_key(about.invitation),
        dialogue=rating.NAME,
        state=msgspec.json.encode(state).decode(),
        awaits=False,
        touched=about.invitation,
    )
