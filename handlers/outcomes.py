"""What a dialogue decided: its facts are kept by whom they concern, other dialogues begun."""

from conversations.campaigns import campaign
from conversations.cases import (
    addition,
    complaint,
    customer_answer,
    feedback,
    forms,
    inquiry,
    letter,
    reason,
    standard_answer,
)
from conversations.protocol import Begin, Save
from conversations.surveys import rating_states
from domain.cases.case import CaseEvent
from handlers.campaigns import campaigns
from handlers.cases.customers import complaints, inquiries, my_cases, verdicts
from handlers.cases.customers import feedback as other_kinds
from handlers.cases.messages import letters
from handlers.cases.staff import actions, customer_questions, standard_answers
from handlers.fairness import appeals
from handlers.phone_surveys import on_behalf
from handlers.surveys import anonymous, ratings
from handlers.turns.batch import Turn


async def carry_out(turn: Turn, effects: list[Save | Begin]) -> None:
    """What a dialogue decided: facts are kept, other dialogues begun."""
    for effect in effects:
        match effect:
            case Begin("complaint", about):
                await complaints.on_command(turn, about or 0)
            case Begin("praise", about):
                await other_kinds.on_praise_command(turn, about or 0)
            case Begin(name, _):
                raise LookupError(f"no dialogue begins as {name!r}")
            case Save(fact):
                await _save_fact(turn, fact)


async def _save_fact(turn: Turn, fact: object) -> None:  # noqa: C901, PLR0912, PLR0915 -- one case per fact
    match fact:
        case rating_states.RatingAnswered():
            if fact.first and fact.about.on_behalf:
                await on_behalf.on_fact(turn, fact.about)
            await ratings.on_answer_fact(turn, fact)
            if fact.before is not None and fact.before != fact.answer:
                await appeals.show_changed_rating(turn.batch, fact.about.invitation)
        case rating_states.AnswerRecounted():
            ratings.on_recount_fact(turn, fact)
        case rating_states.AnonymousSurveyCompleted():
            await anonymous.on_fact(turn, fact)
        case rating_states.ComplaintFiled():
            await ratings.on_complaint_fact(turn, fact)
        case rating_states.ComplaintDeclined():
            await ratings.on_decline_fact(turn, fact)
        case complaint.ComplaintConfirmed():
            await complaints.on_complaint_fact(turn, fact)
        case addition.Added():
            await complaints.on_addition_fact(turn, fact)
        case forms.FormFilled():
            await turn.load_roles()
            await actions.on_form_fact(turn, fact)
        case customer_answer.CustomerAnswered():
            await customer_questions.on_fact(turn, fact)
        case reason.ReasonGiven(event=CaseEvent.NOT_SATISFIED.value):
            await verdicts.on_fact(turn, fact)
        case reason.ReasonGiven(event=CaseEvent.REOPEN.value):
            await my_cases.on_fact(turn, fact)
        case reason.ReasonGiven(event=CaseEvent.ASK_MORE.value):
            await inquiries.on_more_fact(turn, fact.case, fact.reason)
        case reason.ReasonGiven(event=event) if event in appeals.EVENTS:
            await turn.load_roles()
            await appeals.on_fact(turn, fact)
        case feedback.FeedbackGiven():
            await other_kinds.on_fact(turn, fact)
        case inquiry.InquiryAsked():
            await inquiries.on_question_fact(turn, fact)
        case inquiry.InquiryHelped():
            await inquiries.on_helped_fact(turn, fact)
        case standard_answer.StandardAnswerKept():
            await turn.load_roles()
            await standard_answers.on_fact(turn, fact)
        case reason.ReasonGiven():
            await turn.load_roles()
            await actions.on_reason_fact(turn, fact)
        case campaign.ReachRequested():
            await campaigns.on_drafted_fact(turn, fact)
        case campaign.CampaignPlanned():
            await campaigns.on_planned_fact(turn, fact)
        case letter.LetterWritten():
            await letters.on_fact(turn, fact)
        case _:
            raise LookupError(f"nobody keeps a {type(fact).__name__}")
