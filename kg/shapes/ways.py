"""Ways over properties from a focus node: the chains that a verdict on it rests on.

If a statement is the last step of a chain from a node, the verdict on that node may depend on it;
if it is the last step of none, it does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Step(NamedTuple):
    """One property on the way; None is any property, `again` that it may be taken repeatedly."""

    predicate: str | None
    inverse: bool = False
    again: bool = False


Chain = tuple[Step, ...]


class Unreachable(Exception):  # noqa: N818 - no failure: whoever asks looks at everything then
    """What is read cannot be told by chains."""


def backwards(way: Chain) -> Chain:
    """Turn a way round."""
    return tuple(Step(step.predicate, not step.inverse, step.again) for step in reversed(way))


def repeated(ways: list[Chain], *, once: bool) -> Iterator[Chain]:
    """Give ways that may be taken any number of times; only a single step can be."""
    if once:
        yield from ways
        return
    if len(ways) != 1 or len(ways[0]) != 1:
        raise Unreachable
    (step,) = ways[0]
    yield (Step(step.predicate, step.inverse, again=True),)
