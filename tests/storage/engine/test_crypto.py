"""Sealed values open for the person who has the secret, and for nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.crypto import DecryptionError, Keyring

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
COLUMN = b"people.name"


@given(ANY_TEXT)
def test_what_was_sealed_opens(text: str) -> None:
    """Every text comes back as it was, lone surrogates and the empty one too."""
    keyring = _keyring("one")
    assert keyring.open(keyring.seal(text, COLUMN), COLUMN) == text


def test_nothing_shows_through() -> None:
    """The sealed bytes hold neither the text nor a pattern: the same text sealed twice has nothing but the key id in common."""
    keyring = _keyring("one")
    first, second = keyring.seal("Anna Müller", COLUMN), keyring.seal("Anna Müller", COLUMN)
    assert b"Anna" not in first
    assert first[:4] == second[:4]
    assert first[4:16] != second[4:16]
    assert first[16:] != second[16:]


def test_a_moved_value_does_not_open() -> None:
    """A value that was copied into another column is refused."""
    keyring = _keyring("one")
    with pytest.raises(DecryptionError, match="changed or moved"):
        keyring.open(keyring.seal("Anna", COLUMN), b"people.phone")


@pytest.mark.parametrize("at", [4, 16, -1])
def test_a_changed_value_does_not_open(at: int) -> None:
    """One changed bit of nonce, text or tag is noticed."""
    keyring = _keyring("one")
    sealed = bytearray(keyring.seal("Anna", COLUMN))
    sealed[at] ^= 1
    with pytest.raises(DecryptionError, match="changed or moved"):
        keyring.open(bytes(sealed), COLUMN)


@pytest.mark.parametrize("size", [0, 3, 4, 10, 16, 20])
def test_a_cut_value_does_not_open(size: int) -> None:
    """A value that lost its end is unreadable, wherever it was cut."""
    keyring = _keyring("one")
    with pytest.raises(DecryptionError):
        keyring.open(keyring.seal("Anna", COLUMN)[:size], COLUMN)


def test_rotation_keeps_old_values() -> None:
    """With the new secret first and the old one behind, old values open and new ones are sealed with the new secret alone."""
    old, both, new = _keyring("old"), _keyring("new", "old"), _keyring("new")
    assert both.open(old.seal("Anna", COLUMN), COLUMN) == "Anna"
    assert new.open(both.seal("Anna", COLUMN), COLUMN) == "Anna"
    with pytest.raises(DecryptionError, match="add the old one"):
        old.open(both.seal("Anna", COLUMN), COLUMN)
    with pytest.raises(DecryptionError, match="add the old one"):
        new.open(old.seal("Anna", COLUMN), COLUMN)


def test_lookup_after_rotation() -> None:
    """A value is written under the newest digest and looked for under all of them, newest first."""
    old, both, new = _keyring("old"), _keyring("new", "old"), _keyring("new")
    assert both.digest("+86138") == new.digest("+86138")
    assert both.digests("+86138") == [new.digest("+86138"), old.digest("+86138")]


def test_digests_are_keyed() -> None:
    """A digest says nothing without the secret, fits its column, and differs for another value."""
    assert _keyring("one").digest("+86138") != _keyring("two").digest("+86138")
    assert _keyring("one").digest("+86138") != _keyring("one").digest("+86139")
    assert len(_keyring("one").digest("+86138")) == 32


def test_signatures_after_rotation() -> None:
    """What the old secret signed is still believed; a foreign signature, another message and an empty one are not."""
    old, both = _keyring("old"), _keyring("new", "old")
    assert both.verify(b"17", old.sign(b"17"))
    assert both.verify(b"17", both.sign(b"17", 8))
    assert not both.verify(b"17", _keyring("foreign").sign(b"17"))
    assert not both.verify(b"18", both.sign(b"17"))
    assert not both.verify(b"17", b"")


def test_needs_a_secret() -> None:
    """Without any secret there is no key ring."""
    with pytest.raises(ValueError, match="at least one secret"):
        Keyring([])


def _keyring(*secrets: str) -> Keyring:
    return Keyring(secrets)
