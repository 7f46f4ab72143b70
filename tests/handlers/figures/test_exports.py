"""/export: who may take what where, what is owed for it, and that the log knows."""

import msgspec
import pytest
from sqlalchemy import select

from conversations.buttons import ExportButton
from domain.figures.export import ExportFormat, ExportRequest
from domain.people import Role
from handlers.figures.exports import KIND, TAKE_ACTION
from reports.wire import unpack
from storage.models import audit
from storage.queue.outbox import DOCUMENT, OwedCall
from tests.harness.in_process import BOSS, GROUP, LI, WANG, ZHAO, Desk, TelegramUser, find_button, list_texts, read_body

MANAGEMENT = -1002


@pytest.fixture
async def company(desk: Desk) -> None:
    """A manager, a head, one of staff, two groups."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.grant(ZHAO, Role.HEAD, "transport")
    await desk.grant(LI, Role.STAFF, "transport")
    await desk.bind("transport")
    await desk.bind("management", MANAGEMENT)


def wanted(calls: list[OwedCall]) -> tuple[ExportRequest, dict[str, str]] | None:
    """What the file is to be made from, and the rest of its row; None where no file is owed."""
    files = [read_body(call) for call in calls if call.method == DOCUMENT]
    if not files:
        return None
    (file,) = files
    assert file["file"] == KIND
    return unpack(msgspec.json.encode(file["facts"]), ExportRequest), file


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("who", "chat", "departments", "words"),
    [
        (BOSS, None, None, True),
        (BOSS, MANAGEMENT, None, False),
        (BOSS, GROUP, ("transport",), False),
        (ZHAO, None, ("transport",), False),
        (ZHAO, GROUP, ("transport",), False),
    ],
)
async def test_who_takes_what(
    desk: Desk,
    who: TelegramUser,
    chat: int | None,
    departments: tuple[str, ...] | None,
    words: bool,  # noqa: FBT001 -- a case of the table
) -> None:
    """A manager everything, a head the own department; in a group what the group may read; words in private alone."""
    owed = wanted(await desk.say(who, "/export 2026-10", chat))
    assert owed is not None
    assert (owed[0].departments, owed[0].words) == (departments, words)
    assert (owed[0].period.code, owed[0].form) == ("2026-10", ExportFormat.XLSX)
    assert owed[1]["filename"] == "huifang 2026-10-01_2026-10-31.xlsx"


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(("who", "chat"), [(WANG, None), (LI, None), (LI, GROUP), (ZHAO, MANAGEMENT), (BOSS, -77)])
async def test_nobody_else(desk: Desk, who: TelegramUser, chat: int | None) -> None:
    """Customers, staff, a head elsewhere, a manager in a group that is nobody's: a clear answer, no file, nothing in the log."""
    calls = await desk.say(who, "/export", chat)
    assert list_texts(calls) == [desk.text("export-only")]
    assert wanted(await desk.press(who, ExportButton("month"), chat)) is None
    assert await desk.rows(select(audit).where(audit.c.what == TAKE_ACTION)) == []


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("text", "code", "form"),
    [
        ("/export", "month", ExportFormat.XLSX),
        ("/export csv", "month", ExportFormat.CSV),
        ("/export CSV 2026-10-01..2026-10-31", "2026-10-01..2026-10-31", ExportFormat.CSV),
        ("/export 2026-10-01 .. 2026-10-05 xlsx", "2026-10-01..2026-10-05", ExportFormat.XLSX),
        ("/export 本月", "month", ExportFormat.XLSX),
    ],
)
async def test_what_can_be_said(desk: Desk, text: str, code: str, form: ExportFormat) -> None:
    """A period in any words that /summary knows, and the form before it or behind it."""
    owed = wanted(await desk.say(BOSS, text))
    assert owed is not None
    assert (owed[0].period.code, owed[0].form) == (code, form)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("text", ["/export tomorrow", "/export 2027-01", "/export 2026-10-31..2026-10-01"])
async def test_a_bad_period_is_answered_as_everywhere(desk: Desk, text: str) -> None:
    """With what is known; no file is owed."""
    calls = await desk.say(BOSS, text)
    assert wanted(calls) is None
    assert len(list_texts(calls)) == 1


@pytest.mark.usefixtures("company")
async def test_the_button_gives_the_other_form(desk: Desk) -> None:
    """Of the same period, to those who may; and back."""
    first = await desk.say(BOSS, "/export 2026-10")
    assert find_button(first, desk.plain("export-as-csv")) == ExportButton("2026-10", "c")
    pressed = await desk.press(BOSS, ExportButton("2026-10", "c"))
    owed = wanted(pressed)
    assert owed is not None
    assert (owed[0].form, owed[1]["filename"]) == (ExportFormat.CSV, "huifang 2026-10-01_2026-10-31.zip")
    assert find_button(pressed, desk.plain("export-as-xlsx")) == ExportButton("2026-10", "x")
    assert wanted(await desk.press(BOSS, ExportButton("nonsense", "?"))) is None


@pytest.mark.usefixtures("company")
async def test_the_log_knows_and_the_row_holds_no_secret(desk: Desk) -> None:
    """Who took what, for whom; what is owed says what was asked for, and neither a password nor anybody's words."""
    calls = await desk.say(ZHAO, "/export csv 2026-10")
    (line,) = await desk.rows(select(audit.c.actor, audit.c.subject, audit.c.after).where(audit.c.what == TAKE_ACTION))
    assert line.actor is not None
    assert (line.subject, line.after) == ("period:2026-10", "csv:transport:")
    (file,) = [call.payload for call in calls if call.method == DOCUMENT]
    assert len(file) < 2000
    assert "sqlite" not in file
    assert "secret" not in file
