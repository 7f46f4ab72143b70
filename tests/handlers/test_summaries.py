"""`/summary`: counted, worded, and packed for whoever draws it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.buttons import Summary
from domain import figures
from domain.people import Role
from domain.period import Kind, Period
from handlers import summaries
from storage.outbox import PICTURE
from tests.inside import BOSS, LI, WANG, Desk, Who, body, data_of, labels, said
from texts.length import CAPTION, visible

TALLIES = st.lists(st.integers(0, 10**9), min_size=5, max_size=5).map(
    lambda counts: figures.Tally.of(dict(enumerate(counts, 1)))
)
PERIOD = Period(
    Kind.MONTH,
    datetime(2026, 10, 31, 16, tzinfo=UTC),
    datetime(2026, 11, 30, 16, tzinfo=UTC),
    ZoneInfo("Asia/Shanghai"),
    "2026-11",
    running=True,
)


@given(
    TALLIES,
    TALLIES,
    st.dictionaries(st.text(max_size=5), TALLIES, max_size=3),
    st.lists(st.integers(0, 99), min_size=8, max_size=8),
)
def test_a_summary_survives_the_outbox(
    tally: figures.Tally, previous: figures.Tally, dimensions: dict[str, figures.Tally], numbers: list[int]
) -> None:
    """Packed, written as JSON, read in another process: the same figures."""
    line = figures.DepartmentLine("运输部", tally, 1, 2, 3)
    named = dict(zip(summaries._NUMBERS, numbers, strict=True))
    counted = figures.Summary(PERIOD, tally, previous, dimensions, (line,), **named)
    packed = msgspec.json.decode(msgspec.json.encode(summaries.pack(counted)), type=summaries.Packed)
    assert summaries.unpack(packed) == counted


@pytest.fixture
async def boss(desk: Desk) -> None:
    await desk.grant(BOSS, Role.MANAGER)


@pytest.mark.usefixtures("boss")
async def test_one_picture_with_its_words_and_periods(desk: Desk) -> None:
    """The figures are in the row that is owed, the caption fits, and the chosen period is marked."""
    for n, score in enumerate("5542"):
        await desk.press(WANG, data_of(await desk.opened(waybill=f"W{n}"), score))
    (call,) = await desk.say(BOSS, "/summary today")
    assert (call.method, call.name, call.fresh) == (PICTURE, f"summary:{BOSS.id}", True)
    shown = body(call)
    assert visible(shown["caption"]) <= CAPTION
    counted = summaries.unpack(msgspec.convert(shown["summary"], summaries.Packed))
    assert (counted.deliveries, counted.answered, counted.tally.counts) == (4, 4, (0, 1, 0, 1, 2))
    assert len(labels(call)) == len(summaries.PERIODS)
    (other,) = await desk.press(BOSS, Summary("year"), at=77)
    assert (other.message_id, other.fresh) == (77, False)


@pytest.mark.usefixtures("boss")
@pytest.mark.parametrize("text", ["month", "", "2026-10", "2026-10-01..2026-10-31", "week", "yesterday", "quarter"])
async def test_periods(desk: Desk, text: str) -> None:
    """With nothing counted there is a picture all the same."""
    (call,) = await desk.say(BOSS, f"/summary {text}")
    assert call.method == PICTURE


@pytest.mark.usefixtures("boss")
@pytest.mark.parametrize("text", ["moon", "2026-13", "2026-10-31..2026-10-01", "²", "9" * 500, "0000-00", "..", "<b>"])
async def test_nonsense_is_answered(desk: Desk, text: str) -> None:
    """With words, at the first attempt; forged into a button, with a toast."""
    (call,) = await desk.say(BOSS, f"/summary {text}")
    assert said([call]) != [""]
    await desk.press(BOSS, Summary(text[:8]))


async def test_only_managers_read_figures(desk: Desk) -> None:
    """By command and by button."""
    assert said(await desk.say(LI, "/summary")) == [desk.text("only-managers")]
    (call,) = await desk.press(Who(66, "Mallory"), Summary("today"))
    assert body(call)["text"] == desk.plain("only-managers")
