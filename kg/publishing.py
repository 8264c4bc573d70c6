"""A site of files, written by several processes: a build and settings in, a folder out.

Each process opens the same graph, and does one piece of work after the other; what they write is
the same whoever does it. They end with the one that asked them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Final, Self

from kg.answering import Answer, Emit
from kg.serving import Limits, hold
from kg.site.forms import FORMS, Form
from kg.site.model import Holding, Settings
from kg.site.publish.author import Author
from kg.site.publish.model import Done, Job
from kg.site.publish.site import Progress, Published
from kg.site.publish.site import publish as publish_alone
from kg.workers import Worker, cores

LIMITS: Final = Limits(seconds=3600.0, workers=1)
"""What a question may cost: nobody waits for a page, and none may be left out on a busy machine."""
_LONGEST: Final = 86_400.0  # seconds of one piece of work
_MOST: Final = 8  # processes, unless more are asked for


def processes() -> int:
    """Give how many processes there should be: one for each core, within reason."""
    return min(_MOST, cores())


def publish(
    target: Path,
    folder: Path,
    settings: Settings,
    forms: Sequence[Form] = FORMS,
    progress: Progress = lambda _done, _all: None,
    *,
    again: bool = False,
    workers: int = 1,
) -> Published:
    """Write a build, a release or an RDF file as a site, by so many processes."""
    holding = hold(target, settings, LIMITS)
    with ExitStack() as ending:
        ending.callback(holding.close)

        def crew(place: Path) -> Crew:
            return ending.enter_context(Crew(target, place, holding, forms, workers))

        helping = crew if workers > 1 else None
        return publish_alone(holding, folder, forms, progress, again=again, helping=helping)


class Crew:
    """Several processes that write parts of one site."""

    def __init__(
        self, target: Path, place: Path, holding: Holding, forms: Sequence[Form], size: int
    ) -> None:
        told = json.dumps([asdict(holding.settings), [each.extension for each in forms]])
        arguments = (str(target.resolve()), str(holding.dataset.folder), str(place), told)
        self._workers = [Worker("kg.publishing:author", *arguments, memory=0) for _ in range(size)]
        self._free: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)
        self._threads = ThreadPoolExecutor(size)

    def __call__(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """Begin to do pieces of work; give what came of each as soon as it is done."""
        coming = [self._threads.submit(self._done, job) for job in jobs]
        return (each.result() for each in as_completed(coming))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.end()
        self._threads.shutdown()
        for worker in self._workers:
            worker.kill()

    def _done(self, job: Job) -> Done:
        worker = self._free.get()
        try:
            return Done.unpacked(b"".join(worker.ask(job.packed(), _LONGEST)))
        finally:
            self._free.put(worker)


def author(target: str, store: str, place: str, told: str) -> Answer:
    """Write parts of a site in the process in which this is called: work in, files listed out."""
    settings, extensions = json.loads(told)
    forms = [form for form in FORMS if form.extension in extensions]
    holding = hold(Path(target), Settings(**settings), LIMITS, standing=Path(store))
    shown = replace(holding, settings=replace(holding.settings, files=True))
    writing = Author(shown, Path(place), forms)

    def do(request: bytes, emit: Emit) -> None:
        emit(writing.do(Job.unpacked(request)).packed())

    return do
