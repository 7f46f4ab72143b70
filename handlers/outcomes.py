"""What a dialogue decided: its facts are kept by whom they concern, other dialogues begun."""

from conversations.campaigns import campaign
from conversations.cases import adding, answering, complaint, forms, inquiry, letter, reason, standard, telling
from conversations.protocol import Begin, Save
from conversations.surveys import rating_states
from domain.cases.case import Event as CaseEvent
from handlers.campaigns import campaigns
from handlers.cases.customers import complaints, inquiries, mycases, others, verdicts
from handlers.cases.messages import talk
from handlers.cases.staff import acts, asking, standards
from handlers.fairness import appeals
from handlers.phone_surveys import behalf
from handlers.surveys import ratings, unnamed
from handlers.turns.batch import Turn


async def carry_out(turn: Turn, effects: list[Save | Begin]) -> None:
    """What a dialogue decided: facts are kept, other dialogues begun."""
    for effect in effects:
        match effect:
            case Begin("complaint", about):
                await complaints.complain(turn, about or 0)
            case Begin("praise", about):
                await others.praise(turn, about or 0)
            case Begin(name, _):
                raise LookupError(f"no dialogue begins as {name!r}")
            case Save(fact):
                await _save(turn, fact)


async def _save(turn: Turn, fact: object) -> None:  # noqa: C901, PLR0912, PLR0915 -- one case per fact
    match fact:
        case rating_states.Answered():
            if fact.first and fact.about.on_behalf:
                await behalf.answered(turn, fact.about)
            await ratings.answered(turn, fact)
            if fact.before is not None and fact.before != fact.answer:
                await appeals.rating_changed(turn.batch, fact.about.invitation)
        case rating_states.Recounted():
            ratings.recounted(turn, fact)
        case rating_states.Completed():
            await unnamed.completed(turn, fact)
        case rating_states.ComplaintFiled():
            await ratings.low_rating_filed(turn, fact)
        case rating_states.ComplaintDeclined():
            await ratings.low_rating_declined(turn, fact)
        case complaint.Confirmed():
            await complaints.confirmed(turn, fact)
        case adding.Added():
            await complaints.added(turn, fact)
        case forms.Filled():
            await turn.know_roles()
            await acts.filled(turn, fact)
        case answering.Answered():
            await asking.answered(turn, fact)
        case reason.Reasoned(event=CaseEvent.NOT_SATISFIED.value):
            await verdicts.not_satisfied(turn, fact)
        case reason.Reasoned(event=CaseEvent.REOPEN.value):
            await mycases.reopened(turn, fact)
        case reason.Reasoned(event=CaseEvent.ASK_MORE.value):
            await inquiries.asked_more(turn, fact.case, fact.reason)
        case reason.Reasoned(event=event) if event in appeals.EVENTS:
            await turn.know_roles()
            await appeals.reasoned(turn, fact)
        case telling.Told():
            await others.told(turn, fact)
        case inquiry.Asked():
            await inquiries.asked(turn, fact)
        case inquiry.Helped():
            await inquiries.helped(turn, fact)
        case standard.Kept():
            await turn.know_roles()
            await standards.kept(turn, fact)
        case reason.Reasoned():
            await turn.know_roles()
            await acts.reasoned(turn, fact)
        case campaign.Drafted():
            await campaigns.drafted(turn, fact)
        case campaign.Planned():
            await campaigns.planned(turn, fact)
        case letter.Written():
            await talk.written(turn, fact)
        case _:
            raise LookupError(f"nobody keeps a {type(fact).__name__}")
