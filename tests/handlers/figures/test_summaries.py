"""`/summary`: counted, worded, and packed for the process that draws it."""

import msgspec
import pytest

from conversations.buttons import LanguageButton, SummaryButton
from domain.figures.breakdown import By
from domain.figures.summary import Summary as Counted
from domain.figures.summary import SummaryUnit
from domain.people import Role
from handlers.figures.summary_buttons import BREAKDOWN_CODES
from reports.wire import unpack
from storage.queue.outbox import PICTURE, OwedCall
from tests.harness.in_process import (
    BOSS,
    GROUP,
    LI,
    WANG,
    Desk,
    TelegramUser,
    find_button_data,
    list_labels,
    list_texts,
    read_body,
)
from texts.length import CAPTION, MESSAGE, visible


@pytest.fixture
async def boss(desk: Desk) -> None:
    await desk.grant(BOSS, Role.MANAGER)


@pytest.mark.usefixtures("boss")
async def test_one_picture_with_its_words_and_periods(desk: Desk) -> None:
    """The figures are in the row that is owed, the caption fits, and the chosen period is marked."""
    for n, score in enumerate("5542"):
        await desk.press(WANG, find_button_data(await desk.open_survey(waybill=f"W{n}"), score))
    (call,) = await desk.say(BOSS, "/summary today")
    assert (call.method, call.name, call.fresh) == (PICTURE, f"summary:{BOSS.id}", True)
    shown = read_body(call)
    assert visible(shown["caption"]) <= CAPTION
    counted = facts(call)
    assert shown["picture"] == "summary"
    assert (counted.now.deliveries, counted.now.answered, counted.now.tally.counts) == (4, 4, (0, 1, 0, 1, 2))
    assert list_labels(call) == ["Period ▾", "Break down ▾", "More ▾"]
    (other,) = await desk.press(BOSS, SummaryButton("year"), at=77)
    assert (other.message_id, other.fresh) == (77, False)


@pytest.mark.usefixtures("boss")
@pytest.mark.parametrize(
    "text", ["month", "", "2026-10", "2026-10-01..2026-10-31", "last week", "yesterday", "quarter"]
)
async def test_periods(desk: Desk, text: str) -> None:
    """With nothing counted there is a picture all the same."""
    (call,) = await desk.say(BOSS, f"/summary {text}")
    assert call.method == PICTURE


@pytest.mark.usefixtures("boss")
@pytest.mark.parametrize("text", ["moon", "2026-13", "2026-10-31..2026-10-01", "²", "9" * 500, "0000-00", "..", "<b>"])
async def test_nonsense_is_answered(desk: Desk, text: str) -> None:
    """With words, at the first attempt; forged into a button, with a toast."""
    (call,) = await desk.say(BOSS, f"/summary {text}")
    assert list_texts([call]) != [""]
    await desk.press(BOSS, SummaryButton(text[:8]))


@pytest.mark.usefixtures("boss")
async def test_a_courier_with_a_silent_priority_is_marked(desk: Desk) -> None:
    """Ten rated P1, nobody the P4: the courier's percentage says that it leaves something out."""
    for n in range(10):
        survey = await desk.open_survey(waybill=f"W{n}", courier={"id": "k17"}, priority="P1")
        await desk.press(WANG, find_button_data(survey, "5"))
    await desk.open_survey(waybill="W10", courier={"id": "k18"}, priority="P1")
    assert "†" not in read_body((await desk.say(BOSS, "/summary today by courier"))[0])["caption"]
    await desk.open_survey(waybill="W11", courier={"id": "k17"}, priority="P4")
    caption = read_body((await desk.say(BOSS, "/summary today by courier"))[0])["caption"]
    (row,) = (line for line in caption.splitlines() if line.startswith("k17"))
    assert "%" in row.partition("†")[0]
    assert caption.endswith(f"<i>{desk.plain('summary-left-out', mark='†')}</i>")


@pytest.mark.usefixtures("boss")
async def test_back_in_time(desk: Desk) -> None:
    """From the running week to whole ones, one a press, of the same unit; then this week again."""
    (now,) = await desk.say(BOSS, "/summary week by department")
    before = await choose(desk, now, "Period ▾", "◂ Earlier")
    again = await choose(desk, before, "Period ▾", "◂ Earlier")
    assert [facts(one).period.days for one in (before, again)] == [7, 7]
    assert facts(before).period.last < facts(now).period.first
    assert facts(again).period.last < facts(before).period.first
    assert facts(again).by is By.DEPARTMENT
    back = await choose(desk, again, "Period ▾", "Week")
    assert facts(back).period.code == "week"


async def test_only_managers_read_figures(desk: Desk) -> None:
    """By command and by button."""
    assert list_texts(await desk.say(LI, "/summary")) == [desk.text("summary-only-heads")]
    (call,) = await desk.press(TelegramUser(66, "Mallory"), SummaryButton("today"))
    assert read_body(call)["text"] == desk.plain("summary-only-heads")


@pytest.mark.usefixtures("boss")
async def test_from_the_figure_to_the_case(desk: Desk) -> None:
    """Month, by courier, the low courier, the cases behind it, one of them: all in one message, each button by itself enough."""
    await desk.bind("transport")
    await desk.file_complaint(waybill="W1", courier={"id": "k17", "name": "Low"})
    await desk.press(WANG, find_button_data(await desk.open_survey(waybill="W2", courier={"id": "k18"}), "5"))
    await desk.say(BOSS, "/summary month")
    (by,) = await desk.press(BOSS, SummaryButton("month", "c"), at=77)
    assert (read_body(by)["picture"], [unit.key for unit in facts(by).units]) == ("units", ["k17", "k18"])
    (unit,) = await desk.press(BOSS, find_button_data([by], "Low"), at=77)
    assert facts(unit).unit == SummaryUnit("k17", "Low")
    assert (facts(unit).now.complaints, facts(unit).now.tally.n) == (1, 1)
    (listed,) = await desk.press(BOSS, find_button_data([unit], "1 case"), at=77)
    (number,) = [label for label in list_labels(listed) if label.startswith("C-")]
    assert number in read_body(listed)["caption"]
    (case,) = await desk.press(BOSS, find_button_data([listed], number), at=77)
    assert number in read_body(case)["caption"]
    assert {call.message_id for call in (by, unit, listed, case)} == {77}
    (back,) = await desk.press(BOSS, find_button_data([case], "« Back"), at=77)
    assert read_body(back)["caption"] == read_body(listed)["caption"]
    opened = await desk.press(BOSS, find_button_data([case], "Open case"), at=77)
    assert number in list_texts(opened)[0]


@pytest.mark.usefixtures("boss")
@pytest.mark.parametrize("by", BREAKDOWN_CODES)
async def test_every_breakdown_has_its_picture(desk: Desk, by: By) -> None:
    """With one delivery that was rated and complained about."""
    await desk.bind("transport")
    await desk.file_complaint(waybill="W1", courier={"id": "k17"})
    (call,) = await desk.press(BOSS, SummaryButton("month", BREAKDOWN_CODES[by]), at=77)
    kind = {By.ALL: "summary", By.CATEGORY: "pareto", By.HOUR: "heat"}.get(by, "units")
    assert read_body(call)["picture"] == kind
    assert visible(read_body(call)["caption"]) <= CAPTION
    assert len(facts(call).units) == 1


async def test_a_head_sees_the_own_department_only(desk: Desk) -> None:
    """In private the departments headed, in a department's group that department's."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.bind("transport")
    await desk.file_complaint(waybill="W1")
    await desk.press(WANG, find_button_data(await desk.open_survey(waybill="W2", department="sales"), "5"))
    await desk.grant(LI, Role.HEAD, "sales")
    (call,) = await desk.say(LI, "/summary month")
    assert (facts(call).seen, facts(call).now.tally.n, facts(call).open_now) == (("Sales",), 1, 0)
    (call,) = await desk.say(BOSS, "/summary month", chat=GROUP)
    assert (facts(call).seen, facts(call).now.tally.n, facts(call).open_now) == (("Transport",), 1, 1)
    assert list_texts(await desk.say(LI, "/summary month", chat=GROUP)) == [desk.text("summary-only-heads")]


@pytest.mark.usefixtures("boss")
async def test_forged_buttons_are_answered(desk: Desk) -> None:
    """A breakdown, a unit, a view or a case that there is not."""
    for button in (
        SummaryButton("month", "?"),
        SummaryButton("month", "c", "12345678"),
        SummaryButton("month", "", "", "x"),
        SummaryButton("month", "", "", "k", 99),
    ):
        (call,) = await desk.press(BOSS, button)
        assert call.method == "answerCallbackQuery"
    assert list_texts(await desk.say(BOSS, "/summary month by moon")) == [desk.text("summary-by-unknown", said="moon")]


async def choose(desk: Desk, call: OwedCall, menu: str, label: str) -> OwedCall:
    """Press something in a menu of this summary."""
    (shown,) = await desk.press(BOSS, find_button_data([call], menu), at=77)
    (chosen,) = await desk.press(BOSS, find_button_data([shown], label), at=77)
    return chosen


def facts(call: OwedCall) -> Counted:
    """What the picture that is owed shows."""
    return unpack(msgspec.json.encode(read_body(call)["facts"]), Counted)


@pytest.mark.usefixtures("boss")
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_what_is_this(desk: Desk, language: str) -> None:
    """One press explains every figure of the summary in a message of its own, in the reader's language."""
    await desk.press(BOSS, LanguageButton(language))
    (call,) = await desk.say(BOSS, "/summary month")
    plain = desk.services.texts.plain
    (menu,) = await desk.press(BOSS, find_button_data([call], plain(language, "keyboard-menu", {"menu": "m"})), at=77)
    (said,) = list_texts(await desk.press(BOSS, find_button_data([menu], plain(language, "summary-explain")), at=77))
    assert visible(said) <= MESSAGE
    assert said.startswith(f"<b>{plain(language, 'summary-explain-title').removeprefix('<b>').removesuffix('</b>')}")
    for term in ("satisfaction", "weighted", "response", "reach", "complaints", "first", "silence", "growing"):
        assert f"<b>{plain(language, f'report-term-{term}')}</b>" in said
    by_hour = list_texts(await desk.press(BOSS, SummaryButton("month", "h", view="w"), at=77))
    assert plain(language, "report-term-dissatisfaction") in by_hour[0]
    assert plain(language, "report-term-reach") not in by_hour[0]
