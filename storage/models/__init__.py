"""Table definitions, one file per subject. Personal data (names, phones, words, drafts, messages owed) is sealed since the first migration."""

from storage.models.base import metadata
from storage.models.campaigns import campaign_recipients, campaigns
from storage.models.cases import (
    cards,
    case_events,
    case_words,
    cases,
    contributions,
    deadlines,
    nudges,
    standard_answers,
    talk,
    topics,
    unindexed,
)
from storage.models.deliveries import deliveries
from storage.models.evidence import evidence
from storage.models.people import api_tokens, grants, groups, identities, people, withheld_roles
from storage.models.spine import audit, counters, group_windows, inbox, messages, meta, outbox, sessions, timers
from storage.models.surveys import anonymous_answers, answers, appeals, callbacks, invitations, surveys
from storage.models.totals import (
    casework_totals,
    courses,
    deadline_totals,
    delivery_totals,
    duration_totals,
    packed_totals,
    rating_totals,
)

__all__ = [
    "anonymous_answers",
    "answers",
    "api_tokens",
    "appeals",
    "audit",
    "callbacks",
    "campaign_recipients",
    "campaigns",
    "cards",
    "case_events",
    "case_words",
    "cases",
    "casework_totals",
    "contributions",
    "counters",
    "courses",
    "deadline_totals",
    "deadlines",
    "deliveries",
    "delivery_totals",
    "duration_totals",
    "evidence",
    "grants",
    "group_windows",
    "groups",
    "identities",
    "inbox",
    "invitations",
    "messages",
    "meta",
    "metadata",
    "nudges",
    "outbox",
    "packed_totals",
    "people",
    "rating_totals",
    "sessions",
    "standard_answers",
    "surveys",
    "talk",
    "timers",
    "topics",
    "unindexed",
    "withheld_roles",
]
