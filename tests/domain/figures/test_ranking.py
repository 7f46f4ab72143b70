"""Groups instead of ranks, and a champion only where there is one."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from domain.figures.comparisons import UnitVerdict, compare_units
from domain.figures.figures import Counts, Stratum, Tally
from domain.figures.ranking import Ranking, rank_units

ANSWERS = st.lists(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=12)
HIGHER, SAME, LOWER, FEW = UnitVerdict.HIGHER, UnitVerdict.SAME, UnitVerdict.LOWER, UnitVerdict.FEW


def rank(*counted: tuple[int, int], minimum: int = 30, unnamed: tuple[int, int] | None = None) -> Ranking:
    """k0, k1, …: so many satisfied of so many."""
    units = {f"k{place}": counts(*one) for place, one in enumerate(counted)}
    return rank_units(compare_units(units | ({"": counts(*unnamed)} if unnamed else {})), minimum)


def counts(part: int, n: int) -> Counts:
    return Counts({"": Stratum(n, Tally((n - part, 0, 0, 0, part)))})


def groups(ranking: Ranking) -> list[tuple[UnitVerdict, str]]:
    return [(unit.verdict, unit.key) for unit in ranking.units]


def champion(ranking: Ranking) -> str | None:
    return ranking.champion.key if ranking.champion else None


def test_three_groups() -> None:
    """Clearly above first, clearly below last, by share within; no group of the best holds one that is clearly low."""
    ranking = rank((300, 400), (394, 400), (384, 400), (390, 400))
    assert groups(ranking) == [(HIGHER, "k1"), (HIGHER, "k3"), (HIGHER, "k2"), (LOWER, "k0")]
    assert [ranking.count(one) for one in (HIGHER, SAME, LOWER, FEW)] == [3, 0, 1, 0]
    assert groups(rank((38, 39), (34, 54), (41, 50))) == [(HIGHER, "k0"), (SAME, "k2"), (LOWER, "k1")]


def test_below_the_minimum() -> None:
    """Counted, not shown, and in the rest of the others; anyone who has no answers is not even counted."""
    ranking = rank((29, 29), (0, 0), (12, 40), (30, 40))
    assert groups(ranking) == [(SAME, "k3"), (LOWER, "k2")]
    assert (ranking.hidden, ranking.compared) == (1, 3)


def test_the_minimum_changes_no_verdict() -> None:
    """Anyone who is shown under any minimum stands in the same group."""
    counted = ((12, 14), (30, 40), (190, 200), (150, 200), (18, 19))
    everybody = {key: verdict for verdict, key in groups(rank(*counted, minimum=10))}
    assert len(everybody) == 5
    for minimum in (15, 30, 100):
        assert set(groups(rank(*counted, minimum=minimum))) <= {(verdict, key) for key, verdict in everybody.items()}


def test_answers_that_name_nobody() -> None:
    """They are in the rest and are compared, but nobody's."""
    ranking = rank((360, 400), (380, 400), unnamed=(10, 100))
    assert {unit.key for unit in ranking.units} == {"k0", "k1"}
    assert ranking.compared == 3
    assert ranking.hidden == 0


def test_a_champion_stands_alone() -> None:
    """Clearly above the rest, and clearly better than anyone else who is; nobody is a champion of one."""
    assert champion(rank((396, 400), (320, 400), (330, 400))) == "k0"
    assert champion(rank((380, 400), (370, 400))) is None
    assert champion(rank((400, 400))) is None
    assert champion(rank((400, 400), (5, 29))) is None
    assert champion(rank()) is None


def test_of_several_above_the_best_must_differ() -> None:
    """Two that one bad unit lifts above the rest are no champions; one that is better than both is."""
    lifted = rank((380, 400), (376, 400), (200, 400))
    assert groups(lifted)[:2] == [(HIGHER, "k0"), (HIGHER, "k1")]
    assert champion(lifted) is None
    best = rank((399, 400), (376, 400), (200, 400))
    assert groups(best)[:2] == [(HIGHER, "k0"), (HIGHER, "k1")]
    assert champion(best) == "k0"


def test_few_answers_make_no_champion() -> None:
    """30 of 30 is 100 %, and not clearly above a rest of 93 %; another with 97 % of 800 is."""
    ranking = rank((30, 30), (776, 800), (700, 800))
    assert groups(ranking) == [(HIGHER, "k1"), (SAME, "k0"), (LOWER, "k2")]
    assert champion(ranking) == "k1"


def test_equals_keep_an_order() -> None:
    """The same share: more answers first, then the key, so that the list does not jump."""
    assert groups(rank((30, 40), (30, 40), (60, 80))) == [(SAME, "k2"), (SAME, "k0"), (SAME, "k1")]


@given(ANSWERS, st.integers(10, 60))
def test_whatever_was_answered(counted: Sequence[tuple[int, int]], minimum: int) -> None:
    """Nobody is lost; groups stand in order; above is above, below is below; a champion is the first of those above."""
    ranking = rank(*counted, minimum=minimum)
    assert len(ranking.units) + ranking.hidden == len(counted)
    order = [(HIGHER, SAME, LOWER, FEW).index(unit.verdict) for unit in ranking.units]
    assert order == sorted(order)
    for unit in ranking.units:
        above = (unit.share.value or 0.0) - (unit.comparison.rest.value or 0.0)
        assert unit.verdict is not HIGHER or above > 0
        assert unit.verdict is not LOWER or above < 0
    if ranking.champion is not None:
        assert ranking.champion is ranking.units[0]
        assert ranking.champion.verdict is HIGHER
