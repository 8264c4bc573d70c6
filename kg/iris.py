"""Identifiers: content in, IRIs and hashes out.

An identifier is a function of content, never of the order of arrival or of a clock.
Text from articles reaches an IRI only as a percent-encoded slug or as a hash.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from kg.terms import DATA

HASH_LENGTH: Final = 16  # hexadecimal digits: 64 bits, one collision expected at 5 thousand million
SLUG_LENGTH: Final = 80


def digest(text: str) -> str:
    """Give the SHA-256 of the UTF-8 text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def content_hash(*parts: object) -> str:
    """Give a short hash of the parts; their boundaries count.

    >>> content_hash("a", "bc") == content_hash("ab", "c")
    False
    """
    return digest("\x1f".join(map(str, parts)))[:HASH_LENGTH]


def slug(text: str) -> str:
    """Give a readable, stable path segment for a name.

    >>> slug("Thérèse Kayikwamba Wagner")
    'therese-kayikwamba-wagner'
    >>> slug("斎藤 健")
    '%E6%96%8E%E8%97%A4-%E5%81%A5'
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = "-".join(re.findall(r"[^\W_]+", plain))[:SLUG_LENGTH].strip("-")
    return quote(words) or content_hash(text)


@dataclass(frozen=True, slots=True)
class Iris:
    """The data namespace; every IRI of a build is minted here."""

    base: str = DATA

    def of(self, family: str, *segments: str) -> str:
        """Mint `<base><family>/<segment>…`; segments are made safe for a path.

        >>> Iris().of("article", "a b/../c")
        'https://w3id.org/communique/id/article/a%20b%2F..%2Fc'
        """
        return self.base + "/".join((family, *map(_path_segment, segments)))

    def graph(self, name: str) -> str:
        """Name one of the graphs that hold no article: derived, identity, reference."""
        return self.of("graph", name)


def literal_segment(name: str) -> str:
    """Keep the escapes in a name from being read as such: `a%20b` is not `a b`."""
    return name.replace("%", "%25")


def _path_segment(segment: str) -> str:
    """Percent-encode a segment once: escapes in it stay; a stray `%`, `..` and surrogates do not.

    >>> _path_segment("caf%C3%A9 at 100%"), _path_segment("..")
    ('caf%C3%A9%20at%20100%25', '%2E%2E')
    """
    if segment.isascii() and segment.replace("-", "").isalnum():
        return segment
    if segment.strip(".") == "":
        return "%2E" * len(segment)
    escaped = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", segment)
    return quote(escaped, safe="-._~%", errors="surrogatepass")
