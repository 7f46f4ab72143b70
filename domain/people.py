"""Roles and grants: who somebody is to the company, and what follows from it.

1. A person is known by a Telegram chat, a phone number, or both; what they may do is a grant, never a guess.
2. Everybody in a department's group is staff of that department for as long as they are in it.
3. Masking is the default wherever more than one person can see: names, phones, addresses.
"""

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass

_PHONE = re.compile(r"(?<!\d)(?!\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d))\+?\(?\d(?:[\s().\-–]{0,2}\d){6,}")

_NUMBER_OF_OURS = r"(?<![A-Za-z0-9])[CSQP]-\d{6}-\d{4,}(?!\d)"
_WAYBILL = r"(?<![A-Za-z0-9])(?!QQ)(?![A-Z]{2}1[3-9]\d{9}(?!\d))[A-Z]{2}\d{9,15}(?:[A-Z]{2})?(?![A-Za-z0-9])"
PLACE_MARK = "📍"
"""What a line begins with that says where on a map something is."""

_EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"


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
    """Somebody who has a chat with the bot, or has acted in a group that the bot is in."""

    id: int
    telegram_id: int
    language: str
    name: str = ""
    username: str = ""
    reachable: bool = False
    chose_language: bool = False
    grants: frozenset[Grant] = frozenset()

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


def mask_name(name: str) -> str:
    """Keep the first character: 王小明 → 王**, Anna → A***."""
    name = name.strip()
    return name[:1] + "*" * min(max(len(name) - 1, 1), 3) if name else ""


def mask_phone(phone: str) -> str:
    """Keep the last four digits: +8613800138000 → ***8000."""
    digits = "".join(character for character in phone if character.isdigit())
    return f"***{digits[-4:]}" if digits else ""


def mask_phones(text: str) -> str:
    """Mask the phone numbers somebody may have written in free text, all but the last four digits. Dates are left as they are.

    Seven or more digits count as a phone number, however grouped: hiding too much is better than too little.
    """
    return _PHONE.sub(lambda found: mask_phone(found[0]), text)


def compile_told(addresses: Iterable[str]) -> re.Pattern[str]:
    """What in somebody's own words says how to reach them; `addresses` are forms of what tells a house and a door."""
    places = "|".join(f"(?:{form})" for form in addresses) or "(?!)"
    kept = f"(?P<kept>{_NUMBER_OF_OURS}|{_WAYBILL})"
    spot = rf"(?<={PLACE_MARK})[^\n]+"
    return re.compile(f"{kept}|(?P<email>{_EMAIL})|(?P<spot>{spot})|(?P<place>{places})|(?P<phone>{_PHONE.pattern})")


def mask_words(text: str, told: re.Pattern[str], keep: str = "") -> str:
    """Mask what a customer's own words say about where the customer is: phone numbers, e-mail addresses, and which house and door.

    Numbers of cases and waybills are for everybody who works on the case: they stay, and so does `keep`. How somebody writes an
    address is anybody's guess, so that some will get through.
    """
    return told.sub(lambda found: _mask_told(found, keep), text)


def _mask_told(piece: re.Match[str], keep: str) -> str:
    match piece.lastgroup:
        case "kept":
            return piece[0]
        case "phone":
            return piece[0] if keep and piece[0].strip() == keep else mask_phone(piece[0])
        case "email":
            return f"{piece[0][0]}***@***"
        case _:
            return "***"
