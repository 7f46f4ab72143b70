"""`/undelivered`: what could not be sent, to whom (masked), why and since when, by cause; a button sends again what can be."""

from collections.abc import Sequence

from conversations.buttons import SendAgainButton
from conversations.protocol import Key, Text
from domain.masking import mask_name
from domain.undelivered import Undelivered
from handlers.access import rights
from handlers.access.rights import Right
from handlers.cases.life import cards
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.people import groups, people, undelivered

_MESSAGE = "undelivered"


async def on_command(turn: Turn, _args: str) -> None:
    """Show the list, a message of its own."""
    if not await rights.may(turn, Right.SEE_UNDELIVERED):
        turn.say("undelivered-where")
        return
    await _show(turn, fresh=True)


async def on_press(turn: Turn, _button: SendAgainButton) -> None:
    """Owe once more what can be sent, and show what is left."""
    if not await rights.may(turn, Right.SEE_UNDELIVERED):
        turn.toast("undelivered-where")
        return
    count = await undelivered.send_again(turn.tx, turn.now)
    if count:
        turn.batch.record(turn.person.id, "messages.again", "outbox", None, str(count))
    turn.toast("undelivered-again", count=count)
    await _show(turn, fresh=False)


async def _show(turn: Turn, *, fresh: bool) -> None:
    causes = await undelivered.list_undelivered(turn.tx)
    lines = await draw_undelivered(turn.batch, causes, turn.language)
    again = any(cause.is_sent_again for cause in causes)
    rows = ((Key(Text("undelivered-send-again"), SendAgainButton()),),) if again else ()
    turn.batch.show(
        turn.chat, _MESSAGE, "\n".join(lines), rows, language=turn.language, message_id=turn.pressed_at, fresh=fresh
    )


async def draw_undelivered(batch: Batch, causes: Sequence[Undelivered], language: str) -> list[str]:
    """A few lines for each cause; one for none."""

    def text(key: str, /, **args: str | int) -> str:
        return batch.services.texts.html(language, key, args)

    if not causes:
        return [text("undelivered-none")]
    lines = [text("undelivered-head", count=sum(cause.count for cause in causes))]
    for cause in causes:
        since = cards.format_moment(cause.since, batch.services.company)
        kinds = [text(f"undelivered-kind-{kind.value}", count=count) for kind, count in cause.kinds.items()]
        lines += ["", text(f"undelivered-cause-{cause.cause.value}", count=cause.count, since=since), " · ".join(kinds)]
        if cause.chats:
            lines.append(await _name_chats(batch, cause, language))
        if cause.words:
            lines.append(text("undelivered-said", words=cause.words))
        lines.append(text(f"undelivered-cure-{cause.cause.value}"))
    return lines


async def _name_chats(batch: Batch, cause: Undelivered, language: str) -> str:
    """To whom: groups by their department, people by the first letter of their name."""
    texts, company, named = batch.services.texts, batch.services.company, cause.chats
    persons = await people.fetch_by_account(batch.tx, [chat for chat in named if chat > 0])
    names = []
    for chat in named:
        group = await groups.get(batch.tx, chat) if chat < 0 else None
        if group is not None and group.department is not None:
            names.append(company.department_name(group.department, language))
        else:
            names.append(mask_name(persons[chat].name) if chat in persons else f"…{str(chat)[-4:]}")
    args: dict[str, str | int] = {"names": ", ".join(names), "more": cause.chat_count - len(named)}
    return texts.html(language, "undelivered-to", args)
