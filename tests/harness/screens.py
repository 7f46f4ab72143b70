"""The dialogues of the example company: who sees each, and where it begins."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from bot.company.company import load_company
from bot.company.survey_rules import SurveyRules
from conversations.campaigns import campaign, campaign_screens, campaign_states
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
    triage,
)
from conversations.cases.fields import FORMS, AskingField
from conversations.pieces import Piece
from conversations.protocol import Conversation
from conversations.surveys import rating, rating_states
from domain.surveys.survey import Survey
from tests.harness.explore import Alike, Walk, alike, explore
from tests.harness.text_fragments import VOCABULARY

ROOT = Path(__file__).parents[2]
PATH: Path = ROOT / "docs" / "screens.md"
SURVEYS_PAGE = ROOT / "docs" / "surveys.md"
COMPANY = load_company(ROOT / "bot" / "example" / "huifang.toml")
NUMBER, WAYBILL, DUE = "C-261123-0042", "SF1234567890", "2026-11-30 18:00"
APPEALS = ("rating-appeal", "uphold", "reject")
LANGUAGES = VOCABULARY.names
"""The page shows every screen in each of them."""
CUSTOMERS, STAFF, MANAGERS = "Customers", "Staff, heads and quality", "Managers"


def _example() -> Survey:
    """The survey of docs/surveys.md, which has every type of question, in the languages of its title."""
    text = SURVEYS_PAGE.read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]
    written = yaml.safe_load(text)
    rules = SurveyRules(tuple(written["title"]), tuple(COMPANY.categories))
    survey = rules.survey(written, "00000000")
    assert survey is not None, rules.found
    return survey


def _anonymous() -> Survey:
    """Two of its questions, asked anonymously."""
    questions = tuple(one for one in EXAMPLE.questions if one.id in {"overall", "recommend"})
    return replace(EXAMPLE, key="anonymous", questions=questions, anonymous=True)


EXAMPLE = _example()
SURVEYS = {survey.name: survey for survey in (*COMPANY.surveys.values(), EXAMPLE, _anonymous())}


@dataclass(frozen=True)
class Dialogue:
    """One dialogue to walk; `reader`, `title` and `about` say on the page who sees it and what it is."""

    reader: str
    title: str
    about: str
    conversation: Conversation[Any]
    starts: tuple[Any, ...]
    resting: tuple[type, ...] = ()
    alike: Alike = alike

    def walk(self) -> Walk[Any]:
        return explore(self.conversation, self.starts, resting=self.resting, alike=self.alike)


def _ratings_alike(state: rating_states.State) -> Hashable:
    """Which survey and question, what is offered, what applies, what is low, and what this question's own answer looks like."""
    survey = SURVEYS[state.about.survey]
    asked = tuple(question.id for question in survey.list_asked(state.answers))
    low = (survey.find_lowest(state.answers) or 5) <= COMPANY.invitations.low_rating
    common = (survey.key, state.about.on_behalf, state.about.waybill, state.offer, asked, low)
    if isinstance(state, rating_states.Thanked):
        return *common, state.answers.get("overall") == rating.BEST_RATING, "overall" in state.answers
    own = state.answers.get(state.question)
    return *common, state.question, own if isinstance(own, int) else len(own or ()) > 0


_FOUND = inquiry.FoundAnswer(1, "How do I track my parcel?", "Scan the code on the delivery slip.")


def _form(name: str) -> AskingField:
    """A form before its first question, with more to choose from than fits a screen."""
    people = [(str(n), f"Li {n}") for n in range(10)]
    offered = {"person": people, "into": [("7", "C-261123-0007 · Broken box")], "goal": [("Satisfied", "Satisfied")]}
    fields = {field.name for field in FORMS[name].fields}
    shown = {field: choices for field, choices in offered.items() if field in fields}
    floor = "2026-11-30T18:00:00+08:00" if name == "extend" else ""
    return AskingField(5, 42, NUMBER, name, "2026-11-24T10:00:00+08:00", floor, {}, shown)


def _forms_alike(state: forms.State) -> Hashable:
    """Which form, which question, what was answered, and what is wrong with the answer."""
    asked = (state.field, state.page, state.trouble) if isinstance(state, AskingField) else ()
    return state.form, asked, frozenset(key for key, value in state.given.items() if value)


def _naming(time: str = "10:00", counts: tuple[int, int, int] | None = None) -> campaign_states.State:
    """A campaign before its first question; with its numbers, before it is handed in."""
    now = f"2026-11-24T{time}:00+08:00"
    offered = {"type": ("vip", "shop"), "service": tuple(f"service {n}" for n in range(10)), "station": ()}
    if counts is None:
        return campaign_states.ChoosingSurvey(5, now, offered, "en")
    survey = next(iter(COMPANY.surveys))
    plan = (survey, "lost", "", "We miss you", campaign_screens.NOW, "quarter")
    return campaign_states.ConfirmingCampaign(5, now, offered, "en", *plan, counts=counts)


def _campaigns_alike(state: campaign_states.State) -> Hashable:
    """Which question, whom it is for, when, what is wrong, and the numbers."""
    own = (getattr(state, "page", 0), getattr(state, "trouble", ""), getattr(state, "counts", None))
    moment = state.starts == campaign_screens.NOW if state.starts else None
    return campaign_states.find_place(state), state.group, bool(state.value), moment, state.cycle, own


def _letter(kind: str, **more: str) -> letter.LetterDrafted:
    return letter.LetterDrafted(5, 42, NUMBER, kind, (letter.LetterMessage(1, "We found your parcel."),), **more)


def _letters_alike(state: letter.State) -> Hashable:
    """What it may become, who is told what, and whether it has words or files."""
    if isinstance(state, letter.AskingLetter):
        return "asking", state.kind
    has = (bool(letter.join_words(state.parts)), any(one.file for one in state.parts))
    return state.kind, state.may, bool(state.owner), state.reach, has


def list_dialogues() -> tuple[Dialogue, ...]:
    """Every dialogue there is, over the example company."""
    delivery = COMPANY.find_survey("")
    others = tuple(survey for survey in SURVEYS.values() if survey is not delivery)
    departments = {key: COMPANY.departments[key].name for key in COMPANY.case_departments}
    deliveries = ((11, WAYBILL), (12, "SF1234567891"))
    days = {"11": "2026-11-23", "12": "2026-11-20"}
    return (
        Dialogue(
            CUSTOMERS,
            "Rating a delivery",
            "A customer rates a delivery. One tap is a complete response; the message is edited in place. Who cannot be asked in chat is "
            "phoned: then staff of quality fill in the same survey on the customer's behalf. The other surveys of the example company "
            "look alike. *example* is the one of docs/surveys.md, which has every type of question, and *anonymous* are two of its "
            "questions asked anonymously.",
            rating.conversation(SURVEYS, COMPANY.invitations.low_rating),
            (
                rating.begin(delivery, 7, WAYBILL),
                rating.begin(delivery, 7, ""),
                rating.begin(delivery, 7, WAYBILL, 11, on_behalf=True),
                *(rating.begin(survey, 7, "") for survey in others),
            ),
            (rating_states.Thanked,),
            _ratings_alike,
        ),
        Dialogue(
            CUSTOMERS,
            "Making a complaint",
            "A customer files a complaint.",
            complaint.conversation(COMPANY.categories),
            (
                complaint.begin(5, deliveries, days=days),
                complaint.begin(5, ()),
                complaint.begin(5, deliveries, deliveries[0], days),
            ),
        ),
        Dialogue(
            CUSTOMERS,
            "Adding to a case",
            "A customer adds to a case, or tells more after one tap on a low rating filed it.",
            addition.conversation(),
            (addition.Adding(5, 42, NUMBER), addition.Adding(5, 42, NUMBER, fresh=True, due=DUE)),
        ),
        Dialogue(
            STAFF,
            "Messages, notes and reports",
            "Staff write to the customer by replying to a card, keep a note, report to the lead department: shown back first.",
            letter.conversation(),
            (
                *(_letter(letter.LETTER, may=letter.LETTER, reach=reach) for reach in ("open", "waits", "never")),
                *(
                    _letter(letter.LETTER, may=may, owner=owner)
                    for may, owner in ((letter.STATEMENT, "Li"), ("", "Li"), ("", ""))
                ),
                letter.AskingLetter(5, 42, NUMBER, letter.NOTE),
                letter.AskingLetter(5, 42, NUMBER, letter.STATEMENT),
            ),
            alike=_letters_alike,
        ),
        Dialogue(
            CUSTOMERS,
            "Answering the department",
            "A customer answers a question from the department.",
            customer_answer.conversation(),
            (customer_answer.Answering(5, 42, NUMBER, "Which door was it?"),),
        ),
        Dialogue(
            STAFF,
            "Working on a case",
            "Staff fill in what an event of a case needs, in the department's group or in private: a form, shown back before it counts.",
            forms.conversation(COMPANY.zone, VOCABULARY.moments),
            tuple(forms.begin(_form(name)) for name in FORMS),
            alike=_forms_alike,
        ),
        Dialogue(
            STAFF,
            "Giving a reason",
            "Staff give the reason for a transfer or a return; a customer says what is not solved; a courier appeals, quality decides.",
            reason.conversation(departments),
            (
                reason.ChoosingDepartment(5, 42, NUMBER, "transfer", "transport"),
                *(reason.AskingReason(5, 0, "Appeal, rating of 2026-11-23", event, "7") for event in APPEALS),
                reason.AskingReason(5, 42, NUMBER, "return"),
                reason.AskingReason(5, 42, NUMBER, "not_satisfied", confirm=False),
                reason.AskingReason(5, 42, NUMBER, "reopen", confirm=False),
                reason.AskingReason(5, 42, NUMBER, "ask_more", confirm=False),
            ),
            alike=lambda state: (alike(state), state.event),
        ),
        Dialogue(
            CUSTOMERS,
            "Suggestions and praise",
            "A customer makes a suggestion, or praises.",
            feedback.conversation(),
            (
                feedback.WritingFeedback(5, feedback.SUGGESTION, (("product", "Product quality"), ("other", "Other"))),
                feedback.WritingFeedback(5, feedback.PRAISE, (("11", WAYBILL), ("12", "SF1234567891")), days=days),
                feedback.WritingFeedback(5, feedback.PRAISE, (("11", WAYBILL),), "11"),
                feedback.WritingFeedback(5, feedback.PRAISE),
            ),
            alike=lambda state: (alike(state), state.kind, len(state.pieces) < 3, len(state.options)),
        ),
        Dialogue(
            CUSTOMERS,
            "Asking a question",
            "A customer asks a question: standard answers are offered first, then a person answers.",
            inquiry.conversation(),
            (
                inquiry.WritingInquiry(5),
                inquiry.OfferingAnswers(
                    5, (Piece(7, "Where is my parcel?"),), (_FOUND, inquiry.FoundAnswer(2, "Can I change it?", "Yes."))
                ),
            ),
        ),
        Dialogue(
            CUSTOMERS,
            "Writing without being asked",
            "A customer writes, or sends something, without being asked: it is kept, and a press says what it is.",
            triage.conversation(COMPANY.handling.unsorted_becomes_inquiry_after_minutes),
            (
                triage.Sorting(
                    5,
                    (Piece(7, "My parcel is broken, nobody answers the phone!!"),),
                    deliveries,
                    ((42, NUMBER),),
                    days=days,
                ),
                triage.Sorting(5, (Piece(7, "Hello?"),)),
            ),
        ),
        Dialogue(
            STAFF,
            "Standard answers",
            "Staff write or change a standard answer.",
            standard_answer.conversation(),
            (
                standard_answer.AskingStandardQuestion(5, 0, "service"),
                standard_answer.AskingStandardQuestion(5, 7, "service", _FOUND.question, _FOUND.answer),
            ),
        ),
        Dialogue(
            MANAGERS,
            "Planning a campaign",
            "A manager plans a campaign: a survey for a group of customers, which a second manager approves before it is sent.",
            campaign.conversation(
                {key: one.title for key, one in COMPANY.surveys.items()},
                COMPANY.zone,
                COMPANY.invitations,
                VOCABULARY.moments,
            ),
            (_naming(), *(_naming("22:30", counts) for counts in ((0, 0, 0), (19_402, 571, 27)))),
            alike=_campaigns_alike,
        ),
    )
