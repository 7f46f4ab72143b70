"""Every button, fact, command and kind of timer is answered by a room, and by one alone."""

import re
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import select, update

from conversations import buttons
from conversations.campaigns import campaign
from conversations.cases import addition, complaint, customer_answer, feedback, forms, inquiry, letter, standard_answer
from conversations.surveys import rating_states
from conversations.surveys.rating import BUTTONS
from domain.people import Audience, Role
from domain.timer_kinds import TimerKind
from handlers import rooms
from handlers.cases.watch import digests
from handlers.commands import COMMANDS, HELP, MENU
from handlers.turns.batch import Batch
from storage.models import inbox, metadata
from storage.queue.outbox import OwedCall
from tests.harness.in_process import BOSS, GROUP, LI, Desk, read_body
from texts import LANGUAGES, Texts

DIALOGUE_SOURCES = Path(__file__).parents[2] / "conversations"

DIALOGUES = {*BUTTONS, buttons.DraftOptionButton, buttons.DraftMoveButton, buttons.HelpButton}
"""Buttons of a dialogue's own screen, and that of `/help`, which leads to every room's commands."""

FACTS = (
    *(addition.Added, complaint.ComplaintConfirmed, customer_answer.CustomerAnswered, feedback.FeedbackGiven),
    *(forms.FormFilled, inquiry.InquiryAsked, inquiry.InquiryHelped, letter.LetterWritten),
    *(standard_answer.StandardAnswerKept, campaign.ReachRequested, campaign.CampaignPlanned),
    *(rating_states.RatingAnswered, rating_states.AnswerRecounted, rating_states.AnonymousSurveyCompleted),
    *(rating_states.ComplaintFiled, rating_states.ComplaintDeclined),
)


def test_every_button_has_one_answer() -> None:
    """In a room, or in the dialogue that shows it."""
    assert {*rooms.PRESSES} | DIALOGUES == {*get_args(buttons.Button)}
    assert not {*rooms.PRESSES} & DIALOGUES


def test_every_fact_is_kept() -> None:
    """By at least one room: those that are known here, and every one that the source of a dialogue saves by its name."""
    kept = {entry.kind for room in rooms.ROOMS for entry in room.facts}
    assert {*FACTS} <= kept
    sources = [path.read_text("utf-8") for path in DIALOGUE_SOURCES.rglob("*.py")]
    saved = {name for source in sources for name in re.findall(r"\bSave\(\s*([A-Z]\w+)", source)}
    assert saved
    assert saved <= {kind.__name__ for kind in kept}


def test_an_event_that_was_given_a_reason_has_one_keeper() -> None:
    """Which one depends on the event; no two of them share one."""
    events = [event for room in rooms.ROOMS for entry in room.facts for event in entry.events]
    assert len(events) == len({*events}) > 0


def test_a_second_answer_is_refused() -> None:
    """The table cannot be made with two answers to one thing."""
    with pytest.raises(LookupError, match="two rooms answer 'a'"):
        rooms.gather(["a", "b", "a"], str)


def test_every_kind_of_timer_is_answered() -> None:
    """The kinds that handlers set, by the strings that stand in databases."""
    assert (
        {*rooms.TIMERS}
        == {
            *("invite", "remind", "expire", "settle", "low", "forget", "album", "said", "draft", "gather"),
            *("clock", "waiting", "silent", "rearm", "morning", "push", "trend", "champion", "checks"),
            *(
                "callbacks",
                "callback",
                "campaign",
                "progress",
                "unsorted",
                "backup",
                "infected",
                "growth",
                "erase",
                "retention",
            ),
        }
        == set(TimerKind)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_in_the_help_that_it_names(language: str) -> None:
    """And has words for the menu, in every language."""
    texts = Texts()
    for command in COMMANDS.values():
        if command.menus:
            assert texts.plain(language, f"menu-{command.name}")
        if command.help:
            assert f"/{command.name}" in texts.plain(language, command.help), command.name
            assert HELP[command.help] >= command.menus


def test_menus_grow_with_the_role() -> None:
    """Everybody's commands are in every menu; the menu has an order and no place twice."""
    places = [command.place for command in COMMANDS.values() if command.menus]
    assert len(places) == len({*places})
    assert [name for name, menus in MENU.items() if Audience.ANYBODY in menus] == [
        *("rate", "complain", "suggest", "ask", "praise", "mycases", "language", "timezone", "stop", "resume"),
        *("privacy", "mydata", "forgetme", "cancel", "help"),
    ]


async def test_a_department_that_is_gone_ends_nothing(desk: Desk) -> None:
    """Its key was renamed in the company file, its group, head, case and deliveries are there: every word, press and timer is handled."""
    await desk.bind("transport")
    await desk.bind("management", -1003)
    await desk.grant(BOSS, Role.MANAGER)
    await desk.grant(LI, Role.HEAD, "transport")
    await desk.file_complaint()
    async with desk.database.begin() as tx:
        for table in metadata.sorted_tables:
            if "department" in table.columns:
                await tx.execute(update(table).where(table.c.department == "transport").values(department="lorries"))
    commands = ("cases", "case C-261123-0001", "summary month", "trend", "report month", "answers", "roles", "log")
    for who, chat in ((LI, GROUP), (BOSS, BOSS.id)):
        for command in commands:
            for data in find_every_button(await desk.say(who, f"/{command}", chat)):
                await desk.press(who, data, chat)
    await desk.batch(set_digest)
    for hours in (12, 24, 72, 400):
        await desk.ring(hours=hours)
    assert len(await desk.rows(select(inbox.c.key))) > 45
    assert await desk.rows(select(inbox.c.error).where(inbox.c.state != "done")) == []


def find_every_button(calls: list[OwedCall]) -> list[str]:
    """What the buttons under these messages carry."""
    keyboards = [(read_body(call).get("reply_markup") or {}).get("inline_keyboard", ()) for call in calls]
    return [
        button["callback_data"] for rows in keyboards for row in rows for button in row if "callback_data" in button
    ]


async def set_digest(batch: Batch) -> None:
    digests.set_morning_timer(batch)
