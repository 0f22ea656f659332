"""One spelling for the many of a URL."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from rag.text import clean_line

_TRACKING = re.compile(
    r"^(?:utm_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|igsh|mc_cid|mc_eid|_ga|_gl|"
    r"ref_src|ref_url|"
    r"cmpid|ncid|ns_.*|at_.*|spm|s_cid|smid|wt_mc|xtor)$",
    re.I,
)
_PORTS = {"http": 80, "https": 443}
_NOT_IN_URLS = re.compile(r"[\s\x00-\x1f\x7f-\x9f<>\"\\]")
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_LOOKALIKE = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")


def is_web_url(url: str) -> bool:
    """Whether ``url`` is an absolute http or https URL of a host, without white space or credentials.

    Nor may it hold what is not seen, or a host that mixes Latin letters with Greek or Cyrillic ones.
    """
    unseen = clean_line(url) != unicodedata.normalize("NFC", url)
    if len(url) > 2000 or _NOT_IN_URLS.search(url) or unseen:
        return False
    try:
        parts = urlsplit(url)
        return (
            parts.scheme.lower() in _PORTS
            and bool(parts.hostname)
            and "@" not in parts.netloc
            and parts.port != 0
            and not any(_LATIN.search(label) and _LOOKALIKE.search(label) for label in _labels(parts))
        )
    except ValueError:
        return False


def _labels(parts: SplitResult) -> list[str]:
    return (parts.hostname or "").split(".")


def canonical_url(url: str) -> str | None:
    """Return the one spelling of a web URL, ``None`` where it is not one.

    Scheme and host in lower case and ASCII, https for http, no default port, no fragment, no tracking
    parameters, the others sorted, letters outside ASCII percent-encoded.
    """
    if not is_web_url(url):
        return None
    parts = urlsplit(url)
    path = re.sub(
        r"%[0-9a-f]{2}",
        lambda escape: escape.group().upper(),
        quote(parts.path or "/", safe="/%:@!$&'()*+,;=~"),
    )
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0])]
    return urlunsplit(("https", _host(parts), path, urlencode(sorted(pairs)), ""))


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = quote(host)
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    return host if port is None or port == _PORTS[parts.scheme.lower()] else f"{host}:{port}"
