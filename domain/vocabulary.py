"""Vocabulary: what people type instead of pressing buttons, in any language; the words as data, and all of them combined.

A language's own words are a `Lexicon`, written in `texts/`. Everybody may use the words of every language, so the
readers of what people write are given one `Vocabulary`. A word means the same in all of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.deliveries.cells import Signs, moments
from domain.deliveries.columns import Field, plain
from domain.figures.breakdown import Breakdowns, BreakdownWords, breakdowns
from domain.figures.chart_periods import Grain
from domain.figures.period import Periods, PeriodWords, periods
from domain.masking import compile_told
from domain.people import Role
from domain.phrases import by_word
from domain.spoken import Phrases, Speech, phrases


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, in lowercase; names of languages and headings of files may keep their case.

    `name` is what the language calls itself, `codes` are its aliases besides its folder's name, `languages` is what it
    calls other languages. `aside` are filler words in a command, `before` those prefixed to a word without a space,
    `add` the words for adding something to a list, `addresses` the forms of what tells a house and a door,
    `accounts` what stands before somebody's name elsewhere, `kept` numbers that tell nothing about anybody.
    """

    name: str
    languages: Mapping[str, tuple[str, ...]]
    add: tuple[str, ...]
    roles: Mapping[Role, tuple[str, ...]]
    grains: Mapping[Grain, tuple[str, ...]]
    periods: PeriodWords
    breakdowns: BreakdownWords
    moments: Speech
    headings: Mapping[Field, tuple[str, ...]]
    signs: Signs = field(default_factory=Signs)
    codes: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of all languages.

    `names` are the languages by code, `codes` by their lowercase aliases, `called` by what they are called; the keys of
    `called` and `headings` are normalised with `domain.deliveries.columns.plain`.
    """

    names: Mapping[str, str]
    codes: Mapping[str, str]
    called: Mapping[str, str]
    add: frozenset[str]
    roles: Mapping[str, Role]
    grains: Mapping[str, Grain]
    aside: frozenset[str]
    before: tuple[str, ...]
    periods: Periods
    breakdowns: Breakdowns
    moments: tuple[Phrases, ...]
    written: re.Pattern[str]
    headings: Mapping[str, Field]
    told: re.Pattern[str]

    def bare(self, word: str) -> str:
        """A word of a command in lowercase, without what some languages prefix to it."""
        small = word.casefold()
        return next((small.removeprefix(one) for one in self.before if small.startswith(one)), small)


def together(lexicons: Mapping[str, Lexicon]) -> Vocabulary:
    """The words of these languages, given by code, combined. Raises re.error when a phrase is not a regular expression."""
    every = tuple(lexicons.values())
    return Vocabulary(
        names={code: lexicon.name for code, lexicon in lexicons.items()},
        codes={other.lower(): code for code, lexicon in lexicons.items() for other in lexicon.codes},
        called={plain(word): code for word, code in by_word(lexicon.languages for lexicon in every).items()},
        add=frozenset(word for lexicon in every for word in lexicon.add),
        roles=by_word(lexicon.roles for lexicon in every),
        grains=by_word(lexicon.grains for lexicon in every),
        aside=frozenset(word for lexicon in every for word in lexicon.aside),
        before=tuple(dict.fromkeys(word for lexicon in every for word in lexicon.before)),
        periods=periods(lexicon.periods for lexicon in every),
        breakdowns=breakdowns(lexicon.breakdowns for lexicon in every),
        moments=phrases(lexicon.moments for lexicon in every),
        written=moments(lexicon.signs for lexicon in every),
        headings={plain(heading): meant for heading, meant in by_word(lexicon.headings for lexicon in every).items()},
        told=compile_told(
            *(
                [form for lexicon in every for form in getattr(lexicon, kind)]
                for kind in ("addresses", "accounts", "kept")
            )
        ),
    )
