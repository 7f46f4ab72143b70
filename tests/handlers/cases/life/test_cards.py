"""The card of a case: its words, its buttons, and what it keeps to itself."""

from dataclasses import replace

import pytest

from conversations.buttons import CASE_ACTIONS, CaseActionButton
from domain.cases.case import LIFECYCLE, Case, CaseEvent, CaseKind, CasePart, CaseState
from domain.cases.feedback import LIFECYCLES
from handlers.access.case_rights import ChatRole
from handlers.cases.life import cards
from tests.harness.in_process import COMPANY, GROUP, NOON, Desk, list_texts
from tests.harness.sample_case import CASE
from texts.length import MESSAGE, visible

LOOKS = {"history", "full_text", "note", "reveal", "report"}


def acts(case: Case, role: ChatRole = ChatRole.LEAD) -> set[str]:
    """What the card lets people do."""
    keys = [key for row in cards.draw_buttons(case, role) for key in row]
    return {CASE_ACTIONS[key.button.event] for key in keys if isinstance(key.button, CaseActionButton)} - LOOKS


@pytest.mark.parametrize("state", CaseState)
def test_the_card_offers_only_what_the_table_allows(state: CaseState) -> None:
    """Every act on the card is an event of the table from this state; a case that is over has nothing to act on."""
    staff = {CasePart.STAFF, CasePart.OWNER, CasePart.HEAD, CasePart.REVIEWER}
    allowed = {row.event for row in LIFECYCLE if state in row.origin and row.who & staff}
    assert {CaseEvent(name) for name in acts(replace(CASE, state=state))} == allowed
    assert acts(replace(CASE, state=state), ChatRole.COOPERATING) == set()


@pytest.mark.parametrize("state", CaseState)
def test_only_quality_merges_and_hears_the_regulator(state: CaseState) -> None:
    """What is quality's alone stands on the card where quality looks at it."""
    more = acts(replace(CASE, state=state), ChatRole.OVERSEER) - acts(replace(CASE, state=state))
    allowed = {row.event for row in LIFECYCLE if state in row.origin and row.who == {CasePart.QUALITY}}
    assert {CaseEvent(name) for name in more} == allowed


@pytest.mark.parametrize("kind", CaseKind)
@pytest.mark.parametrize("state", CaseState)
def test_every_kind_has_its_own_acts(kind: CaseKind, state: CaseState) -> None:
    """The card of a suggestion, an inquiry or praise is read off its own table."""
    allowed = {row.event for row in LIFECYCLES[kind] if state in row.origin}
    assert {CaseEvent(name) for name in acts(replace(CASE, state=state, kind=kind))} <= allowed


def test_buttons_know_the_card_they_stand_on() -> None:
    """The version goes with each button; History and Full text are always there."""
    for row in cards.draw_buttons(replace(CASE, version=9)):
        assert all(
            isinstance(key.button, CaseActionButton) and (key.button.case, key.button.version) == (42, 9) for key in row
        )
    for state in CaseState:
        looks = cards.draw_buttons(replace(CASE, state=state))[-1]
        assert [key.button.event for key in looks if isinstance(key.button, CaseActionButton)] == ["no", "hi", "ft"]
    owned = cards.draw_buttons(replace(CASE, owner=7))[-1]
    assert [key.button.event for key in owned if isinstance(key.button, CaseActionButton)] == ["no", "hi", "ft", "rv"]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_card_with_everything_at_its_longest_fits(desk: Desk, language: str) -> None:
    """Hostile words of any length: one message, escaped, and no contact in the clear."""
    nasty = "<b>&😀\n" * 2000
    full = replace(
        CASE,
        description=nasty,
        wanted=nasty,
        note=nasty,
        contact="+8613800138000",
        severity="high",
        round=3,
        waybill="x" * 64,
        courier="y" * 64,
        owner=1,
        owner_name="<Li>",
        resolution={"action": nasty},
        plan={"measure": nasty},
        appealed=True,
        reason="late",
    )
    facts = cards.CardFacts(10, (("card-clock-plan", NOON), ("card-clock-rectify", NOON)))
    html = cards.draw_card(desk.services, full, language, facts)
    assert visible(html) <= MESSAGE
    assert "<b>&😀" not in html
    assert "&lt;Li&gt;" in html
    assert "138001" not in html
    assert "8000" in html
    short = cards.draw_card(desk.services, replace(CASE, description="", contact=""), language, cards.CardFacts())
    assert len(short.splitlines()) < len(html.splitlines())


@pytest.mark.parametrize(
    ("contact", "masked"),
    [
        ("+8613800138000", "***8000"),
        ("138 0013 8000", "***8000"),
        ("Wang Xiaoming", "W***"),
        ("微信 wang1", "微***"),
        ("王", "王*"),
    ],
)
def test_contacts_are_masked(contact: str, masked: str) -> None:
    """A number keeps its end, anything else its beginning."""
    assert cards.mask_contact(contact) == masked


def test_names_of_what_is_gone() -> None:
    """A category or department that left the company file is shown by its key."""
    gone = replace(CASE, category="old", department="gone")
    assert cards.category_name(COMPANY, gone, "en") == "old"
    assert COMPANY.department_name("gone", "en") == "gone"
    assert COMPANY.department_name(CASE.department, "zh") == "运输部"
    assert cards.format_moment(NOON, COMPANY) == "2026-11-23 12:00"


@pytest.mark.parametrize(("language", "said"), [("en", "(high severity)"), ("zh", "（严重）")])
async def test_a_severity_has_a_name(desk: Desk, language: str, said: str) -> None:
    """What is not normal stands on the card, in the reader's language."""
    assert said in cards.draw_card(desk.services, replace(CASE, severity="high"), language, cards.CardFacts())
    assert said not in cards.draw_card(desk.services, CASE, language, cards.CardFacts())


@pytest.mark.parametrize(
    ("given", "said"),
    [({"id": "k17", "name": "Sun <Jie>"}, "Courier: Sun &lt;Jie&gt; (k17)"), ({"id": "k17"}, "Courier: k17")],
)
async def test_a_courier_has_a_name(desk: Desk, given: dict[str, str], said: str) -> None:
    """With the id, by which the company knows them."""
    await desk.bind("transport")
    assert said in list_texts(await desk.file_complaint(waybill="W1", courier=given), GROUP)[0]


@pytest.mark.parametrize("state", CaseState)
def test_quality_looks_on(state: CaseState) -> None:
    """A card that quality once had keeps what quality may do, no matter who leads, and nothing else."""
    may = {CasePart.QUALITY, CasePart.REVIEWER}
    allowed = {row.event for row in LIFECYCLE if state in row.origin and row.who & may}
    assert {CaseEvent(name) for name in acts(replace(CASE, state=state), ChatRole.QUALITY)} == allowed


async def test_the_first_of_two_approvals_is_on_the_card(desk: Desk) -> None:
    """With the name of the person who gave it."""
    html = cards.draw_card(desk.services, CASE, "en", cards.CardFacts(approved="Zhao <Head>"))
    assert "Approved by Zhao &lt;Head&gt;" in html
