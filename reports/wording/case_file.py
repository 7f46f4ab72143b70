"""Case file in words: what happened, line by line, in one language, ready for a message or a page.

It travels as JSON, through the outbox and into the process that draws.
"""

import msgspec


class CaseFileLine(msgspec.Struct, frozen=True):
    """A fact and its label."""

    label: str
    text: str


class CaseFileEntry(msgspec.Struct, frozen=True):
    """One thing that happened, with its facts."""

    at: str
    who: str
    what: str
    lines: tuple[CaseFileLine, ...] = ()


class CaseFileDeadline(msgspec.Struct, frozen=True):
    """One promise, and whether it was kept; `late` is drawn conspicuously."""

    stage: str
    due: str
    ended: str
    kept: str
    late: bool = False


class CaseFileForm(msgspec.Struct, frozen=True):
    """One of the field's own forms, with the people who sign it on paper."""

    title: str
    lines: tuple[CaseFileLine, ...]
    signed: tuple[str, ...] = ()


class CaseFileAttachment(msgspec.Struct, frozen=True):
    """A file that somebody attached: its name here, from whom, its size, its SHA-256 or why there is none.

    `evidence` is the row of the copy that is kept, 0 without one; a picture is shown.
    """

    name: str
    about: str
    size: str
    digest: str
    evidence: int = 0
    is_picture: bool = False


class CaseFile(msgspec.Struct, frozen=True):
    """The three parts (C12). `note` says who may read it, `clock_heads` are the column headings of the deadlines, `attached_heads`
    those of the files.
    """

    language: str
    number: str
    title: str
    state: str
    parts: tuple[str, str, str]
    complaint: tuple[CaseFileLine, ...]
    process: tuple[CaseFileEntry, ...]
    clocks_title: str
    clock_heads: tuple[str, str, str, str]
    clocks: tuple[CaseFileDeadline, ...]
    result: tuple[CaseFileLine, ...]
    forms: tuple[CaseFileForm, ...]
    nothing: str
    sign_here: str
    note: str
    attached_title: str = ""
    attached_heads: tuple[str, ...] = ()
    attached: tuple[CaseFileAttachment, ...] = ()
