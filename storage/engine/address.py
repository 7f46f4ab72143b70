"""Where the database is: its URL, past which pooler, in which schema."""

from dataclasses import dataclass

CACHE_OPTION = "prepared_statement_cache_size"
"""In a URL, it says that the pooler keeps track of named statements (PgBouncer 1.21 and newer, with `max_prepared_statements`)."""


@dataclass(frozen=True, slots=True)
class Address:
    """`direct` is the same database without the pooler that `url` goes through, empty without one; `schema` is empty for the usual one."""

    url: str
    direct: str = ""
    schema: str = ""

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def keeps_statements(self) -> bool:
        """Whether a statement that was prepared under a name is there the next time: behind a pooler another connection may answer."""
        return not self.direct or f"{CACHE_OPTION}=" in self.url

    @property
    def past_pooler(self) -> "Address":
        """The address of a connection that is one's own."""
        return Address(self.direct or self.url, "", self.schema)
