"""One spelling for the many of a URL."""

from __future__ import annotations

import pytest

from ingest.urls import canonical_url, is_web_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://News.Example/a?b=1#top", "https://news.example/a?b=1"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("http://news.example:8080/a", "https://news.example:8080/a"),
        ("https://news.example/a?utm_source=x&utm_medium=y&fbclid=z", "https://news.example/a"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example/سوق", "https://news.example/%D8%B3%D9%88%D9%82"),
        ("https://news.example/%d8%b3%d9%88%d9%82", "https://news.example/%D8%B3%D9%88%D9%82"),
        ("https://أخبار.example/a", "https://xn--igbicxr.example/a"),
        ("http://[::1]:80/a", "https://[::1]/a"),
    ],
)
def test_canonical(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/a",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://news.example/a",
        "https://",
        "https://user:word@news.example/",
        "https://news.example/a b",
        "https://news.example/\n",
        "https://news.example:99999/",
        "https://[::1/",
        "https://news.example/" + "a" * 3000,
        "https://news.example\u200b/a",
        "https://news.example/\u202emoc.elpmaxe",
        "https://news.example/a\x9b31m",
        "https://nеws.example/a",  # a Cyrillic letter among Latin ones
        "https://news.example@bad.example/a",
    ],
)
def test_not_a_web_url(url: str) -> None:
    assert not is_web_url(url)
    assert canonical_url(url) is None
