"""Which answered question somebody means: by rare words, in both languages."""

import pytest

from domain.cases.matching import extract_tokens, find_best

KNOWN = [
    "How do I track my parcel?",
    "How much does it cost to send a parcel abroad?",
    "How do I change the delivery address?",
    "如何查询快递到哪里了？",
    "寄国际快递的运费是多少？",
    "收件地址写错了怎么修改？",
]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("I want to track a parcel", 0),
        ("TRACKING? track parcels", 0),
        ("what does sending abroad cost", 1),
        ("Wrong address, can I change it", 2),
        ("快递到哪里了", 3),
        ("国际运费多少", 4),
        ("地址写错了", 5),
        ("怎么修改收件地址", 5),
        ("ｔｒａｃｋ　ｐａｒｃｅｌ", 0),
    ],
)
def test_the_most_alike_comes_first(question: str, first: int) -> None:
    """Other words around it, another order, plurals, capitals and full-width letters do not matter."""
    assert find_best(question, KNOWN)[0] == first


@pytest.mark.parametrize("question", ["Do you sell coffee?", "你们卖咖啡吗", "how do I", "???", ""])
def test_nothing_alike_is_nothing(question: str) -> None:
    """Common words alone are no likeness."""
    assert find_best(question, KNOWN) == []


def test_at_most_three() -> None:
    """The first of equals comes first; with nothing known nothing is found."""
    assert find_best("parcel", ["parcel", "parcels", "the parcel", "my parcel"]) == [0, 1, 2]
    assert find_best("parcel", []) == []


def test_what_is_compared() -> None:
    """Words without plurals and without those that say nothing; Chinese in pairs, a single character as it is."""
    assert extract_tokens("Where are my 3 parcels & the glass?") == {"3", "parcel", "glass"}
    assert extract_tokens("寄快递 A4 纸") == {"寄快", "快递", "a4", "纸"}
