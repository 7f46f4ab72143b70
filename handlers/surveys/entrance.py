"""Entry points of the surveys room: rating, effects of an answer, invitations, results, what became of asking."""

from conversations.buttons import RateDeliveryButton
from conversations.surveys.rating_states import (
    AnonymousSurveyCompleted,
    AnswerRecounted,
    ComplaintDeclined,
    ComplaintFiled,
    RatingAnswered,
)
from domain.people import Audience
from domain.timer_kinds import TimerKind
from handlers.surveys import anonymous, delivery_trace, invitations, ledger, ratings, survey_results
from handlers.turns.room import (
    Command,
    Door,
    Room,
    fact,
    press,
    read_id,
    read_pair,
    timer,
    timers_together,
)

_OVERSEERS = frozenset({Audience.MANAGER, Audience.QUALITY})

ROOM = Room(
    presses=(press(RateDeliveryButton, ratings.on_press, Door.PRIVATE),),
    facts=(
        fact(RatingAnswered, ratings.on_answer_fact),
        fact(AnswerRecounted, ratings.on_recount_fact),
        fact(AnonymousSurveyCompleted, anonymous.on_fact),
        fact(ComplaintFiled, ratings.on_complaint_fact),
        fact(ComplaintDeclined, ratings.on_decline_fact),
    ),
    commands=(
        Command("rate", ratings.on_command, "help-customer", frozenset({Audience.ANYBODY}), 10, door=Door.OPEN),
        Command("results", survey_results.on_command, "help-results", frozenset({Audience.MANAGER}), 55, anywhere=True),
        Command("ledger", ledger.on_command, "help-ledger", _OVERSEERS, 58, anywhere=True, door=Door.MEMBERS),
        Command("why", delivery_trace.on_command, "help-ledger", _OVERSEERS, 59, anywhere=True, door=Door.MEMBERS),
    ),
    timers=(
        timers_together(TimerKind.SURVEY_INVITE, invitations.on_invite_timer, read_id),
        timers_together(TimerKind.SURVEY_REMIND, invitations.on_remind_timer, read_pair),
        timers_together(TimerKind.SURVEY_EXPIRE, invitations.on_expire_timer, read_pair),
        timers_together(TimerKind.SURVEY_SETTLE, anonymous.on_timer, read_pair),
        timer(TimerKind.SURVEY_LOW_RATING, ratings.on_low_timer, read_pair),
        timer(TimerKind.SURVEY_FORGET, ratings.on_forget_timer, read_pair),
    ),
)
