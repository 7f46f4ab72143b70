"""`/leaderboard`: who is clearly above or below the rest, for managers, and for a head the own couriers (M6, M11)."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from conversations.buttons import LeaderboardButton
from domain.figures.evidence import Share
from domain.figures.score import PARTS, compute_score
from domain.people import Role
from handlers.figures import rankings
from handlers.turns.batch import Batch
from storage.engine.database import Database
from tests.harness.daily_totals import DayFacts, add_days
from tests.harness.in_process import (
    BOSS,
    COMPANY,
    GROUP,
    LI,
    WANG,
    ZHAO,
    Desk,
    TelegramUser,
    at_desk,
    find_button,
    list_labels,
    list_texts,
    read_body,
)
from tests.harness.rating_rows import CUSTOMER, add_response
from tests.harness.rows import add_person

DAY, OCTOBER = date(2026, 11, 17), date(2026, 10, 5)
MANAGEMENT = -1002


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    async with at_desk(database) as made:
        yield made


async def staged(desk: Desk) -> None:
    """November: k17 and k18 alike, k19 worse, k20 with too few answers, k30 of service; in October k17 alone."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.grant(ZHAO, Role.HEAD, "transport")
    async with desk.database.begin() as tx:
        await add_days(
            tx,
            DayFacts(DAY, 400, {5: 380, 1: 20}),
            DayFacts(DAY, 400, {5: 370, 1: 30}, courier="k18"),
            DayFacts(DAY, 400, {4: 320, 3: 80}, courier="k19"),
            DayFacts(DAY, 40, {5: 29}, courier="k20"),
            DayFacts(DAY, 40, {5: 30, 2: 10}, courier="k30", department="service"),
            DayFacts(OCTOBER, 40, {5: 40}),
        )


async def ask(desk: Desk, words: str, who: TelegramUser = BOSS, chat: int | None = None) -> str:
    (call,) = await desk.say(who, words, chat)
    return list_texts([call])[0]


async def test_groups_and_intervals(desk: Desk) -> None:
    """Each against all others, under what can be said of it; too few answers are counted, not shown; no numbered ranks."""
    await staged(desk)
    text = await ask(desk, "/leaderboard")
    assert text.startswith("<b>Couriers by satisfaction</b> · November 2026, so far (to 2026-11-23)\n")
    parts = text.split("\n\n")
    assert parts[1].splitlines() == [
        "<b>Clearly above the rest</b> · 2",
        "k17 · 95% (n = 400, 95% interval 92–97%)",
        "k18 · 93% (n = 400, 95% interval 89–95%)",
    ]
    assert parts[2].splitlines() == [
        "<b>Clearly below the rest</b> · 2",
        "k19 · 80% (n = 400, 95% interval 76–84%)",
        "k30 · 75% (n = 40, 95% interval 60–86%)",
    ]
    assert "k20" not in text
    assert "1 more has fewer than 30 answers, or answers worth fewer, and is not shown." in text
    assert "corrected for 5 comparisons by Holm’s method" in text
    assert "Rank" not in text


async def test_a_low_one_is_not_among_the_best(desk: Desk) -> None:
    """97 % [87–100] and 63 % [49–75], joined by a third that overlaps both: they were one rank, and are two groups."""
    await desk.grant(BOSS, Role.MANAGER)
    async with desk.database.begin() as tx:
        await add_days(
            tx,
            DayFacts(DAY, 39, {5: 38, 1: 1}, courier="best"),
            DayFacts(DAY, 50, {5: 41, 1: 9}, courier="middling"),
            DayFacts(DAY, 49, {5: 31, 1: 18}, courier="low"),
        )
    lines = (await ask(desk, "/leaderboard")).splitlines()
    assert [line.split(" · ")[0] for line in lines[2:10] if line] == [
        *("<b>Clearly above the rest</b>", "best"),
        *("<b>No clear difference from the rest</b>", "middling"),
        *("<b>Clearly below the rest</b>", "low"),
    ]


async def test_a_head_is_told_the_same_of_the_own_couriers(desk: Desk) -> None:
    """The rest is then the department: who is alone in it is not compared."""
    await staged(desk)
    await desk.grant(LI, Role.HEAD, "service")
    text = await ask(desk, "/leaderboard", LI)
    assert "<b>Not compared: too few answers, or nothing to compare with</b> · 1\nk30 · 75%" in text


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("/leaderboard month", "<b>Couriers by satisfaction</b> · November 2026"),
        ("/leaderboard quarter couriers", "<b>Couriers by satisfaction</b> · Quarter 4 of 2026"),
        ("/leaderboard departments", "<b>Departments by satisfaction</b> · November 2026"),
        ("/leaderboard 2026-10 by department", "<b>Departments by satisfaction</b> · October 2026\n"),
        ("/leaderboard 本月 按部门", "<b>Departments by satisfaction</b> · November 2026"),
        ("/leaderboard 快递员", "<b>Couriers by satisfaction</b> · November 2026"),
    ],
)
async def test_what_people_say(desk: Desk, words: str, head: str) -> None:
    """Period and who, in either order, in both languages."""
    await staged(desk)
    assert (await ask(desk, words)).startswith(head)


async def test_nobody_yet(desk: Desk) -> None:
    """A period without enough answers says so; one that nobody knows is answered with what is known."""
    await staged(desk)
    assert "Nobody has 30 answers in this period." in await ask(desk, "/leaderboard 2026-09")
    assert await ask(desk, "/leaderboard soon") == desk.text("summary-period-unknown", text="soon")


async def test_departments_have_scores_by_the_month(desk: Desk) -> None:
    """Each with its parts and their n; what says too little is left out, and said to be, and not listed by size."""
    await staged(desk)
    text = await ask(desk, "/leaderboard departments")
    assert "Transport · 89.4% (n = 1,229, 95% interval " in text
    assert "<b>Score of the month</b>" in text
    left_out = "left out: on time (n = 0) · handling (n = 0) · first-time solution (n = 0)"
    assert f"<b>Customer service</b> 75.0 · satisfaction 75 (n = 40, weight 100%) · {left_out}\n" in text
    assert "<b>Sales</b> no score: fewer than 10 of everything\n" in text
    assert "Score of the month" not in await ask(desk, "/leaderboard quarter departments")


async def test_only_scores_of_all_parts_are_listed_by_size(desk: Desk) -> None:
    """A score of one part, 99, is not the best of the list: it stands apart, in the company's order, with what it lacks."""
    weights = COMPANY.figures.score_weights
    whole, less = dict.fromkeys(PARTS, Share(80, 100)), dict.fromkeys(PARTS, Share(60, 100))
    scores = {
        "transport": compute_score(less, weights),
        "sales": compute_score({"satisfaction": Share(80, 100), "on_time": Share(3, 3)}, weights),
        "service": compute_score(whole, weights),
        "aftersales": compute_score({"satisfaction": Share(99, 100)}, weights),
    }
    drawn: list[str] = []

    async def work(batch: Batch) -> None:
        drawn.extend(rankings.draw_scores(batch, scores, "en"))

    await desk.batch(work)
    assert [line.split(" · ")[0] for line in drawn] == [
        "<b>Customer service</b> 80.0",
        "<b>Transport</b> 60.0",
        "",
        desk.text("score-incomplete"),
        "<b>Sales</b> 80.0",
        "<b>After-sales</b> 99.0",
    ]
    assert drawn[4].endswith("left out: on time (n = 3) · handling (n = 0) · first-time solution (n = 0)")


async def test_buttons(desk: Desk) -> None:
    """Another period, and departments, where the list stands; what was never on a button does nothing."""
    await staged(desk)
    (call,) = await desk.say(BOSS, "/leaderboard")
    assert list_labels(call) == ["Week", "• Month", "Quarter", "Year", "• Couriers", "Departments"]
    (edited,) = await desk.press(BOSS, find_button([call], "Departments"), at=88)
    assert (edited.fresh, edited.message_id) == (False, 88)
    assert "<b>Departments by satisfaction</b>" in list_texts([edited])[0]
    (quarter,) = await desk.press(BOSS, find_button([edited], "Quarter"), at=88)
    assert "<b>Departments by satisfaction</b> · Quarter 4 of 2026" in list_texts([quarter])[0]
    (answer,) = await desk.press(BOSS, LeaderboardButton("x", "month"))
    assert read_body(answer)["text"] == desk.plain("not-now")


async def test_twenty_a_page(desk: Desk) -> None:
    """Where there are more, they are turned; a group goes on where the page ended."""
    await desk.grant(BOSS, Role.MANAGER)
    async with desk.database.begin() as tx:
        await add_days(tx, *(DayFacts(DAY, 40, {5: 30 + n % 9, 1: 2}, courier=f"c{n:02}") for n in range(25)))
    (call,) = await desk.say(BOSS, "/leaderboard")
    (more,) = await desk.press(BOSS, find_button([call], "More ▸"))
    shown = [
        [line.split(" · ")[0] for line in list_texts([one])[0].splitlines() if line[:1] == "c"] for one in (call, more)
    ]
    assert [len(one) for one in shown] == [20, 5]
    assert len({*shown[0], *shown[1]}) == 25
    assert "<b>No clear difference from the rest</b> · 25\n" in list_texts([more])[0]
    assert find_button([more], "◂ Previous") == LeaderboardButton("c", "month")


async def test_couriers_by_name(desk: Desk) -> None:
    """Where the company sent a name it stands instead of the id, on one line and escaped."""
    await staged(desk)
    async with desk.database.begin() as tx:
        await add_person(tx, CUSTOMER)
        await add_response(tx, {"overall": 5}, courier="k17", courier_name="Zhang\n<San>")
    assert "Zhang &lt;San&gt; · 95%" in await ask(desk, "/leaderboard")


async def test_a_head_sees_the_own_couriers(desk: Desk) -> None:
    """As they delivered for the department; departments are compared by managers alone; staff and customers see nothing."""
    await staged(desk)
    await desk.grant(LI, Role.STAFF, "transport")
    (call,) = await desk.say(ZHAO, "/leaderboard")
    text = list_texts([call])[0]
    assert "· Transport ·" in text
    assert "k19 · " in text
    assert "k30" not in text
    assert list_labels(call) == ["Week", "• Month", "Quarter", "Year"]
    assert await ask(desk, "/leaderboard departments", ZHAO) == desk.text("ranking-own-couriers")
    for who in (LI, WANG):
        assert await ask(desk, "/leaderboard", who) == desk.text("ranking-only-heads")
        (answer,) = await desk.press(who, LeaderboardButton("c", "month"))
        assert read_body(answer)["text"] == desk.plain("ranking-only-heads")


async def test_a_group_reads_along(desk: Desk) -> None:
    """In a department's group its own couriers, no matter who asks; in management's everybody."""
    await staged(desk)
    await desk.bind("transport")
    await desk.bind("management", MANAGEMENT)
    assert "k30" not in await ask(desk, "/leaderboard", BOSS, GROUP)
    assert "k30" in await ask(desk, "/leaderboard", BOSS, MANAGEMENT)


async def test_a_running_period_says_until_when_it_grows(desk: Desk) -> None:
    """In the words of the summary: the answers, and with a month's scores the handling; nothing of a period that is complete."""
    await staged(desk)
    assert (await ask(desk, "/leaderboard")).endswith("<i>Still growing: answers until 2026-12-10</i>")
    scored = await ask(desk, "/leaderboard departments")
    assert scored.endswith("<i>Still growing: answers until 2026-12-10, handling until 2026-12-15</i>")
    assert "Still growing" not in await ask(desk, "/leaderboard 2026-10")
