"""Entry points of the cases rooms: what customers and staff do about cases, viewing them, and their clocks."""

from conversations.buttons import (
    CaseActionButton,
    CaseListButton,
    CaseViewButton,
    HandlingRatingButton,
    MyCaseButton,
    OpenComplaintButton,
    SendAgainButton,
    StandardAnswerButton,
    VerdictButton,
)
from conversations.cases.addition import Added
from conversations.cases.complaint import ComplaintConfirmed
from conversations.cases.customer_answer import CustomerAnswered
from conversations.cases.feedback import FeedbackGiven
from conversations.cases.forms import FormFilled
from conversations.cases.inquiry import InquiryAsked, InquiryHelped
from conversations.cases.letter import LetterWritten
from conversations.cases.reason import ReasonGiven
from conversations.cases.standard_answer import StandardAnswerKept
from conversations.cases.triage import MessageKept, MessagesForCase, MessagesSorted
from domain.cases.case import CaseEvent, CaseKind
from domain.people import Audience
from domain.timer_kinds import TimerKind
from handlers.cases.customers import additions, complaints, feedback, inquiries, my_cases, triage, verdicts
from handlers.cases.file import case_lists, view
from handlers.cases.life import deadlines
from handlers.cases.messages import gathering, letters
from handlers.cases.staff import actions, card_presses, customer_questions, prompts, standard_answers
from handlers.cases.watch import backups, digests, growth, infections, nudges, undelivered
from handlers.turns.room import Command, Door, Room, fact, press, read_id, read_pair, read_timer, timer
from handlers.turns.turn import Turn

_EVERYBODY = frozenset({Audience.ANYBODY})
_STAFF = frozenset({Audience.STAFF})
_MANAGERS = frozenset({Audience.MANAGER})
_OVERSEERS = frozenset({Audience.MANAGER, Audience.QUALITY})


_complain = triage.begin_with_kept(CaseKind.COMPLAINT, complaints.on_command)
_suggest = triage.begin_with_kept(CaseKind.SUGGESTION, feedback.on_suggest_command)
_ask = triage.begin_with_kept(CaseKind.INQUIRY, inquiries.on_command)
_praise = triage.begin_with_kept(CaseKind.PRAISE, feedback.on_praise_command)


async def on_mycases_command(turn: Turn, args: str) -> None:
    """`/mycases`: a customer's own cases, and those that a member of staff owns."""
    await my_cases.on_command(turn, args)
    await case_lists.on_mycases_command(turn, args)


ROOM = Room(
    presses=(
        press(CaseActionButton, card_presses.on_press, Door.MEMBERS),
        press(CaseViewButton, view.on_press, Door.MEMBERS),
        press(CaseListButton, case_lists.on_press, Door.MEMBERS),
        press(StandardAnswerButton, standard_answers.on_press, Door.MEMBERS),
        press(VerdictButton, verdicts.on_verdict_press, Door.PRIVATE),
        press(HandlingRatingButton, verdicts.on_handling_press, Door.PRIVATE),
        press(MyCaseButton, my_cases.on_press, Door.PRIVATE),
        press(OpenComplaintButton, complaints.on_press, Door.PRIVATE),
        press(SendAgainButton, undelivered.on_press, Door.MEMBERS),
    ),
    facts=(
        fact(ComplaintConfirmed, complaints.on_complaint_fact),
        fact(Added, complaints.on_addition_fact),
        fact(FormFilled, actions.on_form_fact, roles=True),
        fact(CustomerAnswered, customer_questions.on_fact),
        fact(ReasonGiven, verdicts.on_fact, events=(CaseEvent.NOT_SATISFIED,)),
        fact(ReasonGiven, my_cases.on_fact, events=(CaseEvent.REOPEN,)),
        fact(ReasonGiven, inquiries.on_more_fact, events=(CaseEvent.ASK_MORE,)),
        fact(ReasonGiven, actions.on_reason_fact, roles=True, events=sorted(prompts.REASONS)),
        fact(FeedbackGiven, feedback.on_fact),
        fact(InquiryAsked, inquiries.on_question_fact),
        fact(InquiryHelped, inquiries.on_helped_fact),
        fact(MessageKept, triage.on_kept_fact),
        fact(MessagesSorted, triage.on_sorted_fact),
        fact(MessagesForCase, triage.on_case_fact),
        fact(StandardAnswerKept, standard_answers.on_fact, roles=True),
        fact(LetterWritten, letters.on_fact),
    ),
    begins=(("complaint", complaints.begin_complaint), ("praise", feedback.begin_praise)),
    commands=(
        Command("complain", _complain, "help-customer", _EVERYBODY, 11, door=Door.OPEN),
        Command("suggest", _suggest, "help-others", _EVERYBODY, 12, door=Door.OPEN),
        Command("ask", _ask, "help-others", _EVERYBODY, 13, door=Door.OPEN),
        Command("praise", _praise, "help-others", _EVERYBODY, 14, door=Door.OPEN),
        Command("mycases", on_mycases_command, "help-customer", _EVERYBODY, 15, door=Door.MEMBERS),
        Command(
            "cases", case_lists.on_cases_command, "help-staff", _STAFF, 30, in_group=1, anywhere=True, door=Door.MEMBERS
        ),
        Command("case", view.on_command, "help-staff", _STAFF, 31, in_group=2, anywhere=True, door=Door.MEMBERS),
        Command(
            "search",
            case_lists.on_search_command,
            "help-staff",
            _STAFF,
            32,
            in_group=3,
            anywhere=True,
            door=Door.MEMBERS,
        ),
        Command("note", letters.on_command, "help-staff", in_group=4, anywhere=True, door=Door.MEMBERS),
        Command(
            "answers",
            standard_answers.on_command,
            "help-answers",
            _STAFF,
            33,
            in_group=5,
            anywhere=True,
            door=Door.MEMBERS,
        ),
        Command("open", case_lists.on_open_command, "help-open", _OVERSEERS, 56, anywhere=True, door=Door.MEMBERS),
        Command(
            "overdue", case_lists.on_overdue_command, "help-open", _OVERSEERS, 57, anywhere=True, door=Door.MEMBERS
        ),
        Command(
            "undelivered",
            undelivered.on_command,
            "help-undelivered",
            _MANAGERS,
            75,
            anywhere=True,
            door=Door.MEMBERS,
        ),
    ),
    timers=(
        timer(TimerKind.ALBUM, additions.on_album_timer, read_id),
        timer(TimerKind.ALBUM_OF_REPLY, additions.on_album_timer, read_id),
        timer(TimerKind.CASE_ADDITIONS, gathering.on_timer, read_id),
        timer(TimerKind.UNSORTED_MESSAGES, triage.on_timer, read_pair),
        timer(TimerKind.LETTER_DRAFT, letters.on_timer, read_timer),
        timer(TimerKind.CASE_NUDGE, nudges.on_nudge_timer, read_id),
        timer(TimerKind.CASE_WAITING, nudges.on_waiting_timer, read_pair),
        timer(TimerKind.CASE_SILENT, nudges.on_silent_timer, read_pair),
        timer(TimerKind.CASE_REARM, deadlines.on_rearm_timer, read_id),
        timer(TimerKind.MORNING_DIGEST, digests.on_timer, read_timer),
        timer(TimerKind.BACKUP_TROUBLE, backups.on_timer, read_timer),
        timer(TimerKind.EVIDENCE_INFECTED, infections.on_timer, read_id),
        timer(TimerKind.GROWTH, growth.on_timer, read_timer),
    ),
)
