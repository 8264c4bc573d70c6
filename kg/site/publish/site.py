"""A holding in, the site as files out: pages, documents, dumps, and what a web server has to know.

The folder is written aside and takes its place whole; what an interrupted try left there is gone on
with. The same build and settings give the same bytes, however many processes write them. What needs
a server is replaced by a page that says so.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kg import __version__
from kg.resources import package_digest
from kg.site.addresses import Addresses
from kg.site.folders import written_whole
from kg.site.forms import FORMS, Form
from kg.site.machines.dumps import FORMATS
from kg.site.model import Dump, Holding
from kg.site.publish.apache import htaccess, w3id
from kg.site.publish.author import Author, Wanted, shown_with
from kg.site.publish.journal import Journal
from kg.site.publish.model import Doing, Done, Job
from kg.site.publish.names import Names
from kg.site.publish.redirects import redirects
from kg.site.publish.rest import MANIFEST, assets, crawling, manifest, notes, retired
from kg.site.publish.tree import Tree
from kg.site.rendering import Renderer
from kg.site.sections import sections

SUMS: Final = "SHA256SUMS"
NEEDING: Final = frozenset({"search", "editor"})
"""Pages that need a server."""
_TOGETHER: Final = 40  # pages that are one piece of work

Progress = Callable[[int, int], None]
"""Is told how many pages of how many are written."""
Helping = Callable[[Path], Doing]
"""Gives who does the work on a site in a folder, where that is not this process."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was written."""

    pages: int
    files: int
    bytes: int
    lacking: tuple[tuple[str, str], ...] = ()  # pages whose answer did not come, and why


def publish(
    holding: Holding,
    folder: Path,
    forms: Sequence[Form] = FORMS,
    progress: Progress = lambda _done, _all: None,
    wanted: Wanted | None = None,
    *,
    again: bool = False,
    helping: Helping | None = None,
) -> Published:
    """Write a site into a folder that is new, empty, or was published before.

    A part of one is written where `wanted` names the forms of each page. A folder that holds just
    this site already is left as it is, unless it is to be written `again`.
    """
    recipe = recipe_of(holding, forms, wanted)
    standing = None if again else _standing(folder, recipe)
    if standing is not None:
        return standing
    told = replace(holding, settings=replace(holding.settings, files=True), kept={})
    with written_whole(folder, _published, lasting=True) as place:
        whole = None if again else _standing(place, recipe)  # it was not moved any more
        if whole is not None:
            return whole
        with Journal(place, recipe, anew=again) as journal:
            author = Author(told, place, forms, wanted)
            doing = helping(place) if helping else lambda jobs: map(author.do, jobs)
            made = _Site(told, Tree(place), forms, _Work(journal, doing)).written(progress, recipe)
        journal.remove()
        return made


def recipe_of(holding: Holding, forms: Sequence[Form], wanted: Wanted | None = None) -> str:
    """Give a digest of all that a site is made of: the graph, settings, forms, this program."""
    told = (holding.digest, str(holding.settings), holding.release, holding.previous,
            str(sorted(holding.replaced)), package_digest(), _program(),
            ",".join(form.extension for form in forms),
            "" if wanted is None else wanted.__qualname__)  # fmt: skip
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


@cache
def _program() -> str:
    """Give a digest of the programs, templates and assets of sites."""
    root = Path(str(files("kg")))
    found = hashlib.sha256(__version__.encode())
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(path.relative_to(root).as_posix().encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _standing(folder: Path, recipe: str) -> Published | None:
    """Measure the site in a folder, if it was made by just this recipe and nothing is missing."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        if told["recipe"] != recipe or told.get("lacking"):
            return None
        lines = (folder / SUMS).read_text("utf-8").splitlines()
        size = sum((folder / line[66:]).stat().st_size for line in lines)
        return Published(int(told["pages"]), len(lines), size)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _published(folder: Path) -> set[str]:
    """Name the files of the site in a folder, none where there is none."""
    try:
        if "recipe" not in json.loads((folder / MANIFEST).read_bytes()):
            return set()
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except (OSError, ValueError, TypeError):
        return set()
    return {SUMS, *(line[66:] for line in lines)}


class _Work:
    """Has pieces of work done that are not done yet."""

    def __init__(self, journal: Journal, doing: Doing) -> None:
        self._journal, self._doing = journal, doing
        self._names: list[str] = []  # of all pieces, in the order in which their files are listed

    def begin(self, jobs: Sequence[Job]) -> Iterator[Job]:
        """Have pieces of work done, the last first; give each when it is."""
        self._names += [job.name for job in jobs]
        left = [job for job in reversed(jobs) if job.name not in self._journal]
        before = [job for job in jobs if job.name in self._journal]
        return chain(before, self._noted({job.name: job for job in left}, self._doing(left)))

    def _noted(self, jobs: Mapping[str, Job], coming: Iterable[Done]) -> Iterator[Job]:
        for done in coming:
            self._journal.add(done)
            yield jobs[done.name]

    def all(self) -> Iterator[Done]:
        """Give all that was done, in order."""
        return map(self._journal.__getitem__, self._names)


class _Site:
    """Writes a site: what takes long by pieces of work, the rest here."""

    def __init__(self, holding: Holding, tree: Tree, forms: Sequence[Form], work: _Work) -> None:
        self._holding, self._tree, self._forms, self._work = holding, tree, forms, work

    def written(self, progress: Progress, recipe: str) -> Published:
        """Write everything."""
        if self._holding.lists is not None:
            self._holding.lists.begin()  # they are made beside
        dumping = self._work.begin(
            [*(Job(each.path, "dump", (each.name,)) for each in FORMATS), Job("tables", "tables")]
        )
        paths = sorted(
            {path for part in sections(self._holding) for path in part.paths()} - NEEDING
        )
        names = Names.of(paths)
        deque(dumping, 0)
        dumps = tuple(done.dump for done in self._work.all() if done.dump)
        self._pages(paths, dumps, names, progress)
        self._rest(paths, names, shown_with(self._holding, dumps))
        lacking = tuple(sorted(each for done in self._work.all() for each in done.lacking))
        manifest(self._tree, self._holding, dumps, recipe, len(paths), dict(lacking))
        return Published(len(paths), *self._sums(), lacking)

    def _pages(
        self, paths: Sequence[str], dumps: tuple[Dump, ...], names: Names, progress: Progress
    ) -> None:
        """Write the pages, and the documents for machines."""
        lists = str(self._holding.lists(wait=True)) if self._holding.lists else ""
        common = (dumps, tuple(sorted(names.clashing)), lists)
        starts = range(0, len(paths), _TOGETHER)
        jobs = [
            Job(f"pages {start}", "pages", tuple(paths[start : start + _TOGETHER]), *common)
            for start in starts
        ]
        written = 0
        progress(written, len(paths))
        for job in self._work.begin([*jobs, Job("documents", "documents", (), *common)]):
            written += len(job.paths)
            progress(written, len(paths))

    def _rest(self, paths: Sequence[str], names: Names, holding: Holding) -> None:
        """Write what is short, or depends on all pages."""
        tree, address = self._tree, holding.settings.address
        known = frozenset(map(hash, paths))
        lacking, spelled = set(NEEDING), list[tuple[str, str]]()
        for done in self._work.all():
            lacking.update(each for each in done.links if hash(each) not in known)
            spelled += done.spelled
        renderer = Renderer(holding, names.address)
        assets(tree)
        notes(tree, holding, renderer, names, lacking)
        found = redirects(holding.dataset, Addresses(holding.iris.base))
        retired(tree, renderer, names, found)
        crawling(tree, address, map(names.address, paths))
        root = urlsplit(address).path if address else "/"
        rules = htaccess(self._forms, found.moved, found.gone, spelled, root)
        tree.write(".htaccess", rules)
        if address:
            tree.write("w3id.org.htaccess", w3id(self._forms, address))

    def _sums(self) -> tuple[int, int]:
        """Write the checksums of all files; give how many these are, and their bytes."""
        number = size = 0
        with (self._tree.root / SUMS).open("w", encoding="utf-8", newline="\n") as sums:
            every = chain.from_iterable(done.files for done in self._work.all())
            for name, length, sha256 in chain(every, self._tree.files):
                sums.write(f"{sha256}  {name}\n")
                number, size = number + 1, size + length
        return number, size
