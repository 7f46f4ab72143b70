"""Case card: its words and buttons, drawn from the current case. Nothing is read or written here.

1. The buttons are those the table allows in this state; the user's permission is checked at the press.
2. What a group need not know is masked: names, phones, contacts, and the same in the customer's own words.
"""

from dataclasses import dataclass, field
from datetime import datetime

from conversations.buttons import CASE_ACTIONS, CaseActionButton
from conversations.protocol import Key, KeyboardRow, Text
from domain.cases.case import OPEN, Case, CaseEvent, CaseKind, CasePart, CaseState
from domain.cases.feedback import LIFECYCLES
from domain.company import Company
from domain.masking import mask_name, mask_phone
from domain.surveys.survey import localize
from handlers.access.case_rights import ChatRole
from handlers.turns.services import Services
from reports.wording.wording import fit_on_one_line
from texts.length import trim

SHOWN_CHARACTERS = 700
"""How many characters of the customer's words a card shows; `Full text` has the rest."""

BUTTONS_PER_ROW = 3
_CODES = {name: code for code, name in CASE_ACTIONS.items()}
_OVER = frozenset(CaseState) - OPEN
_STAFF = {CasePart.STAFF, CasePart.OWNER, CasePart.HEAD, CasePart.REVIEWER, CasePart.QUALITY}
_REVIEWING = {CasePart.REVIEWER, CasePart.QUALITY}
_FOR_QUALITY = {CaseEvent.MERGE, CaseEvent.REGULATOR_COMPLAINT}


@dataclass(frozen=True, slots=True)
class CardChat:
    """A chat that has the card: its language, and what it is to the case."""

    language: str
    role: ChatRole = ChatRole.LEAD


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a card says besides the case itself; `courier` is the name of who delivered."""

    files: int = 0
    deadlines: tuple[tuple[str, datetime], ...] = field(default=())
    """Open deadlines other than the answer's: text key of the stage, and when it is due."""
    edited: bool = False
    """Whether the customer edited what they said."""
    approved: str = ""
    """Who gave the first of two approvals, while the second is due."""
    courier: str = ""


def card_name(case: int) -> str:
    """Our name for the message that is this case's card in a chat."""
    return f"card:{case}"


def draw_buttons(case: Case, role: ChatRole = ChatRole.LEAD) -> tuple[KeyboardRow, ...]:
    """What the present state allows, and what can always be looked at."""
    looks = ["note", "history", "full_text"]
    if role is ChatRole.COOPERATING:
        acts = ["report"] if case.state not in _OVER else []
        return _arrange_buttons(case, [*acts, *looks])
    allowed = [
        row.event
        for row in LIFECYCLES[case.kind]
        if case.state in row.origin
        and row.who & _STAFF
        and row.event.value in _CODES
        and (row.event not in _FOR_QUALITY or role is not ChatRole.LEAD)
        and (role is not ChatRole.QUALITY or row.who & _REVIEWING)
    ]
    if case.owner is not None and (case.contact or case.customer is not None):
        looks.append("reveal")
    return (*_arrange_buttons(case, [event.value for event in allowed]), *_arrange_buttons(case, looks, len(looks)))


def draw_card(services: Services, case: Case, language: str, facts: CardFacts) -> str:
    """The card's text: everything somebody needs to act, nothing that a group need not know."""

    def line(key: str, /, **args: str | int) -> str:
        return services.texts.html(language, key, args)

    company = services.company
    state = services.texts.plain(language, f"state-{case.state.replace('_', '-')}")
    severity = company.severity_name(case.severity, language)
    about = (
        ("card-handling", str(case.handling or "")),
        ("card-waybill", case.waybill),
        ("card-courier", name_courier(case.courier, facts.courier)),
        ("card-contact", mask_contact(case.contact)),
    )
    work = (
        ("card-said", trim(services.mask_words(case.description, case.waybill), SHOWN_CHARACTERS)),
        ("card-wanted", trim(services.mask_words(case.wanted, case.waybill), 200)),
        ("card-plan", trim((case.plan or {}).get("measure", ""), 300)),
        ("card-action", trim((case.resolution or {}).get("action", ""), 400)),
        ("card-note", trim(case.note, 400)),
    )
    where = {
        "category": category_name(company, case, language),
        "department": company.department_name(case.department, language),
    }
    urgency = "no" if case.severity == "normal" else trim(severity, 40)
    what = draw_matter(services, case, language)
    lines = [
        line("card-head", number=case.number, state=state, what=what, urgency=urgency),
        line("card-category", **where),
    ]
    lines += [line(key, text=value) for key, value in about if value]
    if case.round > 1:
        lines.append(line("card-round", round=case.round))
    if case.appealed:
        lines.append(line("card-appealed"))
    if case.kind is not CaseKind.PRAISE:
        lines.append(line("card-due", due=format_moment(case.due_at, company)))
    lines += [line(key, due=format_moment(due, company)) for key, due in facts.deadlines]
    if case.kind is CaseKind.SUGGESTION and case.plan is not None:
        rated = {need: case.plan.get(need, "") for need in ("value", "feasibility")}
        lines.append(line("card-adopted", due=format_plan_due(case, company), **rated))
    if case.kind not in {CaseKind.PRAISE, CaseKind.INQUIRY}:
        lines.append(line("card-owner", owner=case.owner_name) if case.owner_name else line("card-no-owner"))
    if facts.approved:
        lines.append(line("card-approved", name=facts.approved))
    if facts.files:
        lines.append(line("card-files", count=facts.files))
    if not case.description:
        lines.append("\n" + line("card-nothing-said"))
    lines += ["\n" + line(key, text=text) for key, text in work if text]
    if facts.edited:
        lines.append(line("said-edited"))
    return "\n".join(lines)


def draw_matter(services: Services, case: Case, language: str) -> str:
    """What a case is about in a few words: the reason of a complaint, else its category; of other cases their kind."""
    if case.kind is not CaseKind.COMPLAINT:
        return services.texts.plain(language, f"kind-{case.kind}", {})
    return reason_name(services.company, case, language) or category_name(services.company, case, language)


def name_courier(courier: str, name: str) -> str:
    """By name, with the id by which the company knows them; by id alone where no name is known."""
    return f"{trim(fit_on_one_line(name), 40)} ({courier})" if name and courier else courier


def reason_name(company: Company, case: Case, language: str) -> str:
    category = company.categories.get(case.category)
    reason = category.reasons.get(case.reason) if category else None
    return localize(reason.name, language) if reason else ""


def category_name(company: Company, case: Case, language: str) -> str:
    category = company.categories.get(case.category)
    return localize(category.name, language) if category else case.category


def format_moment(at: datetime, company: Company) -> str:
    """A moment in company time, the same in every language: 2026-11-23 18:00."""
    return at.astimezone(company.zone).strftime("%Y-%m-%d %H:%M")


def format_plan_due(case: Case, company: Company) -> str:
    """The date by which the plan is to be done; empty if there is no plan."""
    due = (case.plan or {}).get("due", "")
    return format_moment(datetime.fromisoformat(due), company) if due else ""


def mask_contact(contact: str) -> str:
    """A phone number keeps its last digits, anything else its first character."""
    digits = sum(character.isdigit() for character in contact)
    return mask_phone(contact) if digits > len(contact) // 2 else mask_name(contact)


def _arrange_buttons(case: Case, names: list[str], width: int = BUTTONS_PER_ROW) -> tuple[KeyboardRow, ...]:
    keys = [_draw_button(case, one) for one in names]
    return tuple(tuple(keys[at : at + width]) for at in range(0, len(keys), width))


def _draw_button(case: Case, what: str) -> Key:
    return Key(Text(f"act-{what.replace('_', '-')}"), CaseActionButton(case.id, _CODES[what], case.version))
