"""Duration words: what is read, and what is refused rather than guessed."""

import pytest

from timeline.values.duration_words import read_duration
from timeline.values.durations import DurationError


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("18 months", "P18M"),
        ("one and a half years", "P1Y6M"),
        ("a year and a half", "P1Y6M"),
        ("half a year", "P6M"),
        ("1 year and 6 months", "P1Y6M"),
        ("two weeks", "P2W"),
        ("90 days", "P90D"),
        ("p18m", "P18M"),
        ("一年半", "P1Y6M"),
        ("为期十八个月", "P18M"),
        ("半年", "P6M"),
        ("１８个月", "P18M"),
        ("98天", "P98D"),
    ],
)
def test_a_duration_in_words_is_read(words: str, expected: str) -> None:
    assert read_duration(words).text == expected


@pytest.mark.parametrize("words", ["", "soon", "18", "half a month", "半个月", "2 years 3 years", "x" * 100, "0 days"])
def test_what_is_no_clear_duration_is_refused(words: str) -> None:
    with pytest.raises(DurationError):
        read_duration(words)
