"""Skip logic: `when` in a survey file says when a question is asked, as one condition or a list that must all hold."""

from collections.abc import Collection, Mapping
from typing import Any

from bot.company.mistakes import Place
from bot.company.survey_reading import FileReading
from domain.surveys.paths import can_be_asked
from domain.surveys.question_kinds import KINDS, Counting, QuestionKind
from domain.surveys.survey import Condition, Question

_ANSWERS = {"yes": 1, "no": 0}


class ConditionReader:
    """Reads the conditions of one question. `known` are the questions before it, `ids` those of the whole file.

    A question that is `broken` has been reported already; conditions about it add nothing.
    """

    def __init__(
        self, reading: FileReading, known: Mapping[str, Question], ids: Collection[str], broken: Collection[str]
    ) -> None:
        self._reading, self._known, self._ids, self._broken = reading, known, ids, broken
        self._wrong = reading.wrong

    def read(self, file: Mapping[str, Any], place: Place, own: str) -> tuple[Condition, ...]:
        """The valid conditions under `when`."""
        raw, below = file["when"], (*place, "when")
        if isinstance(raw, list):
            if not raw:
                self._wrong(below, "is an empty list; remove it, or say when the question is asked")
            each = [self._one(one, (*below, n), own) for n, one in enumerate(raw)]
        else:
            each = [self._one(raw, below, own)]
        conditions = tuple(one for one in each if one is not None)
        if len(conditions) == len(each) and not can_be_asked(
            Question(own, QuestionKind.TEXT, {}, when=conditions), self._known
        ):
            self._wrong(below, "never holds: no answers fulfil all of it; change or remove a condition")
        return conditions

    def _one(self, raw: object, place: Place, own: str) -> Condition | None:
        before = len(self._reading.found)
        file = self._reading.table(raw, place, ("question",), ("at_most", "at_least", "is", "any_of"))
        about = self._question(self._reading.line(file, place, "question"), place, own) if file is not None else None
        if file is None or about is None or len(self._reading.found) > before:
            return None
        if KINDS[about.kind].counting is Counting.YES_NO:
            return self._yes_or_no(file, place, about)
        if about.scores:
            return self._range(file, place, about)
        return self._options(file, place, about)

    def _question(self, key: str, place: Place, own: str) -> Question | None:
        if not key or key in self._broken:
            return None
        about = self._known.get(key)
        if about is None and (key == own or key in self._ids):
            self._wrong(place, f"{key!r} is not asked before this question; a condition looks back")
            return None
        if about is None:
            self._wrong(place, f"{key!r} is no question; before this one there are {', '.join(self._known) or 'none'}")
            return None
        if not (KINDS[about.kind].scores or KINDS[about.kind].least_options):
            *kinds, last = (kind.value for kind, facts in KINDS.items() if facts.scores or facts.least_options)
            self._wrong(place, f"{key!r} is of type {about.kind}; a condition looks at a {', '.join(kinds)} or {last}")
            return None
        return about

    def _only(self, file: Mapping[str, Any], place: Place, about: Question, *allowed: str) -> bool:
        """Whether the condition says something, and only what can be said about such a question."""
        others = [key for key in file if key not in {"question", *allowed}]
        for key in others:
            self._wrong((*place, key), f"does not fit {about.id!r} of type {about.kind}; write {' or '.join(allowed)}")
        if not others and not any(key in file for key in allowed):
            self._wrong(place, f"says nothing about {about.id!r}; add {' or '.join(allowed)}")
        return not others and any(key in file for key in allowed)

    def _range(self, file: Mapping[str, Any], place: Place, about: Question) -> Condition | None:
        if not self._only(file, place, about, "at_most", "at_least"):
            return None
        low, high = about.scores[0], about.scores[-1]
        bounds = {}
        for key, default in (("at_least", low), ("at_most", high)):
            bounds[key] = file.get(key, default)
            if type(bounds[key]) is not int or not low <= bounds[key] <= high:
                self._wrong((*place, key), f"is a number from {low} to {high}")
                return None
        if not any(bounds["at_least"] <= score <= bounds["at_most"] for score in about.scores):
            answers = ", ".join(map(str, about.scores))
            between = f"at least {bounds['at_least']} and at most {bounds['at_most']}"
            self._wrong(place, f"no answer is {between}; the answers to {about.id!r} are {answers}")
            return None
        return Condition(about.id, bounds["at_most"], bounds["at_least"])

    def _yes_or_no(self, file: Mapping[str, Any], place: Place, about: Question) -> Condition | None:
        if not self._only(file, place, about, "is"):
            return None
        said = file["is"]
        said = {True: "yes", False: "no"}[said] if isinstance(said, bool) else said  # YAML reads yes and no as booleans
        if not isinstance(said, str) or said not in _ANSWERS:
            self._wrong((*place, "is"), "is yes or no")
            return None
        return Condition(about.id, _ANSWERS[said], _ANSWERS[said])

    def _options(self, file: Mapping[str, Any], place: Place, about: Question) -> Condition | None:
        allowed = ("is", "any_of") if KINDS[about.kind].is_one_option else ("any_of",)
        if not self._only(file, place, about, *allowed):
            return None
        if "is" in file and "any_of" in file:
            self._wrong(place, "says both is and any_of; keep one")
            return None
        where = (*place, "is" if "is" in file else "any_of")
        keys = [file["is"]] if "is" in file else file["any_of"]
        if not isinstance(keys, list) or not keys:
            self._wrong(where, "is a list of options, like [late, damaged]")
            return None
        options = [option.key for option in about.options]
        if not options:
            return None
        if unknown := [str(key) for key in keys if key not in options]:
            self._wrong(where, f"{', '.join(unknown)}: no option of {about.id!r}; there are {', '.join(options)}")
            return None
        return Condition(about.id, any_of=tuple(keys))
