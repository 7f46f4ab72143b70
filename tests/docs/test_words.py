"""Words of the code: names say what the thing is, and a docstring says what is raised."""

import ast
import symtable
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("bot", "handlers", "conversations", "domain", "storage", "reports", "texts", "playground", "docs", "benchmarks")
VAGUE = {"one", "found"}
"""Names that fit everything: they may live as long as a comprehension."""

COMPREHENSIONS = {"listcomp", "setcomp", "dictcomp", "genexpr", "lambda"}
SHOWN_BY_CLICK = {
    f"bot/commands/{name}.py" for name in ("cli", "access_commands", "company_commands", "upkeep_commands")
}
"""Its docstrings are the help of the command line."""


def list_modules(*folders: str) -> Iterator[tuple[str, str]]:
    """Where each module is, and its source."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")


def list_functions(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    """The functions of a module, however deep, but for comprehensions."""
    for child in table.get_children():
        if child.get_type() == "function" and child.get_name() not in COMPREHENSIONS:
            yield child
        yield from list_functions(child)


def list_vague_names(where: str, source: str) -> list[str]:
    return [
        f"{where}:{function.get_lineno()} {function.get_name()}: {symbol.get_name()}"
        for function in list_functions(symtable.symtable(source, where, "exec"))
        for symbol in function.get_symbols()
        if symbol.get_name() in VAGUE and (symbol.is_local() or symbol.is_parameter())
    ]


def list_silent_raises(where: str, source: str) -> list[str]:
    """Public functions that raise, in their own body, what their docstring does not name."""
    silent = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            raised = {name for part in walk_own(node) if (name := name_raised(part))}
            words = ast.get_docstring(node) or ""
            silent += [f"{where}:{node.lineno} {node.name}: {name}" for name in sorted(raised) if name not in words]
    return silent


def walk_own(node: ast.AST) -> Iterator[ast.AST]:
    """Everything in a function but what is inside functions and classes of its own."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield child
            yield from walk_own(child)


def name_raised(node: ast.AST) -> str:
    """The exception of a `raise` that makes one."""
    if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
        return ""
    name = ast.unparse(node.exc.func).rpartition(".")[2]
    return name if name[:1].isupper() and name != "NotImplementedError" else ""


def test_names_say_what_the_thing_is() -> None:
    """`one` and `found` are for comprehensions."""
    assert [line for module in list_modules(*CODE, "tests") for line in list_vague_names(*module)] == []


def test_no_two_classes_share_a_name() -> None:
    """A name that is read, or searched for, means one thing; benchmarks and docs aside, which are read on their own."""
    where_named: dict[str, list[str]] = defaultdict(list)
    for where, source in list_modules(*CODE[:-2]):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef):
                where_named[node.name].append(where)
    assert {name: places for name, places in where_named.items() if len(places) > 1} == {}


def test_classes_are_imported_by_their_own_names() -> None:
    """So that a search for a class finds everybody who uses it."""
    renamed = [
        f"{where}:{node.lineno} {name.name} as {name.asname}"
        for where, source in list_modules(*CODE[:-2])
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if name.asname and name.asname != name.name and name.name[0].isupper() and not name.name.isupper()
    ]
    assert renamed == []


def test_docstrings_say_what_is_raised() -> None:
    """Anyone who calls a public function reads there what to expect."""
    modules = [module for module in list_modules(*CODE) if module[0] not in SHOWN_BY_CLICK]
    assert [line for module in modules for line in list_silent_raises(*module)] == []


def test_every_module_says_what_it_is() -> None:
    """In its first line."""
    assert [where for where, source in list_modules(*CODE) if source and not ast.get_docstring(ast.parse(source))] == []


def test_the_checks_are_not_blind() -> None:
    """What they look for is found, in parameters, functions and methods, and nowhere else."""
    source = "def f(one):\n    found = [one for one in ()]\n    def g():\n        raise ValueError('x')\n"
    assert sorted(list_vague_names("x", source)) == ["x:1 f: found", "x:1 f: one"]
    assert list_vague_names("x", "names = [one for one in ()]\n") == []
    assert list_silent_raises("x", source) == ["x:3 g: ValueError"]
    assert list_silent_raises("x", "def f():\n    '''Raises ValueError.'''\n    raise ValueError('x')\n") == []
