"""Consent: asked in the sentence under a question, given by the act that the sentence names, before anything personal is kept (decision 29).

1. Nobody is asked by a question of its own: whoever only presses ratings never reads of it, and no dialogue has a step more.
2. Under a question whose answer is kept at once, sending it is the act; under a summary it is Confirm. Until then there is a draft that
   Cancel erases.
3. Each version is agreed to once, with its moment in the log, and withdrawn in `/privacy`.
"""

from dataclasses import replace

from conversations.protocol import Keeps, Screen, Text
from domain.privacy import lacks_consent
from handlers.turns.turn import Turn

_SENTENCES = {Keeps.SENT: "consent-by-sending", Keeps.CONFIRMED: "consent-by-confirming"}


def is_missing(turn: Turn) -> bool:
    """Whether what this person says here may not be kept yet; in groups there are staff, who are asked by their employer."""
    return turn.private and lacks_consent(turn.company.privacy, turn.person)


def ask(turn: Turn, screen: Screen) -> Screen:
    """The screen, with the sentence where it is one that keeps something of somebody who has not agreed."""
    if screen.keeps is Keeps.NOTHING or not is_missing(turn):
        return screen
    return replace(screen, parts=(*screen.parts, Text(_SENTENCES[screen.keeps])))


def take_as_given(turn: Turn, shown: Screen, *, pressed: bool, saves: bool) -> None:
    """An event was understood on this screen: note the agreement if it is the act that the sentence named."""
    if (shown.keeps is Keeps.SENT and not pressed) or (shown.keeps is Keeps.CONFIRMED and pressed and saves):
        give(turn)


def give(turn: Turn) -> None:
    """The person agrees to today's version."""
    version = turn.company.privacy.consent_version
    _set(turn, version)
    turn.batch.record(turn.person.id, "consent.give", f"person:{turn.person.id}", None, str(version))


def withdraw(turn: Turn) -> None:
    """The person takes it back; from now on they are asked again before anything is kept."""
    before = turn.person.consent
    _set(turn, 0)
    turn.batch.record(turn.person.id, "consent.withdraw", f"person:{turn.person.id}", str(before), None)


def _set(turn: Turn, version: int) -> None:
    turn.person = replace(turn.person, consent=version)
    turn.batch.people[turn.person.telegram_id] = turn.person
    turn.batch.consents[turn.person.id] = version
