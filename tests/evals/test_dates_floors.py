"""The floors of dates and windows on the development sets; the frozen ones are not looked at."""

from __future__ import annotations

from tests.evals.dates import files, judge, shares, went_wrong
from tests.evals.floors import fingerprint, read_floors


def test_dates_keep_their_floors() -> None:
    paths, floors = files("dev"), read_floors("dates/dev")
    found = fingerprint(paths)
    assert found == floors.fingerprint, f"the sets changed: measure anew, then write {found} into floors.json"
    judged, asked = judge("dev")
    print(went_wrong(judged, asked))
    assert floors.fallen({name: one.value for name, one in shares(judged, asked).items()}) == []
