"""What is there to validate, question, export or push: a build, an RDF file, standard input.

The later stages joined, as `pipeline` joins the earlier ones; kept apart from it so that a
question does not wait for the parser of articles to be loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from kg.articles.model import Article
from kg.errors import GraphError, VerificationError
from kg.graph.model import Dataset
from kg.graph.reading import dataset_from_file
from kg.graph.reference import holds_reference, reference_quads
from kg.graph.releasing import is_release, open_release, read_release
from kg.graph.store import Build
from kg.iris import Iris
from kg.listing import check_lists
from kg.living import open_build
from kg.queries.catalogue import question
from kg.queries.endpoint import ask_endpoint
from kg.queries.model import Question, Rows
from kg.queries.run import run
from kg.site.verify import Verification, is_table, is_tables, verify, verify_table, verify_tables
from kg.words import check_words

__all__ = ["Target", "ask", "compare", "lacking", "open_target", "question"]


@dataclass(frozen=True, slots=True)
class Target:
    """A dataset to validate, question or export; its articles where it is a build."""

    dataset: Dataset
    articles: Mapping[str, Article] | None
    iris: Iris
    tools: Mapping[str, str] = field(default_factory=dict)  # what took part in making it
    build: Build | None = None


def open_target(target: str, stdin: BinaryIO | None = None) -> Target:
    """Open a build, a release, an RDF file, or (as "-") the RDF on standard input."""
    path = Path(target)
    if target == "-":
        return Target(dataset_from_file(stdin.read() if stdin else b""), None, Iris())
    if path.is_file():
        return Target(dataset_from_file(path), None, Iris())
    if path.suffix and not path.exists():
        raise GraphError(target, "no such file or build; check the path")
    if is_release(path):
        return Target(open_release(path), None, Iris(read_release(path).base))
    opened = open_build(path)
    return Target(opened.dataset, opened.texts(), opened.iris, opened.manifest.tools, opened)


def compare(
    exported: str, articles: Iterable[Article] | None, stdin: BinaryIO | None = None
) -> Verification:
    """Compare an export of RDF or tables, or a build, with the articles that it came from.

    A build is read whole first, and has to be what was written; None stands for its own articles.
    """
    path = Path(exported)
    if path.is_dir() and not is_tables(path) and not is_release(path):
        build = open_build(path)
        build.check_store()
        check_words(build)
        check_lists(path)
        return verify(build.dataset, build.articles() if articles is None else articles)
    if articles is None:
        raise VerificationError(exported, "keeps no articles; name those that it was made from")
    if exported == "-":
        data = stdin.read() if stdin else b""
    else:
        data = path.read_bytes() if path.is_file() else b""
    if is_table(data):
        return verify_table(data, articles)
    if is_tables(path):
        return verify_tables(path, articles)
    return verify(open_target(exported, BytesIO(data)).dataset, articles)


def lacking(target: Target) -> Dataset | None:
    """Give the reference graph that a file on its own lacks; an export brings that of its day."""
    if target.articles is not None or holds_reference(target.dataset.quads()):
        return None
    return Dataset.of(reference_quads(Iris()))


def ask(
    asked: Question,
    parameters: Mapping[str, str],
    target: Target | str,
    limit: int | None = None,
) -> Rows:
    """Answer a question from a target, or from the SPARQL endpoint at an address."""
    if isinstance(target, str):
        return ask_endpoint(target, asked, parameters, limit)
    return run(target.dataset, asked, parameters, limit, target.iris.base)
