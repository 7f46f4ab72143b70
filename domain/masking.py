"""Masking: names, phone numbers, addresses, accounts and numbers of papers, wherever more than one person can see.

1. What is written in another script, with invisible characters or with gaps is read like what it looks like; what is left is left as written.
2. Hiding too much is better than too little: seven digits are a phone number unless something says that they are not.
3. The time grows with the length of the text and no faster: every repetition that could be tried again from the next place has a bound.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

_GAP = r"[\s().\-–—‐‑·_]{0,3}"
_PHONE = re.compile(rf"(?<!\d)(?!\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d))\+?\(?\d(?:{_GAP}\d){{6,}}")

_KEPT = (
    r"(?<![A-Za-z0-9])[CSQP]-\d{6}-\d{4,12}(?!\d)",  # a number of ours
    r"(?<![A-Za-z0-9])(?!QQ)(?![A-Z]{2}1[3-9]\d{9}(?!\d))[A-Z]{2}\d{9,15}(?:[A-Z]{2})?(?![A-Za-z0-9])",  # a waybill
    r"(?<!\d)(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?!\d)",
    r"(?<!\d)\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}(?!\d)",
    r"(?<!\d)20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)",
    r"[¥$€£]\s?\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?(?!\d)",
    r"[¥$€£]\s?\d{1,9}(?:\.\d{1,2})?(?!\d)",
    r"(?<![\d.])\d{1,9}(?:\.\d{1,2})?\s?(?:USD|EUR|CNY|RMB|GBP|HKD|TWD)\b",
)
"""What a group works with, and what looks like a phone number and is none: numbers of ours, waybills, dates, amounts."""

PLACE_MARK = "📍"
"""What a line begins with that says where on a map something is."""

_EMAIL = r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
_CITIZEN = (
    rf"(?<!\d)[1-9](?:{_GAP}\d){{5}}{_GAP}(?:1{_GAP}9|2{_GAP}0)(?:{_GAP}\d){{9}}{_GAP}[\dXx](?![A-Za-z0-9])"  # 身份证
    r"|(?<![A-Za-z0-9])[A-Z][12]\d{8}(?!\d)"  # 身分證
)
_USERNAME = r"(?<![A-Za-z0-9_.@])@[A-Za-z][A-Za-z0-9_]{4,31}(?![A-Za-z0-9_])"
_PHONES_ALONE = re.compile(f"(?P<kept>{'|'.join(_KEPT)})|(?P<phone>{_PHONE.pattern})")
_INVISIBLE = frozenset({"Cf", "Mn", "Me"})


def mask_name(name: str) -> str:
    """Keep the first character: 王小明 → 王**, Anna → A***."""
    name = name.strip()
    return name[:1] + "*" * min(max(len(name) - 1, 1), 3) if name else ""


def mask_phone(phone: str) -> str:
    """Keep the last four digits: +8613800138000 → ***8000."""
    digits = "".join(character for character in phone if character.isdigit())
    return f"***{digits[-4:]}" if digits else ""


def mask_phones(text: str) -> str:
    """Mask the phone numbers somebody may have written in free text, all but the last four digits. Dates are left as they are."""
    return mask_words(text, _PHONES_ALONE)


def compile_told(addresses: Iterable[str], accounts: Iterable[str] = (), kept: Iterable[str] = ()) -> re.Pattern[str]:
    """What in somebody's own words says how to reach them.

    `addresses` are forms of what tells a house and a door, `accounts` of what stands before the name of an account elsewhere, `kept` of
    numbers that say nothing about anybody.
    """
    forms = {
        "kept": [*_KEPT, *kept],
        "email": [_EMAIL],
        "citizen": [_CITIZEN],
        "spot": [rf"(?<={PLACE_MARK})[^\n]+"],
        "place": addresses,
        "username": [_USERNAME],
        "phone": [_PHONE.pattern],
    }
    named = [f"(?P<{name}>{'|'.join(f'(?:{form})' for form in these) or '(?!)'})" for name, these in forms.items()]
    before = "|".join(f"(?:{form})" for form in accounts) or "(?!)"
    named.insert(1, rf"(?P<account>{before})[A-Za-z0-9][A-Za-z0-9_-]{{4,19}}(?![A-Za-z0-9_-])")
    return re.compile("|".join(named))


def mask_words(text: str, told: re.Pattern[str], keep: str = "") -> str:
    """Mask what a customer's own words say about who and where the customer is.

    Numbers of cases and waybills are for everybody who works on the case: they stay, and so does `keep`. How somebody writes an
    address is anybody's guess, so that some will get through.
    """
    plain, places = _read(text)
    shown, end = [], 0
    for piece in told.finditer(plain):
        if not piece[0] or piece.lastgroup == "kept" or (keep and piece[0].strip() == keep):
            continue
        begin = places[piece.end("account")] if piece.lastgroup == "account" else places[piece.start()]
        after = places[piece.end()] if piece.end() < len(plain) else len(text)
        shown += [text[end:begin], _MASKS.get(piece.lastgroup or "", _hide)(text[begin:after])]
        end = after
    return "".join((*shown, text[end:]))


def _read(text: str) -> tuple[str, list[int]]:
    """The text as it looks, character by character, without what cannot be seen; and where each character stands in the text itself."""
    if text.isascii():
        return text, list(range(len(text) + 1))
    characters, places = [], []
    for place, character in enumerate(text):
        if not character.isascii():
            if unicodedata.category(character) in _INVISIBLE:
                continue
            alike = unicodedata.normalize("NFKC", character)
            character = alike if len(alike) == 1 else character  # noqa: PLW2901 -- as it is read from here on
        characters.append(character)
        places.append(place)
    return "".join(characters), [*places, len(text)]


def _hide(_said: str) -> str:
    return "***"


def _mask_email(address: str) -> str:
    return f"{address[0]}***@***"


_MASKS: Mapping[str, Callable[[str], str]] = MappingProxyType({"phone": mask_phone, "email": _mask_email})
