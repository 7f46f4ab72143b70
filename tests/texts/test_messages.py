"""A file of Fluent is read into its messages; what is none is told with its line."""

from texts.messages import Flaw, OwnMessage, list_samples, look_into, read_messages

FILE = """\
# Ours
solved = It works

## More
phone-linked =
    { $count ->
        [1] One
       *[other] { $count } of { $name }
    }
broken = { $x
-brand = Ours
back = Back
    .title = x
solved = again
"""


def test_messages_have_their_lines() -> None:
    """Comments and headings are not part of them."""
    messages, flaws = read_messages(FILE)
    assert messages[0] == OwnMessage("solved", "solved = It works\n", 2)
    assert [(message.key, message.line) for message in messages] == [("solved", 2), ("phone-linked", 5), ("solved", 14)]
    assert [(flaw.line, flaw.key) for flaw in flaws] == [(11, "broken"), (11, "-brand"), (12, "back"), (14, "solved")]
    assert flaws[1].why == "is a term; write messages only"
    assert flaws[3] == Flaw(14, "solved", "is there twice, first in line 2; keep one of them")


def test_what_a_message_names() -> None:
    """Variables that it says, those it chooses by, its variants; and a value of each kind for every combination."""
    messages, _ = read_messages(FILE)
    shape = look_into(messages[1].source)
    assert (shape.named, shape.said, shape.variants) == (
        {"count", "name"},
        {"count", "name"},
        {"count": {"1", "other"}},
    )
    assert list(list_samples(shape)) == [{"name": "", "count": 1}, {"name": "", "count": 7}]
    assert look_into("a = { b.c } { -d } { NUMBER($e) } { f }").foreign == ["b.c", "-d", "NUMBER()"]
