"""Every error a caller may meet, in one tree.

KgError
├── ArticleError      an input cannot be read as an article
├── RecordError       a line of a hand-over file is not the record it should be
├── PipelineError     a language pipeline cannot be loaded, or its processes do not live
├── LexiconError      a bundled data file breaks its own schema
├── BuildError        a build is missing, incomplete or held by another writer
├── GraphError        an RDF file cannot be read or written
├── QueryError        a query is unknown, ill-formed or lacks a parameter
├── ShapesError       a shapes graph cannot be read or an engine gave up
├── OutputError       a result cannot be written where it should go
├── WorkerError       a process that was to find an answer ended without one
│   └── LimitError    it took more time, or gave more, than it may
│       ├── SizeError gave more
│       └── BusyError is not looked for now: too much is asked at once
├── EndpointError     a SPARQL endpoint did not answer as it should
│   └── AddressError  what was given is no web address
├── ModelError        a language model cannot be asked at all
└── VerificationError an export and the articles it came from cannot be compared

Each message says where, what is wrong, and what to do next. `status` is the
exit status of the command that meets the error.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors this package raises on purpose."""

    status = 1


class LocatedError(KgError):
    """An error at a place: `source` names it, `reason` says what and what to do."""

    def __init__(self, source: str, reason: str) -> None:
        self.source = source
        self.reason = reason
        super().__init__(f"{source}: {reason}")


class ArticleError(LocatedError):
    """An input cannot be read as an article."""

    status = 3


class RecordError(LocatedError):
    """A line of a hand-over file is not the record it should be."""

    status = 3


class PipelineError(KgError):
    """A language pipeline cannot be loaded, or the processes that load it do not live."""

    status = 3


class LexiconError(LocatedError):
    """A bundled data file breaks its own schema."""

    status = 4


class BuildError(LocatedError):
    """A build is missing, incomplete or held by another writer."""

    status = 3


class GraphError(LocatedError):
    """An RDF file cannot be read or written."""

    status = 3


class QueryError(LocatedError):
    """A query is unknown, ill-formed or lacks a parameter."""

    status = 2


class ShapesError(LocatedError):
    """A shapes graph cannot be read, or a validation engine gave up: never a verdict of valid."""

    status = 3


class OutputError(LocatedError):
    """A result cannot be written where it should go."""

    status = 3


class WorkerError(LocatedError):
    """A process that was to find an answer ended without one."""

    status = 5


class LimitError(WorkerError):
    """An answer took more time, or is larger, than it may."""


class SizeError(LimitError):
    """An answer is larger than it may be."""


class BusyError(LimitError):
    """Nobody looks for an answer now: too much is asked at once, or too much by one client."""

    def __init__(self, source: str, reason: str, wait: int = 1, *, client: bool = False) -> None:
        """Say how many seconds to wait, and whether it is this client that asks too much."""
        super().__init__(source, reason)
        self.wait, self.client = wait, client


class EndpointError(LocatedError):
    """A SPARQL endpoint did not answer as it should."""


class AddressError(EndpointError):
    """What was given as the address of an endpoint is none."""

    status = 2


class ModelError(LocatedError):
    """A language model cannot be asked at all: no server, no such model, no right to it."""


class VerificationError(LocatedError):
    """An export and the articles it came from cannot be compared."""

    status = 3
