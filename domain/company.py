"""Company configuration: its departments, categories and promises. All of it is read from huifang.toml; nothing changes at run time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.cases.case import Case
from domain.language import match_language
from domain.privacy import PrivacyRules
from domain.surveys.survey import LocalizedText, Survey, localize


@dataclass(frozen=True, slots=True)
class Identity:
    """`languages` are those offered to people, the company's own first; `phone_region` is the region that local numbers are read in."""

    name: LocalizedText
    languages: tuple[str, ...]
    timezone: str = "Asia/Shanghai"
    phone_region: str = "CN"


@dataclass(frozen=True, slots=True)
class InvitationRules:
    """When and how customers are asked. Hours and days are counted from the delivery, or from the invitation.

    `file` is the survey after a delivery, `services` those of services with their own, `campaigns` those that only
    campaigns send. `ask_from` and `ask_until` are in the customer's local time; `zones` maps phone regions (US) and
    languages (en) to time zones that differ from the company's; a region takes precedence over a language. `sampling`
    is the percentage of each priority's deliveries that are asked about; a priority not named is always asked about.
    Customers who cannot be reached in chat are phoned at most `call_attempts` times; the person who took a call
    finishes it within `call_hours`.
    """

    file: str = "surveys/delivery.yaml"
    services: Mapping[str, str] = field(default_factory=dict)
    campaigns: tuple[str, ...] = ()
    invite_after_hours: float = 2
    invite_within_days: float = 7
    ask_from: str = "09:00"
    ask_until: str = "21:00"
    zones: Mapping[str, str] = field(default_factory=dict)
    ask_every_days: float = 7
    remind_after_hours: float = 48
    sampling: Mapping[str, float] = field(default_factory=lambda: {"P1": 80, "P2": 50, "P3": 20, "P4": 5})
    expire_after_days: float = 7
    change_within_days: float = 14
    lost_after_months: int = 6
    anonymous_minimum: int = 5
    couriers_report: bool = False
    low_rating: int = 2
    low_rating_becomes_case_after_minutes: float = 30
    link_days: float = 60
    call_attempts: int = 3
    call_hours: float = 4


@dataclass(frozen=True, slots=True)
class ImportRules:
    """How files of deliveries are read: `columns` maps their headings to our fields (or to `ignore`).

    `date_formats` (strptime) are tried before our own; `timezone` applies to moments without an offset; empty means the
    company's.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    date_formats: tuple[str, ...] = ()
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    name: LocalizedText


@dataclass(frozen=True, slots=True)
class Severity:
    """`answer_within_days` is in calendar days from receipt; hours are working hours.

    `second_review` makes the answer pass quality as well; `plan_required` refuses a resolution without a plan. Without
    a `name` the key is shown.
    """

    answer_within_days: float = 7
    second_review: bool = False
    plan_required: bool = False
    accept_within_hours: float = 2
    plan_within_hours: float = 24
    review_within_hours: float = 24
    name: LocalizedText = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HandlingRules:
    """What applies to every case. Days and hours are calendar time; `nudges` are the percentages of a deadline at which
    people are reminded; after `membership_hours` Telegram is asked again whether somebody is in their group. What a customer writes
    unasked becomes an inquiry for quality where no button is pressed for so many minutes. The audit log is kept for so many months, for good
    with 0.
    """

    regulator_within_days: int = 15
    silent_after_days: float = 7
    waiting_hours: float = 72
    reopen_within_days: float = 14
    repeat_within_days: float = 90
    inquiry_within_hours: float = 24
    nudges: tuple[int, ...] = (50, 80, 100)
    digest_at: str = "09:00"
    topics: bool = False
    pinned_digest: bool = False
    membership_hours: float = 24
    unsorted_becomes_inquiry_after_minutes: float = 30
    log_kept_months: int = 36


@dataclass(frozen=True, slots=True)
class FairnessRules:
    """Fair to those who are rated, and watchful for made-up ratings; what the weekly checks find is reviewed by people,
    never judged automatically.

    These stand out: `quick_responses` responses from one account within `quick_seconds`; more than `fives_an_hour` best
    ratings of one courier within an hour; `vanished_ratings` low ratings of one courier that turned good within a week;
    `upheld_appeals` appeals by one courier upheld within `upheld_days`.
    """

    appeal_within_days: float = 30
    quick_responses: int = 3
    quick_seconds: float = 60
    fives_an_hour: int = 10
    vanished_ratings: int = 1
    upheld_appeals: int = 3
    upheld_days: float = 90


@dataclass(frozen=True, slots=True)
class FigureRules:
    """How figures are judged and when they are sent. An index of `satisfied_from` or more is satisfied, of
    `basically_from` or more basically satisfied.

    Control limits come from the last `trend_periods`; units with fewer than `leaderboard_minimum` answers are not
    shown in rankings. `resolution_targets` are the percentages of complaints to be solved in one, two and three rounds.
    `score_weights` belong to the monthly department score, in any unit. `pushes` go out at `push_at`, after the period
    has ended. A complaint about a delivery is expected within `complaint_days`; until then the days' figures are growing.
    """

    satisfied_from: float = 80
    basically_from: float = 70
    trend_periods: int = 20
    leaderboard_minimum: int = 30
    resolution_targets: tuple[float, ...] = (90, 95, 99)
    score_weights: Mapping[str, float] = field(
        default_factory=lambda: {"satisfaction": 40, "on_time": 25, "handling": 20, "first_time": 15}
    )
    pushes: tuple[str, ...] = ("day", "week", "month", "quarter")
    push_at: str = "09:00"
    complaint_days: int = 14


@dataclass(frozen=True, slots=True)
class FloodRules:
    """How many messages, and how many commands, one person may send in a minute before we answer only what a dialogue needs."""

    messages_a_minute: int = 30


@dataclass(frozen=True, slots=True)
class TelegramRules:
    """What an operator weighs between us and Telegram: see `bot.sending.doubt` and `bot.leader`."""

    messages_in_doubt: int = 8
    late_updates_seconds: int = 60


@dataclass(frozen=True, slots=True)
class Reason:
    """A sub-reason; empty fields fall back to its category (for `cooperating`, which may be empty on purpose, None does)."""

    name: LocalizedText
    lead: str = ""
    cooperating: tuple[str, ...] | None = None
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    name: LocalizedText
    lead: str
    cooperating: tuple[str, ...] = ()
    severity: str = "normal"
    reasons: Mapping[str, Reason] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """Where a new case goes."""

    lead: str
    cooperating: tuple[str, ...]
    severity: str


_NO_REASON = Reason({})


@dataclass(frozen=True, slots=True)
class Company:
    """The validated company file. `quality` and `management` name departments; `survey` is the one after a delivery.

    `surveys` are all of them by key; `by_service` names those of services with their own.
    """

    identity: Identity
    departments: Mapping[str, Department]
    quality: str
    management: str
    categories: Mapping[str, Category]
    severities: Mapping[str, Severity]
    invitations: InvitationRules = field(default_factory=InvitationRules)
    survey: Survey | None = None
    surveys: Mapping[str, Survey] = field(default_factory=dict)
    by_service: Mapping[str, str] = field(default_factory=dict)
    handling: HandlingRules = field(default_factory=HandlingRules)
    calendar: Calendar = field(default_factory=lambda: Calendar(ZoneInfo("Asia/Shanghai")))
    fairness: FairnessRules = field(default_factory=FairnessRules)
    importing: ImportRules = field(default_factory=ImportRules)
    figures: FigureRules = field(default_factory=FigureRules)
    codes: Mapping[str, str] = field(default_factory=dict)
    """Aliases of the available languages, see `domain.language`."""
    flooding: FloodRules = field(default_factory=FloodRules)
    telegram: TelegramRules = field(default_factory=TelegramRules)
    privacy: PrivacyRules = field(default_factory=PrivacyRules)
    wording: tuple[tuple[str, str, str], ...] = ()
    """Messages in the company's own words: language, key, and the message in Fluent."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.identity.timezone)

    def find_push_time(self, day: date) -> datetime:
        """When summaries and alerts go out on this day; if clocks skip the moment, later by as much as they skip."""
        return datetime.combine(day, time.fromisoformat(self.figures.push_at), self.zone)

    def find_digest_time(self, day: date) -> datetime:
        """When the morning's digests and lists go out on this day; skipped moments as in `find_push_time`."""
        return datetime.combine(day, time.fromisoformat(self.handling.digest_at), self.zone)

    @property
    def language(self) -> str:
        return self.identity.languages[0]

    def choose_language(self, code: str | None) -> str:
        """The language for somebody whose client says `code`; for an unknown code English, if the company has it."""
        if not code:
            return self.language
        return self.find_offered_language(code) or ("en" if "en" in self.identity.languages else self.language)

    def find_offered_language(self, code: str) -> str:
        """The offered language for a code as other systems write it; empty if there is none."""
        return match_language(code, self.identity.languages, self.codes)

    def route(self, category: str, reason: str = "", delivered_by: str = "") -> Route:
        """Who leads and who cooperates: the department that delivered leads if it is one of ours, else the reason's,
        else the category's.
        """
        whole = self.categories[category]
        part = whole.reasons.get(reason, _NO_REASON)
        lead = delivered_by if delivered_by in self.case_departments else part.lead or whole.lead
        cooperating = whole.cooperating if part.cooperating is None else part.cooperating
        others = tuple(one for one in dict.fromkeys(cooperating) if one != lead)
        return Route(lead, others, part.severity or whole.severity)

    def find_survey(self, service: str) -> Survey:
        """The survey that follows a delivery of this service."""
        survey = self.surveys.get(self.by_service.get(service, "")) or self.survey
        assert survey is not None  # noqa: S101 -- the company file is not accepted without one
        return survey

    @property
    def named_services(self) -> tuple[frozenset[str] | None, frozenset[str]]:
        """The services whose survey is not anonymous: only these (None for all), without those."""
        own = {service: self.surveys[key].anonymous for service, key in self.by_service.items()}
        if self.survey is not None and self.survey.anonymous:
            return frozenset(service for service, anonymous in own.items() if not anonymous), frozenset()
        return None, frozenset(service for service, anonymous in own.items() if anonymous)

    @property
    def case_departments(self) -> tuple[str, ...]:
        """The departments that work on cases: all except quality and management."""
        return tuple(key for key in self.departments if key not in {self.quality, self.management})

    def count_required_approvals(self, case: Case) -> int:
        """How many approvals an answer needs."""
        return 2 if self.severities[case.severity].second_review else 1

    def find_department(self, said: str) -> str | None:
        """The department of this key, or of this name in any language."""
        wanted = said.strip().casefold()
        for key, department in self.departments.items():
            if wanted in {key.casefold(), *(name.casefold() for name in department.name.values())}:
                return key
        return None

    def department_name(self, key: str, language: str) -> str:
        """What people call it; a department that has left the file goes by its key."""
        known = self.departments.get(key)
        return (localize(known.name, language) if known else "") or key

    def severity_name(self, key: str, language: str) -> str:
        """The name people use; a severity no longer in the file is called by its key."""
        known = self.severities.get(key)
        return (localize(known.name, language) if known else "") or key
