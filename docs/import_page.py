"""Generator of the page about delivery files: what `huifang import` reads, which headings it knows, what happens to refused rows."""  # noqa: INP001

from domain.deliveries.cells import Signs
from domain.deliveries.columns import IGNORE, Field
from texts.words import lexicons, vocabulary

MEANING = {
    Field.WAYBILL: "the number of the delivery; needed",
    Field.DELIVERED_AT: "when it was delivered; needed",
    Field.PHONE: "the customer's number, international or local; needed where there is no `ref`",
    Field.REF: "your own reference of the customer; needed where there is no `phone`",
    Field.NAME: "the customer's name",
    Field.TYPE: "the customer's type, such as vip",
    Field.LANGUAGE: f"{', '.join(vocabulary().names)}, or {', '.join(vocabulary().names.values())}",
    Field.DEPARTMENT: "the department that delivered: its key or its name in `huifang.toml`",
    Field.COURIER_ID: "who delivered, as `/grant courier` names them",
    Field.COURIER_NAME: "their name",
    Field.ROUTE: "",
    Field.STATION: "",
    Field.SERVICE: "express, freight, warehouse …; it may have a survey of its own",
    Field.PRIORITY: "P1 to P4, or 1 to 4",
    Field.DECLARED_VALUE: "",
}

TEXT = """\
`huifang import FILE` takes deliveries from a file, as a system without a line to the bot exports them. It works before the bot has
ever run and beside a running one, on both databases.

- **Files.** CSV in UTF-8, UTF-16 or GB18030, with or without a byte order mark, separated by comma, semicolon, tab or `|`; XLSX. The
  headings may have a title above them. Of a spreadsheet the first sheet with anything in it is read, or the one that `--sheet` names.
  A CSV may have any size; a spreadsheet is held in memory, some 80 bytes a cell.
- **Moments** are written like `2026-11-23 10:15`, `2026/1/5 9:05`, {written}, `20261123101500`, in ISO 8601, or are
  a spreadsheet's dates. Without an offset they are meant in the company's time zone, or the one of `[import]`. A date alone is the
  beginning of that day. What could be two days (03/04/2026) is refused until `date_formats` says how it is written.
- **Waybills and phones that a spreadsheet has spoilt** (1.38E+10, more than 15 digits in a number cell) and masked phones are refused: a guess
  would reach somebody else. A phone that became a number is read as it was.
- **Sources.** A waybill is known by its source: `--source NAME`, `import` without it. The same row again is unchanged, a correction
  counts until the customer has been asked. So the command can be ended at any moment (Ctrl-C, a power cut) and run again, and nothing comes
  in twice. What one run refused is written anew by the next.
- **What is refused** is in `FILE.rejected.csv`: the row as it was, its line, the reason. An apostrophe keeps a spreadsheet from
  taking a cell for a formula. Correct the rows there and import that file; the two columns at its end are not read.
  With nothing refused there is no such file.
- A file whose quotation marks or encoding are broken is refused whole, with the line, before its first row is used.

Headings are compared without case, spaces, marks and remarks in brackets. Where several columns mean the same, the first that says
something in a row counts. `[import.columns]` in `huifang.toml` says what yours mean; a field named there is read from there alone.
"""


def write_import_page(note: str) -> str:
    headings = {field: [one for one, meant in vocabulary().headings.items() if meant is field] for field in Field}
    rows = (f"| `{field}` | {MEANING[field]} | {', '.join(headings[field])} |" for field in Field)
    signed = dict.fromkeys(_signed(lexicon.signs) for lexicon in lexicons().values() if lexicon.signs.year)
    text = TEXT.replace("{written}", ", ".join(f"`{one}`" for one in signed))
    lines = ["# Files of deliveries", "", note, text, "| field | meaning | headings |", "|---|---|---|", *rows]
    return "\n".join([*lines, f"| `{IGNORE}` | nothing: the column is left out | |"]) + "\n"


def _signed(signs: Signs) -> str:
    """A moment in a language's date format."""
    return f"2026{signs.year}11{signs.month}23{signs.day} 10:15"
