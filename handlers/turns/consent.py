"""Consent: asked in the sentence under a question, given by the act that the sentence names, before anything personal is kept (decision 29).

1. Nobody is asked by a question of its own: whoever only presses ratings never reads of it, and no dialogue has a step more.
2. Under a question whose answer is kept at once, sending it is the act; under a summary it is Confirm. Until then there is a draft that
   Cancel erases.
3. Only who was asked can agree: an answer to a screen from before an upgrade is kept as it would have been then, and agrees to nothing.
4. Each version is agreed to once, with its moment in the log, and withdrawn in `/privacy`.
"""

from dataclasses import replace
from typing import Any

from conversations.protocol import Keeps, Save, Screen, Step, Text
from domain.privacy import lacks_consent
from handlers.turns.turn import Turn
from storage.queue.sessions import Session

_SENTENCES = {Keeps.SENT: "consent-by-sending", Keeps.CONFIRMED: "consent-by-confirming"}


def is_missing(turn: Turn) -> bool:
    """Whether what this person says here may not be kept yet; in groups there are staff, who are asked by their employer."""
    return turn.private and lacks_consent(turn.company.privacy, turn.person)


def ask(turn: Turn, screen: Screen) -> Screen:
    """The screen, with the sentence where it is one that keeps something of somebody who has not agreed."""
    if screen.keeps is Keeps.NOTHING or not is_missing(turn):
        return screen
    return replace(screen, parts=(*screen.parts, Text(_SENTENCES[screen.keeps])))


def find_asked(turn: Turn, screen: Screen) -> int:
    """The version of the sentence that this screen shows, 0 where it shows none."""
    shows = screen.keeps is not Keeps.NOTHING and is_missing(turn)
    return turn.company.privacy.consent_version if shows else 0


def was_asked(turn: Turn, session: Session) -> bool:
    """Whether the screen that was answered shows today's sentence; one from before an upgrade, or of an earlier version, does not."""
    return session.consent_asked >= turn.company.privacy.consent_version


def find_act(shown: Screen, step: Step[Any], *, pressed: bool) -> Keeps:
    """Which act of agreeing an event on this screen was."""
    if shown.keeps is Keeps.SENT and not pressed:
        return Keeps.SENT
    saves = any(isinstance(effect, Save) for effect in step.effects)
    return Keeps.CONFIRMED if shown.keeps is Keeps.CONFIRMED and pressed and saves else Keeps.NOTHING


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
