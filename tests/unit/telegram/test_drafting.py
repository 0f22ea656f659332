"""Direction inside a line, splitting, and offsets in UTF-16."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.rules import units as units_by_the_bench
from bot.telegram.drafting import (
    FSI,
    LRM,
    PDI,
    RLM,
    WORD_JOINER,
    Draft,
    directed,
    finished,
    inert,
    is_live,
    isolated,
    linked,
    name,
    told,
    units,
    unlinked,
)


def _shown(text: str, lang: str) -> str:
    return isolated(text, lang).replace(FSI, "<").replace(PDI, ">")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ورد في Lunara Post:", "ورد في <Lunara Post>:"),
        ("في 2023 قالت (BBC) ذلك", "في 2023 قالت (<BBC>) ذلك"),
        ("فاز 3-1 يوم 2023-08-28 بنسبة -5%", "فاز <3-1> يوم <2023-08-28> بنسبة <-5%>"),
        ("انظر https://a.example/ب?x=1 و@name_1", "انظر <https://a.example/ب?x=1> و<@name_1>"),
        ("مثل: /digest 8 Asia/Riyadh أو /follow القمح", "مثل: </digest 8 Asia/Riyadh> أو </follow> القمح"),
        ("AT&T و Smith & Sons", "<AT&T> و <Smith & Sons>"),
        ("القمح", "القمح"),
    ],
)
def test_what_runs_left_to_right_in_an_arabic_line_is_isolated(text: str, shown: str) -> None:
    assert _shown(text, "ar") == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("According to بوابة سهرون:", "According to <بوابة سهرون>:"),
        ("You follow: أسعار القمح 2026", "You follow: <أسعار القمح 2026>"),
        ("(القمح) and (الذرة)", "(<القمح>) and (<الذرة>)"),
        ("plain", "plain"),
    ],
)
def test_what_runs_right_to_left_in_an_english_line_is_isolated(text: str, shown: str) -> None:
    assert _shown(text, "en") == shown


def test_a_line_gets_one_mark_where_it_needs_one_and_an_empty_line_none() -> None:
    assert told("BBC قالت\n\nنعم", "ar").text == f"{RLM}{FSI}BBC{PDI} قالت\n\nنعم"
    assert directed(Draft(RLM + "[1]"), "ar").text == RLM + "[1]"
    assert directed(Draft("[1] قال"), "en").text == LRM + "[1] قال"
    assert directed(Draft("[1] said"), "en").text == "[1] said"


def test_a_block_quotation_holds_the_mark_in_front_of_it() -> None:
    mark = directed(Draft("BBC").marked("blockquote"), "ar").marks[0]
    assert (mark.start, mark.end) == (0, 4)
    mark = directed(Draft("BBC").marked("bold"), "ar").marks[0]
    assert (mark.start, mark.end) == (1, 4)


@given(st.text(max_size=60), st.text(min_size=1, max_size=20))
def test_offsets_are_utf16_whatever_stands_before(before: str, marked: str) -> None:
    message = finished(Draft(before) + Draft(marked).marked("bold"))
    entity = message.entities[0]
    raw = message.text.encode("utf-16-le", "surrogatepass")
    assert raw[entity.offset * 2 : (entity.offset + entity.length) * 2] == marked.encode(
        "utf-16-le", "surrogatepass"
    )
    assert units(before + marked) == units_by_the_bench(before + marked)


@pytest.mark.parametrize(
    "url", ["javascript:x", "https://", "http://a b", "ftp://a.example/x", "http://[", ""]
)
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert linked(Draft("x"), url).marks == ()


def test_the_isolates_of_a_line_never_cross() -> None:
    text = isolated("قال Smith & Sons إن BBC ثم 3-1 و https://x.example/a", "ar")
    assert not re.search(f"{FSI}[^{PDI}]*{FSI}", text)


LIVE = (
    "https://bad.example/x?q=1",
    "tg://resolve?domain=bad",
    "@somebody",
    "/start",
    "#تصويت",
    "$GOLD",
    "bad.example",
    "write@bad.example",
)


@pytest.mark.parametrize("live", LIVE)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_name_leads_nowhere(live: str, lang: str) -> None:
    assert is_live(f"Post, {live}!")
    shown = told(f"Post, {live}!", lang, own=False).text
    assert not is_live(shown)
    assert not is_live(name(live))
    assert re.sub(f"[{RLM}{LRM}{FSI}{PDI}{WORD_JOINER}]", "", shown) == f"Post, {live}!"


@pytest.mark.parametrize("live", LIVE)
def test_a_quote_stays_as_it_is_and_leads_nowhere(live: str) -> None:
    draft = inert(Draft("see ") + Draft(f"now {live} or then").marked("bold") + ".")
    assert draft.text == f"see now {live} or then."
    code = [draft.text[mark.start : mark.end] for mark in draft.marks if mark.kind == "code"]
    assert code == [live]
    bold = [draft.text[mark.start : mark.end] for mark in draft.marks if mark.kind == "bold"]
    assert bold == ["now ", " or then"]


@pytest.mark.parametrize(
    "plain",
    ["3.5 km", "at 10:30 a.m.", "and/or 5/6", "U.S. troops", "end.Then", "الروسية.وأغلقت", "50%", "$5"],
)
def test_prose_is_not_live(plain: str) -> None:
    assert not is_live(plain)
    assert unlinked(plain) == plain
    assert inert(Draft(plain)) == Draft(plain)


def test_what_the_bot_says_itself_stays_live() -> None:
    assert told("/follow", "en").text == "/follow"
