"""Message parser: a file of Fluent read into its messages, and what each of them names."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from fluent.syntax import FluentParser, ast, visitor

_MOST_SAMPLES = 10_000
"""So many combinations of variants are tried; our own largest message has some hundreds."""


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """A message as it stands in a file, from `line` on."""

    key: str
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong in a file: the line, the message (empty where none can be told), and why."""

    line: int
    key: str
    why: str


@dataclass
class MessageShape(visitor.Visitor):
    """What a message names: its variables, those whose value it says, the variants it knows, and other messages."""

    named: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    variants: dict[str, set[str]] = field(default_factory=dict)
    messages: set[str] = field(default_factory=set)
    foreign: list[str] = field(default_factory=list)

    def visit_Placeable(self, node: ast.Placeable) -> None:  # noqa: N802 -- the library's name
        if isinstance(node.expression, ast.VariableReference):
            self.said.add(node.expression.id.name)
        self.generic_visit(node)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 -- the library's name
        self.named.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802 -- the library's name
        if isinstance(node.selector, ast.VariableReference):
            keys = {v.key.name if isinstance(v.key, ast.Identifier) else v.key.value for v in node.variants}
            self.variants.setdefault(node.selector.id.name, set()).update(keys)
        self.generic_visit(node)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 -- the library's name
        if node.attribute is not None:
            self.foreign.append(f"{node.id.name}.{node.attribute.name}")
        self.messages.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802 -- the library's name
        self.foreign.append(f"-{node.id.name}")

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802 -- the library's name
        self.foreign.append(f"{node.id.name}()")


def read_messages(text: str) -> tuple[list[OwnMessage], list[Flaw]]:
    """The messages of a Fluent file, and what in it is none."""
    messages: list[OwnMessage] = []
    flaws: list[Flaw] = []
    lines: dict[str, int] = {}
    for entry in FluentParser().parse(text).body:
        match entry:
            case ast.Message():
                key, line = entry.id.name, _find_line(text, entry.id)
                if key in lines:
                    flaws.append(Flaw(line, key, f"is there twice, first in line {lines[key]}; keep one of them"))
                lines.setdefault(key, line)
                if entry.attributes:
                    why = f"has an attribute (.{entry.attributes[0].id.name}); no message here has any: remove it"
                    flaws.append(Flaw(line, key, why))
                elif entry.value is not None:
                    messages.append(OwnMessage(key, text[_find_start(entry.id) : _find_end(entry)] + "\n", line))
            case ast.Term():
                flaws.append(Flaw(_find_line(text, entry.id), f"-{entry.id.name}", "is a term; write messages only"))
            case ast.Junk():
                flaws.append(_explain_junk(text, entry))
            case _:
                pass  # a comment
    return messages, flaws


def list_samples(shape: MessageShape) -> Iterator[dict[str, str | int]]:
    """Values for every combination of variants, with nothing where somebody's words go."""
    chosen = [[(name, _type(key)) for key in sorted(keys)] for name, keys in shape.variants.items()]
    others: dict[str, str | int] = dict.fromkeys(shape.named - shape.variants.keys(), "")
    for picked in itertools.islice(itertools.product(*chosen), _MOST_SAMPLES):
        yield others | dict(picked)


def _type(key: str) -> str | int:
    return int(key) if key.isdigit() else 7 if key == "other" else key


@cache
def look_into(source: str) -> MessageShape:
    shape = MessageShape()
    shape.visit(FluentParser().parse(source))
    return shape


def _find_line(text: str, node: ast.SyntaxNode) -> int:
    return text.count("\n", 0, _find_start(node)) + 1


def _find_start(node: ast.SyntaxNode) -> int:
    return node.span.start if node.span is not None else 0


def _find_end(node: ast.SyntaxNode) -> int | None:
    return node.span.end if node.span is not None else None


def _explain_junk(text: str, junk: ast.Junk) -> Flaw:
    said = junk.annotations[0]
    line = text.count("\n", 0, min(_find_start(said), len(text))) + 1
    first = next((one for one in (junk.content or "").splitlines() if one.strip()), "")
    key = first.partition("=")[0].strip()
    return Flaw(
        line,
        key if key.replace("-", "").isalnum() else "",
        f"is not Fluent: {said.message}; a line is written like key = text",
    )
