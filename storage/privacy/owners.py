"""How a row leads to whom it is about.

1. A subject is a word: `p<person id>`; `h<hash>` of a phone number, or `r<source>:<hash>` of a reference, that nobody has proven to be
   theirs; `c<case id>` of a case that has none of them. A row that is about nobody has none.
2. Each way can be gone in both directions: from a row to its subject (`name`), and from what is somebody's to the rows about it, by an
   index (`belongs`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import ColumnElement, FromClause, String, and_, case, cast, func, literal_column, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.engine.bulk import among
from storage.engine.columns import BigInt
from storage.engine.database import Tx
from storage.models import metadata


@dataclass(frozen=True, slots=True)
class Belongings:
    """What is somebody's: who they are, and the ids of their rows in the tables that others point to.

    `accounts` are the Telegram accounts of `persons`, `hashes` those of their phone numbers; a reference is known to one source alone.
    """

    persons: frozenset[int] = frozenset()
    accounts: frozenset[int] = frozenset()
    lanes: frozenset[str] = frozenset()
    """Of these accounts, in every chat there is."""
    hashes: frozenset[str] = frozenset()
    references: frozenset[tuple[str, str]] = frozenset()
    """Source and hash."""
    ids: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """By table."""

    @property
    def subjects(self) -> frozenset[str]:
        """Every name that a row of theirs may have had in a backup, now or before it was known whose it is."""
        return frozenset(
            (
                *(f"p{id_}" for id_ in self.persons),
                *(f"h{hashed}" for hashed in self.hashes),
                *(f"r{source}:{hashed}" for source, hashed in self.references),
                *(f"c{id_}" for id_ in self.ids.get("cases", frozenset())),
            )
        )


class Owner(Protocol):
    """A way from a row to its subject."""

    def name(self, rows: FromClause) -> ColumnElement[Any]:
        """The subject of a row, NULL where this way leads to none."""

    def belongs(self, tx: Tx, rows: FromClause, theirs: Belongings) -> ColumnElement[bool]:
        """The condition that a row is about them."""


@dataclass(frozen=True, slots=True)
class ByPerson:
    """A column holds a person's id."""

    column: str = "person"

    def name(self, rows: FromClause) -> ColumnElement[Any]:
        return _spell("p", rows.c[self.column])

    def belongs(self, tx: Tx, rows: FromClause, theirs: Belongings) -> ColumnElement[bool]:
        return _among(tx, rows.c[self.column], theirs.persons)


@dataclass(frozen=True, slots=True)
class ByHash:
    """A column holds the keyed hash of a phone number."""

    column: str

    def name(self, rows: FromClause) -> ColumnElement[Any]:
        return _spell("h", rows.c[self.column])

    def belongs(self, tx: Tx, rows: FromClause, theirs: Belongings) -> ColumnElement[bool]:
        return _among(tx, rows.c[self.column], theirs.hashes)


@dataclass(frozen=True, slots=True)
class ByReference:
    """A source, and the keyed hash of what it calls the customer."""

    def name(self, rows: FromClause) -> ColumnElement[Any]:
        return _spell("r", rows.c.source) + literal_column("':'", String()) + rows.c.ref_hash

    def belongs(self, tx: Tx, rows: FromClause, theirs: Belongings) -> ColumnElement[bool]:
        sources = {source for source, _ in theirs.references}
        of_source = (
            and_(rows.c.source == source, among(tx, rows.c.ref_hash, [h for s, h in theirs.references if s == source]))
            for source in sorted(sources)
        )
        return or_(*of_source) if sources else NEVER


@dataclass(frozen=True, slots=True)
class ByItself:
    """The row is a case that leads to nobody else."""

    def name(self, rows: FromClause) -> ColumnElement[Any]:
        return _spell("c", rows.c.id)

    def belongs(self, tx: Tx, rows: FromClause, theirs: Belongings) -> ColumnElement[bool]:
        return _among(tx, rows.c.id, theirs.ids.get("cases", frozenset()))


@dataclass(frozen=True, slots=True)
class ByAccount:
    """A column holds a Telegram account, alone (a private chat) or, `in_lane`, after the chat's number and a colon."""

    column: str
    in_lane: bool = False

    def name(self, rows: FromClause) -> ColumnElement[Any]:
        people = metadata.tables["people"].alias()
        held = rows.c[self.column]
        account: ColumnElement[int] = NumberAfterColon(held) if self.in_lane else held
        return select(_spell("p", people.c.id)).where(people.c.telegram_id == account).correlate(rows).scalar_subquery()

    def belongs(self, tx: Tx, rows: FromClause, theirs: Belongings) -> ColumnElement[bool]:
        held = rows.c[self.column]
        return _among(tx, held, theirs.lanes) if self.in_lane else _among(tx, held, theirs.accounts)


@dataclass(frozen=True, slots=True)
class Via:
    """A column points to a row of another table, and that row leads on."""

    column: str
    table: str
    owner: Owner

    def name(self, rows: FromClause) -> ColumnElement[Any]:
        return _lead_on(self.table, self.owner, rows, rows.c[self.column])

    def belongs(self, tx: Tx, rows: FromClause, theirs: Belongings) -> ColumnElement[bool]:
        return _among(tx, rows.c[self.column], theirs.ids.get(self.table, frozenset()))


@dataclass(frozen=True, slots=True)
class ByKey:
    """A column holds one of these kinds and the id of a row of another table, such as `case:17`, which leads on.

    `is_whole`: nothing follows the id, so the column's index finds it.
    """

    column: str
    kinds: tuple[str, ...]
    table: str
    owner: Owner
    is_whole: bool = False

    def name(self, rows: FromClause) -> ColumnElement[Any]:
        held = rows.c[self.column]
        leads = _lead_on(self.table, self.owner, rows, NumberAfterColon(held))
        return case((self._is_of_kind(held), leads))

    def belongs(self, tx: Tx, rows: FromClause, theirs: Belongings) -> ColumnElement[bool]:
        held = rows.c[self.column]
        ids = theirs.persons if self.table == "people" else theirs.ids.get(self.table, frozenset())
        if self.is_whole or not ids:
            return _among(tx, held, [f"{kind}:{id_}" for kind in self.kinds for id_ in sorted(ids)])
        return and_(self._is_of_kind(held), among(tx, NumberAfterColon(held), ids))

    def _is_of_kind(self, held: ColumnElement[Any]) -> ColumnElement[bool]:
        return or_(*(held.startswith(f"{kind}:") for kind in self.kinds))


@dataclass(frozen=True, slots=True)
class ByActor:
    """Of one kind of key, a row is about who acted."""

    kind: str

    def name(self, rows: FromClause) -> ColumnElement[Any]:
        return case((rows.c.subject.startswith(f"{self.kind}:"), _spell("p", rows.c.actor)))

    def belongs(self, tx: Tx, rows: FromClause, theirs: Belongings) -> ColumnElement[bool]:
        if not theirs.persons:
            return NEVER
        # Of all that was ever logged, by the index on either engine.
        held = rows.c.subject
        is_of_kind = held.op("GLOB")(f"{self.kind}:*") if tx.dialect.name == "sqlite" else held.like(f"{self.kind}:%")
        return and_(is_of_kind, among(tx, rows.c.actor, theirs.persons))


@dataclass(frozen=True, slots=True, init=False)
class First:
    """The first of these ways that leads to somebody."""

    ways: tuple[Owner, ...]

    def __init__(self, *ways: Owner) -> None:
        object.__setattr__(self, "ways", ways)

    def name(self, rows: FromClause) -> ColumnElement[Any]:
        return func.coalesce(*(way.name(rows) for way in self.ways))

    def belongs(self, tx: Tx, rows: FromClause, theirs: Belongings) -> ColumnElement[bool]:
        conditions = []
        for at, way in enumerate(self.ways):
            earlier = [before.name(rows).is_(None) for before in self.ways[:at]]
            conditions.append(and_(way.belongs(tx, rows, theirs), *earlier))
        return or_(*conditions)


NEVER: ColumnElement[bool] = literal_column("1 = 0")
"""Of a way on which there is nothing of theirs: no statement is needed."""


def _among(tx: Tx, column: ColumnElement[Any], values: Collection[int | str]) -> ColumnElement[bool]:
    return among(tx, column, values) if values else NEVER


def list_ways(owner: Owner, tx: Tx, rows: FromClause, theirs: Belongings) -> list[ColumnElement[bool]]:
    """The conditions that hold their rows together, each for a statement of its own that goes by an index of its own."""
    ways = owner.ways if isinstance(owner, First) else (owner,)
    conditions = []
    for at, way in enumerate(ways):
        condition = way.belongs(tx, rows, theirs)
        if condition is not NEVER:
            conditions.append(and_(condition, *(before.name(rows).is_(None) for before in ways[:at])))
    return conditions


def _lead_on(table: str, owner: Owner, rows: FromClause, id_: ColumnElement[Any]) -> ColumnElement[Any]:
    target = metadata.tables[table].alias()
    return select(owner.name(target)).where(target.c.id == id_).correlate(rows).scalar_subquery()


def _spell(kind: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
    return literal_column(f"'{kind}'", String()) + cast(column, String)


class NumberAfterColon(FunctionElement[int]):
    """The number that follows the first colon of a text: an account in a lane, an id in a key. NULL, or 0, where there is none."""

    type = BigInt
    inherit_cache = True

    def __init__(self, held: ColumnElement[str]) -> None:
        super().__init__(held)


@compiles(NumberAfterColon, "sqlite")
def _compile_for_sqlite(element: NumberAfterColon, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- as SQLAlchemy asks
    held = compiler.process(next(iter(element.clauses)), **options)
    return f"CAST(substr({held}, instr({held}, ':') + 1) AS INTEGER)"


@compiles(NumberAfterColon, "postgresql")
def _compile_for_postgresql(element: NumberAfterColon, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    held = compiler.process(next(iter(element.clauses)), **options)
    return f"CAST(substring({held} FROM '^[^:]*:([0-9]{{1,18}})') AS BIGINT)"
