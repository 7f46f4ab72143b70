"""Forms: one question after the other, by button or by reply; shown back; one step back; and only then it counts."""

from datetime import datetime

import msgspec
import pytest

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.cases import forms
from conversations.cases.fields import FORMS, AskingField, ConfirmingForm
from conversations.cases.forms import FormFilled, State
from conversations.protocol import Attached, File, Save
from tests.harness.in_process import COMPANY
from tests.harness.playbook import MISUNDERSTOOD, OVER, Playbook, tap
from tests.harness.text_fragments import VOCABULARY

NUMBER = "C-261123-0042"
NOW = "2026-11-24T10:00:00+08:00"
"""A Tuesday."""


def playing(form: str, *, floor: str = "", **offered: list[tuple[str, str]]) -> Playbook[State]:
    start = AskingField(5, 42, NUMBER, form, NOW, floor, {}, offered)
    return Playbook(forms.conversation(COMPANY.zone, VOCABULARY.moments), forms.begin(start))


def parts(played: Playbook[State], key: str) -> dict[str, str | int]:
    """What one text of the screen was told."""
    return next(dict(part.args) for part in played.screen.parts if getattr(part, "key", "") == key)  # type: ignore[union-attr]


def test_a_plan_by_words_and_a_goal_by_button() -> None:
    """Measure, due in words, the ready goal; shown back with the weekday; then it counts."""
    played = (
        playing("plan", goal=[("Customer satisfied", "Customer satisfied")]) >> " New van. " << "plan-due" >> "明天18点"
    )
    assert parts(played, "form-due") == {"at": "2026-11-25 18:00", "weekday": 3}
    played = played << "plan-goal" >> tap("Customer satisfied") << "plan-preview"
    assert parts(played, "form-due") == {"at": "2026-11-25 18:00", "weekday": 3}
    given = {"measure": "New van.", "due": "2026-11-25T18:00:00+08:00", "goal": "Customer satisfied"}
    assert played >> tap("Confirm") << Save(FormFilled(42, "plan", given)) << OVER << "plan-sent"


@pytest.mark.parametrize(
    ("label", "due"),
    [
        ("Today 18:00 (11-24)", "2026-11-24T18:00:00+08:00"),
        ("Tomorrow 12:00 (11-25)", "2026-11-25T12:00:00+08:00"),
        ("Tomorrow 18:00 (11-25)", "2026-11-25T18:00:00+08:00"),
        ("In 3 days (11-27)", "2026-11-27T18:00:00+08:00"),
        ("In a week (12-01)", "2026-12-01T18:00:00+08:00"),
    ],
)
def test_quick_dates(label: str, due: str) -> None:
    """Each button says which day it means, and means it."""
    played = playing("plan") >> "New van" >> tap(label)
    assert played.state is not None
    assert played.state.given["due"] == due


def test_a_button_means_the_day_it_showed() -> None:
    """Pressed two days later: what was tomorrow has passed, and is asked anew with the days of now."""
    played = playing("plan") >> "New van"
    assert played.state is not None
    later = msgspec.structs.replace(played.state, now="2026-11-26T10:00:00+08:00")
    played = (
        Playbook(forms.conversation(COMPANY.zone, VOCABULARY.moments), later)
        >> tap("Tomorrow 18:00 (11-25)")
        << "when-past"
    )
    assert "Tomorrow 18:00 (11-27)" in played.labels


@pytest.mark.parametrize(
    ("said", "why"),
    [("soon", "when-unclear"), ("5/6", "when-unclear"), ("yesterday", "when-past"), ("2020-01-01", "when-past")],
)
def test_a_date_that_will_not_do(said: str, why: str) -> None:
    """It says why, with examples, and asks again; nothing is guessed."""
    played = playing("plan") >> "New van" >> said << "plan-due" << why
    assert played >> "Friday" << "plan-goal"


def test_a_later_date_is_later_than_the_promised_one() -> None:
    """An extension offers days after the promise, and refuses one before it."""
    floor = "2026-11-30T18:00:00+08:00"
    played = playing("extend", floor=floor) >> "The part comes late" << "extend-due"
    assert "3 days later (12-03)" in played.labels
    played = played >> "Friday" << "when-not-later" >> tap("3 days later (12-03)") << "extend-preview"
    given = {"reason": "The part comes late", "due": "2026-12-03T18:00:00+08:00"}
    assert played >> tap("Confirm") << Save(FormFilled(42, "extend", given)) << OVER


def test_back_is_one_step_with_what_was_said() -> None:
    """From the preview to the last question, from there to the one before; Keep goes on with what was said."""
    played = playing("resolution") >> "Cause" >> "Action" >> tap("Skip") >> tap("At fault") << "resolution-preview"
    played = played >> tap("Back") << "resolution-is-valid" << "form-so-far" << "resolution-preview-valid"
    played = played >> tap("Back") << "resolution-compensation" >> tap("Back") << "resolution-action"
    assert parts(played, "resolution-preview-action") == {"text": "Action"}
    played = (
        played >> "Another action" << "resolution-compensation" >> tap("Keep") >> tap("Keep") << "resolution-preview"
    )
    given = {"root_cause": "Cause", "action": "Another action", "compensation": "", "valid": "yes"}
    assert played >> tap("Confirm") << Save(FormFilled(42, "resolve", given)) << OVER << "resolution-sent"


def test_only_what_is_optional_is_skipped() -> None:
    """A Skip pressed on an old message does not pass over a required answer."""
    assert playing("resolution") >> DraftMoveButton(5, 0, "s") << MISUNDERSTOOD
    assert playing("resolution") >> "Cause" >> DraftMoveButton(5, 0, "s") << MISUNDERSTOOD


def test_the_regulators_answer() -> None:
    """Findings, liability, agreement, compensation, satisfied or not, who handled it: all of it is in the facts."""
    played = (
        playing("regulator")
        >> "Lost in the hub"
        >> tap("Liable")
        >> "A new one"
        >> "50 CNY"
        >> tap("Not satisfied")
        >> "Li, 138"
    )
    given = {
        "root_cause": "Lost in the hub",
        "valid": "yes",
        "action": "A new one",
        "compensation": "50 CNY",
        "satisfied": "no",
        "handler": "Li, 138",
    }
    played = played << "regulator-preview" << "regulator-preview-not-satisfied" >> tap("Confirm")
    assert played << Save(FormFilled(42, "resolve", given)) << OVER << "regulator-sent"


@pytest.mark.parametrize(
    ("said", "day"), [(tap("Yesterday (11-23)"), "2026-11-23"), ("20 November", "2026-11-20"), ("上周五", "2026-11-20")]
)
def test_the_day_an_appeal_came(said: tap | str, day: str) -> None:
    """A day that was; the reference may be skipped."""
    played = playing("appeal") >> said >> tap("Skip") << "appeal-preview" >> tap("Confirm")
    assert played << Save(FormFilled(42, "appeal", {"received": day, "reference": ""})) << OVER


@pytest.mark.parametrize(("said", "why"), [("tomorrow", "when-future"), ("whenever", "when-day-unclear")])
def test_the_day_an_appeal_cannot_have_come(said: str, why: str) -> None:
    """A day to come, and what is no day."""
    assert playing("appeal") >> said << "appeal-received" << why


def test_somebody_among_many() -> None:
    """Eight to a page, there and back; a choice by button counts at once, and words are none."""
    people = [(str(n), f"Colleague {n}") for n in range(1, 20)]
    played = playing("hand-over", person=people)
    assert played.labels == [*(f"Colleague {n}" for n in range(1, 9)), "More ▸", "Cancel"]
    played = played >> "Colleague 3" << MISUNDERSTOOD
    played = played >> tap("More ▸") >> tap("More ▸")
    assert played.labels == ["Colleague 17", "Colleague 18", "Colleague 19", "◂ Previous", "Cancel"]
    played = played >> tap("◂ Previous") >> tap("Colleague 12")
    assert played << Save(FormFilled(42, "hand_over", {"person": "12"})) << OVER << "hand-over-sent"


@pytest.mark.parametrize("form", FORMS)
def test_what_it_does_not_understand(form: str) -> None:
    """Blank words, media, another draft's buttons and choices that do not exist change nothing."""
    played = playing(form)
    before = played.state
    for action in (
        "  ",
        Attached(File("photo", "p")),
        DraftMoveButton(6, 0, "x"),
        DraftOptionButton(6, 0, 0),
        DraftOptionButton(5, 0, 99),
        DraftOptionButton(5, 1, 0),
        DraftMoveButton(5, 9, "y"),
    ):
        played = played >> action << MISUNDERSTOOD
    assert played.state == before
    confirming = ConfirmingForm(5, 42, NUMBER, form, NOW)
    assert Playbook(forms.conversation(COMPANY.zone, VOCABULARY.moments), confirming) >> "words" << MISUNDERSTOOD


def test_cancel_changes_nothing() -> None:
    """At the preview and at any question with buttons."""
    assert playing("hand-over", person=[("1", "Li")]) >> tap("Cancel") << OVER << "staff-cancelled"
    assert playing("question") >> "Which door?" << "question-preview" >> tap("Cancel") << OVER << "staff-cancelled"


def test_moments_on_the_companys_clock() -> None:
    """What is kept has an offset."""
    played = playing("plan") >> "x" >> "18:00"
    assert played.state is not None
    assert datetime.fromisoformat(played.state.given["due"]).utcoffset() is not None


def test_a_suggestion_is_rated_from_one_to_five() -> None:
    """Five buttons in one row; words are no score; everything is shown back."""
    played = playing("adopt") << "adopt-value"
    assert played.labels == ["1", "2", "3", "4", "5", "Cancel"]
    assert played >> "four" << MISUNDERSTOOD
    assert playing("adopt") >> DraftOptionButton(5, 0, 5) << MISUNDERSTOOD
    played = (
        playing("adopt") >> tap("4") << "adopt-feasibility" >> tap("3") >> "Good idea" >> "Friday" << "adopt-preview"
    )
    assert parts(played, "adopt-preview-value") == {"text": "4"}
    given = {"value": "4", "feasibility": "3", "reason": "Good idea", "due": "2026-11-27T18:00:00+08:00"}
    assert played >> tap("Confirm") << Save(FormFilled(42, "adopt", given)) << OVER << "adopt-sent"
