"""Generator of the page about delivery files: what `huifang import` reads, which headings it knows, what happens to refused rows."""  # noqa: INP001

from domain.deliveries.cells import Signs
from domain.deliveries.columns import IGNORE, Field
from texts.words import lexicons, vocabulary

MEANING = {
    Field.WAYBILL: "the number of the delivery; needed",
    Field.DELIVERED_AT: "when it was delivered; needed",
    Field.PHONE: "the customer's number, international or local; needed where there is no `ref`",
    Field.REF: "your own reference for the customer; needed where there is no `phone`",
    Field.NAME: "the customer's name",
    Field.TYPE: "the customer's type, such as vip",
    Field.LANGUAGE: f"{', '.join(vocabulary().names)}, or {', '.join(vocabulary().names.values())}",
    Field.DEPARTMENT: "the department that delivered: its key or its name in `huifang.toml`",
    Field.COURIER_ID: "the courier's id, as `/grant courier` takes it",
    Field.COURIER_NAME: "the courier's name",
    Field.ROUTE: "",
    Field.STATION: "",
    Field.SERVICE: "express, freight, warehouse …; it can have its own survey",
    Field.PRIORITY: "P1 to P4, or 1 to 4",
    Field.DECLARED_VALUE: "",
}

TEXT = """\
`huifang import FILE` takes deliveries from a file, such as one exported by a system with no connection to the bot. It works before the
bot has ever run and while it is running, on both databases.

- **Files.** CSV in UTF-8, UTF-16 or GB18030, with or without a byte order mark, separated by comma, semicolon, tab or `|`; XLSX. There
  may be a title above the headings. In a spreadsheet the first sheet with anything in it is read, or the one `--sheet` names.
  A CSV can be any size; a spreadsheet is held in memory, at some 80 bytes per cell.
- **Dates and times** are written like `2026-11-23 10:15`, `2026/1/5 9:05`, {written}, `20261123101500`, in ISO 8601, or as
  spreadsheet dates. Without an offset they are taken to be in the company's time zone, or the one in `[import]`. A date alone means the
  beginning of that day. A date that could be two days (03/04/2026) is refused until `date_formats` says how dates are written.
- **Waybills and phone numbers that a spreadsheet has mangled** (1.38E+10, more than 15 digits in a number cell) and masked phone numbers are
  refused: a guess would reach somebody else. A phone number stored as a number is read as it was.
  An international number that no country has is refused with its reason; POST /api/v1/deliveries takes one as it is sent.
- **Sources.** A waybill is identified together with its source: `--source NAME`, or `import` by default. Importing the same row again changes
  nothing; a correction counts until the customer has been invited. So you can interrupt the command at any moment (Ctrl-C, a power cut) and
  run it again, and nothing comes in twice. Each run rewrites the file of refused rows.
- **Refused rows** go to `FILE.rejected.csv`: the row as it was, its line, the reason. An apostrophe keeps a spreadsheet from
  taking a cell for a formula. Correct the rows there and import that file; its last two columns are not read.
  If nothing was refused, there is no such file.
- A file with broken quotation marks or encoding is refused whole, with the line, before its first row is used.

Headings are compared ignoring case, spaces, punctuation and remarks in brackets. If several columns mean the same, the first one filled in
in a row counts. `[import.columns]` in `huifang.toml` says what your headings mean; a field named there is read from that column alone.
"""


def write_import_page(note: str) -> str:
    headings = {field: [one for one, meant in vocabulary().headings.items() if meant is field] for field in Field}
    rows = (f"| `{field}` | {MEANING[field]} | {', '.join(headings[field])} |" for field in Field)
    signed = dict.fromkeys(_format_example(lexicon.signs) for lexicon in lexicons().values() if lexicon.signs.year)
    text = TEXT.replace("{written}", ", ".join(f"`{one}`" for one in signed))
    lines = ["# Files of deliveries", "", note, text, "| field | meaning | headings |", "|---|---|---|", *rows]
    return "\n".join([*lines, f"| `{IGNORE}` | nothing: the column is skipped | |"]) + "\n"


def _format_example(signs: Signs) -> str:
    """A moment in a language's date format."""
    return f"2026{signs.year}11{signs.month}23{signs.day} 10:15"
