"""What Apache needs to know: types, negotiation, retired addresses; and rules for w3id.org.

Formats and redirects in, `.htaccess` files out. A resource without extension leads (303) to the
document that the client likes best. Rules cannot weigh all numbers of an `Accept` header: what is
liked fully goes before what is liked less, pages before data among equals.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import quote, unquote

from kg.site.forms import Form

_POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_MOST: Final = 10_000  # rules of one kind; a server reads the file with every request
_BARE: Final = (
    r"%{REQUEST_URI} !\.(html|ttl|jsonld|nt|rdf|trig|json|csv)$",
    r"%{REQUEST_URI} !/(\.well-known|dumps|feeds|assets)/",
)
_TYPES: Final = (
    ("application/atom+xml", ".atom"),
    ("application/gzip", ".gz"),
    ("image/svg+xml", ".svg"),
    ("text/css", ".css"),
    ("text/javascript", ".js"),
)


def htaccess(
    forms: Sequence[Form],
    moved: Iterable[tuple[str, str]],
    gone: Iterable[str],
    spelled: Iterable[tuple[str, str]],
    root: str,
) -> bytes:
    """Write the file for the folder of the site, which is found at the path `root` of a server.

    `moved` leads from addresses to others, `gone` names what was taken out, and `spelled` leads
    from addresses as identifiers have them to those of files.
    """
    lines = [
        "# How Apache (2.4; mod_rewrite, mod_mime, mod_headers) sends this site.",
        "Options -Indexes -MultiViews",
        "DirectorySlash Off",
        "DirectoryIndex index.html",
        f"ErrorDocument 404 {root}404.html",
        f"ErrorDocument 410 {root}410.html",
        "AddDefaultCharset utf-8",
        *(f"AddType {form.media_type} .{form.extension}" for form in forms),
        *(f"AddType {kind} {extension}" for kind, extension in _TYPES),
        "AddCharset utf-8 .ttl .nt .trig .csv .json .jsonld .atom",
        '<Files "void">',
        "  ForceType text/turtle",
        "</Files>",
        "<IfModule mod_headers.c>",
        '  Header set Access-Control-Allow-Origin "*"',
        '  Header set X-Content-Type-Options "nosniff"',
        f'  Header set Content-Security-Policy "{_POLICY}"',
        '  Header merge Vary "Accept"',
        "</IfModule>",
        "RewriteEngine On",
        f"RewriteBase {root}",
        "",
        "# what was published and is there no more",
        *(_rule(old, new, "R=301,L,NE") for old, new in sorted(moved)[:_MOST]),
        *(_rule(old, "-", "G,L") for old in sorted(gone)[:_MOST]),
        "",
        "# identifiers that are no names of files",
        *(_rule(old, new, "L") for old, new in sorted(spelled)[:_MOST]),
        "",
        "# resources lead to their documents",
        *_negotiation(forms, lambda form: [f"%{{REQUEST_FILENAME}}.{form.extension} -f"], ""),
        "",
    ]
    return "\n".join(lines).encode()


def w3id(forms: Sequence[Form], address: str) -> bytes:
    """Write the file for w3id.org, which leads from identifiers to the site at an address."""
    lines = [
        "# Leads from https://w3id.org/communique/ to the site, and negotiates for any server.",
        "Options -MultiViews",
        "RewriteEngine On",
        "",
        "RewriteRule ^$ " + address + " [R=303,L]",
        *_negotiation(forms, lambda _: _BARE, address),
        f"RewriteRule ^(.*)$ {address}$1 [R=302,L,NE]",
        "",
    ]
    return "\n".join(lines).encode()


def _negotiation(
    forms: Sequence[Form], conditions: Callable[[Form], Sequence[str]], prefix: str
) -> Iterator[str]:
    """Write a rule for each form and degree of liking; the first form is what anybody takes."""
    for liking in (r"\s*(?:,|$)", r"\s*;"):
        for form in forms:
            wanted = f'"(?:^|,)\\s*{re.escape(form.media_type)}{liking}"'
            yield from _lead(form, [*conditions(form), f"%{{HTTP_ACCEPT}} {wanted}"], prefix)
    yield from _lead(forms[0], conditions(forms[0]), prefix)


def _lead(form: Form, conditions: Sequence[str], prefix: str) -> Iterator[str]:
    yield from (f"RewriteCond {each}" for each in conditions)
    yield f"RewriteRule ^(.+)$ {prefix}$1.{form.extension} [R=303,L,NE]"


def _rule(old: str, new: str, flags: str) -> str:
    """Lead from an address, with any extension, to another with the same; "-" leads nowhere."""
    pattern = re.escape(unquote(old)).replace('"', r"\x22")
    target = "-" if new == "-" else f'"{_target(new)}$1"'
    return f'RewriteRule "^{pattern}(\\.[a-z]+)?$" {target} [{flags}]'


def _target(address: str) -> str:
    """Escape what stands for something in the target of a rule."""
    return quote(unquote(address), safe="/-._~=").replace("%", r"\%")
