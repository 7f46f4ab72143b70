"""Reading goes on after a mistake, and says what to do about it."""

import pytest

from bot.company.survey_reading import FileReading


def test_a_table_is_read_as_far_as_it_goes() -> None:
    """Unknown keys are told with what was meant, missing ones by name; what is known is kept."""
    reading = FileReading(("en",))
    read = reading.table({"id": "x", "tpye": 1, "moon": 2, True: 3}, ("questions", 0), ("id", "type"), ("when",))
    assert read == {"id": "x"}
    assert reading.found == [
        (
            ("questions", 0),
            "the key true (which is how YAML reads yes, no, on and off) is not text; put it in quotes",
        ),
        (("questions", 0, "tpye"), "is not known here; did you mean 'type'?"),
        (("questions", 0, "moon"), "is not known here; check the spelling or remove it"),
        (("questions", 0, "type"), "is missing; add it"),
    ]


@pytest.mark.parametrize(
    ("raw", "read", "why"),
    [
        ("a", "a", []),
        ("", "", ["is empty; write something"]),
        (None, "", ["is empty; write something"]),
        (7, "", ["is not text; put it in quotes"]),
        (["a"], "", ["is not text"]),
    ],
)
def test_a_line(raw: object, read: str, why: list[str]) -> None:
    """Text or nothing; a number that was meant as text wants quotes."""
    reading = FileReading(("en",))
    assert reading.line({"id": raw}, (), "id") == read
    assert [said for _, said in reading.found] == why
    assert FileReading(("en",)).line({}, (), "id") == ""


def test_a_text_in_every_language() -> None:
    """Each language of the company has words, of a length that can be shown, counted as Telegram counts."""
    reading = FileReading(("en", "zh"))
    texts = {"a": {"en": "🙂" * 3, "zh": "好"}, "b": {"en": "x", "fr": "y"}, "c": {"en": 1, "zh": " "}, "d": "words"}
    assert reading.spoken(texts, (), "a", 5) == texts["a"]
    assert reading.spoken(texts, (), "b", 5) == texts["b"]
    reading.spoken(texts, (), "c", 5)
    reading.spoken(texts, (), "d", 5)
    assert reading.spoken(texts, (), "e", 5) == {}
    assert reading.found == [
        (("a", "en"), "has 6 characters; at most 5 can be shown here"),
        (("b",), "has no text in zh"),
        (("c", "en"), "is not text; put it in quotes"),
        (("c",), "has no text in zh"),
        (("d",), "is a text for each language, like {en: …, zh: …}"),
    ]
