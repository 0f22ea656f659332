"""A claim or a quote taken apart into words, once, for every check that looks at it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from rag.text import fold, search_fold, words

_CLITIC = r"[وف]?(?:[بلك]?ال|لل|[بلك])?"
_ARABIC = re.compile(r"[\u0620-\u064a]")
_CLAUSE_END = re.compile(r"[.!?؟;؛:\n](?!\d)|[,،](?!\d)| - | – | — ")


_SEGMENT_END = re.compile(
    r"[.!?؟\n](?=\s|$)|[;؛]|(?<!\w)(?:while|whereas|but|however|although|though|[وف]?فيما|في حين|[وف]?بينما|غير ان|لكن|ولكن|لكنه|لكنها|الا ان|الا انه|الا انها|اما|"
    r"[وف]?(?:قال|قالت|اضاف|اضافت|اكد|اكدت|اوضح|اوضحت)|مضيفا|مضيفه|مشيرا|مشيره|موضحا|موضحه|قائلا|قائله|موكدا|موكده|adding|saying|noting|and said|and added|وهو ما|وهي ما|وان|وانه|وانها|وبان)(?!\w)"
)


@dataclass(frozen=True)
class Token:
    """A word: as written and folded, its stem, and where it stands in the folded text.

    ``opens`` says that it begins a sentence, so that its capital says nothing.
    """

    written: str
    folded: str
    stem: str
    start: int
    end: int
    opens: bool

    @cached_property
    def arabic(self) -> bool:
        """Whether it is written in Arabic letters."""
        return bool(_ARABIC.search(self.folded))

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.written[:1].isupper()

    @property
    def digits(self) -> bool:
        """Whether it is a number in digits."""
        return self.folded[:1].isdigit()


@dataclass(frozen=True, eq=False)
class Text:
    """A text with its folded copy, its words, and where clauses end (offsets into the folded copy)."""

    raw: str
    folded: str
    origins: tuple[int, ...]
    tokens: tuple[Token, ...]
    breaks: tuple[int, ...]

    @cached_property
    def arabic(self) -> bool:
        """Whether most of its words are Arabic."""
        return 2 * sum(token.arabic for token in self.tokens) >= len(self.tokens)

    def folded_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the raw text stands in the folded one."""
        inside = [at for at, origin in enumerate(self.origins) if start <= origin < end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def at(self, start: int, end: int) -> range:
        """Return the numbers of the words that touch a stretch of the folded text."""
        touched = [n for n, token in enumerate(self.tokens) if token.start < end and token.end > start]
        return range(touched[0], touched[-1] + 1) if touched else range(0)

    def after(self, position: int, most: int, *, clause: bool = True) -> range:
        """Return at most ``most`` words that begin at or after ``position``, in the same clause."""
        stop = next((b for b in self.breaks if b >= position), len(self.folded)) if clause else 10**9
        found = [n for n, t in enumerate(self.tokens) if t.start >= position and t.start < stop][:most]
        return range(found[0], found[-1] + 1) if found else range(0)

    def before(self, position: int, most: int) -> range:
        """Return at most ``most`` words that end at or before ``position``, in the same clause."""
        start = max((b for b in self.breaks if b < position), default=-1)
        found = [n for n, t in enumerate(self.tokens) if t.end <= position and t.start > start][-most:]
        return range(found[0], found[-1] + 1) if found else range(0)

    def clause_of(self, position: int) -> tuple[int, int]:
        """Return the stretch of the folded text between the breaks around ``position``."""
        start = max((b + 1 for b in self.breaks if b < position), default=0)
        return start, next((b for b in self.breaks if b >= position), len(self.folded))


@lru_cache(maxsize=2048)
def segments(text: Text) -> tuple[tuple[int, int], ...]:
    """Return the stretches of the folded text that each tell one thing, cut at full stops and at *but*, *while*."""
    cuts = [0, *(match.start() for match in _SEGMENT_END.finditer(text.folded)), len(text.folded)]
    return tuple((a, b) for a, b in pairwise(cuts) if text.folded[a:b].strip(" .;؛،,"))


@lru_cache(maxsize=2048)
def read(raw: str) -> Text:
    """Take ``raw`` apart."""
    # An apostrophe is one letter however it is typed, and the folded copy keeps its length.
    plain = raw.replace("’", "'").replace("‘", "'")
    folded = fold(plain)
    place = {origin: at for at, origin in reversed(list(enumerate(folded.origins)))}
    tokens = []
    for word in words(plain):
        starts = [place[o] for o in range(word.span.start, word.span.end) if o in place]
        if not starts:
            continue
        start, end = starts[0], starts[-1] + 1
        opening = re.search(r"(?:^|[.!?:\n]\s*)[\"'“«(]*$", plain[: word.span.start])
        tokens.append(Token(word.written, folded.text[start:end], word.term, start, end, bool(opening)))
    breaks = tuple(match.start() for match in _CLAUSE_END.finditer(folded.text))
    return Text(raw, folded.text, folded.origins, tuple(tokens), breaks)


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of a table found in a text: its row's name and its stretch of the folded text."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """A table of phrases, each row under a name, ready to be found in folded texts."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def find(self, text: Text) -> tuple[Cue, ...]:
        """Return the phrases in order, the longest where several begin together, without overlaps."""
        return _found(self, text)

    def keys(self, text: Text) -> frozenset[str]:
        """Return the names of the rows that ``text`` holds."""
        return frozenset(cue.key for cue in self.find(text))


@lru_cache(maxsize=8192)
def _found(table: Phrases, text: Text) -> tuple[Cue, ...]:
    cues = [
        Cue(key, match.start("core"), match.end("core"))
        for key, pattern in table.patterns
        for match in pattern.finditer(text.folded)
    ]
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda c: (c.start, -c.end)):
        if not kept or cue.start >= kept[-1].end:
            kept.append(cue)
    return tuple(kept)


def phrases(rows: Mapping[str, str], *, clitics: bool = True, objects: bool = False) -> Phrases:
    """Return the table of ``rows``: ``|``-separated phrases, in which ``*`` stands for any letters.

    Arabic phrases may carry a conjunction, a preposition and the article before their first word unless
    ``clitics`` is unset; with ``objects`` a pronoun behind a single word
    (عارضها، يعارضه) and the future or a preposition before it (سيعارض، بتغلبه).
    """
    return Phrases(
        tuple(
            (key, pattern_of(row.split("|"), clitics=clitics, objects=objects)) for key, row in rows.items()
        )
    )


def pattern_of(
    alternatives: Iterable[str], *, clitics: bool = True, objects: bool = False
) -> re.Pattern[str]:
    """Return the pattern of ``alternatives``, whose group ``core`` is the phrase without clitics."""
    folded = [search_fold(phrase.strip()) for phrase in alternatives if phrase.strip()]
    if objects:
        folded = list(dict.fromkeys(form for phrase in folded for form in (phrase, *_with_objects(phrase))))
    prefix = _CLITIC if clitics else r"[وف]?(?:س(?=[يتن]\w{2})|[بلك](?=\w{4}))?" if objects else "[وف]?"
    return re.compile(rf"(?<!\w)(?:{prefix}(?=[\u0620-\u064a]))?(?P<core>{_any(folded)})(?!\w)")


def _with_objects(folded: str) -> list[str]:
    """Return a folded Arabic verb with the pronouns of its object.

    ه alone follows only what can be no noun: behind others it may be the feminine ending (حمل، حملة).
    """
    if len(folded) < 3 or not folded.isalpha() or not "\u0620" <= folded[0] <= "\u064a" or folded[-1] == "ه":
        return []
    stem = folded[:-1] + "ا" if folded[-1] == "ي" and folded[0] not in "يت" else folded
    verbal = (
        (folded[0] in "يت" and len(folded) > 3)
        or folded[-1] in "تي"
        or (len(folded) == 4 and folded[1] == "ا" and folded[0] != "م")
    )
    return [stem + ending for ending in ("ها", "هم", "هما", *(("ه",) if verbal else ()))]


def _any(folded: Iterable[str]) -> str:
    return "|".join(
        re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\*", r"\w*").replace(r"\-", r"[-\s]")
        for phrase in sorted(folded, key=lambda phrase: (-len(phrase), phrase))
    )
