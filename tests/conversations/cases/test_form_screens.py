"""How forms look: force a reply where only words will do, buttons where there is a choice, long words cut."""

from conversations.cases.fields import FORMS, AskingField, ConfirmingForm, FieldKind
from conversations.cases.form_screens import SHOWN_CHARACTERS, screen
from conversations.cases.forms import begin
from tests.harness.in_process import COMPANY

NOW = "2026-11-24T10:00:00+08:00"


def test_a_question_for_words_alone_has_no_buttons() -> None:
    """Telegram takes a reply prompt or buttons, not both."""
    for name, form in FORMS.items():
        first = screen(begin(AskingField(5, 42, "C-1", name, NOW)), COMPANY.zone)
        if form.fields[0].kind is FieldKind.WORDS:
            assert first.asks
            assert first.rows == ()
        else:
            assert first.rows


def test_long_words_are_cut_in_the_preview() -> None:
    """The preview of a very long answer still fits a message; what counts is whole."""
    state = ConfirmingForm(5, 42, "C-1", "question", NOW, given={"question": "x" * 4000})
    shown = screen(state, COMPANY.zone).parts[1]
    assert len(shown.args["text"]) == SHOWN_CHARACTERS + 1  # type: ignore[union-attr, arg-type]
    assert len(state.given["question"]) == 4000


def test_a_choice_is_shown_by_its_label() -> None:
    """Not by the number that stands for it."""
    state = ConfirmingForm(5, 42, "C-1", "merge", NOW, given={"into": "7"}, offered={"into": [("7", "C-2 · Broken")]})
    assert screen(state, COMPANY.zone).parts[1].args == {"text": "C-2 · Broken"}  # type: ignore[union-attr]
