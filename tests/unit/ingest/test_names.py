"""Bylines that name a person, and titles without the site."""

from __future__ import annotations

import time

import pytest

from ingest.extraction.names import person_named, site_named, without_site_name


@pytest.mark.parametrize(
    ("byline", "person"),
    [
        ("By Lena Marsh", "Lena Marsh"),
        ("J. R. Hartley", "J. R. Hartley"),
        ("Mary-Ann O'Dea", "Mary-Ann O'Dea"),
        ("كتب: سامر الدالي", "سامر الدالي"),
        ("كتبت هالة النجدي", "هالة النجدي"),
        ("محمَّد الدالي", "محمَّد الدالي"),
        ("Valley Herald Staff", None),
        ("وكالة الشاطئ", None),
        ("غرفة الأخبار - نافذة الشمال", None),
        ("admin", None),
        ("By Friday the council", None),
        ("the old bridge", None),
        ("Getty Images", None),
        ("نافذة الشمال", None),
        ("", None),
    ],
)
def test_person(byline: str, person: str | None) -> None:
    assert person_named(byline, not_these=["نافذة الشمال"]) == person


def test_a_name_that_is_none_is_told_at_once() -> None:
    started = time.process_time()
    assert person_named("ab " + "c" * 45 + "1") is None
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Bridge closed | Valley Herald", "Bridge closed"),
        ("Valley Herald - Bridge closed", "Bridge closed"),
        ("Bridge closed - for good | Valley Herald", "Bridge closed - for good"),
        ("Bridge closed - News | Valley Herald", "Bridge closed - News"),
        ("إغلاق الجسر - نافذة الشمال", "إغلاق الجسر"),
        ("Bridge closed", "Bridge closed"),
    ],
)
def test_title_without_site(title: str, kept: str) -> None:
    assert without_site_name(title, ["Valley Herald", "نافذة الشمال"]) == kept


def test_the_site_is_what_stands_beside_the_heading() -> None:
    assert site_named("إغلاق الجسر - نافذة الشمال", "إغلاق الجسر") == "نافذة الشمال"
    assert site_named("Bridge closed", "Bridge closed") is None
    assert site_named("Other title", "Bridge closed") is None
