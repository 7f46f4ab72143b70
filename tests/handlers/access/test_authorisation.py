"""Authorisation matrix: every button and every command, by whom, where, about the own department and another one.

The expected answers are in `authorisation.txt` beside this file, to be read and argued about; nothing is in it that the tables of the
rooms do not have, and nothing of theirs is missing. After a change that is meant, `HUIFANG_WRITE=1` writes the file anew: read its diff.
"""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from sqlalchemy import select, update

from conversations.buttons import (
    CASE_ACTIONS,
    AppealButton,
    Button,
    CampaignButton,
    CaseActionButton,
    CaseListButton,
    CaseViewButton,
    ChangeRatingButton,
    DraftMoveButton,
    DraftOptionButton,
    DrillDownButton,
    ExportButton,
    FileComplaintButton,
    ForgetMeButton,
    HandlingRatingButton,
    HelpButton,
    LanguageButton,
    LeaderboardButton,
    MyCaseButton,
    MyRatingsButton,
    NoThanksButton,
    OpenComplaintButton,
    OptionButton,
    PhoneCallButton,
    PhoneListButton,
    PickedButton,
    PraiseButton,
    PrivacyButton,
    RateButton,
    RateDeliveryButton,
    RecommendButton,
    ReportButton,
    SendAgainButton,
    StandardAnswerButton,
    SummaryButton,
    SurveyBackButton,
    SurveyEndButton,
    SurveySkipButton,
    TakeBackPhotosButton,
    TimeZoneButton,
    ToggleOptionButton,
    TrendButton,
    VerdictButton,
    YesNoButton,
    pack,
)
from domain.cases.case import CaseKind, CaseState
from domain.fairness.appeal import AppealState
from domain.people import Role
from domain.surveys.survey import Survey
from handlers import route
from handlers.commands import COMMANDS
from handlers.turns import inbound
from handlers.turns.batch import Batch
from storage.cases import standard_answers
from storage.fairness import appeals
from storage.fairness.appeals import Appeal
from storage.models import cases, deliveries, invitations
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from tests.harness.case_actions import CHEN, MEI, NUMBER, QUALITY, press
from tests.harness.in_process import (
    BOSS,
    BOT_USER,
    GROUP,
    LI,
    WANG,
    ZHAO,
    Desk,
    TelegramUser,
    make_chat,
    read_body,
)
from tests.harness.pressable_states import (
    ANSWERED_INQUIRY,
    DRAFT,
    SUGGESTION,
    Prepare,
    ask_question,
    choose_category,
    confirm_complaint,
    find_place,
    have_case,
    have_searched,
    let_cooperate,
    let_couriers_report,
    list_call,
)

WRITTEN = Path(__file__).with_name("authorisation.txt")
OTHER, UNBOUND = -1002, -1003
KURT, HAO, EVE = TelegramUser(31, "Kurt"), TelegramUser(33, "Hao"), TelegramUser(34, "Eve")

ROLES = {
    "customer": WANG,
    "stranger": EVE,
    "courier": KURT,
    "owner": LI,
    "head": ZHAO,
    "otherstaff": CHEN,
    "otherhead": HAO,
    "quality": MEI,
    "manager": BOSS,
}
"""Of the case's department, transport: its owner and its head. Of another one, service: staff and a head."""

MEMBERS = {GROUP: {LI, ZHAO}, OTHER: {CHEN, HAO}, QUALITY: {MEI}}
PLACES = [
    *((role, "private", who.id) for role, who in ROLES.items()),
    *((role, "owngroup", GROUP) for role in ("owner", "head", "otherstaff", "quality", "manager", "stranger")),
    *((role, "othergroup", OTHER) for role in ("otherstaff", "otherhead", "owner", "quality", "manager")),
    *((role, "qualitygroup", QUALITY) for role in ("quality", "manager", "owner")),
    *((role, "unbound", UNBOUND) for role in ("owner", "quality", "manager")),
]

REFUSALS = (
    "appeal-not-yours",
    "appeal-only-quality",
    "bind-in-group",
    "call-not-yours",
    "calls-where",
    "case-not-now",
    "case-not-yours",
    "case-own-approval",
    "checks-only-quality",
    "delivered-couriers-only",
    "delivered-elsewhere",
    "export-only",
    "list-not-here",
    "look-how",
    "look-no-audit",
    "look-unknown",
    "mycases-none",
    "myratings-no-courier",
    "myratings-nobody",
    "not-now",
    "not-staff",
    "not-yours",
    "note-unknown",
    "only-in-private",
    "only-managers",
    "only-oversight",
    "undelivered-where",
    "ranking-only-heads",
    "ranking-own-couriers",
    "report-not-yours",
    "reveal-not-yours",
    "report-only-managers",
    "summary-not-here",
    "summary-only-heads",
    "taken",
    "trend-only-heads",
    "unknown-command",
    "verdict-late",
)


PARTS = 6
"""`make test` looks at one part of the cells, `make prove-all` at all of them."""


class RollBackError(Exception):
    """Nothing of a look is kept."""


async def set_up_world(desk: Desk) -> dict[str, int]:
    """One of everything that a button can be about; the ids."""
    for bound, chat in (("transport", GROUP), ("service", OTHER), ("quality", QUALITY)):
        await desk.bind(bound, chat)
    granted: list[tuple[TelegramUser, Role, str | None]] = [
        (LI, Role.STAFF, "transport"),
        (ZHAO, Role.HEAD, "transport"),
        (CHEN, Role.STAFF, "service"),
        (HAO, Role.HEAD, "service"),
        (MEI, Role.QUALITY, "quality"),
        (BOSS, Role.MANAGER, None),
        (KURT, Role.COURIER, "k17"),
    ]
    ids = {who.name: await desk.grant(who, role, department) for who, role, department in granted}
    await desk.say(EVE, "/help")
    await desk.file_complaint(courier={"id": "k17"})
    await press(desk, LI, "accept")
    (first,) = await desk.rows(
        select(deliveries.c.id, invitations.c.id, cases.c.id).where(
            invitations.c.delivery == deliveries.c.id, cases.c.invitation == invitations.c.id
        )
    )
    delivery, invitation, case = tuple(first)
    await desk.say(WANG, "/ask")
    await desk.say(WANG, "Call me back on +86 138 0013 8000")
    is_inquiry = cases.c.kind == CaseKind.INQUIRY.value
    ((inquiry,),) = await desk.rows(select(cases.c.id).where(is_inquiry))
    kurt = await desk.grant(KURT, Role.COURIER, "k17")
    async with desk.database.begin() as tx:
        await tx.execute(update(cases).where(is_inquiry).values(department="transport"))
        await standard_answers.add(tx, 7, "Where is it?", "On its way.", "transport", kurt, desk.clock.now())
        await appeals.file(tx, Appeal(8, invitation, kurt, "Why", AppealState.OPEN, desk.clock.now()))
    await desk.fetch_owed()
    return ids | {
        "delivery": delivery,
        "invitation": invitation,
        "case": case,
        "inquiry": inquiry,
        "answer": 7,
        "appeal": 8,
    }


def list_buttons(ids: dict[str, int], surveys: Mapping[str, Survey]) -> dict[str, Button]:
    """Every button in every one of its meanings, by what it says."""
    case, invitation, delivery = ids["case"], ids["invitation"], ids["delivery"]
    reasons, photos = find_place(surveys, "delivery", "timeliness_reasons"), find_place(surveys, "warehouse", "photos")
    recommend, best, call = (find_place(surveys, "relationship", one) for one in ("recommend", "recommend_for", "call"))
    survey: list[Button] = [
        RateButton(invitation, 0, 5),
        ToggleOptionButton(invitation, reasons, 0),
        PickedButton(invitation, reasons),
        SurveyBackButton(invitation, 0),
        SurveySkipButton(invitation, 0),
        SurveyEndButton(invitation, 0),
        ChangeRatingButton(invitation),
        FileComplaintButton(invitation),
        NoThanksButton(invitation),
        RecommendButton(invitation, recommend, 9),
        OptionButton(invitation, best, 0),
        YesNoButton(invitation, call, yes=True),
        TakeBackPhotosButton(invitation, photos),
        PraiseButton(invitation),
    ]
    plain: list[Button] = [
        *survey,
        RateDeliveryButton(delivery),
        OpenComplaintButton(delivery),
        DraftOptionButton(DRAFT, 1, 0),
        DraftMoveButton(DRAFT, 7, "y"),
        VerdictButton(case, 1, solved=True),
        HandlingRatingButton(case, 5),
        LanguageButton("en"),
        TimeZoneButton("Asia/Shanghai"),
        ReportButton("month"),
        ExportButton("month"),
        PhoneListButton(),
    ]
    named: dict[str, Button] = {type(one).__name__: one for one in plain}
    for what in "talwWneq":
        named[f"MyCaseButton {what}"] = MyCaseButton(case, what)
    for code, event in CASE_ACTIONS.items():
        named[f"CaseActionButton {event}"] = CaseActionButton(case, code, 1)
    for part in "cpraofd":
        named[f"CaseViewButton {part}"] = CaseViewButton(case, part)
    for what in "cmod":
        named[f"CaseListButton {what}"] = CaseListButton(what)
    named["CaseListButton o transport"] = CaseListButton("o", 0, "transport")
    named["CaseListButton s"] = CaseListButton("s", 0, "1")
    for what in "lserRn":
        named[f"StandardAnswerButton {what}"] = StandardAnswerButton(ids["answer"], what)
    named["StandardAnswerButton k"] = StandardAnswerButton(ids["inquiry"], "k")
    for what in "dha":
        named[f"MyRatingsButton {what}"] = MyRatingsButton(what)
    for what, about in (("a", invitation), ("u", ids["appeal"]), ("r", ids["appeal"])):
        named[f"AppealButton {what}"] = AppealButton(about, what)
    for what in "tnrwg":
        named[f"PhoneCallButton {what}"] = PhoneCallButton(delivery, what)
    for what in "ln":
        named[f"CampaignButton {what}"] = CampaignButton(0, what)
    for view, n in (("", 0), ("c", 0), ("k", case), ("w", 0)):
        named[f"SummaryButton {view or 'figures'}"] = SummaryButton("month", "", "", view, n % 2**31)
    for department in ("", "transport"):
        named[f"TrendButton {department or 'all'}"] = TrendButton("w", department)
        named[f"DrillDownButton {department or 'all'}"] = DrillDownButton("m739921", department)
    for what in "cd":
        named[f"LeaderboardButton {what}"] = LeaderboardButton(what, "month")
    for what in "aynb":
        named[f"ForgetMeButton {what}"] = ForgetMeButton(what)
    for part in "csm":
        named[f"HelpButton {part}"] = HelpButton(part=part)
    named |= {f"PrivacyButton {what}": PrivacyButton(what) for what in "aw"}
    named["HelpButton /summary"] = HelpButton("summary")
    named["SendAgainButton"] = SendAgainButton()
    return named


ARGUMENTS = {
    "bind": "sales",
    "case": NUMBER,
    "note": f"{NUMBER} Hello",
    "search": "SF1",
    "why": "SF1",
    "grant": f"staff sales {EVE.id}",
    "revoke": f"staff transport {LI.id}",
    "delivered": "SF99",
}


BEFORE: dict[str, Prepare] = {
    "ToggleOptionButton": ask_question("delivery", "timeliness_reasons", overall=2, timeliness=2),
    "PickedButton": ask_question(
        "delivery", "timeliness_reasons", overall=2, timeliness=2, timeliness_reasons=("late",)
    ),
    "RecommendButton": ask_question("relationship", "recommend", overall=5),
    "OptionButton": ask_question("relationship", "recommend_for", overall=5, recommend=10),
    "YesNoButton": ask_question("relationship", "call", overall=3, recommend=5),
    "TakeBackPhotosButton": ask_question("warehouse", "photos", overall=2, safety=2, photos=("photo:p",)),
    "DraftOptionButton": choose_category,
    "DraftMoveButton": confirm_complaint,
    "PhoneListButton": list_call(),
    "PhoneCallButton t": list_call(),
    "PhoneCallButton n": list_call(MEI),
    "PhoneCallButton r": list_call(MEI),
    "PhoneCallButton w": list_call(MEI),
    "PhoneCallButton g": list_call(MEI),
    "CaseActionButton accept": have_case(state=CaseState.ASSIGNED.value, owner=None),
    "CaseActionButton approve": have_case(state=CaseState.IN_REVIEW.value),
    "CaseActionButton return": have_case(state=CaseState.IN_REVIEW.value),
    "CaseActionButton appeal": have_case(state=CaseState.ANSWERED.value),
    "CaseActionButton report": let_cooperate("service", OTHER),
    "CaseActionButton adopt": have_case(**SUGGESTION),
    "CaseActionButton decline": have_case(**SUGGESTION),
    "CaseActionButton progress": have_case(**SUGGESTION, state=CaseState.ADOPTED.value),
    "CaseActionButton finish": have_case(**SUGGESTION, state=CaseState.ADOPTED.value),
    "CaseActionButton answer": have_case(kind=CaseKind.INQUIRY.value, state=CaseState.ASSIGNED.value, owner=None),
    "CaseListButton s": have_searched(*dict.fromkeys(chat for _, _, chat in PLACES)),
    "VerdictButton": have_case(state=CaseState.ANSWERED.value),
    "HandlingRatingButton": have_case(state=CaseState.CLOSED.value),
    "MyCaseButton n": have_case(state=CaseState.CLOSED.value, closed_at=datetime(2026, 11, 23, tzinfo=UTC)),
    "MyCaseButton e": have_case(**ANSWERED_INQUIRY),
    "MyCaseButton q": have_case(**ANSWERED_INQUIRY),
    "/delivered": let_couriers_report,
}
"""What has happened when somebody presses this button; otherwise the case is in work, and Li has it."""


class Matrix:
    """Looks at what everybody would get, and keeps nothing of it."""

    def __init__(self, desk: Desk, ids: dict[str, int]) -> None:
        self._desk, self._ids = desk, ids
        args = {"number": NUMBER, "departments": desk.list_departments(keyed=True)}
        draws = (desk.text, desk.plain)
        self._refusals = {draw(key, owner=owner, **args) for key in REFUSALS for owner in ("Li", "—") for draw in draws}
        self._update = 1_000_000

    async def ask(
        self, who: TelegramUser, chat: int, kind: str, body: dict[str, Any], before: Prepare | None = None
    ) -> str:
        """`+` for whatever shows or does something, `-` for a refusal, `.` for silence; `before` is what has happened by then."""
        self._update += 1
        raw = msgspec.json.encode({"update_id": self._update, kind: body})
        arrival = inbound.parse_update(raw)
        assert arrival is not None
        owed: list[OwedCall] = []
        try:
            async with self._desk.database.begin() as tx:
                batch = Batch(tx, self._desk.services, self._desk.clock.now())
                if before is not None:
                    await before(batch, self._ids)
                await batch.prepare([arrival.lane], [who.id])
                # Telegram has said that anyone who is not among the members is not in the group.
                await route.route(batch, arrival, raw, member=False if chat < 0 else None)
                owed = batch.calls
                raise RollBackError  # noqa: TRY301
        except RollBackError:
            pass
        assert not [call for call in owed if call.method == outbox.QUERY]
        said = [
            str(read_body(call).get("text", ""))
            for call in owed
            if call.method in {"answerCallbackQuery", "sendMessage"}
        ]
        shown = [call for call in owed if call.method not in {"answerCallbackQuery", "sendMessage"}]
        if set(said) & self._refusals and not set(said) - self._refusals:
            return "-"  # a card that is put right under a refusal shows nothing new
        return "+" if shown or said else "."

    async def press(self, who: TelegramUser, chat: int, button: Button, before: Prepare | None = None) -> str:
        message = {"message_id": 500, "date": 1, "chat": make_chat(chat), "from": BOT_USER}
        body = {"id": "1", "from": who.user, "chat_instance": "1", "message": message, "data": pack(button)}
        return await self.ask(who, chat, "callback_query", body, before)

    async def say(self, who: TelegramUser, chat: int, text: str, before: Prepare | None = None) -> str:
        body = {"message_id": 900, "date": 1, "chat": make_chat(chat), "from": who.user, "text": text}
        return await self.ask(who, chat, "message", body, before)


def draw(rows: dict[str, list[str]]) -> str:
    """The table: a column for each person in each chat, a row for each button and command."""
    width = max(map(len, rows)) + 2
    head = [f"{role}@{place}" for role, place, _ in PLACES]
    lines = [
        "What everybody gets, everywhere: + something is shown or done, - refused with a word, . nothing is said.",
        "The case, the inquiry, the standard answer and the rated delivery are transport's; what is not of use at any time is tried in a",
        "state in which somebody may do it. The columns:",
        "",
        *(f"{n + 1:4} {name}" for n, name in enumerate(head)),
        "",
        " " * width + "".join(f"{n + 1:3}" for n in range(len(head))),
        *(name.ljust(width) + "".join(f"{cell:>3}" for cell in cells) for name, cells in rows.items()),
    ]
    return "\n".join(lines) + "\n"


def read() -> dict[str, list[str]]:
    """What was agreed on: the cells of each row."""
    width = len(PLACES) * 3
    lines = WRITTEN.read_text().rstrip("\n").split("\n")
    return {line[:-width].strip(): line[-width:].split() for line in lines[lines.index("") + len(PLACES) + 3 :]}


@pytest.mark.parametrize("part", [0, *(pytest.param(one, marks=pytest.mark.prove) for one in range(1, PARTS))])
async def test_everybody_everywhere(desk: Desk, part: int) -> None:
    """Nobody gets more than the table says, and nobody less. A part has cells of every row and of every column."""
    ids = await set_up_world(desk)
    buttons = list_buttons(ids, desk.services.surveys)
    assert {type(button) for button in buttons.values()} == set(get_args(Button))
    matrix, writes = Matrix(desk, ids), bool(os.environ.get("HUIFANG_WRITE"))
    names = [*buttons, *(f"/{name}" for name in COMMANDS)]
    agreed = read() if not writes else {name: [""] * len(PLACES) for name in names}
    assert list(agreed) == names
    rows = {name: list(cells) for name, cells in agreed.items()}
    for row, name in enumerate(names):
        for column, (role, _, chat) in enumerate(PLACES):
            if not writes and (row + column) % PARTS != part:
                continue
            who = ROLES[role]
            if name.startswith("/"):
                text = f"{name} {ARGUMENTS.get(name[1:], '')}".strip()
                rows[name][column] = await matrix.say(who, chat, text, BEFORE.get(name))
            else:
                rows[name][column] = await matrix.press(who, chat, buttons[name], BEFORE.get(name))
    if writes:
        WRITTEN.write_text(draw(rows))
    different = [
        f"{name} by {role} in {place}: {rows[name][column]}, agreed was {agreed[name][column]}"
        for name in names
        for column, (role, place, _) in enumerate(PLACES)
        if not writes and rows[name][column] != agreed[name][column]
    ]
    assert not different


def test_each_row_says_who_may() -> None:
    """A row in which everybody is refused shows only that its state was not set up."""
    assert [name for name, cells in read().items() if "+" not in cells] == []
