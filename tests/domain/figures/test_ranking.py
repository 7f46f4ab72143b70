"""Ranks: claimed where intervals do not overlap, and nowhere else."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.figures.evidence import Share
from domain.figures.ranking import RankedUnit, Ranking, rank_units

ANSWERS = st.lists(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=12)


def units(*counted: tuple[int, int]) -> list[RankedUnit]:
    """k0, k1, …: so many satisfied of so many."""
    return [RankedUnit(f"k{place}", Share(part, n)) for place, (part, n) in enumerate(counted)]


def ranks(ranking: Ranking) -> list[tuple[int, str]]:
    return [(place.rank, place.unit.key) for place in ranking.places]


def test_told_apart_or_not() -> None:
    """380 of 400 (92–97 %) is better than 320 of 400 (76–84 %); 370 of 400 (89–95 %) is not worse than 380."""
    ranking = rank_units(units((320, 400), (380, 400), (370, 400)), 30)
    assert ranks(ranking) == [(1, "k1"), (1, "k2"), (3, "k0")]
    assert [len(group) for group in ranking.groups] == [2, 1]


def test_others_lie_between() -> None:
    """The first and the third differ clearly, but the second overlaps both: nobody can say where the cut is."""
    apart = rank_units(units((380, 400), (340, 400)), 30)
    joined = rank_units(units((380, 400), (365, 400), (340, 400)), 30)
    assert ranks(apart) == [(1, "k0"), (2, "k1")]
    assert {place.rank for place in joined.places} == {1}


def test_few_answers_prove_little() -> None:
    """27 of 30 (74–97 %) overlaps whoever is above and below."""
    assert ranks(rank_units(units((380, 400), (27, 30), (320, 400)), 30)) == [(1, "k0"), (1, "k1"), (1, "k2")]


def test_below_the_minimum() -> None:
    """Counted, not shown; whoever has no answers is not even counted."""
    ranking = rank_units(units((29, 29), (0, 0), (20, 30)), 30)
    assert ranks(ranking) == [(1, "k2")]
    assert ranking.hidden == 1


def test_a_champion_stands_alone() -> None:
    """Better than everybody, by answers; one that overlaps with the second, or is the only one, is no champion."""
    champion = rank_units(units((396, 400), (320, 400), (330, 400)), 30).champion
    assert champion is not None
    assert champion.key == "k0"
    assert rank_units(units((380, 400), (370, 400)), 30).champion is None
    assert rank_units(units((400, 400)), 30).champion is None
    assert rank_units(units((400, 400), (5, 29)), 30).champion is None
    assert rank_units([], 30).champion is None


def test_equals_keep_an_order() -> None:
    """The same share: more answers first, then the key, so that the list does not jump."""
    assert ranks(rank_units(units((30, 40), (30, 40), (60, 80)), 30)) == [(1, "k2"), (1, "k0"), (1, "k1")]


@given(ANSWERS, st.integers(1, 60))
def test_whatever_was_answered(counted: Sequence[tuple[int, int]], minimum: int) -> None:
    """Of two ranks no intervals overlap; within one a chain of overlaps leads from each to each; nobody is lost."""
    ranking = rank_units(units(*counted), minimum)
    assert len(ranking.places) + ranking.hidden == len(counted)
    values = [place.unit.share.value or 0 for place in ranking.places]
    assert values == sorted(values, reverse=True)
    groups = ranking.groups
    for better, worse in pairwise(groups):
        assert min(one.unit.share.interval[0] for one in better) > max(one.unit.share.interval[1] for one in worse)
        assert worse[0].rank == better[0].rank + len(better)
    for group in groups:
        spans = sorted((one.unit.share.interval for one in group), key=lambda ends: ends[1], reverse=True)
        lowest = spans[0][0]
        for low, high in spans[1:]:
            assert high >= lowest
            lowest = min(lowest, low)
