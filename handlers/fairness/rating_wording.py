"""Wording of a rating, without anything that leads to the customer: the day, the scores, the ticked reasons."""

from datetime import datetime

from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import localize
from handlers.turns.services import Services
from storage.fairness.own_ratings import OwnRating


def format_day(services: Services, at: datetime) -> str:
    """The day in company time: the minute of a single delivery would reveal who rated it."""
    return at.astimezone(services.company.zone).date().isoformat()


def format_scores(services: Services, rated: OwnRating, language: str) -> str:
    """The scores by dimension, in the order in which the survey asks for them."""
    texts, survey = services.texts, services.surveys.get(rated.survey)
    order = [one.dimension or one.id for one in survey.questions] if survey else []
    scores = sorted(rated.scores.items(), key=lambda one: order.index(one[0]) if one[0] in order else len(order))
    return ", ".join(
        texts.plain(
            language,
            "myratings-score",
            {"dimension": texts.plain(language, "myratings-dimension", {"name": name}), "score": score},
        )
        for name, score in scores
    )


def format_reasons(services: Services, rated: OwnRating, language: str) -> str:
    """The reasons that were ticked, as worded in that version of the survey; what a customer wrote is not among them."""
    survey = services.surveys.get(rated.survey)
    if survey is None:
        return ""
    return ", ".join(
        localize(option.label, language)
        for question in survey.questions
        if question.kind is QuestionKind.CHOICES and question.category
        for option in question.options
        if option.key in rated.ticked.get(question.id, ())
    )
