"""An edit exchanges exactly what was edited."""

from hypothesis import given
from hypothesis import strategies as st

from conversations.protocol import File
from handlers.cases.messages import contributions
from storage.cases.messages import SourceMessage

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(str.strip)


def test_what_a_message_said() -> None:
    """Its words, and its file as the contribution keeps it."""
    assert contributions.make_source_message(5, "x") == SourceMessage(5, "x")
    assert contributions.make_source_message(5, "x", File("photo", "p", "a", "u")) == SourceMessage(
        5, "x", ("photo", "p", "a"), "u"
    )


@given(st.lists(LINES, min_size=1, max_size=4, unique=True), st.data(), LINES)
def test_only_the_edited_part_changes(lines: list[str], data: st.DataObject, new: str) -> None:
    """Of words that several messages made, the others' stay as they were."""
    at = data.draw(st.integers(0, len(lines) - 1))
    others = [line for n, line in enumerate(lines) if n != at]
    changed = contributions._replace_words("\n".join(lines), lines[at], new)
    assert new.strip() in changed
    assert all(other.strip() in changed or lines[at].strip() in other for other in others)


def test_words_where_there_were_none() -> None:
    """A caption added later stands below; one taken away leaves nothing."""
    assert contributions._replace_words("", "", "new") == "new"
    assert contributions._replace_words("old", "", "new") == "old\nnew"
    assert contributions._replace_words("old\nother", "old", "") == "other"
