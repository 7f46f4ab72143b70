"""Wording of case events in one language: dates in company time, keys by their names, people by theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.cases.case import Case, HistoryEntry, Need
from domain.people import Person
from handlers.cases.life import cards
from handlers.turns.services import Services
from reports.wording.case_file import CaseFileLine


@dataclass(frozen=True, slots=True)
class Wording:
    """One case in one language. `people` and `numbers` are the people and the cases that its history names."""

    services: Services
    language: str
    case: Case
    people: Mapping[int, Person]
    numbers: Mapping[int, str]

    def say(self, key: str, /, **args: str | int) -> str:
        return self.services.texts.plain(self.language, key, args)

    def format_moment(self, at: datetime) -> str:
        return cards.format_moment(at, self.services.company)

    def who(self, actor: int | None) -> str:
        """A colleague by name; the customer and the clock by a general term."""
        if actor is None:
            return self.say("the-clock")
        if actor == self.case.customer:
            return self.say("the-customer")
        colleague = self.people.get(actor)
        return colleague.name if colleague is not None else "—"

    def line(self, key: str, text: str) -> CaseFileLine:
        return CaseFileLine(self.say(key), text)

    def department(self, key: str) -> str:
        return self.services.company.department_name(key, self.language)

    def facts(self, facts: Mapping[str, str], *names: Need, form: str = "fact") -> tuple[CaseFileLine, ...]:
        """These facts (all if none is named), labelled as on the form, in the order given.

        Facts left out produce no line.
        """
        wanted = {need.value for need in names}
        given = [(name, text) for name, text in facts.items() if text and name != Need.CATEGORY]
        return tuple(
            self.line(f"{form}-{name.replace('_', '-')}", self._text(name, text))
            for name, text in given
            if not wanted or name in wanted
        )

    def _text(self, name: str, text: str) -> str:
        match name:
            case Need.DUE:
                return self._due(text)
            case Need.DEPARTMENT:
                return self.department(text)
            case Need.PERSON:
                return self.who(int(text)) if text.isdecimal() else text
            case Need.INTO:
                return self.numbers.get(int(text), text) if text.isdecimal() else text
            case Need.VALID:
                return self.say("resolution-valid" if text == "yes" else "resolution-not-valid")
            case Need.SATISFIED:
                return self.say("regulator-satisfied" if text == "yes" else "regulator-not-satisfied")
            case Need.VALUE | Need.FEASIBILITY:
                return f"{text} / 5"
            case _:
                return text

    def _due(self, text: str) -> str:
        try:
            return self.format_moment(datetime.fromisoformat(text))
        except ValueError:
            return text


def collect_ids(history: Iterable[HistoryEntry]) -> tuple[set[int], set[int]]:
    """The ids of the people and of the cases that a history names."""
    people: set[int] = set()
    others: set[int] = set()
    for entry in history:
        if entry.actor is not None:
            people.add(entry.actor)
        for need, into in ((Need.PERSON, people), (Need.INTO, others)):
            if (text := entry.facts.get(need, "")).isdecimal():
                into.add(int(text))
    return people, others
