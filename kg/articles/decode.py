"""Bytes in, text out; what cannot be read for certain is an error that names the byte.

Order: byte-order mark, UTF-8, the charset that an HTML page declares, detection. A byte-order
mark is a signature of the encoding, not text: it is dropped, and offsets count without it.
Everything else (carriage returns, no-break spaces, control characters) stays as received.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

import charset_normalizer

from kg.errors import ArticleError

MAXIMUM_BYTES: Final = 16 * 2**20
"""Longest single article: more than a book, less than what would stall the parser."""

LEAST_COHERENCE: Final = 0.4  # share of a language's letter statistics that a guess must show
MOST_CHAOS: Final = 0.05  # share of letters that look out of place
MOST_CONTROLS: Final = 0.02  # more control characters than this: no text
UNDECLARED_DEFAULT: Final = "cp1252"  # what the web assumes; settles a tie between guesses

BOMS: Final = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES: Final = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP container (.docx, .odt, .epub …)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
)
DECLARED: Final = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,512}?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)
CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


def decoded(data: bytes, source: str) -> str:
    r"""Give the text that the bytes of one article hold.

    >>> decoded(b"\xef\xbb\xbfA\r\nB", "a.txt")
    'A\r\nB'
    """
    _check_size(data, source)
    _check_signature(data, source)
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _checked(_strict(data, encoding, source, len(mark)), source)
    if b"\0" in data:
        where = data.index(b"\0")
        raise ArticleError(
            source, f"binary file: byte 0x00 at offset {where}; give text (UTF-16 needs its mark)"
        )
    return _checked(_without_mark(data, source), source)


def check_characters(text: str, source: str) -> None:
    """Refuse a text that cannot be written as UTF-8: it has half a surrogate pair."""
    if found := SURROGATE.search(text):
        raise ArticleError(
            source,
            f"half a surrogate pair (U+{ord(found[0]):04X}) at character {found.start()}; "
            "write the character itself",
        )


def _check_size(data: bytes, source: str) -> None:
    if not data:
        raise ArticleError(source, "empty: no byte to read; give a text or leave the file out")
    if len(data) > MAXIMUM_BYTES:
        raise ArticleError(
            source,
            f"longer than {MAXIMUM_BYTES // 2**20} MiB, the most that one article may have; "
            "split it, or give many articles as JSON Lines",
        )


def _check_signature(data: bytes, source: str) -> None:
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise ArticleError(source, f"binary file: {kind}; give its text instead")


def _strict(data: bytes, encoding: str, source: str, skip: int = 0) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, encoding, skip + error.start, source) from error


def _undecodable(data: bytes, encoding: str, at: int, source: str) -> ArticleError:
    return ArticleError(
        source,
        f"not {encoding.upper()}: byte 0x{data[at]:02X} at offset {at} fits no character; "
        "convert the file to UTF-8",
    )


def _without_mark(data: bytes, source: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = error.start
    encoding = _declared(data) or _detected(data)
    if encoding is None:
        raise _undecodable(data, "utf-8", fault, source)
    return _strict(data, encoding, source)


def _declared(data: bytes) -> str | None:
    """Give the charset that the head of an HTML page names, if there is such a text encoding."""
    found = DECLARED.search(data[:4096])
    if not found:
        return None
    name = found[1].decode("ascii").lower()
    if name in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}:
        return UNDECLARED_DEFAULT  # as browsers read these names
    try:
        known = codecs.lookup(name)
        "".encode(known.name)  # refuses codecs that make no text, such as hex
    except (LookupError, UnicodeError):
        return None
    return None if known.name.startswith(("utf", "idna", "punycode")) else known.name


def _detected(data: bytes) -> str | None:
    """Give the one encoding in which the bytes read like a language, or nothing."""
    found = list(charset_normalizer.from_bytes(data))
    if not found:
        return None
    best = found[0]
    if best.coherence < LEAST_COHERENCE or best.chaos > MOST_CHAOS:
        return None
    ties = [each for each in found if (each.chaos, each.coherence) == (best.chaos, best.coherence)]
    names = {name for each in ties for name in each.could_be_from_charset}
    return UNDECLARED_DEFAULT if UNDECLARED_DEFAULT in names else best.encoding


def _checked(text: str, source: str) -> str:
    if not text.strip():
        raise ArticleError(source, "only blanks; give a text or leave the file out")
    check_characters(text, source)
    controls = CONTROL.findall(text)
    if len(controls) > MOST_CONTROLS * len(text):
        first = text.index(controls[0])
        raise ArticleError(
            source,
            f"binary file: {len(controls)} control characters, the first (0x{ord(controls[0]):02X})"
            f" at character {first}; give text",
        )
    return text
