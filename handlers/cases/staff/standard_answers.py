"""Standard answers (canned responses), `/answers`: staff list, add, change and retire what customers are offered; all of it is logged.

Whose answers and inquiries are meant is decided again at each press and when words are confirmed, by who acts and where
(`visibility`): a button or a draft that names another department's finds nothing.
"""

from conversations.buttons import StandardAnswerButton
from conversations.cases import standard_answer
from conversations.protocol import Key, KeyboardRow, Text, Words
from domain.cases.case import CaseKind
from handlers.access import visibility
from handlers.cases.customers import filing
from handlers.turns import engine
from handlers.turns.pager import draw_pager
from handlers.turns.turn import Turn
from storage.cases import cases, standard_answers
from storage.queue.outbox import Priority
from texts.length import trim

PAGE = 8
LABEL_CHARACTERS = 56


async def on_command(turn: Turn, args: str) -> None:
    """The list, or with `add` a new one."""
    departments = await _list_departments(turn)
    if not departments:
        turn.say("not-staff")
    elif args.strip().casefold() in turn.vocabulary.add:
        _begin(
            turn, standard_answer.AskingStandardQuestion(turn.services.next_id(), 0, _choose_keeper(turn, departments))
        )
    else:
        await _show_list(turn, departments, 0)


async def on_press(turn: Turn, button: StandardAnswerButton) -> None:
    """A press in the list, on one of the answers, or under an answered inquiry."""
    departments = await _list_departments(turn)
    if not departments:
        turn.toast("not-yours", alert=True)
        return
    if button.what in {"l", "n", "k"}:
        await _press_list_button(turn, button, departments)
        return
    answer = await standard_answers.get(turn.tx, button.about)
    if answer is not None and answer.department not in departments:
        turn.toast("not-yours", alert=True)
        return
    if answer is None:
        turn.toast("standard-gone")
        await _show_list(turn, departments, button.page)
        return
    match button.what:
        case "s":
            html = turn.text(
                "standard-shown",
                question=answer.question,
                answer=trim(answer.answer, standard_answer.ANSWER_CHARACTERS),
            )
            html += "\n\n" + turn.text("standard-used", count=answer.used)
            _show(turn, html, _draw_answer_buttons(button))
        case "e":
            draft = turn.services.next_id()
            _begin(
                turn,
                standard_answer.AskingStandardQuestion(
                    draft, answer.id, answer.department, answer.question, answer.answer
                ),
            )
        case "r":
            _show(turn, turn.text("standard-retire-really", question=answer.question), _draw_retire_buttons(button))
        case "R":
            await standard_answers.retire(turn.tx, answer.id, turn.now)
            turn.batch.record(turn.person.id, "answers.retire", f"answer:{answer.id}", answer.question, None)
            turn.toast("standard-retired")
            await _show_list(turn, departments, button.page)
        case _:
            turn.toast("not-now")


async def on_fact(turn: Turn, fact: standard_answer.StandardAnswerKept) -> None:
    """Save it: it is offered from now on, and the log has what it said before."""
    departments = await _list_departments(turn)
    before = await standard_answers.get(turn.tx, fact.about) if fact.about else None
    if (before.department if before is not None else fact.department) not in departments:
        turn.say("not-staff")
        return
    said = f"{fact.question}\n{fact.answer}"
    if before is not None:
        await standard_answers.change(turn.tx, before.id, fact.question, fact.answer)
        was = f"{before.question}\n{before.answer}"
        turn.batch.record(turn.person.id, "answers.edit", f"answer:{before.id}", was, said)
        return
    id_ = turn.services.next_id()
    question, answer = fact.question, fact.answer
    await standard_answers.add(turn.tx, id_, question, answer, fact.department, turn.person.id, turn.now)
    turn.batch.record(turn.person.id, "answers.add", f"answer:{id_}", None, said)


async def _list_departments(turn: Turn) -> list[str]:
    """The departments whose answers are meant: those whose cases may be seen here. Empty if there are none."""
    seen = await visibility.find_departments(turn)
    return list(turn.company.departments) if seen is None else list(seen)


def _choose_keeper(turn: Turn, departments: list[str]) -> str:
    """The department to keep a new one: the one meant, else that of the category for unsorted cases where it is among them."""
    usual = turn.company.route(filing.choose_usual_category(turn.company)).lead
    return usual if usual in departments else departments[0]


async def _press_list_button(turn: Turn, button: StandardAnswerButton, departments: list[str]) -> None:
    if button.what == "l":
        await _show_list(turn, departments, button.page)
        return
    if button.what == "n":
        _begin(
            turn, standard_answer.AskingStandardQuestion(turn.services.next_id(), 0, _choose_keeper(turn, departments))
        )
        return
    case = await cases.get(turn.tx, button.about)
    if case is None or case.kind is not CaseKind.INQUIRY:
        turn.toast("not-now")
        return
    if case.department not in departments:
        turn.toast("not-yours", alert=True)
        return
    history = await cases.fetch_history(turn.tx, case.id)
    answer = next((one.facts["words"] for one in reversed(history) if one.event == "answer"), "")
    question = trim(turn.services.mask_words(case.description), standard_answer.QUESTION_CHARACTERS)
    draft = turn.services.next_id()
    _begin(
        turn,
        standard_answer.ConfirmingStandardAnswer(
            draft, 0, case.department, question, trim(answer, standard_answer.ANSWER_CHARACTERS)
        ),
    )


async def _show_list(turn: Turn, departments: list[str], page: int) -> None:
    answers = await standard_answers.list_page(turn.tx, departments, page * PAGE, PAGE + 1)
    rows: list[KeyboardRow] = [
        (Key(Words(trim(one.question, LABEL_CHARACTERS)), StandardAnswerButton(one.id, "s", page)),)
        for one in answers[:PAGE]
    ]
    labels = ("mycases-newer", "mycases-older")
    rows += draw_pager(lambda n: StandardAnswerButton(0, "l", n), page, more=len(answers) > PAGE, labels=labels)
    rows.append((Key(Text("standard-add"), StandardAnswerButton(0, "n")),))
    count = await standard_answers.count(turn.tx, departments)
    _show(turn, turn.text("standard-list", count=count), tuple(rows))


def _draw_answer_buttons(button: StandardAnswerButton) -> tuple[KeyboardRow, ...]:
    edit, retire = (
        Key(Text(f"standard-{key}"), StandardAnswerButton(button.about, key[0], button.page)) for key in _ACTS
    )
    return ((edit, retire), (Key(Text("back"), StandardAnswerButton(0, "l", button.page)),))


_ACTS = ("edit", "retire")


def _draw_retire_buttons(button: StandardAnswerButton) -> tuple[KeyboardRow, ...]:
    yes = Key(Text("standard-retire"), StandardAnswerButton(button.about, "R", button.page))
    return ((yes, Key(Text("back"), StandardAnswerButton(button.about, "s", button.page))),)


def _show(turn: Turn, html: str, rows: tuple[KeyboardRow, ...]) -> None:
    turn.batch.show(
        turn.chat,
        f"answers:{turn.person.id}",
        html,
        rows,
        language=turn.language,
        message_id=turn.pressed_at,
        fresh=not turn.callback,
        priority=Priority.PEOPLE if turn.private else Priority.STAFF,
    )


def _begin(turn: Turn, state: standard_answer.State) -> None:
    engine.begin(turn, standard_answer.NAME, standard_answer.NAME, state)
