"""Entry points of the deliveries room: what couriers report in chat. What other systems report comes in by HTTP and files."""

from domain.people import Audience
from handlers.deliveries import couriers
from handlers.turns.room import Command, Room

ROOM = Room(
    commands=(Command("delivered", couriers.on_command, "help-courier", frozenset({Audience.REPORTING_COURIER}), 42),),
)
