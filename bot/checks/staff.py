"""Staff: whether each department has a group that can be reached, by what the database knows."""

from collections.abc import Collection

from bot.checks.finding import Finding, Inspection, ok, wrong
from storage.engine.database import Tx
from storage.people import groups
from storage.people.groups import Group


async def check_groups(tx: Tx, inspection: Inspection) -> list[Finding]:
    """Whether each bound group can be reached, and whether its department is one of the company file (if that can be read)."""
    departments = None if inspection.company is None else inspection.company.departments
    return [_judge_group(group, departments) for group in await groups.list_bound(tx)]


def _judge_group(group: Group, departments: Collection[str] | None) -> Finding:
    what = f"group of {group.department}"
    if departments is not None and group.department not in departments:
        cure = "put its key back, or bind the group anew with /bind"
        return wrong(what, "the company file has no such department", cure)
    if not group.here:
        return wrong(what, "lost", "add the bot to it again, or bind another with /bind")
    return ok(what, "reachable")
