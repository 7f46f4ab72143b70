"""Units against the rest: known probabilities, the correction, what is not compared, and no verdict that chance gives often."""

from collections.abc import Mapping, Sequence
from math import comb
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.comparisons import (
    FALSE_VERDICTS,
    UnitComparison,
    UnitVerdict,
    compare_units,
    compute_chance,
    correct_for_many,
    count_compared,
    leave_out,
)
from domain.figures.evidence import Share, Weighted
from domain.figures.figures import Counts, Stratum, Tally, add_counts, satisfaction

SHARES = st.integers(1, 80).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n)))
CHANCES = st.lists(st.floats(0, 1), max_size=12)


def counts(satisfied: int, others: int, deliveries: int = 0, stratum: str = "") -> Counts:
    return Counts({stratum: Stratum(deliveries, Tally((others, 0, 0, 0, satisfied)))})


def verdicts(**units: Counts) -> dict[str, UnitVerdict]:
    return {key: one.verdict for key, one in compare_units(units).items()}


def test_the_finding() -> None:
    """97 % [87–100] and 63 % [49–75], chained by a third whose interval overlaps both: one is clearly above, one clearly below."""
    compared = compare_units({"a": counts(38, 1), "b": counts(31, 18), "c": counts(41, 9)})
    assert [round(100 * end) for end in compared["a"].share.interval] == [87, 100]
    assert [round(100 * end) for end in compared["b"].share.interval] == [49, 75]
    assert {key: one.verdict for key, one in compared.items()} == {
        "a": UnitVerdict.HIGHER,
        "b": UnitVerdict.LOWER,
        "c": UnitVerdict.SAME,
    }


@pytest.mark.parametrize(
    ("share", "other", "chance"),
    [
        (Share(1, 10), Share(11, 14), 2 * 0.0013797280926100418),
        (Share(3, 4), Share(1, 4), 2 * 17 / 70),
        (Share(0, 5), Share(5, 5), 2 / 252),
        (Share(5, 10), Share(50, 100), 1.0),
    ],
)
def test_known_probabilities(share: Share, other: Share, chance: float) -> None:
    """Fisher's tea (17 of 70 in one tail), and the textbook's table of studying (0.00138)."""
    assert compute_chance(share, other) == pytest.approx(chance, rel=1e-9)
    assert compute_chance(other, share) == pytest.approx(chance, rel=1e-9)


@given(SHARES, SHARES)
def test_as_counted_out(share: Share, other: Share) -> None:
    """Twice the smaller tail, of all ways in which as many could be satisfied."""
    n, m, together = share.n, other.n, share.part + other.part
    ways = {x: comb(n, x) * comb(m, together - x) for x in range(max(0, together - m), min(n, together) + 1)}
    tails = (
        sum(ways[x] for x in ways if x <= share.part),
        sum(ways[x] for x in ways if x >= share.part),
    )
    exact = min(1.0, 2 * min(tails) / comb(n + m, together))
    assert compute_chance(share, other) == pytest.approx(exact, rel=1e-6)


def test_weighted_answers_count_as_what_they_are_worth() -> None:
    """188 answers worth 14.9 are 14, of which 11.2 are rounded towards the rest: 12 of 14."""
    weighted = Weighted(150, 188, 0.8, 14.9)
    assert compute_chance(weighted, Share(95, 100)) == compute_chance(Share(12, 14), Share(95, 100))
    assert compute_chance(weighted, Share(50, 100)) == compute_chance(Share(11, 14), Share(50, 100))
    assert compute_chance(Share(95, 100), weighted) == compute_chance(Share(95, 100), Share(11, 14))
    assert compute_chance(Weighted(188, 188, 1.0, 14.9), Share(95, 100)) == compute_chance(
        Share(14, 14), Share(95, 100)
    )


def test_a_large_n_takes_no_time_and_no_overflow() -> None:
    """Half a million answers each."""
    assert compute_chance(Share(450_000, 500_000), Share(450_000, 500_000)) == 1.0
    assert compute_chance(Share(450_000, 500_000), Share(460_000, 500_000)) < 1e-200
    assert 0.01 < compute_chance(Share(450_000, 500_000), Share(450_300, 500_000)) < 0.9


def test_holms_correction() -> None:
    """The smallest times four, the next times three, …; what is larger before stays; the order given is kept."""
    assert correct_for_many([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert correct_for_many([0.5, 0.9]) == [1.0, 1.0]
    assert correct_for_many([]) == []


@given(CHANCES)
def test_a_correction_never_makes_anything_surer(chances: Sequence[float]) -> None:
    """Between p and as many times p; who was smaller is not larger afterwards."""
    corrected = correct_for_many(chances)
    for before, after in zip(chances, corrected, strict=True):
        assert before <= after <= 1
    ordered = sorted(zip(chances, corrected, strict=True))
    assert [after for _, after in ordered] == sorted(corrected)


def test_what_one_test_would_say_many_do_not() -> None:
    """79 of 100 against 90 % has p = 0.01 among four, and is clear; among thirty alike 0.002 is not."""
    few = {f"k{n}": counts(90, 10) for n in range(3)} | {"low": counts(79, 21)}
    many = {f"k{n}": counts(90, 10) for n in range(30)} | {"low": counts(79, 21)}
    assert compute_chance(Share(79, 100), Share(2700, 3000)) < FALSE_VERDICTS / 4
    assert verdicts(**few)["low"] is UnitVerdict.LOWER
    assert set(verdicts(**many).values()) == {UnitVerdict.SAME}


def test_the_rest_leaves_the_unit_out() -> None:
    """The largest unit is not compared with itself: nine tenths of all answers, and still clearly different from the tenth."""
    compared = compare_units({"large": counts(900, 0), "small": counts(80, 20), "": counts(9, 1)})
    assert compared["large"].rest == Share(89, 110)
    assert compared["large"].verdict is UnitVerdict.HIGHER
    assert compared["small"].verdict is UnitVerdict.LOWER


def test_too_few() -> None:
    """Fewer than ten, or weighted answers worth fewer, on either side; alone, or without answers, nobody is compared."""
    assert verdicts(a=counts(0, 9), b=counts(90, 10))["a"] is UnitVerdict.FEW
    assert verdicts(a=counts(90, 10), b=counts(0, 9))["a"] is UnitVerdict.FEW
    assert verdicts(a=counts(90, 10)) == {"a": UnitVerdict.FEW}
    assert verdicts(a=Counts(), b=counts(1, 1)) == {"a": UnitVerdict.FEW, "b": UnitVerdict.FEW}
    assert verdicts() == {}
    unequal = Counts({"P1": Stratum(10, Tally((0, 0, 0, 0, 40))), "P4": Stratum(900, Tally((2, 0, 0, 0, 0)))})
    wide = Counts({"P1": Stratum(900, Tally((0, 0, 0, 0, 900))), "P4": Stratum(900, Tally((0, 0, 0, 0, 900)))})
    compared = compare_units({"a": unequal, "b": wide})
    assert (compared["a"].share.n, compared["a"].share.size < 10) == (42, True)
    assert compared["a"].verdict is UnitVerdict.FEW
    assert count_compared(compared.values()) == 0


def test_like_with_like() -> None:
    """Who has answers of one priority only is compared with that priority of the rest, not with a mixture."""
    both = Counts({"P1": Stratum(400, Tally((120, 0, 0, 0, 280))), "P4": Stratum(400, Tally((0, 0, 0, 0, 400)))})
    compared = compare_units({"urgent": counts(70, 30, 100, "P1"), "others": both})
    assert compared["urgent"].rest == Share(280, 400)
    assert compared["urgent"].verdict is UnitVerdict.SAME


def test_the_few_change_the_rest_not_the_number_of_comparisons() -> None:
    """Units too small to compare are in the rest of the others, and nobody is corrected for them."""
    alone = compare_units({"a": counts(80, 20), "b": counts(98, 2)})
    small = compare_units({"a": counts(80, 20), "b": counts(98, 2)} | {f"k{n}": counts(4, 1) for n in range(9)})
    assert (count_compared(alone.values()), count_compared(small.values())) == (2, 2)
    assert small["b"].rest == Share(116, 145)


STRATUM = st.tuples(st.integers(0, 90), st.integers(0, 40), st.integers(0, 40)).map(
    lambda one: Stratum(one[0], Tally((one[1], 0, 0, 0, one[2])))
)
UNITS = st.dictionaries(
    st.sampled_from([*"abcdefghijkl", ""]),
    st.dictionaries(st.sampled_from(["P1", "P2", "P4"]), STRATUM, min_size=1).map(Counts),
    max_size=12,
)


def compare_in_full(units: Mapping[str, Counts]) -> dict[str, UnitComparison]:
    """As the rules say it, one after the other, every probability summed to its end."""
    whole = add_counts(units.values()).strata
    pairs = {key: (satisfaction(one.strata), satisfaction(leave_out(one.strata, whole))) for key, one in units.items()}
    tested = {key: compute_chance(*pair) for key, pair in pairs.items() if min(pair[0].size, pair[1].size) >= 10}
    corrected = dict(zip(tested, correct_for_many(tested.values()), strict=True))
    return {key: UnitComparison(*pair, corrected.get(key, 1.0)) for key, pair in pairs.items()}


@given(UNITS)
def test_what_is_not_summed_on_changes_no_verdict(units: Mapping[str, Counts]) -> None:
    """Shares, rests and verdicts are those of the whole computation; p too, wherever it decides anything."""
    quick, full = compare_units(units), compare_in_full(units)
    assert {key: (one.share, one.rest, one.verdict) for key, one in quick.items()} == {
        key: (one.share, one.rest, one.verdict) for key, one in full.items()
    }
    assert {key: quick[key].p for key in quick if full[key].p < FALSE_VERDICTS} == {
        key: one.p for key, one in full.items() if one.p < FALSE_VERDICTS
    }


def test_thousands_of_couriers_are_compared_while_others_wait() -> None:
    """Two thousand, in four priorities: 0.03 s of computing on an idle machine; summed to the end it was 0.2."""
    dice = Random(2)  # noqa: S311 -- a test's dice are no secret
    units = {
        f"k{n}": Counts(
            {f"P{p}": Stratum(40 * p, Tally((dice.randint(0, 4), 0, 0, 0, dice.randint(8, 30)))) for p in range(1, 5)}
        )
        for n in range(2000)
    }
    began = process_time()
    compared = compare_units(units)
    assert process_time() - began < 0.15
    assert {key: one.verdict for key, one in compared.items()} == {
        key: one.verdict for key, one in compare_in_full(units).items()
    }


def test_however_many_answers_it_is_quick() -> None:
    """A difference beyond what floats can hold is certain at once, and equal shares of a thousand million are not summed one by one."""
    assert compute_chance(Share(10**8, 10**9), Share(9 * 10**8, 10**9)) == 0
    assert compute_chance(Share(5 * 10**8, 10**9), Share(5 * 10**8, 10**9)) == 1
