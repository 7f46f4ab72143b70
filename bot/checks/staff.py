"""Staff: whether there is a manager, and each department has a group and a head, by what the database knows."""

from collections.abc import Collection

from bot.checks.finding import Finding, Inspection, look, ok, wrong
from domain.people import Role
from storage.engine.database import Tx
from storage.people import groups, people
from storage.people.groups import Group


async def check_managers(tx: Tx, _inspection: Inspection) -> list[Finding]:
    """Whether anybody can bind groups and grant roles; on a fresh installation, what comes next."""
    managers = await people.list_holders(tx, Role.MANAGER)
    if not managers:
        cure = "send the bot `/start CODE`; `huifang run` printed the code, `huifang manager-code` makes a new one"
        return [look("managers", "there is none yet", cure)]
    reachable = sum(person.reachable for person in managers)
    if not reachable:
        cure = "have one of them unblock the bot, or make another with `huifang manager-code`"
        return [wrong("managers", f"none of {len(managers)} can be written to", cure)]
    return [ok("managers", str(len(managers)))]


async def check_departments(tx: Tx, inspection: Inspection) -> list[Finding]:
    """Which departments have no group or no head."""
    if inspection.company is None:
        return []
    bound = {group.department for group in await groups.list_bound(tx)}
    if not bound:
        cure = "make a Telegram group for each, add the bot to it, and have a manager write `/bind DEPARTMENT` there"
        return [look("departments", "none has a group yet: " + ", ".join(inspection.company.departments), cure)]
    findings = []
    without_group = [key for key in inspection.company.departments if key not in bound]
    if without_group:
        cure = "add the bot to a group, and have a manager write `/bind DEPARTMENT` there; until then quality hears of its cases"
        findings.append(look("departments", "without a group: " + ", ".join(without_group), cure))
    without_head = [
        key
        for key in inspection.company.case_departments
        if key in bound and not await people.list_holders(tx, Role.HEAD, department=key)
    ]
    if without_head:
        cure = (
            "have a manager answer a message of the head in the group with `/grant head`: nobody else approves answers"
        )
        findings.append(look("departments", "without a head: " + ", ".join(without_head), cure))
    return findings or [ok("departments", "each has a group and a head")]


async def check_groups(tx: Tx, inspection: Inspection) -> list[Finding]:
    """Groups that are lost, or bound to a department that the company file does not have (if it can be read)."""
    departments = None if inspection.company is None else inspection.company.departments
    judged = [_judge_group(group, departments) for group in await groups.list_bound(tx)]
    return [finding for finding in judged if finding is not None]


def _judge_group(group: Group, departments: Collection[str] | None) -> Finding | None:
    what = f"group of {group.department}"
    if departments is not None and group.department not in departments:
        cure = "put its key back, or bind the group anew with /bind"
        return wrong(what, "the company file has no such department", cure)
    if not group.here:
        return wrong(what, "lost: nothing can be sent to it", "add the bot to it again, or bind another with /bind")
    return None
