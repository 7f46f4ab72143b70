"""A campaign: a survey asked of a group of customers on a date or a cycle, planned by one manager, approved by a second."""

import enum


class Cycle(enum.StrEnum):
    """How often a campaign comes again."""

    ONCE = "once"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class State(enum.StrEnum):
    """`PLANNED` waits for a second manager, `APPROVED` for its date; a stopped one can be resumed."""

    PLANNED = "planned"
    DECLINED = "declined"
    APPROVED = "approved"
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"
    CANCELLED = "cancelled"


class Recipient(enum.StrEnum):
    """What became of one person in one run."""

    WAITING = "waiting"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    STOPPED = "stopped"
