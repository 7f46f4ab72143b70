"""The part of the Bot API that we read, checked against another library's models of it."""

import msgspec
import pytest

from handlers.turns import updates

TYPES = {
    "User": "User",
    "Chat": "Chat",
    "FileId": "Document",
    "Contact": "Contact",
    "Location": "Location",
    "Venue": "Venue",
    "MessageEntity": "MessageEntity",
    "Reply": "Message",
    "Message": "Message",
    "CallbackQuery": "CallbackQuery",
    "ChatMember": "ChatMemberRestricted",
    "ChatMemberUpdated": "ChatMemberUpdated",
    "Update": "Update",
    "UpdateId": "Update",
}


def test_every_struct_is_compared() -> None:
    """A struct that is added says which of the Bot API's types it reads."""
    structs = {name for name, one in vars(updates).items() if isinstance(one, type) and issubclass(one, msgspec.Struct)}
    assert structs == set(TYPES)


@pytest.mark.parametrize("name", TYPES)
def test_we_read_what_there_is(name: str) -> None:
    """Every field exists in the Bot API under this name, and what we require, it promises."""
    import aiogram.types  # takes ten seconds: not while tests are collected, in every worker

    model = getattr(aiogram.types, TYPES[name])
    fields = {field.alias or key: field for key, field in model.model_fields.items()}
    for ours in msgspec.structs.fields(getattr(updates, name)):
        assert ours.encode_name in fields, ours.encode_name
        promised = fields[ours.encode_name].is_required() or "Literal" in str(fields[ours.encode_name].annotation)
        assert promised or not ours.required, ours.encode_name
