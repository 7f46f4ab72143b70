"""Campaigns of a past: planned by one manager, approved by a second, sent; and what was answered."""

from domain.surveys.campaign import CampaignState, Cycle, RecipientState, find_next_start
from domain.surveys.survey import Origin
from domain.timer_kinds import TimerKind
from handlers.past.draft import PastDraft
from handlers.past.lines import CampaignLine, PastError
from handlers.past.surveys import add_answers, add_invitation, make_campaign_fact


def add_campaign(draft: PastDraft, line: CampaignLine) -> None:
    """A campaign as it stands today. Raises PastError when its planner approved it, or its survey is none of the company's."""
    survey = draft.services.company.surveys.get(line.survey)
    if survey is None or line.approved_by == line.planned_by:
        raise PastError(f"campaign {line.title}: no such survey, or approved by the person who planned it")
    id_, planner = next(draft.ids), draft.find_person(line.planned_by).id
    subject = f"campaign:{id_}"
    approver = draft.find_person(line.approved_by).id if line.approved_by is not None else None
    cycle, run = Cycle(line.cycle), max(len(line.runs), 1)
    starts = line.runs[0][0] if line.runs else line.planned
    state = CampaignState.PLANNED if approver is None else CampaignState.DONE if line.runs else CampaignState.APPROVED
    again = find_next_start(starts, cycle, run, draft.now, draft.services.company.zone) if line.runs else None
    if again is not None:
        state, run = CampaignState.APPROVED, again[0]
        draft.add("timers", kind=TimerKind.CAMPAIGN_SEND.value, subject=str(id_), due_at=again[1])
    draft.add(
        "campaigns",
        id=id_,
        title=line.title,
        survey=line.survey,
        audience=line.audience,
        cycle=cycle.value,
        state=state.value,
        run=run,
        starts_at=starts,
        planned_by=planner,
        approved_by=approver,
        created_at=line.planned,
        ended_at=line.runs[-1][0] if state is CampaignState.DONE else None,
    )
    draft.record(line.planned, planner, "campaign.plan", subject, None, line.title)
    if line.approved is not None:
        draft.record(line.approved, approver, "campaign.approve", subject, "planned", "approved")
    for number, (at, recipients) in enumerate(line.runs, 1):
        draft.record(at, None, "campaign.start", subject, "approved", "sending")
        for recipient in recipients:
            person = draft.find_person(recipient.account)
            reached = not person.line.blocked and person.line.stopped is None
            became = RecipientState.SENT if reached else RecipientState.UNREACHABLE
            invitation = None
            if reached:
                invitation = add_invitation(draft, survey, at, Origin.CAMPAIGN, person, campaign=id_)
                answers = add_answers(draft, invitation, survey, at, recipient.answers)
                draft.facts.append(make_campaign_fact(survey, at, answers))
            ids = {"campaign": id_, "run": number, "person": person.id}
            draft.add("campaign_recipients", **ids, state=became.value, invitation=invitation)
        last = number == len(line.runs) and again is None
        draft.record(
            at, None, f"campaign.{'finish' if last else 'again'}", subject, "sending", "done" if last else "approved"
        )
