"""Pagination: a row where there is another page, and none where there is not."""

import pytest

from conversations.buttons import PhoneListButton
from conversations.protocol import Key, Text
from handlers.turns.pager import NEWEST_FIRST, draw_pager


@pytest.mark.parametrize(
    ("page", "more", "pages"), [(0, False, []), (0, True, [1]), (2, False, [1]), (2, True, [1, 3])]
)
def test_pages_before_and_after(page: int, more: bool, pages: list[int]) -> None:  # noqa: FBT001 -- a parameter of the test
    """The first page has nothing before it, the last nothing after it; one page alone has no row."""
    rows = draw_pager(PhoneListButton, page, more=more)
    assert [key.button for row in rows for key in row] == [PhoneListButton(number) for number in pages]
    assert len(rows) == bool(pages)


def test_labels() -> None:
    """Where the newest come first the labels say so."""
    ((newer, older),) = draw_pager(PhoneListButton, 1, more=True, labels=NEWEST_FIRST)
    assert (newer, older) == (
        Key(Text("list-newer"), PhoneListButton(0)),
        Key(Text("list-older"), PhoneListButton(2)),
    )
