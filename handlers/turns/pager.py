"""Pagination of a list: the buttons to the page before and after, in a row of their own."""

from collections.abc import Callable

from conversations.buttons import Button
from conversations.protocol import Key, KeyboardRow, Text

ORDERED = ("list-before", "list-more")
"""Labels where a list has an order of its own."""

NEWEST_FIRST = ("list-newer", "list-older")
"""Labels where the newest stand on the first page."""


def draw_pager(
    make_button: Callable[[int], Button], page: int, *, more: bool, labels: tuple[str, str] = ORDERED
) -> tuple[KeyboardRow, ...]:
    """One row, or none where everything is on one page; `make_button` makes the button of a page, counted from 0."""
    before = [Key(Text(labels[0]), make_button(page - 1))] if page else []
    after = [Key(Text(labels[1]), make_button(page + 1))] if more else []
    row = (*before, *after)
    return (row,) if row else ()
