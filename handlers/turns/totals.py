"""Incremental totals, maintained in the transaction that changes a fact: what counted before, what counts now, the
difference (`domain.figures.totals`).

1. Handlers add their changes to `batch.entries`; the batch writes them all once, last.
2. What a survey counted as is read before its answers are written, in one statement for the whole batch.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from domain.deliveries.delivery import Fate
from domain.figures.totals import DeliveryFact, Fact, FactPlace, ScoredAnswer, SurveyFact, TotalsEntries, compute_change
from domain.surveys.survey import Origin
from handlers.turns.batch import Batch
from handlers.turns.services import Services
from storage.figures import totals
from storage.surveys.ratings import Invitation, RecordedAnswer

FactPairs = Iterable[tuple[Fact | None, Fact | None]]


def record_changes(batch: Batch, pairs: FactPairs) -> None:
    """Record that each fact changed from the first of its pair to the second."""
    add_entries(batch.entries, compute_change(pairs, batch.services.company.zone))


def add_entries(entries: TotalsEntries, more: TotalsEntries) -> None:
    for entry, count in more.items():
        entries[entry] += count


def list_anonymous_surveys(services: Services) -> frozenset[str]:
    """The anonymous surveys, by version."""
    return frozenset(name for name, survey in services.surveys.items() if survey.anonymous)


async def fetch_survey_facts(batch: Batch) -> dict[int, SurveyFact]:
    """What the surveys answered in this batch have counted as so far, except those started in it."""
    new = {one.id for one in batch.invited}
    ids = {one.invitation for one in batch.given} - new
    return await totals.fetch_survey_facts(batch.tx, sorted(ids), list_anonymous_surveys(batch.services)) if ids else {}


def record_batch(batch: Batch, known: Mapping[int, SurveyFact]) -> None:
    """Record what this batch gathered: surveys sent, answers given, deliveries asked about after all, or not."""
    given: dict[int, dict[str, RecordedAnswer]] = {}
    for answer in batch.given:
        given.setdefault(answer.invitation, {})[answer.question] = answer
    pairs: list[tuple[Fact | None, Fact | None]] = [
        (None, _add_answers(_make_sent_fact(batch, one), given.pop(one.id, {}))) for one in batch.invited
    ]
    pairs += [(fact, _add_answers(fact, given[id_])) for id_, fact in known.items()]
    for id_, fate in batch.fates.items():
        was, frozen = batch.fates_before.get(id_), batch.deliveries.get(id_)
        sampled = was != Fate.SAMPLED_OUT, fate != Fate.SAMPLED_OUT
        if was is not None and frozen is not None and sampled[0] is not sampled[1]:
            place = FactPlace(frozen.delivered_at, **frozen.values)
            pairs.append((DeliveryFact(place, sampled[0]), DeliveryFact(place, sampled[1])))
    record_changes(batch, pairs)


def _make_sent_fact(batch: Batch, invitation: Invitation) -> SurveyFact:
    about = batch.deliveries.get(invitation.delivery) if invitation.delivery is not None else None
    place = FactPlace(about.delivered_at if about is not None else invitation.created_at, **invitation.frozen)
    return SurveyFact(place, about_delivery=invitation.delivery is not None, origin=Origin(invitation.origin))


def _add_answers(fact: SurveyFact, given: Mapping[str, RecordedAnswer]) -> SurveyFact:
    answers = dict(fact.answers)
    for question, recorded in given.items():
        if recorded.answer is None:
            answers.pop(question, None)
        else:
            number = recorded.answer if isinstance(recorded.answer, int) else None
            answers[question] = (
                ScoredAnswer(recorded.dimension, recorded.kind, recorded.levels, number) if number is not None else None
            )
    return replace(fact, answers=answers)


async def record_survey_changes(batch: Batch, ids: Iterable[int], **now: bool) -> None:
    """Record that these surveys are about to be excluded (`excluded=True`), or are known to be answered without saying
    by whom (`anonymous=True`).
    """
    facts = await totals.fetch_survey_facts(batch.tx, ids, list_anonymous_surveys(batch.services))
    record_changes(batch, [(fact, replace(fact, **now)) for fact in facts.values()])  # type: ignore[arg-type]  # its fields are booleans


async def remove_survey(batch: Batch, invitation: int) -> None:
    """Take this survey out of the totals before it is deleted."""
    facts = await totals.fetch_survey_facts(batch.tx, [invitation], list_anonymous_surveys(batch.services))
    record_changes(batch, [(fact, None) for fact in facts.values()])
