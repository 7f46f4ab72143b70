"""Several messages that say one thing."""

from conversations.pieces import Piece, apply_edit, join_words, list_files, shorten
from conversations.protocol import File

PHOTO = File("photo", "p1")
TOLD = (Piece(1, " Open earlier \n"), Piece(2, "", PHOTO), Piece(3, "please", File("video", "v1")))


def test_words_and_files_in_order() -> None:
    """What says nothing adds nothing."""
    assert join_words(TOLD) == "Open earlier\nplease"
    assert list_files(TOLD) == (PHOTO, File("video", "v1"))
    assert join_words(()) == ""


def test_an_edit_changes_its_own_message() -> None:
    """The file stays; a message that is not among them, or an edit that would leave nothing said, changes nothing."""
    now = apply_edit(TOLD, 3, "thank you")
    assert now is not None
    assert join_words(now) == "Open earlier\nthank you"
    assert list_files(now) == list_files(TOLD)
    assert apply_edit(TOLD, 4, "x") is None
    assert apply_edit((Piece(0, "x"),), 0, "y") is None
    assert apply_edit(TOLD[:1], 1, " ") is None
    assert apply_edit((Piece(2, "", PHOTO),), 2, "") == (Piece(2, "", PHOTO),)


def test_what_is_long_is_shown_shortened() -> None:
    """The limit counts what was written, not the ellipsis."""
    assert shorten("12345", 5) == "12345"
    assert shorten("123456", 5) == "12345…"
