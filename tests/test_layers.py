"""The import rule: data flows one way, and so do imports."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kg"
HEIGHT = {
    "articles": 1,
    "claims": 2,
    "entities": 3,
    "events": 4,
    "graph": 5,
    "queries": 6,
    "shapes": 6,
    "site": 7,
}  # queries and shapes stand side by side
JOINERS = {
    "pipeline",
    "living",
    "listing",
    "opening",
    "words",
    "targets",
    "serving",
    "publishing",
    "cli",
    "__main__",
}  # may import any stage; cli is a package
RDF = {"rdflib", "pyoxigraph", "pyshacl", "pyld", "SPARQLWrapper"}
PRINTERS = {"cli"}
MODULES = sorted(PACKAGE.rglob("*.py"))
VAGUE = {"utils", "util", "helpers", "common", "base", "misc"}


def home_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports_of(path: Path) -> list[str]:
    """Every absolute import, `from` names spelled out."""
    found: list[str] = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: spell imports out from kg"
            found += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return found


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_follow_the_data(path: Path) -> None:
    """A stage sees only the records of earlier stages; ground files see no stage."""
    home = home_of(path)
    if home in JOINERS:
        return
    for name in imports_of(path):
        target = name.split(".")[1:]
        if not name.startswith("kg.") or target[0] not in HEIGHT or target[0] == home:
            continue
        assert home in HEIGHT, f"{path.name} is ground but imports the stage {name}"
        assert HEIGHT[target[0]] < HEIGHT[home], f"{name} does not lie upstream"
        assert target[1:2] == ["model"], f"{name}: import only the model of another stage"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_triples_first_appear_in_the_graph_stage(path: Path) -> None:
    home = home_of(path)
    if HEIGHT.get(home, 9) >= HEIGHT["graph"] and home not in JOINERS and home in HEIGHT:
        return
    roots = {name.split(".")[0] for name in imports_of(path)}
    assert not roots & RDF, f"{path}: stages before the graph know records, not triples"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_only_the_command_line_prints_exits_or_reads_the_environment(path: Path) -> None:
    if home_of(path) in PRINTERS:
        return
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"print", "exit", "input"}, f"{path}:{node.lineno}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            named = f"{node.value.id}.{node.attr}"
            assert named not in {"sys.exit", "os.environ", "os.getenv", "sys.stdout"}, (
                f"{path}:{node.lineno}: {named}"
            )


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_modules_are_short_and_named_for_what_they_hold(path: Path) -> None:
    assert path.stem not in VAGUE
    assert len(path.read_text("utf-8").splitlines()) < 500
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 60, f"{path}:{node.lineno}: {node.name}"


def test_nothing_but_the_start_of_the_program_imports_the_command_line() -> None:
    for path in MODULES:
        if home_of(path) not in {"cli", "__main__"}:
            assert not any(name.startswith("kg.cli") for name in imports_of(path)), path


@pytest.mark.parametrize("path", sorted((PACKAGE / "cli").glob("*.py")), ids=lambda p: p.stem)
def test_the_command_line_imports_what_is_heavy_inside_functions(path: Path) -> None:
    """Records and stages would bring the parser or the store into `kg --help`."""
    light = {"cli", "errors", "options", "sinks", "__version__"}
    for node in tree_of(path).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kg"):
            ground = {*(node.module or "").split(".")[1:2]} or {each.name for each in node.names}
            assert ground <= light, f"{path.name}:{node.lineno}: import it inside the function"


def test_no_query_or_identifier_is_built_by_formatting() -> None:
    """An f-string that holds SPARQL keywords around a value would let text write queries."""
    words = ("SELECT ", "INSERT ", "DELETE ", "WHERE {", "CONSTRUCT ", "GRAPH <", "FILTER(")
    for path in set(MODULES) - {PACKAGE / "shelves.py"}:  # SQL: names of our own tables only
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.JoinedStr):
                fixed = "".join(str(v.value) for v in node.values if isinstance(v, ast.Constant))
                assert not any(word in fixed for word in words), f"{path}:{node.lineno}"


def test_no_import_cycle() -> None:
    names = {
        ".".join(["kg", *p.relative_to(PACKAGE).with_suffix("").parts]).removesuffix(".__init__"): p
        for p in MODULES
    }
    edges = {
        name: {
            target
            for found in imports_of(path)
            for target in (found, found.rsplit(".", 1)[0])
            if target in names and target != name
        }
        for name, path in names.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join([*trail, name])
        if name not in done:
            for target in sorted(edges[name]):
                visit(target, (*trail, name))
            done.add(name)

    for name in sorted(edges):
        visit(name, ())
