"""RDF files read, from disk or standard input, with errors that name line and column.

Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD or our JSON Lines in, quads or a dataset out.
Files may come from anywhere: nothing is fetched, and nesting that would exhaust the parser's stack
is refused before it is parsed.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, parse

from kg.errors import GraphError
from kg.graph.model import Dataset
from kg.resources import data_file

_FORMATS: Final[dict[str, RdfFormat]] = {
    "ttl": RdfFormat.TURTLE,
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "ntriples": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "nquads": RdfFormat.N_QUADS,
    "rdf": RdfFormat.RDF_XML,
    "rdfxml": RdfFormat.RDF_XML,
    "owl": RdfFormat.RDF_XML,
    "xml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "json": RdfFormat.JSON_LD,
}
_DEEPEST: Final = 128
_TOKEN: Final = re.compile(
    rb'"""(?:[^"\\]|\\.|"(?!""))*+"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*+\'\'\''
    rb'|"(?:[^"\\\n]|\\.)*+"|\'(?:[^\'\\\n]|\\.)*+\'|<[^<>\s]*+>|#[^\n]*+|<<|>>|[\[\](){}]',
    re.DOTALL,
)
_OPEN: Final = {b"<<", b"[", b"(", b"{"}
_CLOSE: Final = {b">>", b"]", b")", b"}"}
_ENTITY: Final = re.compile(rb"<!ENTITY\s+%?\s*\S+\s+(?:\"([^\"]*)\"|'([^']*)')")
_QUAD_LINE: Final = re.compile(
    rb"(?:<[^<>]*>|_:\S+) <[^<>]*> (?:<[^<>]*>|_:\S+|\".*\"\S*) (?:<[^<>]*>|_:\S+) ?\."
)
_NAMED_CONTEXT: Final = re.compile(  # what each line of our JSON Lines begins with
    rb'\{"@context":\["https://w3id\.org/communique/context\.jsonld",(\{"@base":"[^"\\]*"\})\],'
)
_HINTS: Final = (
    ("prefix", "declare the prefix with @prefix"),
    ("scheme", "write the IRI in full, or declare @base"),
    ("context", "remote contexts are not fetched: put the context into the file"),
    ("UTF-8", "save the file as UTF-8"),
    ("language", "language tags look like @en or @en-GB"),
)


def formats() -> tuple[str, ...]:
    """List the names of formats that can be read."""
    return tuple(sorted(_FORMATS))


def dataset_from_file(
    source: Path | bytes,
    format_name: str | None = None,
    name: str = "<stdin>",
) -> Dataset:
    """Read an RDF file, or the bytes of one, into memory.

    The format is that named, else that of the file's extension, else what the bytes look like.
    `name` stands for the bytes in errors.
    """
    shown = str(source) if isinstance(source, Path) else name
    quads = quads_in(source, format_name, name)
    if not quads:
        raise GraphError(shown, "holds no statement; is it the right file, and the right format?")
    return Dataset.of(quads)


def quads_in(
    source: Path | bytes,
    format_name: str | None = None,
    name: str = "<stdin>",
) -> list[Quad]:
    """Read the quads of an RDF file, or of the bytes of one."""
    shown = str(source) if isinstance(source, Path) else name
    data = _bytes_of(source, shown)
    kind = _format_of(source, format_name, data, shown)
    _refuse_bombs(data, kind, shown)
    try:
        return list(parse(_with_context(data, shown), format=kind))
    except SyntaxError as error:
        raise GraphError(_place(shown, error), _reason(error)) from error


def _bytes_of(source: Path | bytes, shown: str) -> bytes:
    if isinstance(source, bytes):
        return source.removeprefix(b"\xef\xbb\xbf")
    try:
        return source.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise GraphError(shown, f"cannot be read ({error.strerror}); check the path") from error


def _format_of(source: Path | bytes, named: str | None, data: bytes, shown: str) -> RdfFormat:
    if named is not None:
        known = _FORMATS.get(named.lower().replace("-", ""))
        if known is None:
            raise GraphError(shown, f"unknown format {named!r}; one of {', '.join(formats())}")
        return known
    by_name = _FORMATS.get(source.suffix.lower()[1:]) if isinstance(source, Path) else None
    return by_name or _looks_like(data)


def _looks_like(data: bytes) -> RdfFormat:
    """Guess from the first bytes; TriG reads Turtle and N-Triples as well."""
    start = data[:4096].lstrip()
    if re.match(rb"\[|\{\s*[\"}]", start):
        return RdfFormat.JSON_LD
    if start.startswith((b"<?xml", b"<rdf:RDF", b"<!DOCTYPE")):
        return RdfFormat.RDF_XML
    lines = [line for line in start.splitlines() if not line.startswith(b"#")]
    if lines and _QUAD_LINE.fullmatch(lines[0].strip()):
        return RdfFormat.N_QUADS
    return RdfFormat.TRIG


def _with_context(data: bytes, shown: str) -> bytes:
    """Make one document of lines that only name our context, which is here; leave others be."""
    begun = _NAMED_CONTEXT.match(data)
    if begun is None:
        return data
    lines = data.rstrip().split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.startswith(begun[0]):
            raise GraphError(f"{shown}:{number}", "begins otherwise than the lines before it")
    context = json.loads(data_file("site", "context.jsonld").read_bytes())["@context"]
    head = b'{"@context":[%b,%b],"@graph":[' % (json.dumps(context).encode(), begun[1])
    return head + b",\n".join(b"{" + line[begun.end() :] for line in lines) + b"]}"


def _refuse_bombs(data: bytes, kind: RdfFormat, shown: str) -> None:
    """Refuse what would exhaust stack or memory of the parser rather than fail in it."""
    if kind == RdfFormat.RDF_XML:
        for double, single in _ENTITY.findall(data):
            value = double or single
            if len(value) > 1000 or b"&" in value:
                raise GraphError(shown, "an XML entity is longer than an IRI; write it out")
        return
    if sum(data.count(opener) for opener in _OPEN) <= _DEEPEST:
        return
    depth = 0
    for found in _TOKEN.finditer(data):
        token = found.group()
        depth += (token in _OPEN) - (token in _CLOSE)
        if depth > _DEEPEST:
            line = data.count(b"\n", 0, found.start()) + 1
            raise GraphError(f"{shown}:{line}", f"nested deeper than {_DEEPEST}; flatten it")


def _place(shown: str, error: SyntaxError) -> str:
    if error.lineno is None:
        return shown
    return f"{shown}:{error.lineno}:{error.offset or 1}"


def _reason(error: SyntaxError) -> str:
    """Say what the parser found, without its own account of the place, and what to do."""
    told = re.sub(r"^(?:Parser error )?(?:at|on) line .*?: ", "", str(error.msg)).rstrip(".")
    hint = next((hint for word, hint in _HINTS if word in told), "correct it there")
    return f"{told}; {hint}"
