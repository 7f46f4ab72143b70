"""Entry points of the fairness room: people's own ratings, appeals against them, checks for manipulation."""

from conversations.buttons import AppealButton, MyRatingsButton
from conversations.cases.reason import ReasonGiven
from conversations.surveys.rating_states import RatingAnswered
from domain.people import Audience
from domain.timer_kinds import TimerKind
from handlers.fairness import appeals, manipulation_checks, my_ratings
from handlers.turns.room import Command, Door, Room, fact, press, read_due_at, timer

ROOM = Room(
    presses=(
        press(AppealButton, appeals.on_press, Door.MEMBERS),
        press(MyRatingsButton, my_ratings.on_press, Door.PRIVATE_ROLES),
    ),
    facts=(
        fact(RatingAnswered, appeals.on_answer_fact),
        fact(ReasonGiven, appeals.on_fact, roles=True, events=sorted(appeals.EVENTS)),
    ),
    commands=(
        Command("myratings", my_ratings.on_command, "help-rated", frozenset({Audience.RATED}), 40),
        Command("appeal", my_ratings.on_appeal_command, "help-rated", frozenset({Audience.COURIER}), 41),
        Command(
            "checks",
            manipulation_checks.on_command,
            "help-checks",
            frozenset({Audience.MANAGER, Audience.QUALITY}),
            70,
            anywhere=True,
            door=Door.MEMBERS,
        ),
    ),
    timers=(timer(TimerKind.MANIPULATION_CHECKS, manipulation_checks.on_timer, read_due_at),),
)
