"""Where a resource is found on a site: IRI in, address out, and the way back.

An address is what follows the namespace in the IRI, as it stands there; documents about a resource
have the same address with an extension. Links within the site are relative, so that it works under
any host and any folder, and from a disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.terms import CONCEPTS, DEFINITIONS, ONTOLOGY, SHAPES

DATA_PATH: Final = "id/"
_OURS: Final = ((DEFINITIONS, "def/"), (SHAPES, "shapes/"), (CONCEPTS, "concept/"))


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a site over the data namespace `base`."""

    base: str

    def path(self, iri: str) -> str | None:
        """Give the address of a resource without extension, None if it is not of this site.

        >>> Addresses("https://example.org/id/").path("https://example.org/id/state/JP")
        'id/state/JP'
        >>> Addresses("https://example.org/id/").path("https://w3id.org/communique/def#Claim")
        'def/Claim'
        """
        for namespace, folder in ((self.base, DATA_PATH), *_OURS, (ONTOLOGY + "/", "ontology/")):
            if iri.startswith(namespace) and len(iri) > len(namespace):
                return folder + iri.removeprefix(namespace)
        return None

    def iri(self, path: str) -> str | None:
        """Give the IRI of the resource at an address without extension, None if it has none."""
        for namespace, folder in ((self.base, DATA_PATH), *_OURS, (ONTOLOGY + "/", "ontology/")):
            if path.startswith(folder) and len(path) > len(folder):
                return namespace + path.removeprefix(folder)
        return None


def relative(path: str, here: str) -> str:
    """Give the link from the page at `here` to `path`, both from the root of the site.

    >>> relative("id/state/JP.html", "id/meeting/1"), relative("", "index")
    ('../state/JP.html', './')
    """
    folders, names = here.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(folders), len(names) - 1) and folders[shared] == names[shared]:
        shared += 1
    link = "../" * (len(folders) - shared) + "/".join(names[shared:])
    return _safe(link) if link else "./"


def _safe(link: str) -> str:
    """Keep a colon in the first segment from being read as a scheme."""
    return f"./{link}" if ":" in link.split("/", 1)[0] else link
