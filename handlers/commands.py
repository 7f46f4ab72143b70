"""Commands: what each does, and for whom. Whether somebody may is said where it is done."""

from conversations.surveys import rating
from domain.people import Role
from handlers.access import links
from handlers.campaigns import campaigns
from handlers.cases.customers import complaints, inquiries, mycases, others
from handlers.cases.file import finding, looks
from handlers.cases.messages import talk
from handlers.cases.staff import standards
from handlers.deliveries import couriers
from handlers.fairness import checks, myratings
from handlers.figures import exporting, rankings, reporting, summaries, trends
from handlers.people import customers, groups, managers
from handlers.phone_surveys import callbacks
from handlers.surveys import ledger, polls, ratings, why
from handlers.turns import engine
from handlers.turns.batch import Turn
from handlers.turns.inbound import Arrival, Commanded

LOOKED_UP = frozenset(
    {"note", "answers", "case", "cases", "search", "open", "overdue", "checks", "callbacks", "ledger", "why"}
)
"""Commands that count from whoever is in the group, known to us before or not."""


async def looked(turn: Turn, command: Commanded, arrival: Arrival) -> None:
    """What staff, quality and managers note and look up."""
    match command.name:
        case "note":
            await talk.noted(turn, command.args, arrival)
        case "answers":
            await standards.answers(turn, command.args)
        case "case":
            await looks.case(turn, command.args, arrival)
        case "cases":
            await finding.department_cases(turn)
        case "search":
            await finding.find(turn, command.args)
        case "checks":
            await checks.on_demand(turn)
        case "callbacks":
            await callbacks.command(turn)
        case "ledger":
            await ledger.command(turn, command.args)
        case "why":
            await why.command(turn, command.args)
        case _:
            await finding.by_department(turn, command.args, overdue=command.name == "overdue")


async def commanded(turn: Turn, command: Commanded, arrival: Arrival) -> None:  # noqa: C901, PLR0912, PLR0915 -- one case per command
    if command.to and command.to != turn.services.bot.lower():
        return
    if command.name not in _FOR_ANYBODY:
        await turn.know_roles()
    match command.name:
        case "bind":
            await groups.bind(turn, command.args)
        case "grant":
            await managers.grant(turn, command, arrival.replied_person)
        case "revoke":
            await managers.revoke(turn, command, arrival.replied_person)
        case "roles":
            await managers.roles(turn)
        case "summary":
            await summaries.summary(turn, command.args)
        case "export":
            await exporting.asked(turn, command.args)
        case "report":
            await reporting.command(turn, command.args)
        case "trend":
            await trends.command(turn, command.args)
        case "leaderboard":
            await rankings.command(turn, command.args)
        case "results":
            await polls.asked(turn, command.args)
        case "help":
            _help(turn)
        case "cancel":
            _cancel(turn)
        case _ if not turn.private:
            if command.to:
                turn.say("only-in-private")
        case "start":
            if links.is_link(command.args) or not (command.args and await managers.redeem(turn, command.args)):
                await customers.start(turn, command.args)
        case "rate":
            await ratings.choose_delivery(turn)
        case "complain":
            await complaints.complain(turn)
        case "mycases":
            await mycases.my_cases(turn)
            await looks.owned(turn)
        case "myratings" | "appeal" as name:
            await myratings.asked(turn, appealable=name == "appeal")
        case "suggest":
            others.suggest(turn)
        case "ask":
            inquiries.ask(turn)
        case "praise":
            await others.praise(turn)
        case "stop":
            await customers.stop(turn)
        case "resume":
            await customers.resume(turn)
        case "timezone":
            await customers.choose_zone(turn)
        case "campaign":
            await campaigns.campaign(turn)
        case "language":
            await customers.choose_language(turn)
        case "delivered":
            await couriers.delivered(turn, command.args)
        case _:
            turn.say("unknown-command")


_FOR_ANYBODY = frozenset(
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


def _cancel(turn: Turn) -> None:
    """`/cancel`: the dialogue that waits for words is over; ratings already given stay."""
    session = engine.awaiting(turn) or max(
        (one for one in turn.batch.sessions.get(turn.lane, {}).values() if one.dialogue != rating.NAME),
        key=lambda one: one.touched,
        default=None,
    )
    if session is None or session.dialogue == rating.NAME:
        turn.say("nothing-to-cancel")
        return
    turn.batch.end_session(turn.lane, session.topic)
    turn.say("cancelled")


def _help(turn: Turn) -> None:
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
