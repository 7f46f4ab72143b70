"""Entry points of the phone surveys room: the list, the calls, and answers entered on the customer's behalf."""

from conversations.buttons import PhoneCallButton, PhoneListButton
from conversations.surveys.rating_states import RatingAnswered
from domain.timer_kinds import TimerKind
from handlers.phone_surveys import on_behalf, phone_calls, phone_list
from handlers.turns.room import Command, Door, Room, fact, press, read_id, read_timer, timer

ROOM = Room(
    presses=(
        press(PhoneCallButton, phone_calls.on_press, Door.MEMBERS),
        press(PhoneListButton, phone_calls.on_press, Door.MEMBERS),
    ),
    facts=(fact(RatingAnswered, on_behalf.on_fact),),
    commands=(Command("callbacks", phone_list.on_command, "help-ledger", anywhere=True, door=Door.MEMBERS),),
    timers=(
        timer(TimerKind.PHONE_LIST, phone_list.on_timer, read_timer),
        timer(TimerKind.PHONE_CALL_BACK_TO_LIST, phone_calls.on_timer, read_id),
    ),
)
