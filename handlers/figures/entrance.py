"""Entry points of the figures room: summaries, trends, rankings, reports, exports, and scheduled pushes."""

from conversations.buttons import (
    DrillDownButton,
    ExportButton,
    LeaderboardButton,
    ReportButton,
    SummaryButton,
    TrendButton,
)
from domain.people import Audience
from domain.timer_kinds import TimerKind
from handlers.figures import alerts, champions, drill_down, exports, rankings, reports, scheduled, summaries, trends
from handlers.turns.room import Command, Door, Room, press, read_due_at, read_timer, timer

_LEADERS = frozenset({Audience.MANAGER, Audience.HEAD})

ROOM = Room(
    presses=(
        press(SummaryButton, summaries.on_press, Door.ROLES),
        press(TrendButton, trends.on_press, Door.ROLES),
        press(LeaderboardButton, rankings.on_press, Door.ROLES),
        press(ExportButton, exports.on_press, Door.ROLES),
        press(ReportButton, reports.on_press, Door.ROLES),
        press(DrillDownButton, drill_down.on_press, Door.MEMBERS),
    ),
    commands=(
        Command("summary", summaries.on_command, "help-summary", _LEADERS, 50, in_group=6, anywhere=True),
        Command("trend", trends.on_command, "help-trend", _LEADERS, 51, anywhere=True),
        Command("leaderboard", rankings.on_command, "help-leaderboard", _LEADERS, 52, anywhere=True),
        Command("report", reports.on_command, "help-report", _LEADERS, 53, anywhere=True),
        Command("export", exports.on_command, "help-export", _LEADERS, 54, anywhere=True),
    ),
    timers=(
        timer(TimerKind.ALERTS, alerts.on_timer, read_due_at),
        timer(TimerKind.CHAMPIONS, champions.on_timer, read_due_at),
        timer(TimerKind.SCHEDULED_SUMMARY, scheduled.on_timer, read_timer),
    ),
)
