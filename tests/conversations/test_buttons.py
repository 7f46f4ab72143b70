"""Buttons: 64 bytes, old strings still read, and nothing that somebody forges gets through."""

import typing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.buttons import (
    CALLBACK_DATA_BYTES,
    CASE_ACTIONS,
    AppealButton,
    Button,
    CampaignButton,
    CaseActionButton,
    CaseListButton,
    CaseViewButton,
    DraftMoveButton,
    DraftOptionButton,
    DrillDownButton,
    ExportButton,
    ForgetMeButton,
    HelpButton,
    LanguageButton,
    LeaderboardButton,
    MyCaseButton,
    MyRatingsButton,
    PhoneCallButton,
    PrivacyButton,
    ReportButton,
    RowId,
    SmallNumber,
    StandardAnswerButton,
    SummaryButton,
    TimeZoneButton,
    TrendButton,
    pack,
    unpack,
)
from domain.cases.case import CaseEvent

GOLDEN = (Path(__file__).parent / "golden_buttons.txt").read_text("utf-8").splitlines()
TYPES: tuple[type[msgspec.Struct], ...] = typing.get_args(Button)
WORDS = {
    (PrivacyButton, "what"): st.sampled_from("aw"),
    (CaseActionButton, "event"): st.sampled_from(sorted(CASE_ACTIONS)),
    (DraftMoveButton, "to"): st.sampled_from("bsdyx"),
    (MyCaseButton, "what"): st.sampled_from("talwWneq"),
    (StandardAnswerButton, "what"): st.sampled_from("lserRnk"),
    (CaseViewButton, "part"): st.sampled_from("cpraofd"),
    (CaseListButton, "what"): st.sampled_from("cmods"),
    (MyRatingsButton, "what"): st.sampled_from("dha"),
    (AppealButton, "what"): st.sampled_from("aur"),
    (CampaignButton, "what"): st.sampled_from("lnosadSRcC"),
    (CaseListButton, "argument"): st.sampled_from(["", "k" * 32, str(2**63 - 1)]),
    (TimeZoneButton, "zone"): st.sampled_from(["Asia/Shanghai", "America/Argentina/ComodRivadavia"]),
    (PhoneCallButton, "what"): st.sampled_from("tnrwg"),
    (LanguageButton, "code"): st.sampled_from(["en", "zh"]),
    (ReportButton, "period"): st.sampled_from(["today", "2026-10", "2026-10-01..2026-10-31"]),
    (TrendButton, "grain"): st.sampled_from("dwm"),
    (TrendButton, "department"): st.sampled_from(["", "k" * 32]),
    (DrillDownButton, "period"): st.sampled_from(["d739945", "w739943", "m739926"]),
    (DrillDownButton, "department"): st.sampled_from(["", "k" * 32]),
    (LeaderboardButton, "what"): st.sampled_from("cd"),
    (LeaderboardButton, "period"): st.sampled_from(["month", "2026-10", "2026-10-01..2026-10-31"]),
    (SummaryButton, "by"): st.sampled_from(["", *"dcrsvtgph"]),
    (SummaryButton, "unit"): st.sampled_from(["", "a1b2c3d4"]),
    (SummaryButton, "view"): st.sampled_from(["", "c", "k"]),
    (SummaryButton, "period"): st.sampled_from(["today", "2026-10", "2026-10-01..2026-10-31"]),
    (ExportButton, "period"): st.sampled_from(["today", "2026-10", "2026-10-01..2026-10-31"]),
    (ExportButton, "form"): st.sampled_from("xc"),
    (ForgetMeButton, "what"): st.sampled_from("aynb"),
    (HelpButton, "command"): st.sampled_from(["", "leaderboard"]),
    (HelpButton, "part"): st.sampled_from(["", *"csm"]),
}


def tag(kind: type[msgspec.Struct]) -> str:
    return str(kind.__struct_config__.tag)


def made(kind: type[msgspec.Struct]) -> st.SearchStrategy[msgspec.Struct]:
    """Every value that the field types allow."""
    fields: dict[str, st.SearchStrategy[object]] = {}
    for name, hint in typing.get_type_hints(kind, include_extras=True).items():
        if hint == RowId:
            fields[name] = st.integers(0, 2**63 - 1)
        elif hint == SmallNumber:
            fields[name] = st.integers(0, 2**31 - 1)
        elif hint is bool:
            fields[name] = st.booleans()
        else:
            fields[name] = WORDS[kind, name]
    return st.builds(kind, **fields)


def decoder(kind: type[msgspec.Struct]) -> "msgspec.json.Decoder[msgspec.Struct]":
    return msgspec.json.Decoder(kind)


@pytest.mark.parametrize("kind", TYPES)
def test_fits_and_comes_back(kind: type[msgspec.Struct]) -> None:
    """Whatever the ids, a button is at most 64 bytes and says the same when it is pressed."""

    @given(made(kind))
    def check(button: Button) -> None:
        data = pack(button)
        assert len(data.encode()) <= CALLBACK_DATA_BYTES
        assert unpack(data) == button

    check()


def test_no_two_buttons_share_a_code() -> None:
    """A code means one kind of button, for ever."""
    tags = [tag(kind) for kind in TYPES]
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize("kind", TYPES)
def test_every_kind_has_an_old_string(kind: type[msgspec.Struct]) -> None:
    """The golden file knows each kind of button by its code, and that string still unpacks to it."""
    mine = [line for line in GOLDEN if msgspec.json.decode(line)[0] == tag(kind)]
    assert mine
    assert all(type(unpack(line)) is kind for line in mine)


@pytest.mark.parametrize("line", GOLDEN)
def test_old_strings_pack_to_themselves(line: str) -> None:
    """Packing an old button again gives the old string, so far as it goes: fields are only added at the end."""
    button = unpack(line)
    assert button is not None
    assert msgspec.json.decode(pack(button))[: len(msgspec.json.decode(line))] == msgspec.json.decode(line)


@pytest.mark.parametrize("kind", TYPES)
def test_what_the_golden_file_refuses(kind: type[msgspec.Struct]) -> None:
    """A changed code and a new field without a default break the old string; a new field with a default does not."""
    line = max((line for line in GOLDEN if msgspec.json.decode(line)[0] == tag(kind)), key=len)
    hints = typing.get_type_hints(kind, include_extras=True)
    old = [(name, hints[name]) for name in kind.__struct_fields__]

    def changed(code: str, *more: tuple[str, type] | tuple[str, type, int]) -> type[msgspec.Struct]:
        return msgspec.defstruct("Changed", [*old, *more], array_like=True, tag=code)

    decoder(changed(tag(kind), ("added", int, 0))).decode(line)
    with pytest.raises(msgspec.ValidationError):
        decoder(changed("z" + tag(kind))).decode(line)
    with pytest.raises(msgspec.ValidationError):
        decoder(changed(tag(kind), ("added", int))).decode(line)


@given(st.one_of(st.text(), st.sampled_from(GOLDEN).flatmap(lambda line: st.text().map(lambda more: line[:-1] + more))))
def test_any_text_is_read_or_refused(data: str) -> None:
    """Arbitrary callback data is one of our buttons or none; it never raises."""
    button = unpack(data)
    assert button is None or isinstance(button, TYPES)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[",
        "[" * 5000,
        '["r",1,1,1,' + "[" * 5000,
        '["r",1,1]',
        '["r",-1,1,1]',
        f'["r",{2**63},1,1]',
        f'["C",1,1,{2**31}]',
        '["q",1]',
        '{"r":1}',
        '["l","\ud800"]',
        '["l","\\ud800"]',
        '["l","' + "x" * 64 + '"]',
    ],
)
def test_forged_data_is_no_button(data: str) -> None:
    """Nesting, numbers that no column holds, and broken Unicode are refused before anything looks at them."""
    assert unpack(data) is None


def test_every_act_is_an_event_or_a_look() -> None:
    """What a card's button may mean is in the table of the case, or only shows something."""
    assert set(CASE_ACTIONS.values()) <= {event.value for event in CaseEvent} | {
        "history",
        "full_text",
        "note",
        "report",
        "reveal",
    }


def test_a_choice_is_not_a_move() -> None:
    """Codes are case-sensitive: C and c, P and p are different buttons."""
    assert isinstance(unpack('["C",1,1,1]'), DraftOptionButton)
    assert not isinstance(unpack('["c",1]'), DraftOptionButton)
