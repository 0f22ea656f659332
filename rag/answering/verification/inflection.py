"""Forms of verbs for the tables of phrases, so that a row need not spell out each of them."""

from __future__ import annotations

_VOWELS = "aeiou"
_DOUBLED = frozenset("admit stop plan drop ban scrap bar commit permit".split())


def english(verbs: str, *, base: bool = False) -> str:
    """Return regular English verbs as a row: ``notes|noted|noting``, with the bare form where ``base`` is set."""
    found: list[str] = []
    for verb in verbs.split():
        if verb in _DOUBLED:
            forms = [verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
        elif verb.endswith("e"):
            forms = [verb + "s", verb + "d", verb[:-1] + "ing"]
        elif verb.endswith("y") and verb[-2] not in _VOWELS:
            forms = [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
        else:
            sibilant = verb.endswith(("s", "sh", "ch", "x", "z"))
            forms = [verb + ("es" if sibilant else "s"), verb + "ed", verb + "ing"]
        found += [verb, *forms] if base else forms
    return "|".join(found)


def arabic(verbs: str) -> str:
    """Return Arabic verbs as a row; each is given as ``past/present/participle``, the last two as they may be.

    The past is told of him, her, two and many, the present of him, her, us and many, the participle in the accusative
    of both genders and of many: أعلن، أعلنت، أعلنوا، يعلن، تعلن، نعلن، يعلنون، معلنا، معلنة، معلنين.
    """
    found: list[str] = []
    for entry in verbs.split():
        past, present, participle = (*entry.split("/"), "", "")[:3]
        if past:
            stem = past[:-1] if past.endswith(("ى", "ا")) and len(past) > 2 else past
            found += [past, stem + "ت", stem + "وا"]
        if present:
            stem = present[1:]
            weak = stem[:-1] if stem.endswith(("ى", "ي", "و")) else stem
            found += ["ي" + stem, "ت" + stem, "ن" + stem, "ي" + weak + "ون"]
        if participle:
            weak = participle[:-1] if participle.endswith("ي") else participle
            found += [participle + "ا", participle + "ة", weak + "ين", weak + "ون"]
    return "|".join(found)
