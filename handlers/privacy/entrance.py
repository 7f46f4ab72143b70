"""Entry points of the privacy room: what is kept of a person, and what they decide about it."""

from conversations.buttons import PrivacyButton
from domain.people import Audience
from handlers.privacy import policy
from handlers.turns.room import Command, Door, Room, press

_EVERYBODY = frozenset({Audience.ANYBODY})

ROOM = Room(
    presses=(press(PrivacyButton, policy.on_press, Door.PRIVATE),),
    commands=(Command("privacy", policy.on_command, "help-privacy", _EVERYBODY, 22, door=Door.OPEN),),
)
