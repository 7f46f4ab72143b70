"""Entry points of the campaigns room: planning, acting on campaigns, sending."""

from conversations.buttons import CampaignButton
from conversations.campaigns.campaign import CampaignPlanned, ReachRequested
from domain.people import Audience
from domain.timer_kinds import TimerKind
from handlers.campaigns import campaigns, dispatch
from handlers.turns.room import Command, Door, Room, fact, press, read_id, timer

ROOM = Room(
    presses=(press(CampaignButton, campaigns.on_press, Door.PRIVATE),),
    facts=(fact(ReachRequested, campaigns.on_drafted_fact), fact(CampaignPlanned, campaigns.on_planned_fact)),
    commands=(Command("campaign", campaigns.on_command, "help-campaign", frozenset({Audience.MANAGER}), 60),),
    timers=(
        timer(TimerKind.CAMPAIGN_SEND, dispatch.on_send_timer, read_id),
        timer(TimerKind.CAMPAIGN_PROGRESS, dispatch.on_progress_timer, read_id),
    ),
)
