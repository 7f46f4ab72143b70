"""Entry points of the privacy room: what is kept of a person, what they decide about it, and how it is handed over and erased."""

from conversations.buttons import ForgetMeButton, PrivacyButton
from domain.people import Audience
from domain.timer_kinds import TimerKind
from handlers.privacy import forget_me, my_data, policy, retention
from handlers.turns.room import Command, Door, Room, press, read_id, read_timer, timer

_EVERYBODY = frozenset({Audience.ANYBODY})

ROOM = Room(
    presses=(
        press(PrivacyButton, policy.on_press, Door.PRIVATE),
        press(ForgetMeButton, forget_me.on_press, Door.PRIVATE_ROLES),
    ),
    commands=(
        Command("privacy", policy.on_command, "help-privacy", _EVERYBODY, 22, door=Door.OPEN),
        Command("mydata", my_data.on_command, "help-mydata", _EVERYBODY, 23),
        Command("forgetme", forget_me.on_command, "help-mydata", _EVERYBODY, 24),
    ),
    timers=(
        timer(TimerKind.PERSON_ERASE, forget_me.on_timer, read_id),
        timer(TimerKind.RETENTION, retention.on_timer, read_timer),
    ),
)
