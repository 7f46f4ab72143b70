"""Wording of survey answers, one line per question, for the people who must act on them.

1. Only answers that count are shown.
2. A group reads this: of a contact only the last digits are shown; the case's contact has all of it.
"""

from collections.abc import Mapping

from conversations.protocol import Text
from conversations.surveys import questions
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Answer, Question, Survey, localize
from texts import Texts


def draw_answers(texts: Texts, survey: Survey, answers: Mapping[str, Answer], language: str) -> str:
    """What was answered, in this language."""
    counted = survey.keep_asked(answers)
    asked = [question for question in survey.questions if counted.get(question.id, ()) != ()]
    lines = [
        f"{localize(question.text, language)} {draw_answer(texts, question, counted[question.id], language)}"
        for question in asked
    ]
    return "\n".join(lines)


def draw_answer(texts: Texts, question: Question, given: Answer, language: str) -> str:
    """One answer, without its question."""
    pieces = questions.word_answer(question, given, language)
    return " ".join(
        texts.plain(language, piece.key, piece.args) if isinstance(piece, Text) else piece.text for piece in pieces
    )


def find_contact(survey: Survey, answers: Mapping[str, Answer]) -> str:
    """How the customer asked to be reached."""
    left = survey.keep_asked(answers)
    contacts = (left.get(question.id) for question in survey.questions if question.kind is QuestionKind.CONTACT)
    return next((one for one in contacts if isinstance(one, str)), "")


def list_files(survey: Survey, answers: Mapping[str, Answer]) -> tuple[tuple[str, str, str], ...]:
    """The photos, in the form in which a case stores them."""
    left = survey.keep_asked(answers)
    asked = (question.id for question in survey.questions if question.kind is QuestionKind.PHOTOS)
    return tuple((kind, id_, "") for key in asked for kind, id_ in questions.list_files(left.get(key)))
