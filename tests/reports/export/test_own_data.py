"""The two files of `/mydata`: all languages, nothing that runs, nothing that is lost."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import msgspec
import pytest

from domain.cases.case import CaseEvent, CaseState
from domain.own_data import NOBODY, STAFF, YOU, OwnData
from reports.export.own_data import SECTIONS, write_json, write_page
from storage.privacy.disclosure import SHOWN
from texts import LANGUAGES, Texts

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
EVIL = "<script>alert(1)</script>\n&amp; “so”"
DATA: OwnData = {
    "people": [{"name": EVIL, "telegram_id": 11, "created_at": AT, "consent_at": None}],
    "case_events": [
        {"at": AT, "event": event.value, "who": who, "facts": {"words": EVIL}}
        for event in CaseEvent
        for who in (YOU, STAFF)
    ],
    "cases": [{"created_at": AT, "number": "C-1", "state": state.value} for state in CaseState],
    "appeals": [{"created_at": AT, "who": YOU, "state": "upheld"}],
    "contributions": [{"at": AT, "who": NOBODY, "words": "hello", "files": ["photo", "voice"], "edits": []}],
    "answers": [{"answered_at": AT, "question": "why", "score": 0, "words": ["late", "wet"]}],
}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in {"src", "href"} for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_reads_in_every_language(language: str) -> None:
    """Each section and column has its words; what people wrote is shown as they wrote it, and does nothing."""
    texts = Texts()
    page = write_page(DATA, AT, SHANGHAI, lambda key, /, **said: texts.plain(language, key, said), language)
    read = _Tags()
    read.feed(page.decode())
    assert read.tags.count("h2") == len(SECTIONS)
    assert "script" not in read.tags
    assert "<script>alert(1)</script>" in read.text
    assert "2026-11-23 12:00" in read.text
    assert texts.plain(language, "mydata-you", {}) in read.text
    assert "mydata-" not in read.text
    assert all(texts.plain(language, f"state-{state.value.replace('_', '-')}", {}) in read.text for state in CaseState)
    assert not any(f">{state.value}<" in page.decode() for state in (CaseState.IN_WORK, CaseState.IN_REVIEW))
    assert ">0<" in page.decode()


def test_the_other_file_has_every_detail() -> None:
    """As JSON, moments with their zone."""
    read = msgspec.json.decode(write_json(DATA, AT))
    assert read["written_at"] == "2026-11-23T04:00:00Z"
    assert read["data"]["people"][0]["name"] == EVIL
    assert read["data"]["answers"][0]["words"] == ["late", "wet"]


def test_the_page_shows_what_is_given() -> None:
    """Each of its columns is one that is given, or says who it was."""
    for table, columns in SECTIONS.items():
        assert {*columns} - {"who"} <= {*SHOWN[table]}
