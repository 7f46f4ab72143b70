"""The two files that a person is given of everything that is kept about them: one to read, one for other programs.

The page needs nothing but itself: no script, no picture, no address of anybody.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

import msgspec

from domain.cases.case import CaseState
from domain.own_data import NOBODY, STAFF, YOU, OwnData, OwnRow

Say = Callable[..., str]

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "people": (
        "name",
        "username",
        "phone",
        "telegram_id",
        "language",
        "zone",
        "created_at",
        "consent_at",
        "stopped_at",
    ),
    "grants": ("role", "department", "granted_at"),
    "deliveries": ("delivered_at", "waybill", "customer_name", "phone", "service", "station"),
    "answers": ("answered_at", "question", "score", "words"),
    "cases": ("created_at", "number", "state", "description", "wanted", "contact", "resolution"),
    "case_events": ("at", "event", "who", "facts"),
    "contributions": ("at", "who", "words", "files", "edits"),
    "appeals": ("created_at", "who", "reason", "state", "decision"),
    "audit": ("at", "who", "what", "before", "after"),
}
"""What the page shows of which table; the other file has every column of every table."""

_WHO = {YOU: "mydata-you", STAFF: "mydata-staff", NOBODY: "mydata-bot"}
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin-bottom:2rem}td,th{border-bottom:1px solid #ccc;padding:.4rem .6rem .4rem 0;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere}th{font-weight:600}.none{color:#666}"
    "@media(prefers-color-scheme:dark){body{color:#ddd;background:#111}td,th{border-color:#444}.none{color:#999}}"
)


def write_json(data: OwnData, at: datetime) -> bytes:
    """Every row of every table; moments in UTC."""
    return msgspec.json.format(msgspec.json.encode({"written_at": at, "data": data}), indent=2)


def write_page(data: OwnData, at: datetime, zone: ZoneInfo, say: Say, language: str) -> bytes:
    """The same to read, in the reader's language and the company's time."""
    title = say("mydata-title")
    parts = [
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1><p>{escape(say('mydata-intro', at=_format_moment(at, zone)))}</p>",
    ]
    for table, columns in SECTIONS.items():
        parts.append(f"<h2>{escape(say(f'mydata-table-{_name(table)}'))}</h2>")
        parts.append(_draw_table(data.get(table, ()), columns, zone, say))
    return "".join((*parts, "</body></html>\n")).encode()


def _draw_table(rows: Sequence[OwnRow], columns: Sequence[str], zone: ZoneInfo, say: Say) -> str:
    if not rows:
        return f'<p class="none">{escape(say("mydata-none"))}</p>'
    head = "".join(f"<th>{escape(say(f'mydata-column-{_name(column)}'))}</th>" for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_draw_cell(column, row.get(column), zone, say)}</td>" for column in columns) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _draw_cell(column: str, value: object, zone: ZoneInfo, say: Say) -> str:
    return escape(_format_value(column, value, zone, say)).replace("\n", "<br>")


def _format_value(column: str, value: object, zone: ZoneInfo, say: Say) -> str:
    match value:
        case None | "" | [] | {}:
            return ""
        case datetime():
            return _format_moment(value, zone)
        case str() if column == "who":
            return say(_WHO[value])
        case str() if column == "state" and value in set(CaseState):
            return say(f"state-{_name(value)}")
        case str() if column == "event":
            return say(f"timeline-{_name(value)}", at="").strip(" ·")
        case list() | tuple():
            return "\n".join(_format_value(column, each, zone, say) for each in value)
        case dict():
            return "\n".join(str(each) for each in value.values())
        case _:
            return str(value)


def _format_moment(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _name(word: str) -> str:
    return word.replace("_", "-")
