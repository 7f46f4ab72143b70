"""One customer walks through a survey by what is on the screen, and a storage keeps what the steps save."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from conversations.buttons import Button
from conversations.protocol import Attached, Event, File, Key, Pressed, Said, Save, Screen, Step, Text
from conversations.surveys import rating
from conversations.surveys.questions import join_words, list_files
from conversations.surveys.rating_states import (
    AnswerRecounted,
    AskingRating,
    RatedDelivery,
    RatingAnswered,
    State,
    Thanked,
)
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Answer, Question, Survey
from tests.harness.explore import check_screen, check_step
from tests.harness.playbook import render_label

LANGUAGES = ("en", "zh")


@dataclass
class SurveyWalker:
    """Everything shown is checked: it fits, reads in both languages, has the same buttons in both, and says a sane progress."""

    survey: Survey
    state: State = field(init=False)
    stored: dict[str, Answer] = field(default_factory=dict)
    said_first: int = 0

    def __post_init__(self) -> None:
        self.state = rating.begin(self.survey, 7, "SF1234567890")
        self.look()

    @property
    def question(self) -> Question | None:
        """The question on the screen, None at the end."""
        return self.survey.question(self.state.question) if isinstance(self.state, AskingRating) else None

    def look(self, language: str = "en") -> Screen:
        """What is on the screen."""
        screens = {code: rating.screen(self.survey, self.state, code) for code in LANGUAGES}
        for screen in screens.values():
            check_screen(screen)
        buttons = {code: [key.button for row in screen.rows for key in row] for code, screen in screens.items()}
        assert buttons["en"] == buttons["zh"]
        for part in screens["en"].parts:
            if isinstance(part, Text) and part.key == "rating-progress":
                place, of = int(part.args["place"]), int(part.args["of"])
                asked = [one.id for one in self.survey.list_asked(self.state.answers)]
                assert isinstance(self.state, AskingRating)
                assert (asked[place - 1], of) == (self.state.question, len(asked))
        return screens[language]

    def maybe(self, event: Event) -> None:
        """One event that may have no place here any more, and then changes nothing."""
        if rating.step(self.survey, self.state, event, 2).understood:
            self.do(event)

    def do(self, event: Event) -> None:
        """One event, which must have its place; what it saves is kept."""
        step: Step[State] = rating.step(self.survey, self.state, event, 2)
        assert step.understood, (event, self.state)
        assert step.state is not None
        check_step(step)
        for effect in step.effects:
            match effect:
                case Save(RatingAnswered(about, question, answer, before, _, first)):
                    assert about == self.about
                    assert before == self.state.answers.get(question)
                    self.said_first += first
                    self.stored[question] = answer
                case Save(AnswerRecounted(_, question, before, answer)):
                    assert self.stored.pop(question, None) == before
                    if answer is not None:
                        self.stored[question] = answer
                case _:
                    pass
        self.state = step.state
        self.look()

    @property
    def about(self) -> RatedDelivery:
        return self.state.about

    def press(self, ending: str) -> None:
        """The one button whose label ends so."""
        matching = [key for key in self.keys if render_label(key, "en").endswith(ending)]
        exact = [key for key in matching if render_label(key, "en") == ending] or matching
        assert exact[0].button is not None
        self.do(Pressed(exact[0].button))

    @property
    def keys(self) -> list[Key]:
        return [key for row in self.look().rows for key in row]

    @property
    def labels(self) -> list[str]:
        return [render_label(key, "en") for key in self.keys]

    def answer(self, answer: Answer) -> None:
        """Give this answer to the question on the screen, as a person would, and go on."""
        question = self.question
        assert question is not None
        match question.kind, answer:
            case QuestionKind.RATING, int():
                rows = self.look().rows[0]
                self.do(Pressed(_button(rows[question.scores.index(answer)])))
            case QuestionKind.NPS, int():
                keys = [key for row in self.look().rows[:2] for key in row]
                self.do(Pressed(_button(keys[answer])))
            case QuestionKind.YESNO, int():
                self.press("Yes" if answer else "No")
            case ((QuestionKind.CHOICE | QuestionKind.CHOICES), tuple()):
                for n, option in enumerate(question.options):
                    chosen = self.state.answers.get(question.id, ())
                    is_chosen = isinstance(chosen, tuple) and option.key in chosen
                    if question.kind is QuestionKind.CHOICE and option.key in answer:
                        self.do(Pressed(_button(self.look().rows[n][0])))
                        return
                    if question.kind is QuestionKind.CHOICES and is_chosen != (option.key in answer):
                        self.do(Pressed(_button(self.look().rows[n][0])))
                self.press("Done")
            case ((QuestionKind.TEXT | QuestionKind.CONTACT), str()):
                self.do(Said(answer))
            case QuestionKind.PHOTOS, tuple():
                if self.state.answers.get(question.id):
                    self.press("Remove what I sent")
                for kind, id_ in list_files(answer):
                    self.do(Attached(File(kind, id_)))
                if join_words(answer):
                    self.do(Said(join_words(answer)))
                self.press("Done")
            case _:
                raise AssertionError((question.kind, answer))

    def shows(self, question: Question, answer: Answer) -> bool:
        """Whether the screen shows this earlier answer."""
        texts: Mapping[str, Mapping[str, str | int]]
        texts = {part.key: part.args for part in self.look().parts if isinstance(part, Text)}
        ticked = [one for one in self.labels if one.startswith(("✓ ", "☑ "))]
        match question.kind, answer:
            case QuestionKind.TEXT | QuestionKind.CONTACT, str():
                return str(texts["answer-wrote"]["words"]).rstrip("…") == answer[:600]
            case QuestionKind.PHOTOS, tuple():
                return texts["answer-photos"]["count"] == len(list_files(answer)) and ("answer-wrote" in texts) == bool(
                    join_words(answer)
                )
            case QuestionKind.RATING | QuestionKind.NPS, int():
                return ticked == [f"✓ {answer}"]
            case QuestionKind.YESNO, int():
                return ticked == ["✓ Yes" if answer else "✓ No"]
            case _, tuple():
                marks = [f"{one.label['en']}" for one in question.options if one.key in answer]
                return [one[2:] for one in ticked] == marks
            case _:
                raise AssertionError((question.kind, answer))

    @property
    def ended(self) -> bool:
        return isinstance(self.state, Thanked)


def _button(key: Key) -> Button:
    assert key.button is not None
    return key.button
