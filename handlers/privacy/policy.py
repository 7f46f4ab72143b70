"""`/privacy`: what is kept of a person, why, where, for how long and who sees it, with the buttons by which they decide about it."""

from conversations.buttons import HelpButton, PrivacyButton
from conversations.protocol import Key, KeyboardRow, Text
from domain.surveys.survey import localize
from handlers.turns import consent
from handlers.turns.turn import Turn
from storage.people import people

OTHERS = ("mydata", "forgetme", "stop")
"""Commands that belong to it, in the order of their buttons."""


async def on_command(turn: Turn, _args: str) -> None:
    """`/privacy`: the whole page, as a new message."""
    _show(turn, fresh=True)


async def on_press(turn: Turn, button: PrivacyButton) -> None:
    """One tap agrees, one takes it back; the page says where it stands now."""
    if not turn.company.privacy.consent:
        turn.toast("not-now")
        return
    said = ""
    if button.what == "a" and consent.is_missing(turn):
        consent.give(turn)
        said = "privacy-thanks"
    elif button.what == "w" and turn.person.consent:
        consent.withdraw(turn)
        await people.forget_phone(turn.tx, turn.person.id)
        said = "privacy-withdrawn"
    _show(turn, fresh=False)
    if said:
        turn.toast(said, alert=said == "privacy-withdrawn")


def _show(turn: Turn, *, fresh: bool) -> None:
    turn.batch.show(
        turn.chat,
        "privacy",
        "\n\n".join(_draw_page(turn)),
        _draw_buttons(turn),
        language=turn.language,
        message_id=None if fresh else turn.pressed_at,
        fresh=fresh,
    )


def _draw_page(turn: Turn) -> list[str]:
    rules, language = turn.company.privacy, turn.language
    controller = localize(rules.controller, language) or localize(turn.company.identity.name, language)
    country = localize(rules.country, language)
    page = [
        turn.text("privacy-who-we-are", controller=controller),
        turn.text("privacy-what"),
        turn.text("privacy-why"),
        turn.text("privacy-where", country=country) if country else turn.text("privacy-where-unsaid"),
        turn.text("privacy-how-long", years=_count(rules.retention_years)),
        turn.text("privacy-who-sees"),
        turn.text("privacy-rights", hours=_count(rules.cooling_off_hours)),
    ]
    if rules.officer or rules.contact:
        reached = " · ".join(filter(None, (rules.officer, rules.contact)))
        page.append(turn.text("privacy-contact", reached=reached))
    if rules.consent:
        page.append(turn.text("privacy-not-agreed" if consent.is_missing(turn) else "privacy-agreed"))
    return page


def _draw_buttons(turn: Turn) -> tuple[KeyboardRow, ...]:
    offered = tuple(Key(Text(f"menu-{name}"), HelpButton(name)) for name in OTHERS if name in turn.services.menu)
    rows: list[KeyboardRow] = [(key,) for key in offered]
    if turn.company.privacy.consent:
        agreed = not consent.is_missing(turn)
        label, what = ("privacy-withdraw", "w") if agreed else ("privacy-agree", "a")
        rows.insert(0, (Key(Text(label), PrivacyButton(what)),))
    return tuple(rows)


def _count(number: float) -> int | str:
    """A number as a text takes it: whole, so that it has its plural, or as it is written."""
    return int(number) if number == int(number) else f"{number:g}"
