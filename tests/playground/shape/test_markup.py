"""HTML as Telegram reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.shape.markup import read_html
from playground.shape.wire import CallRefusedError, Json, utf16_length


def html(text: str) -> tuple[str, list[Json]]:
    return read_html(text, lambda number: {"id": number, "is_bot": False, "first_name": "Li"} if number == 7 else None)


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        *(
            ("b", "bold"),
            ("strong", "bold"),
            ("i", "italic"),
            ("em", "italic"),
            ("u", "underline"),
            ("ins", "underline"),
        ),
        *(("s", "strikethrough"), ("strike", "strikethrough"), ("del", "strikethrough"), ("tg-spoiler", "spoiler")),
        *(("code", "code"), ("pre", "pre"), ("blockquote", "blockquote"), ("B", "bold")),
    ],
)
def test_every_simple_tag_makes_its_entity(tag: str, kind: str) -> None:
    """Offsets count UTF-16 units: an emoji is two."""
    assert html(f"😀<{tag}>货</{tag}>") == ("😀货", [{"offset": 2, "length": 1, "type": kind}])


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("<x>y</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("货 <路径>", 'Unsupported start tag "路径" at byte offset 4'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a <", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x", "Can't find end tag corresponding to start tag b"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x!>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_what_cannot_be_read_is_refused_in_telegrams_words(text: str, error: str) -> None:
    """Errors name the tag and its byte offset."""
    with pytest.raises(CallRefusedError) as refused:
        html(text)
    assert refused.value.description == f"Bad Request: can't parse entities: {error}"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#65;&#x42;", "AB"),
        ("&lt b", "< b"),
        ("&nbsp;", "&nbsp;"),
        ("&ltx", "&ltx"),
        ("AT&T", "AT&T"),
        ("&#0;", "&#0;"),
    ],
)
def test_references_are_characters_and_unknown_ones_stay(text: str, plain: str) -> None:
    """Four names and the numeric forms, nothing else."""
    assert html(text) == (plain, [])


def test_half_a_surrogate_pair_is_refused() -> None:
    """A numeric reference cannot smuggle in what UTF-8 forbids."""
    with pytest.raises(CallRefusedError, match="unmatched surrogate code units"):
        html("&#xd800;")


def test_links_lead_somewhere_or_are_plain_text() -> None:
    """A web link, the text itself as a link, a known person, and nothing."""
    _, entities = html('<a href="https://e.com/?a=1&amp;b=2">x</a><a>e.com</a><a href="tg://user?id=7">Li</a>')
    assert [entity["type"] for entity in entities] == ["text_link", "text_link", "text_mention"]
    assert [entity.get("url") for entity in entities] == ["https://e.com/?a=1&b=2", "http://e.com/", None]
    assert html('<a href="tg://user?id=8">?</a><a href="nowhere">?</a>') == ("??", [])


def test_code_in_pre_names_the_language() -> None:
    """A lone `code` loses it."""
    _, (entity,) = html('<pre><code class="language-python">x</code></pre>')
    assert entity == {"offset": 0, "length": 1, "type": "pre", "language": "python"}
    _, (entity,) = html('<code class="language-python">x</code>')
    assert entity == {"offset": 0, "length": 1, "type": "code"}


def test_spans_quotes_and_emoji_carry_their_attribute() -> None:
    """The three tags with an argument of their own."""
    _, entities = html(
        "<span class='tg-spoiler'>a</span><blockquote expandable>b</blockquote><tg-emoji emoji-id='5'>c</tg-emoji>"
    )
    assert [entity["type"] for entity in entities] == ["spoiler", "expandable_blockquote", "custom_emoji"]
    assert entities[2]["custom_emoji_id"] == "5"


def test_a_short_end_tag_closes_whatever_is_open() -> None:
    """`</>` is allowed."""
    assert html("<b>x</>") == ("x", [{"offset": 0, "length": 1, "type": "bold"}])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    """Whatever people write, escaped, is read as exactly that."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert html(f"<b>{escaped}</b>")[0] == text


@given(st.text(alphabet="<>/&ab;#x1= \"'span", max_size=40))
def test_hostile_html_is_read_or_refused_and_never_breaks(text: str) -> None:
    """Every entity lies within the text."""
    try:
        plain, entities = html(text)
    except CallRefusedError:
        return
    assert all(entity["offset"] + entity["length"] <= utf16_length(plain) for entity in entities)
