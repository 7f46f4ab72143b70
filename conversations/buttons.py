"""What a press means, packed into the 64 bytes that Telegram gives a button.

1. The first item is the button's code. A code is never reused; fields are only added at the end, with a default, so that a
   keyboard sent years ago still reads. `tests/conversations/golden_buttons.txt` holds old strings.
2. Shape is not permission: role, chat and state are checked at each press, inside the transaction.
3. Nothing secret is in a button, and nothing that is not a number or a short key of the company's own files.
"""

from typing import Annotated

import msgspec

LIMIT = 64
"""Bytes of callback_data, by the Bot API."""

Id = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
"""A row's id: what the database could not hold was never in a button of ours."""

Small = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
"""A place, a score, a version: short enough that two of them and an id fit."""


class Rate(msgspec.Struct, frozen=True, array_like=True, tag="r"):
    """`question` is the place of the question in its survey."""

    invitation: Id
    question: Small
    score: Small


class Pick(msgspec.Struct, frozen=True, array_like=True, tag="p"):
    """One of several reasons, on or off."""

    invitation: Id
    question: Small
    option: Small


class Picked(msgspec.Struct, frozen=True, array_like=True, tag="P"):
    """The reasons are complete."""

    invitation: Id
    question: Small


class SurveyBack(msgspec.Struct, frozen=True, array_like=True, tag="b"):
    invitation: Id
    question: Small


class SurveySkip(msgspec.Struct, frozen=True, array_like=True, tag="s"):
    invitation: Id
    question: Small


class SurveyEnd(msgspec.Struct, frozen=True, array_like=True, tag="E"):
    """That is all: the questions that are left are not asked."""

    invitation: Id
    question: Small


class ChangeRating(msgspec.Struct, frozen=True, array_like=True, tag="c"):
    invitation: Id


class FileComplaint(msgspec.Struct, frozen=True, array_like=True, tag="f"):
    """One tap turns a low rating into a complaint."""

    invitation: Id


class NoThanks(msgspec.Struct, frozen=True, array_like=True, tag="n"):
    invitation: Id


class RateDelivery(msgspec.Struct, frozen=True, array_like=True, tag="d"):
    """From the list of /rate; 0 is none of them."""

    delivery: Id


class Choose(msgspec.Struct, frozen=True, array_like=True, tag="C"):
    """An option of one step of a draft; `draft` tells an old keyboard from this one."""

    draft: Id
    step: Small
    option: Small


class Move(msgspec.Struct, frozen=True, array_like=True, tag="M"):
    """`to` is b(ack), s(kip), d(one), y (confirm), x (cancel), n (keep as a note) or r(eport)."""

    draft: Id
    step: Small
    to: str


class Act(msgspec.Struct, frozen=True, array_like=True, tag="a"):
    """Staff acts on a case; `event` is a short code of `ACTS`, `version` the card that was looked at."""

    case: Id
    event: str
    version: Small = 0


class Verdict(msgspec.Struct, frozen=True, array_like=True, tag="v"):
    """The customer says whether it is solved; `round` is the answer that is meant."""

    case: Id
    round: Small
    solved: bool


class Mine(msgspec.Struct, frozen=True, array_like=True, tag="m"):
    """A customer and an own case; `what` is t(imeline), a(dd), l(ist), w(ithdraw), W (really), n(ot solved after all), e(nough), q(uestion)."""

    case: Id
    what: str
    page: Small = 0


class Language(msgspec.Struct, frozen=True, array_like=True, tag="l"):
    code: str


class Zone(msgspec.Struct, frozen=True, array_like=True, tag="Z"):
    """A time zone's own name."""

    zone: str


class Summary(msgspec.Struct, frozen=True, array_like=True, tag="S"):
    """Figures of a period: `by` is a letter for the breakdown, `unit` the hash of one of its values; `view` is empty for figures (`n`: the page
    of units to choose from), c(ases) behind them (`n`: a page) or k for one case (`n`: its id).
    """

    period: str
    by: str = ""
    unit: str = ""
    view: str = ""
    n: Small = 0


class Paper(msgspec.Struct, frozen=True, array_like=True, tag="W"):
    """The report of a period, as PDF."""

    period: str


class OpenComplaint(msgspec.Struct, frozen=True, array_like=True, tag="o"):
    """Begin a complaint from a button."""

    delivery: Id = 0


class Handling(msgspec.Struct, frozen=True, array_like=True, tag="H"):
    """How the customer rates the handling of a case that was solved."""

    case: Id
    score: Small


class Standard(msgspec.Struct, frozen=True, array_like=True, tag="K"):
    """Staff and standard answers; `what` is l(ist), s(how), e(dit), r(etire), R (really), n(ew) or k(eep the answer of this case)."""

    about: Id
    what: str
    page: Small = 0


class Praise(msgspec.Struct, frozen=True, array_like=True, tag="h"):
    """After a rating that is as good as can be."""

    invitation: Id


class Look(msgspec.Struct, frozen=True, array_like=True, tag="F"):
    """The file of a case; `part` is c(omplaint), p(rocess), r(esult), a(udit), o(pen anew), f(iles) or d(ocument)."""

    case: Id
    part: str
    page: Small = 0


class Listing(msgspec.Struct, frozen=True, array_like=True, tag="L"):
    """A page of a list of cases; `what` is c(ases), m(ine), o(pen), d(ue and over) or s(earch), `argument` a department or a search's id."""

    what: str
    page: Small = 0
    argument: str = ""


class Rated(msgspec.Struct, frozen=True, array_like=True, tag="R"):
    """A page of the presser's own ratings; `what` is d(eliveries), h(andling of cases) or a(ppealable)."""

    what: str
    page: Small = 0


class Appeal(msgspec.Struct, frozen=True, array_like=True, tag="A"):
    """`what` is a(ppeal against the rating of this invitation), u(phold this appeal) or r(eject it)."""

    about: Id
    what: str


class Call(msgspec.Struct, frozen=True, array_like=True, tag="B"):
    """A delivery to be phoned about; `what` is t(ake), n(o reply), r(efused), w(rong number) or g(ive back), `page` that of the list."""

    delivery: Id
    what: str
    page: Small = 0


class Calls(msgspec.Struct, frozen=True, array_like=True, tag="k"):
    """A page of the list of those to be phoned."""

    page: Small = 0


class Recommend(msgspec.Struct, frozen=True, array_like=True, tag="N"):
    """0 to 10: how likely somebody is to recommend us."""

    invitation: Id
    question: Small
    score: Small


class Opt(msgspec.Struct, frozen=True, array_like=True, tag="O"):
    """The one option of several that fits."""

    invitation: Id
    question: Small
    option: Small


class YesNo(msgspec.Struct, frozen=True, array_like=True, tag="Y"):
    invitation: Id
    question: Small
    yes: bool


class TakeBack(msgspec.Struct, frozen=True, array_like=True, tag="D"):
    """The photos sent so far are taken back."""

    invitation: Id
    question: Small


class Campaign(msgspec.Struct, frozen=True, array_like=True, tag="G"):
    """A campaign; `what` is l(ist), n(ew), o(pen), s(how again), a(pprove), d(ecline), S(top), R(esume), c(ancel) or C(ancel, really)."""

    campaign: Id
    what: str
    page: Small = 0


class Export(msgspec.Struct, frozen=True, array_like=True, tag="X"):
    """Everything behind the figures of a period; `form` is x (workbook) or c (CSV)."""

    period: str
    form: str = "x"


class Trend(msgspec.Struct, frozen=True, array_like=True, tag="T"):
    """Control charts by `grain` d(ay), w(eek) or m(onth), of a department or (empty) of all; `anew` is a message of its own."""

    grain: str
    department: str = ""
    anew: bool = False


class Behind(msgspec.Struct, frozen=True, array_like=True, tag="t"):
    """The cases of a period, ten a page: d, w or m and the number of its first day, from 1 on 1 January of the year 1."""

    period: str
    department: str = ""
    page: Small = 0


class Leaderboard(msgspec.Struct, frozen=True, array_like=True, tag="Q"):
    """`what` is c(ouriers) or d(epartments); `period` as `Summary` has it."""

    what: str
    period: str
    page: Small = 0


Button = (
    Rate
    | Pick
    | Picked
    | SurveyBack
    | SurveySkip
    | SurveyEnd
    | ChangeRating
    | FileComplaint
    | NoThanks
    | RateDelivery
    | Choose
    | Move
    | Act
    | Verdict
    | Mine
    | Language
    | Zone
    | Summary
    | Paper
    | OpenComplaint
    | Handling
    | Standard
    | Praise
    | Look
    | Listing
    | Rated
    | Appeal
    | Call
    | Calls
    | Recommend
    | Opt
    | YesNo
    | TakeBack
    | Campaign
    | Export
    | Trend
    | Behind
    | Leaderboard
)

ACTS = {
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
"""What staff can press on a card, by the code in the button."""

_encode = msgspec.json.Encoder().encode
_decoder: msgspec.json.Decoder[Button] = msgspec.json.Decoder(Button)


def pack(button: Button) -> str:
    return _encode(button).decode()


def unpack(data: str) -> Button | None:
    """The button that says this, None where none of ours ever did."""
    if len(data) > LIMIT:
        return None
    try:
        return _decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeError):
        return None
