"""Roles and grants: who somebody is to the company, and what follows from it.

1. A person is known by a Telegram chat, a phone number, or both; what they may do is a grant, never a guess.
2. Everybody in a department's group is staff of that department for as long as they are in it.
"""

import enum
from dataclasses import dataclass


class Role(enum.StrEnum):
    """The roles that a manager grants in chat."""

    STAFF = "staff"
    HEAD = "head"
    QUALITY = "quality"
    MANAGER = "manager"
    COURIER = "courier"


class Reach(enum.StrEnum):
    """Whether the bot can write to somebody."""

    UNKNOWN = "unknown"
    OPEN = "open"
    BLOCKED = "blocked"


class Audience(enum.Enum):
    """Whose menu and help a command is in."""

    ANYBODY = "anybody"
    STAFF = "staff and quality"
    RATED = "couriers and staff"
    COURIER = "couriers"
    REPORTING_COURIER = "couriers who may report deliveries"
    QUALITY = "quality"
    HEAD = "heads of departments"
    MANAGER = "managers"


@dataclass(frozen=True, slots=True)
class Grant:
    """One role; `department` is the key of its department, for a courier the courier's id, None if it spans the company."""

    role: Role
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has a chat with the bot, or has acted in a group that the bot is in; `consent` is the version they agreed to, 0 for none."""

    id: int
    telegram_id: int
    language: str
    name: str = ""
    username: str = ""
    reachable: bool = False
    chose_language: bool = False
    grants: frozenset[Grant] = frozenset()
    consent: int = 0

    @property
    def is_manager(self) -> bool:
        return any(grant.role is Role.MANAGER for grant in self.grants)

    @property
    def is_quality(self) -> bool:
        return any(grant.role is Role.QUALITY for grant in self.grants)

    def is_head_of(self, department: str) -> bool:
        return Grant(Role.HEAD, department) in self.grants

    def is_staff_of(self, department: str) -> bool:
        return self.is_head_of(department) or Grant(Role.STAFF, department) in self.grants

    def works_in(self, department: str) -> bool:
        """Whether this person is staff of this department; of quality, too, whose members have a role of their own."""
        return self.is_staff_of(department) or Grant(Role.QUALITY, department) in self.grants

    @property
    def couriers(self) -> frozenset[str]:
        """The ids under which this person delivers and is rated."""
        return frozenset(g.department for g in self.grants if g.department and g.role is Role.COURIER)

    @property
    def departments(self) -> frozenset[str]:
        """The departments this person works in, as staff or head."""
        return frozenset(g.department for g in self.grants if g.department and g.role in {Role.STAFF, Role.HEAD})
