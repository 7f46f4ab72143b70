"""Questions to the customer, and the answers: the case waits meanwhile, and the owner is mentioned when there is something to read.

1. The question goes out, and the case waits, only if the customer can be reached in chat; otherwise the asker is told
   how else.
2. The first thing the customer sends moves the case on. Anything later, or too late, is simply added.
"""

from conversations.cases import customer_answer
from domain.cases.case import OPEN, Case
from domain.people import Person
from handlers.cases.customers import additions
from handlers.cases.file import reveal
from handlers.cases.life import telling
from handlers.cases.life.customer_buttons import question_key
from handlers.cases.messages import contributions
from handlers.turns.turn import Turn
from storage.cases import cases


async def find_reachable_customer(turn: Turn, case: Case) -> Person | None:
    """The customer, if a question can reach them; otherwise the owner is told at once how else to reach them."""
    if case.customer is None:
        turn.toast("no-customer", number=case.number, alert=True)
        return None
    customer = await telling.find_customer(turn.batch, case)
    if customer is not None and customer.reachable:
        return customer
    contact = await reveal.fetch_contact(turn, case)
    turn.batch.record(turn.person.id, reveal.REVEALED, f"case:{case.id}")
    turn.toast("customer-unreachable", number=case.number, contact=contact or turn.plain("no-contact"), alert=True)
    return None


async def on_fact(turn: Turn, fact: customer_answer.CustomerAnswered) -> None:
    """One contribution to the answer."""
    case = await _follow_merges(turn, fact.case)
    if case is None or case.customer != turn.person.id:
        return
    if case.state not in OPEN:
        turn.batch.end_session(turn.lane, question_key(fact.case))
        turn.say("answering-over", number=case.number)
        return
    said = [contributions.make_source_message(turn.message, fact.text, fact.file)]
    album = fact.file.album if fact.file is not None else ""
    await additions.add(turn, case, fact.text, said, album=album)


async def _follow_merges(turn: Turn, case_id: int) -> Case | None:
    """The case, or the one it was merged into."""
    case = await cases.get(turn.tx, case_id, for_update=True)
    while case is not None and case.merged_into is not None:
        case = await cases.get(turn.tx, case.merged_into, for_update=True)
    return case
