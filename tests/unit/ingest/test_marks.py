"""What single lines of a page are."""

from __future__ import annotations

import pytest

from ingest.extraction.marks import Mark, mark_of
from ingest.extraction.scraped_text import read_scraped_text


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("المصدر: صحيفة المرسى", Mark.OUTLET),
        ("المصدر : صحيفة المرسى", Mark.OUTLET),
        ("Source: Valley Herald", Mark.OUTLET),
        ("مصدر: القوارب تعود إلى الميناء", None),
        ("الكلمات المفتاحية: ميناء، حريق", Mark.KEYWORDS),
        ("كلمات دلالية:", Mark.KEYWORDS),
        ("Tags: harbour, fire", Mark.KEYWORDS),
        ("إقرأ أيضاً:", Mark.READ_ALSO),
        ("اقرأ ايضا", Mark.READ_ALSO),
        ("اقرأ أيضًا :", Mark.READ_ALSO),
        ("Read also:", Mark.READ_ALSO),
        ("RELATED STORIES", Mark.READ_ALSO),
        ("اقرأ أيضاً: رافعات جديدة تصل", Mark.INLINE_LINK),
        ("Read more - Cranes arrive", Mark.INLINE_LINK),
        ("Related cases were heard in two other towns.", None),
        ("لمشاهدة المزيد من الفيديوهات:https://t.co/abc pic.twitter.com/def", Mark.EMBED),
        ("https://youtu.be/abc", Mark.EMBED),
        ("— Harbour (@harbour) June 3, 2023", Mark.EMBED),
        ("#harbour #fire", Mark.EMBED),
        ("By Lena Marsh", Mark.AUTHOR),
        ("Published: 3 June 2023", Mark.DATE),
        ("الجمعة 3 حزيران 2022", Mark.DATE),
        ("Follow us on every network", Mark.NOISE),
        ("تابعونا على فيسبوك", Mark.NOISE),
        ("قال الوزير إن المصدر: مجهول حتى الآن.", None),
        ("The council met on 3 June 2023 to vote.", None),
    ],
)
def test_mark(line: str, mark: Mark | None) -> None:
    marked = mark_of(line)
    assert (marked.mark if marked else None) == mark


def test_a_long_paragraph_that_names_a_link_is_text() -> None:
    assert (
        mark_of("The council wrote on its page https://t.co/abc that " + "the bridge stays closed " * 20)
        is None
    )


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("One line only", "", "One line only"),
        ("A sentence that ends.\nAnother one.", "", "A sentence that ends.\nAnother one."),
        ("A title\nA sentence.", "A title", "A sentence."),
        ("What now?\nA sentence.", "What now?", "A sentence."),
        ("Waiting…\nA sentence.", "Waiting…", "A sentence."),
        ("\ufeff\u200fعنوان\r\n\r\nجملة  أولى.\r\n", "عنوان", "جملة أولى."),
    ],
)
def test_plain_text(text: str, title: str, body: str) -> None:
    drafts = read_scraped_text("a.txt", text)
    assert [(draft.title, draft.body) for draft in drafts] == [(title, body)]


def test_a_heading_over_links_alone_opens_no_article() -> None:
    text = (
        "Title\nThe bridge is closed for good, they said.\nRead also:\nFerry returns\nTen walks by the river"
    )
    assert len(read_scraped_text("a.txt", text)) == 1


def test_marks_alone_are_no_article() -> None:
    assert read_scraped_text("a.txt", "Source: Valley Herald\nKeywords: a b c") == []
    assert read_scraped_text("a.txt", "\n \u200f\n") == []
