"""One response per delivery; every answer kept at once."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Answer, Condition, InvitationState, Option, Question, Survey
from storage.engine.database import Database
from storage.surveys import ratings
from storage.surveys.ratings import RecordedAnswer
from tests.harness.rows import NOW, add_delivery, add_person, fetch_table, make_invitation

LATER = NOW + timedelta(minutes=1)
SURVEY = Survey(
    "delivery",
    "1a2b3c4d",
    {"en": "How was it?", "zh": "您满意吗？"},
    (
        Question("overall", QuestionKind.RATING, {"en": "Overall?"}, "overall", "delivery", hint={"en": "1 to 5"}),
        Question(
            "reasons",
            QuestionKind.CHOICES,
            {"en": "Why?"},
            options=(Option("late", {"en": "Late"}), Option("lost", {"en": "Lost"})),
            when=Condition("overall", 2),
        ),
        Question("comment", QuestionKind.TEXT, {"en": "Anything else?"}),
    ),
    {"en": "Thank you."},
)


async def test_an_invitation_remembers(database: Database) -> None:
    """An invitation comes back with everything it remembers of the delivery."""
    frozen = {"department": "north", "courier": "c7", "route": "r", "station": "s", "service": "x", "priority": "P1"}
    about, free = make_invitation(1, 5, 9, **frozen, customer_type="shop"), make_invitation(2, 5)
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_delivery(tx, 9)
        await ratings.invite(tx, [about, free])
        assert await ratings.get(tx, 1) == about
        assert await ratings.get(tx, 2) == free
        assert await ratings.get(tx, 3) is None


async def test_asked_once_per_delivery(database: Database) -> None:
    """The database refuses a second invitation about the same delivery; invitations about none are as many as there are."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_delivery(tx, 9)
        await ratings.invite(tx, [make_invitation(1, 5, 9), make_invitation(2, 5), make_invitation(3, 5)])
    with pytest.raises(IntegrityError):
        async with database.begin() as tx:
            await ratings.invite(tx, [make_invitation(4, 5, 9)])


async def test_closed(database: Database) -> None:
    """An invitation opens with the state open and is closed alone."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await ratings.invite(tx, [make_invitation(1, 5), make_invitation(2, 5)])
        await ratings.close(tx, [2], InvitationState.EXPIRED)
        assert await fetch_table(tx, "invitations", "id", "state") == [(1, "open"), (2, "expired")]


@pytest.mark.parametrize("answer", [1, 5, "", "5", "null", '很好 "😀"', (), ("late",), ("late", "lost")])
async def test_an_answer_stays_what_it_is(database: Database, answer: Answer) -> None:
    """A digit, words and chosen options come back as what they were, words that look like a digit too."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await ratings.invite(tx, [make_invitation(1, 5), make_invitation(2, 5)])
        assert await ratings.find_answered(tx, [1, 2]) == set()
        await ratings.record_answers(tx, [RecordedAnswer(1, "q", "", answer, NOW)])
        assert await ratings.fetch_answers(tx, 1) == {"q": answer}
        assert await ratings.fetch_answers(tx, 2) == {}
        assert await ratings.find_answered(tx, [1, 2, 3]) == {1}


async def test_reminded_open_again_undone(database: Database) -> None:
    """A reminder leaves its mark; what had ended is open again; what never arrived is as if it had not been."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        for n in (1, 2):
            await add_delivery(tx, n, region="CN")
        await ratings.invite(tx, [make_invitation(n, 5, n) for n in (1, 2)])
        await ratings.record_reminded(tx, [1], NOW)
        await ratings.record_reminded(tx, [], NOW)
        invitations = await ratings.fetch_by_ids(tx, [1, 2, 4])
        assert {key: (one.reminded, one.region, one.state) for key, one in invitations.items()} == {
            1: (True, "CN", "open"),
            2: (False, "CN", "open"),
        }
        await ratings.close(tx, [2], InvitationState.EXPIRED)
        await ratings.reopen(tx, 2, LATER)
        assert (await ratings.fetch_by_ids(tx, [2]))[2].expires_at == LATER
        await ratings.undo(tx, 1)
        assert await fetch_table(tx, "invitations", "id", "state") == [(2, "open")]


async def test_the_last_answer_counts(database: Database) -> None:
    """An answer to the same question replaces the one before, within one call and across calls."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await ratings.invite(tx, [make_invitation(1, 5)])
        await ratings.record_answers(tx, [RecordedAnswer(1, "overall", "overall", n, NOW) for n in (1, 2)])
        assert await ratings.fetch_answers(tx, 1) == {"overall": 2}
        comment = RecordedAnswer(1, "comment", "", "slow", NOW)
        await ratings.record_answers(tx, [RecordedAnswer(1, "overall", "overall", 5, LATER), comment])
        assert await ratings.fetch_answers(tx, 1) == {"overall": 5, "comment": "slow"}
        moments = await fetch_table(tx, "answers", "question", "answered_at")
        assert moments == [("comment", NOW), ("overall", LATER)]


async def test_an_answer_that_no_longer_counts_is_taken_out(database: Database) -> None:
    """It alone, in whatever order a batch brings it; answered again it is there again."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await ratings.invite(tx, [make_invitation(1, 5), make_invitation(2, 5)])
        why, gone = (
            RecordedAnswer(1, "why", "", ("late",), NOW, QuestionKind.CHOICES),
            RecordedAnswer(1, "why", "", None, NOW, QuestionKind.CHOICES),
        )
        await ratings.record_answers(
            tx, [RecordedAnswer(1, "overall", "overall", 2, NOW), why, RecordedAnswer(2, "why", "", ("late",), NOW)]
        )
        await ratings.record_answers(tx, [gone, RecordedAnswer(1, "never", "", None, NOW)])
        assert await ratings.fetch_answers(tx, 1) == {"overall": 2}
        assert await ratings.fetch_answers(tx, 2) == {"why": ("late",)}
        await ratings.record_answers(tx, [gone, why])
        assert await ratings.fetch_answers(tx, 1) == {"overall": 2, "why": ("late",)}
        await ratings.record_answers(tx, [why, gone])
        assert await ratings.fetch_answers(tx, 1) == {"overall": 2}


async def test_kind_and_levels_are_kept(database: Database) -> None:
    """A rating of four levels is one for good."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await ratings.invite(tx, [make_invitation(1, 5)])
        await ratings.record_answers(
            tx,
            [
                RecordedAnswer(1, "a", "a", 4, NOW, QuestionKind.RATING, 4),
                RecordedAnswer(1, "b", "b", 0, NOW, QuestionKind.NPS, 11),
            ],
        )
        assert await fetch_table(tx, "answers", "question", "kind", "levels", "score") == [
            ("a", "rating", 4, 4),
            ("b", "nps", 11, 0),
        ]


@pytest.mark.parametrize("score", [11, -1])
async def test_no_other_scores(database: Database, score: int) -> None:
    """The database refuses a score outside 0 to 10."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await ratings.invite(tx, [make_invitation(1, 5)])
    with pytest.raises(IntegrityError, match="ck_answers_score"):
        async with database.begin() as tx:
            await ratings.record_answers(tx, [RecordedAnswer(1, "overall", "overall", score, NOW)])


async def test_surveys_are_kept(database: Database) -> None:
    """Every version of a survey comes back whole; one that is known is not written over."""
    other = Survey("delivery", "ffffffff", SURVEY.title, SURVEY.questions[:1], SURVEY.thanks)
    async with database.begin() as tx:
        assert await ratings.list_surveys(tx) == {}
        await ratings.record_survey(tx, SURVEY, NOW)
        await ratings.record_survey(tx, other, LATER)
        await ratings.record_survey(tx, SURVEY, LATER)
        assert await ratings.list_surveys(tx) == {"delivery@1a2b3c4d": SURVEY, "delivery@ffffffff": other}
        moments = await fetch_table(tx, "surveys", "name", "created_at")
        assert moments == [("delivery@1a2b3c4d", NOW), ("delivery@ffffffff", LATER)]
