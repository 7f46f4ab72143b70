"""The example company's words: a customer for every language it offers, with numbers of their own."""

from __future__ import annotations

import tomllib

from playground.company.cast import ANNA, CUSTOMERS, SEATED, STAFF, WANG
from playground.company.example import COMPANY, SPOKEN, Customers, names
from texts import FOLDER, LANGUAGES


def test_every_language_of_the_company_is_spoken() -> None:
    """By somebody with a seat, and by others."""
    offered = tomllib.loads(COMPANY.read_text("utf-8"))["company"]["languages"]
    assert {one.language for one in SEATED} == {one.language for one in CUSTOMERS} == set(offered) == set(SPOKEN)


def test_numbers_stay_and_are_nobody_elses() -> None:
    """A new world fits an older database, whatever language is added; that holds for languages that are not offered, too."""
    assert (ANNA, WANG) == (5_100_001, 5_100_002)
    assert [CUSTOMERS[0].id, len(CUSTOMERS[:20]), CUSTOMERS[19].id] == [5_200_001, 20, 5_200_020]
    numbers = [one.id for one in STAFF]
    for language in LANGUAGES:
        spoken = Customers.model_validate(tomllib.loads((FOLDER / language / "example.toml").read_text("utf-8")))
        assert len(spoken.complaints) == len(set(spoken.complaints)) > 1
        numbers += [spoken.seated.number, *range(spoken.others.first, spoken.others.first + len(spoken.others.names))]
    assert len(set(numbers)) == len(numbers)


def test_names_of_the_company() -> None:
    """In the order of the languages."""
    assert names("departments", "transport")[:2] == ("Transport", "运输部")
