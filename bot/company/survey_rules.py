"""Survey file schema: read key by key, with every mistake and its cure noted on the way, so that all are reported at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.company.mistakes import KEY_LIMIT, Place, is_key
from bot.company.survey_conditions import ConditionReader
from bot.company.survey_reading import FileReading
from domain.surveys.question_kinds import KINDS, QuestionKind
from domain.surveys.survey import Condition, Option, Question, RatingLabels, Survey

OPTIONS_LIMIT, QUESTIONS_LIMIT = 12, 40
TITLE_LIMIT, TEXT_LIMIT, HINT_LIMIT, LABEL_LIMIT = 100, 1000, 300, 60
"""In UTF-16 code units, as Telegram counts; a label is as long as a button shows on a phone."""

"""The kinds of questions that offer options, each with its minimum number."""


_FIRST = "the first question is a rating without a condition, so that one tap is a complete response"


class SurveyRules(FileReading):
    """One file being read; `found` is what is wrong with it."""

    def __init__(self, languages: Sequence[str], categories: Sequence[str]) -> None:
        super().__init__(languages)
        self._categories = categories
        self._anonymous = False
        self._known: dict[str, Question] = {}
        self._broken: set[str] = set()
        self._ids: set[str] = set()

    def survey(self, raw: object, version: str) -> Survey | None:
        """The survey, None if its mistakes leave none."""
        file = self.table(raw, (), ("survey", "title", "questions", "thanks"), ("anonymous",))
        if file is None:
            return None
        key = self.line(file, (), "survey")
        if key and not is_key(key, KEY_LIMIT):
            self.wrong(("survey",), f"a survey's key has letters, digits, - and _ only, at most {KEY_LIMIT}")
        title = self.spoken(file, (), "title", TITLE_LIMIT)
        anonymous = file.get("anonymous", False)
        if not isinstance(anonymous, bool):
            self.wrong(("anonymous",), "is true or false")
        self._anonymous = anonymous is True
        questions = self._questions(file)
        thanks = self.spoken(file, (), "thanks", TEXT_LIMIT)
        return None if self.found else Survey(key, version, title, questions, thanks, self._anonymous)

    def _questions(self, file: Mapping[str, Any]) -> tuple[Question, ...]:
        listed = file.get("questions")
        if not isinstance(listed, list):
            if "questions" in file:
                self.wrong(("questions",), "is a list of questions")
            return ()
        if not 1 <= len(listed) <= QUESTIONS_LIMIT:
            self.wrong(("questions",), f"a survey has 1 to {QUESTIONS_LIMIT} questions")
            return ()
        self._ids = {one["id"] for one in listed if isinstance(one, dict) and isinstance(one.get("id"), str)}
        questions = []
        for n, raw in enumerate(listed):
            question = self._question(raw, ("questions", n))
            if question is not None:
                questions.append(question)
                self._known[question.id] = question
            elif isinstance(raw, dict):
                self._broken.add(str(raw.get("id")))
        first = listed[0] if isinstance(listed[0], dict) else {}
        if "when" in first or (str(first.get("type")) in set(QuestionKind) and first["type"] != QuestionKind.RATING):
            self.wrong(("questions", 0), _FIRST)
        return tuple(questions)

    def _question(self, raw: object, place: Place) -> Question | None:
        optional = ("dimension", "category", "options", "when", "hint", "labels")
        file = self.table(raw, place, ("id", "type", "text"), optional)
        if file is None:
            return None
        key, kind = self._id(file, place), self._kind(file, place)
        text = self.spoken(file, place, "text", TEXT_LIMIT)
        hint = self.spoken(file, place, "hint", HINT_LIMIT) if "hint" in file else {}
        if kind is None:
            return None
        options, labels = self._options(file, place, kind), self._labels(file, place, kind)
        dimension, category = self._dimension(file, place, kind), self._category(file, place, kind)
        conditions = self._conditions(file, place, key) if "when" in file else ()
        when = conditions[0] if len(conditions) == 1 else conditions or None
        return Question(key, kind, text, dimension, category, options, when, hint, labels)

    def _conditions(self, file: Mapping[str, Any], place: Place, key: str) -> tuple[Condition, ...]:
        return ConditionReader(self, self._known, self._ids, self._broken).read(file, place, key)

    def _id(self, file: Mapping[str, Any], place: Place) -> str:
        key = self.line(file, place, "id")
        if key and (not key.isascii() or not key.replace("_", "").isalnum() or len(key) > KEY_LIMIT):
            self.wrong((*place, "id"), f"an id has letters, digits and _ only, at most {KEY_LIMIT}")
        if key in self._known:
            self.wrong((*place, "id"), f"{key!r} is used twice; give each question an id of its own")
        return key

    def _kind(self, file: Mapping[str, Any], place: Place) -> QuestionKind | None:
        name = self.line(file, place, "type")
        if not name:
            return None
        if name not in set(QuestionKind):
            self.wrong((*place, "type"), f"{name!r} is no type of question; there are {', '.join(QuestionKind)}")
            return None
        kind = QuestionKind(name)
        if self._anonymous and KINDS[kind].names_customer:
            self.wrong((*place, "type"), f"{kind} would say who answers; remove it, or `anonymous`")
        return kind

    def _options(self, file: Mapping[str, Any], place: Place, kind: QuestionKind) -> tuple[Option, ...]:
        below = (*place, "options")
        if not KINDS[kind].least_options:
            if "options" in file:
                self.wrong(below, f"are for questions of type choice and choices; remove them from one of type {kind}")
            return ()
        if "options" not in file:
            self.wrong(below, f"are missing; a question of type {kind} needs at least {KINDS[kind].least_options}")
            return ()
        listed = self.read_keyed(file["options"], below)
        if listed is None:
            return ()
        if not KINDS[kind].least_options <= len(listed) <= OPTIONS_LIMIT:
            self.wrong(
                below,
                f"are {len(listed)}; a question of type {kind} has {KINDS[kind].least_options} to {OPTIONS_LIMIT}",
            )
        options = []
        for key in listed:
            if not is_key(key, KEY_LIMIT):
                self.wrong((*below, key), f"an option's key has letters, digits, - and _ only, at most {KEY_LIMIT}")
            options.append(Option(key, self.spoken(listed, below, key, LABEL_LIMIT)))
        self._check_told_apart(options, below)
        return tuple(options)

    def _check_told_apart(self, options: Sequence[Option], place: Place) -> None:
        for code in self.languages:
            first: dict[str, str] = {}
            for option in options:
                label = option.label.get(code, "").strip()
                if label and label in first:
                    same = f"says the same as {first[label]!r} in {code}; people could not tell them apart"
                    self.wrong((*place, option.key), same)
                first.setdefault(label, option.key)

    def _labels(self, file: Mapping[str, Any], place: Place, kind: QuestionKind) -> RatingLabels | None:
        if "labels" not in file:
            return RatingLabels.VERY_SATISFIED if kind is QuestionKind.RATING else None
        name = self.line(file, place, "labels")
        if kind is not QuestionKind.RATING:
            self.wrong((*place, "labels"), f"are for ratings; remove them from a question of type {kind}")
        elif name and name not in set(RatingLabels):
            self.wrong((*place, "labels"), f"{name!r} is no set of labels; there are {', '.join(RatingLabels)}")
        return RatingLabels(name) if name in set(RatingLabels) else None

    def _dimension(self, file: Mapping[str, Any], place: Place, kind: QuestionKind) -> str:
        name = self.line(file, place, "dimension") if "dimension" in file else ""
        if name and not KINDS[kind].has_dimension:
            self.wrong((*place, "dimension"), f"is what a number is about; remove it from a question of type {kind}")
        if len(name) > KEY_LIMIT:
            self.wrong((*place, "dimension"), f"has at most {KEY_LIMIT} characters")
        if name and any(one.dimension == name for one in self._known.values()):
            self.wrong((*place, "dimension"), f"{name!r} is another question's; two would be counted as one")
        return name

    def _category(self, file: Mapping[str, Any], place: Place, kind: QuestionKind) -> str:
        name = self.line(file, place, "category") if "category" in file else ""
        if name and not KINDS[kind].has_category:
            self.wrong((*place, "category"), f"is where a low rating goes; remove it from a question of type {kind}")
        elif name and name not in self._categories:
            self.wrong((*place, "category"), f"{name!r} is no category; there are {', '.join(self._categories)}")
        return name
