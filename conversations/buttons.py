"""Callback data: what a press means, packed into the 64 bytes that Telegram allows per button.

1. The first item is the button's code. A code is never reused; fields are only added at the end, with a default, so
   that a keyboard sent years ago still reads. `tests/conversations/golden_buttons.txt` holds old strings.
2. A well-formed button grants nothing: role, chat and state are checked at each press, inside the transaction.
3. A button holds no secrets, only numbers and short keys from the company's own files.
"""

from typing import Annotated

import msgspec

CALLBACK_DATA_BYTES = 64
"""The Bot API's limit for callback_data, in bytes."""

RowId = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
"""A row's id: a value that the database cannot hold was never in a button of ours."""

SmallNumber = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
"""A position, a score, a version: short enough that two of them and an id fit."""


class RateButton(msgspec.Struct, frozen=True, array_like=True, tag="r"):
    """`question` is the position of the question in its survey."""

    invitation: RowId
    question: SmallNumber
    score: SmallNumber


class ToggleOptionButton(msgspec.Struct, frozen=True, array_like=True, tag="p"):
    """Toggles one of several reasons."""

    invitation: RowId
    question: SmallNumber
    option: SmallNumber


class PickedButton(msgspec.Struct, frozen=True, array_like=True, tag="P"):
    """The choice of reasons is complete."""

    invitation: RowId
    question: SmallNumber


class SurveyBackButton(msgspec.Struct, frozen=True, array_like=True, tag="b"):
    invitation: RowId
    question: SmallNumber


class SurveySkipButton(msgspec.Struct, frozen=True, array_like=True, tag="s"):
    invitation: RowId
    question: SmallNumber


class SurveyEndButton(msgspec.Struct, frozen=True, array_like=True, tag="E"):
    """Ends the survey: the remaining questions are not asked."""

    invitation: RowId
    question: SmallNumber


class ChangeRatingButton(msgspec.Struct, frozen=True, array_like=True, tag="c"):
    invitation: RowId


class FileComplaintButton(msgspec.Struct, frozen=True, array_like=True, tag="f"):
    """One tap turns a low rating into a complaint."""

    invitation: RowId


class NoThanksButton(msgspec.Struct, frozen=True, array_like=True, tag="n"):
    invitation: RowId


class RateDeliveryButton(msgspec.Struct, frozen=True, array_like=True, tag="d"):
    """A delivery from the list of /rate; 0 means none of them."""

    delivery: RowId


class DraftOptionButton(msgspec.Struct, frozen=True, array_like=True, tag="C"):
    """An option in one step of a draft; `draft` distinguishes this keyboard from an old one."""

    draft: RowId
    step: SmallNumber
    option: SmallNumber


class DraftMoveButton(msgspec.Struct, frozen=True, array_like=True, tag="M"):
    """`to` is b(ack), s(kip), d(one), y (confirm), x (cancel), n (keep as a note) or r(eport)."""

    draft: RowId
    step: SmallNumber
    to: str


class CaseActionButton(msgspec.Struct, frozen=True, array_like=True, tag="a"):
    """Staff act on a case; `event` is a short code from `CASE_ACTIONS`, `version` that of the card they were looking at."""

    case: RowId
    event: str
    version: SmallNumber = 0


class VerdictButton(msgspec.Struct, frozen=True, array_like=True, tag="v"):
    """The customer says whether it is solved; `round` says which answer is meant."""

    case: RowId
    round: SmallNumber
    solved: bool


class MyCaseButton(msgspec.Struct, frozen=True, array_like=True, tag="m"):
    """A customer and one of their cases; `what` is t(imeline), a(dd), l(ist), w(ithdraw), W (really), n(ot solved after
    all), e(nough), q(uestion), f(iles of the department, once more).
    """

    case: RowId
    what: str
    page: SmallNumber = 0


class LanguageButton(msgspec.Struct, frozen=True, array_like=True, tag="l"):
    code: str


class TimeZoneButton(msgspec.Struct, frozen=True, array_like=True, tag="Z"):
    """Chooses a time zone by its IANA name."""

    zone: str


class SummaryButton(msgspec.Struct, frozen=True, array_like=True, tag="S"):
    """Figures of a period: `by` is a letter for the breakdown, `unit` the hash of one of its values; `view` is empty
    for figures (`n`: the page of units to choose from), c for the cases behind them (`n`: a page), k for one case (`n`:
    its id) or w for what they mean.
    """

    period: str
    by: str = ""
    unit: str = ""
    view: str = ""
    n: SmallNumber = 0


class ReportButton(msgspec.Struct, frozen=True, array_like=True, tag="W"):
    """The report of a period, as PDF."""

    period: str


class OpenComplaintButton(msgspec.Struct, frozen=True, array_like=True, tag="o"):
    """Starts a complaint."""

    delivery: RowId = 0


class HandlingRatingButton(msgspec.Struct, frozen=True, array_like=True, tag="H"):
    """The customer rates the handling of a solved case."""

    case: RowId
    score: SmallNumber


class StandardAnswerButton(msgspec.Struct, frozen=True, array_like=True, tag="K"):
    """Staff and standard answers; `what` is l(ist), s(how), e(dit), r(etire), R (really), n(ew) or k(eep the answer of this case)."""

    about: RowId
    what: str
    page: SmallNumber = 0


class PraiseButton(msgspec.Struct, frozen=True, array_like=True, tag="h"):
    """Offers praise after the best possible rating."""

    invitation: RowId


class CaseViewButton(msgspec.Struct, frozen=True, array_like=True, tag="F"):
    """Shows the file of a case; `part` is c(omplaint), p(rocess), r(esult), a(udit), o(pen anew), f(iles), d(ocument) or
    m (the files, to the presser in private).
    """

    case: RowId
    part: str
    page: SmallNumber = 0


class CaseListButton(msgspec.Struct, frozen=True, array_like=True, tag="L"):
    """A page of a list of cases; `what` is c(ases), m(ine), o(pen), d (overdue) or s(earch), `argument` a department or a search's id."""

    what: str
    page: SmallNumber = 0
    argument: str = ""


class MyRatingsButton(msgspec.Struct, frozen=True, array_like=True, tag="R"):
    """A page of the user's own ratings; `what` is d(eliveries), h(andling of cases) or a(ppealable)."""

    what: str
    page: SmallNumber = 0


class AppealButton(msgspec.Struct, frozen=True, array_like=True, tag="A"):
    """`what` is a(ppeal against the rating of this invitation), u(phold this appeal) or r(eject it)."""

    about: RowId
    what: str


class PhoneCallButton(msgspec.Struct, frozen=True, array_like=True, tag="B"):
    """A phone call about a delivery; `what` is t(ake), n(o reply), r(efused), w(rong number) or g(ive back), `page` that of the list."""

    delivery: RowId
    what: str
    page: SmallNumber = 0


class PhoneListButton(msgspec.Struct, frozen=True, array_like=True, tag="k"):
    """A page of the phone list."""

    page: SmallNumber = 0


class RecommendButton(msgspec.Struct, frozen=True, array_like=True, tag="N"):
    """0 to 10: how likely somebody is to recommend us."""

    invitation: RowId
    question: SmallNumber
    score: SmallNumber


class OptionButton(msgspec.Struct, frozen=True, array_like=True, tag="O"):
    """The single option chosen."""

    invitation: RowId
    question: SmallNumber
    option: SmallNumber


class YesNoButton(msgspec.Struct, frozen=True, array_like=True, tag="Y"):
    invitation: RowId
    question: SmallNumber
    yes: bool


class TakeBackPhotosButton(msgspec.Struct, frozen=True, array_like=True, tag="D"):
    """Removes the photos sent so far."""

    invitation: RowId
    question: SmallNumber


class CampaignButton(msgspec.Struct, frozen=True, array_like=True, tag="G"):
    """A campaign; `what` is l(ist), n(ew), o(pen), s(how again), a(pprove), d(ecline), S(top), R(esume), c(ancel) or C(ancel, really)."""

    campaign: RowId
    what: str
    page: SmallNumber = 0


class ExportButton(msgspec.Struct, frozen=True, array_like=True, tag="X"):
    """Exports everything behind the figures of a period; `form` is x (workbook) or c (CSV)."""

    period: str
    form: str = "x"


class TrendButton(msgspec.Struct, frozen=True, array_like=True, tag="T"):
    """Control charts by `grain` d(ay), w(eek) or m(onth), for a department or (empty) for all; `anew` sends a new message."""

    grain: str
    department: str = ""
    anew: bool = False


class DrillDownButton(msgspec.Struct, frozen=True, array_like=True, tag="t"):
    """The cases of a period, ten per page: d, w or m and the ordinal of its first day (1 is 1 January of the year 1)."""

    period: str
    department: str = ""
    page: SmallNumber = 0


class LeaderboardButton(msgspec.Struct, frozen=True, array_like=True, tag="Q"):
    """`what` is c(ouriers) or d(epartments); `period` as in `SummaryButton`."""

    what: str
    period: str
    page: SmallNumber = 0


class HelpButton(msgspec.Struct, frozen=True, array_like=True, tag="J"):
    """Of `/help`: a command to carry out as if it had been sent, or a part to read: c (customers), s (staff), m (management)."""

    command: str = ""
    part: str = ""


class SendAgainButton(msgspec.Struct, frozen=True, array_like=True, tag="u"):
    """Of `/undelivered`: everything that may succeed now is sent again."""


class PrivacyButton(msgspec.Struct, frozen=True, array_like=True, tag="e"):
    """Of `/privacy`: a (agree to what is kept), w (take that back)."""

    what: str


class ForgetMeButton(msgspec.Struct, frozen=True, array_like=True, tag="g"):
    """Of `/forgetme`: a (ask once more), y (yes), n (no), b (take it back)."""

    what: str


Button = (
    RateButton
    | ToggleOptionButton
    | PickedButton
    | SurveyBackButton
    | SurveySkipButton
    | SurveyEndButton
    | ChangeRatingButton
    | FileComplaintButton
    | NoThanksButton
    | RateDeliveryButton
    | DraftOptionButton
    | DraftMoveButton
    | CaseActionButton
    | VerdictButton
    | MyCaseButton
    | LanguageButton
    | TimeZoneButton
    | SummaryButton
    | ReportButton
    | OpenComplaintButton
    | HandlingRatingButton
    | StandardAnswerButton
    | PraiseButton
    | CaseViewButton
    | CaseListButton
    | MyRatingsButton
    | AppealButton
    | PhoneCallButton
    | PhoneListButton
    | RecommendButton
    | OptionButton
    | YesNoButton
    | TakeBackPhotosButton
    | CampaignButton
    | ExportButton
    | TrendButton
    | DrillDownButton
    | LeaderboardButton
    | HelpButton
    | SendAgainButton
    | PrivacyButton
    | ForgetMeButton
)

CASE_ACTIONS = {
    "ac": "accept",
    "tr": "transfer",
    "re": "resolve",
    "ap": "approve",
    "rt": "return",
    "hi": "history",
    "ft": "full_text",
    "ho": "hand_over",
    "pl": "plan",
    "aq": "ask_customer",
    "ex": "extend",
    "me": "merge",
    "ra": "appeal",
    "no": "note",
    "rv": "reveal",
    "rp": "report",
    "ad": "adopt",
    "de": "decline",
    "pg": "progress",
    "fi": "finish",
    "an": "answer",
}
"""The events that staff can trigger from a card, by the code in the button."""

_encode = msgspec.json.Encoder().encode
_decoder: msgspec.json.Decoder[Button] = msgspec.json.Decoder(Button)


def pack(button: Button) -> str:
    return _encode(button).decode()


def unpack(data: str) -> Button | None:
    """The button encoded in this data, None if it was never one of ours."""
    if len(data) > CALLBACK_DATA_BYTES:
        return None
    try:
        return _decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeError):
        return None
