"""Which lines of the rules no text, or one text only, uses: what to remove or to widen.

    python -m benchmarks.unused [FOLDER…]

Reads the claims of all texts of the folders (the practice corpus by default) and lists, per
module, the lines inside functions of `kg/claims` that at most one of the texts runs through.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import coverage

from kg import pipeline
from kg.claims.engine import load_engine
from kg.claims.extract import claims_of

ROOT = Path(__file__).parent.parent
RULES = ROOT / "kg" / "claims"


def measured(folders: Sequence[Path]) -> coverage.CoverageData:
    """Run every text of the folders in a context of its own."""
    engine = load_engine()
    meter = coverage.Coverage(data_file=None, include=[str(RULES / "*.py")], config_file=False)
    articles = pipeline.read(folders).articles
    meter.start()
    for article in articles:
        meter.switch_context(article.id)
        list(claims_of(article, engine))
    meter.stop()
    return meter.get_data()


def inner_lines(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the statements inside functions: name of the function, line."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.stmt) and inner is not node and not _is_words(inner):
                    yield node.name, inner.lineno


def _is_words(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def main() -> None:
    folders = [Path(each) for each in sys.argv[1:]] or sorted((ROOT / "corpus").glob("batch-*"))
    data = measured(folders)
    for path in sorted(RULES.glob("*.py")):
        used = data.contexts_by_lineno(str(path))
        source = path.read_text("utf-8").splitlines()
        rare = {
            (line, name): {each for each in used.get(line, []) if each}
            for name, line in inner_lines(path)
        }
        shown = [(line, name, texts) for (line, name), texts in rare.items() if len(texts) < 2]
        if shown:
            print(f"{path.relative_to(ROOT)}: {len(shown)} of {len(rare)} lines")
        for line, name, texts in sorted(shown):
            print(f"  {line:4} {len(texts)} {name}: {source[line - 1].strip()}  {', '.join(texts)}")


if __name__ == "__main__":
    main()
