"""Filing suggestions, inquiries and praise as cases: what was said, where it goes, and what the customer reads."""

from conversations import pieces
from conversations.buttons import MyCaseButton
from conversations.pieces import Piece
from conversations.protocol import Key, Text
from domain.cases.case import Case, CaseKind
from domain.company import Company
from handlers.cases.life.transitions import NewCase
from handlers.cases.messages import contributions
from handlers.cases.notices import events
from handlers.turns import engine
from handlers.turns.turn import Turn


async def file(
    turn: Turn,
    kind: CaseKind,
    told: tuple[Piece, ...],
    *,
    category: str = "",
    delivery: int | None = None,
    department: str = "",
    by_clock: bool = False,
) -> Case:
    """File a case other than a complaint, with everything that was said; `department` leads whatever the category says.

    Unless `by_clock`, the customer files it, and reads what became of it from the person who asked.
    """
    frozen = (await turn.batch.frozen([delivery])).get(delivery) if delivery is not None else None
    if frozen is None or frozen.person != turn.person.id:
        frozen = None
    new = {"description": pieces.join_words(told)}
    by = ""
    if frozen is not None:
        new |= {"waybill": frozen.waybill, "courier": frozen.values["courier"]}
        by = frozen.values["department"]
    category = category or choose_usual_category(turn.company)
    case = await events.file_case(
        turn.batch,
        NewCase(
            new,
            category=category,
            department=department
            or turn.company.route(category, delivered_by=by if kind is CaseKind.PRAISE else "").lead,
            customer=turn.person.id,
            delivery=frozen.delivery if frozen is not None else None,
            files=tuple((one.kind, one.id, one.album) for one in pieces.list_files(told)),
            kind=kind,
        ),
        by=None if by_clock else turn.person,
    )
    said = [contributions.make_source_message(one.message, one.words, one.file) for one in told if one.message]
    await contributions.record_first_messages(turn, case, said)
    return case


def choose_usual_category(company: Company) -> str:
    """The category for anything unsorted."""
    return "other" if "other" in company.categories else list(company.categories)[-1]


def show_filed(turn: Turn, dialogue: str, case: Case, key: str, **args: str) -> None:
    """Show in the dialogue's own message what became of it, with a button to look at it again."""
    rows = ((Key(Text("see-case"), MyCaseButton(case.id, "t")),),)
    html = turn.text(key, number=case.number, **args)
    name = engine.screen_name(turn.lane, dialogue)
    fresh = not turn.callback
    turn.batch.show(turn.chat, name, html, rows, language=turn.language, message_id=turn.pressed_at, fresh=fresh)
