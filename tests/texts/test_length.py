"""Long texts: as Telegram counts them, nothing lost, every part complete in itself."""

import html as markup
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts import escape
from texts.length import MESSAGE, split, trim, units, visible

TAGS = [
    ("<b>", "</b>"),
    ("<i>", "</i>"),
    ('<a href="tg://user?id=7">', "</a>"),
    ("<tg-spoiler>", "</tg-spoiler>"),
    ('<code class="language-x">', "</code>"),
]
WORDS = st.text(st.sampled_from("ab \n<>&é中🙂👩\u200d"), max_size=60).map(escape)
HTML = st.recursive(
    WORDS,
    lambda inner: (
        st.builds(
            lambda parts, tag: tag[0] + "".join(parts) + tag[1], st.lists(inner, max_size=3), st.sampled_from(TAGS)
        )
        | st.lists(inner, max_size=4).map("".join)
    ),
    max_leaves=12,
)


def seen(html: str) -> str:
    """What a person reads, without the white space that a cut may take."""
    return re.sub(r"\s", "", markup.unescape(re.sub(r"<[^>]*>", "", html)))


def balanced(html: str) -> bool:
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z-]+)[^>]*>", html):
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


@given(HTML, st.integers(4, 200))
def test_split_keeps_everything(html: str, limit: int) -> None:
    """Every part fits, closes what it opens and says something; together they say all of it, in order."""
    parts = split(html, limit)
    assert all(visible(part) <= limit for part in parts)
    assert all(balanced(part) for part in parts)
    assert "".join(seen(part) for part in parts) == seen(html)
    if visible(html) > limit:
        assert all(seen(part) for part in parts)


@given(st.text())
def test_split_of_anything_a_person_writes(text: str) -> None:
    """Whatever a person writes, once escaped it is split without losing a character but white space."""
    assert "".join(seen(part) for part in split(escape(text), 10)) == re.sub(r"\s", "", text)


@given(st.text())
def test_units_are_utf_16(text: str) -> None:
    """Counted as Telegram does."""
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(), st.integers(1, 50))
def test_trim(text: str, limit: int) -> None:
    """Never longer than the limit, the beginning kept, an ellipsis only where something is missing."""
    trimmed = trim(text, limit)
    assert units(trimmed) <= limit
    if units(text) <= limit:
        assert trimmed == text
    else:
        assert trimmed.endswith("…")
        assert text.startswith(trimmed[:-1])


def test_a_text_that_fits_stays_as_it_is() -> None:
    """Exactly the limit is not over it."""
    html = "<b>" + "🙂" * (MESSAGE // 2) + "</b>"
    assert split(html) == [html]
    assert len(split(html + "x")) == 2


def test_cut_at_line_ends() -> None:
    """Lines stay whole where they can."""
    assert split("one two\nthree\nfour", 15) == ["one two\nthree", "four"]


@pytest.mark.parametrize(("opening", "closing"), TAGS)
def test_emphasis_goes_on_in_the_next_part(opening: str, closing: str) -> None:
    """A tag that is open at the cut is closed there and opened again, attributes and all."""
    assert split(f"{opening}abcdef{closing}", 4) == [f"{opening}abcd{closing}", f"{opening}ef{closing}"]


def test_an_emoji_at_the_end_of_a_full_line() -> None:
    """What counts two units does not slip over the limit when the cut at the line end frees only one."""
    assert split("\n" + "x" * 9 + "🙂", 10) == ["x" * 9, "🙂"]


@pytest.mark.parametrize("html", ["x" * 10 + "<b>\n</b>", "x" * 10 + " " * 25, "\n" * 30 + "x"])
def test_no_part_is_blank(html: str) -> None:
    """Telegram refuses a message without a visible character, so none is made."""
    assert all(seen(part) for part in split(html, 10))


@pytest.mark.parametrize(("html", "length"), [("<b>&lt;a&gt;</b>", 3), ("🙂", 2), ("a &amp; b", 5), ("", 0)])
def test_visible_counts_what_is_seen(html: str, length: int) -> None:
    """Tags count nothing, an entity is one character, an emoji two."""
    assert visible(html) == length
