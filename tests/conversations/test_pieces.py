"""Several messages that say one thing."""

from conversations.pieces import Piece, changed, files, said
from conversations.protocol import File

PHOTO = File("photo", "p1")
TOLD = (Piece(1, " Open earlier \n"), Piece(2, "", PHOTO), Piece(3, "please", File("video", "v1")))


def test_words_and_files_in_order() -> None:
    """What says nothing adds nothing."""
    assert said(TOLD) == "Open earlier\nplease"
    assert files(TOLD) == (PHOTO, File("video", "v1"))
    assert said(()) == ""


def test_an_edit_changes_its_own_message() -> None:
    """The file stays; a message that is not among them, or an edit that would leave nothing said, changes nothing."""
    now = changed(TOLD, 3, "thank you")
    assert now is not None
    assert said(now) == "Open earlier\nthank you"
    assert files(now) == files(TOLD)
    assert changed(TOLD, 4, "x") is None
    assert changed((Piece(0, "x"),), 0, "y") is None
    assert changed(TOLD[:1], 1, " ") is None
    assert changed((Piece(2, "", PHOTO),), 2, "") == (Piece(2, "", PHOTO),)
