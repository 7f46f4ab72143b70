"""Commands: what each does, and for whom. Whether somebody may is said where it is done."""

from conversations.surveys import rating
from domain.people import Role
from handlers.access import links
from handlers.campaigns import campaigns
from handlers.cases.customers import complaints, feedback, inquiries, my_cases
from handlers.cases.file import case_lists, view
from handlers.cases.messages import letters
from handlers.cases.staff import standard_answers
from handlers.deliveries import couriers
from handlers.fairness import manipulation_checks, my_ratings
from handlers.figures import exports, rankings, reports, summaries, trends
from handlers.people import customers, groups, roles
from handlers.phone_surveys import phone_list
from handlers.surveys import delivery_trace, ledger, ratings, survey_results
from handlers.turns import engine
from handlers.turns.batch import Turn
from handlers.turns.inbound import Arrival, Commanded

LOOKUP_COMMANDS = frozenset(
    {"note", "answers", "case", "cases", "search", "open", "overdue", "checks", "callbacks", "ledger", "why"}
)
"""Commands that count from whoever is in the group, known to us before or not."""


async def look_up(turn: Turn, command: Commanded, arrival: Arrival) -> None:
    """What staff, quality and managers note and look up."""
    match command.name:
        case "note":
            await letters.on_command(turn, command.args, arrival)
        case "answers":
            await standard_answers.on_command(turn, command.args)
        case "case":
            await view.on_command(turn, command.args, arrival)
        case "cases":
            await case_lists.on_cases_command(turn)
        case "search":
            await case_lists.on_search_command(turn, command.args)
        case "checks":
            await manipulation_checks.on_command(turn)
        case "callbacks":
            await phone_list.on_command(turn)
        case "ledger":
            await ledger.on_command(turn, command.args)
        case "why":
            await delivery_trace.on_command(turn, command.args)
        case _:
            await case_lists.on_open_command(turn, command.args, overdue=command.name == "overdue")


async def on_command(turn: Turn, command: Commanded, arrival: Arrival) -> None:  # noqa: C901, PLR0912, PLR0915 -- one case per command
    if command.to and command.to != turn.services.bot.lower():
        return
    if command.name not in _COMMANDS_FOR_ANYBODY:
        await turn.load_roles()
    match command.name:
        case "bind":
            await groups.on_command(turn, command.args)
        case "grant":
            await roles.on_grant_command(turn, command, arrival.replied_person)
        case "revoke":
            await roles.on_revoke_command(turn, command, arrival.replied_person)
        case "roles":
            await roles.on_roles_command(turn)
        case "summary":
            await summaries.on_command(turn, command.args)
        case "export":
            await exports.on_command(turn, command.args)
        case "report":
            await reports.on_command(turn, command.args)
        case "trend":
            await trends.on_command(turn, command.args)
        case "leaderboard":
            await rankings.on_command(turn, command.args)
        case "results":
            await survey_results.on_command(turn, command.args)
        case "help":
            _show_help(turn)
        case "cancel":
            _cancel_dialogue(turn)
        case _ if not turn.private:
            if command.to:
                turn.say("only-in-private")
        case "start":
            if links.is_link(command.args) or not (
                command.args and await roles.redeem_manager_code(turn, command.args)
            ):
                await customers.on_start_command(turn, command.args)
        case "rate":
            await ratings.on_command(turn)
        case "complain":
            await complaints.on_command(turn)
        case "mycases":
            await my_cases.on_command(turn)
            await view.on_mycases_command(turn)
        case "myratings" | "appeal" as name:
            await my_ratings.on_command(turn, appealable=name == "appeal")
        case "suggest":
            feedback.on_suggest_command(turn)
        case "ask":
            inquiries.on_command(turn)
        case "praise":
            await feedback.on_praise_command(turn)
        case "stop":
            await customers.on_stop_command(turn)
        case "resume":
            await customers.on_resume_command(turn)
        case "timezone":
            await customers.on_timezone_command(turn)
        case "campaign":
            await campaigns.on_command(turn)
        case "language":
            await customers.on_language_command(turn)
        case "delivered":
            await couriers.on_command(turn, command.args)
        case _:
            turn.say("unknown-command")


_COMMANDS_FOR_ANYBODY = frozenset(
    {
        "start",
        "rate",
        "complain",
        "mycases",
        "suggest",
        "ask",
        "praise",
        "language",
        "cancel",
        "stop",
        "resume",
        "timezone",
    }
)


def _cancel_dialogue(turn: Turn) -> None:
    """`/cancel`: the dialogue that waits for words is over; ratings already given stay."""
    session = engine.find_awaiting(turn) or max(
        (one for one in turn.batch.sessions.get(turn.lane, {}).values() if one.dialogue != rating.NAME),
        key=lambda one: one.touched,
        default=None,
    )
    if session is None or session.dialogue == rating.NAME:
        turn.say("nothing-to-cancel")
        return
    turn.batch.end_session(turn.lane, session.topic)
    turn.say("cancelled")


def _show_help(turn: Turn) -> None:
    keys = ["help-customer", "help-others"]
    if turn.person.departments or turn.person.is_quality or not turn.private:
        keys += ["help-staff", "help-answers"]
    if turn.person.couriers or turn.person.departments:
        keys.append("help-rated")
    if couriers.may_report(turn.company, turn.person):
        keys.append("help-courier")
    if turn.person.is_manager:
        keys += ["help-manager", "help-campaign"]
    if turn.person.is_manager or any(one.role is Role.HEAD for one in turn.person.grants):
        keys += ["help-report", "help-export", "help-trend", "help-leaderboard"]
    if turn.person.is_manager or turn.person.is_quality:
        keys += ["help-ledger", "help-checks"]
    turn.say_html("\n\n".join(turn.text(key) for key in keys))
