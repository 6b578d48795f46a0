"""How wide texts are drawn, and which rows of a lane are still free: what keeps marks and labels from overlapping."""

import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

MARK_HALF = 9.0  # pixels left and right of a mark that nothing else may take
LATIN, WIDE = 6.4, 12.2  # pixels a character at 12 px


@lru_cache(maxsize=10_000)
def _character(char: str) -> float:
    return WIDE if unicodedata.east_asian_width(char) in "WF" else LATIN


def width(text: str) -> float:
    """Pixels that a text takes at 12 px, a little generous."""
    return sum(map(_character, text))


def cut(text: str, most: float) -> str:
    """The text, shortened with an ellipsis to at most `most` pixels."""
    ends = list(accumulate(map(_character, text)))
    if not ends or ends[-1] <= most:
        return text
    return text[: bisect_right(ends, most - _character("…"))].rstrip(" ,;:，、；：") + "…"


def lines(text: str, most: float, *, at_most: int = 6) -> list[str]:
    """The text broken into lines: between words, or between any two characters of Chinese."""
    found, line = [], ""
    for piece in _pieces(text):
        if line and width(line + piece) > most:
            found.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    found.append(line.rstrip())
    return found if len(found) <= at_most else [*found[: at_most - 1], found[at_most - 1] + "…"]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF"
        if (
            pieces
            and not wide
            and not pieces[-1].endswith(" ")
            and unicodedata.east_asian_width(pieces[-1][-1]) not in "WF"
        ):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


class Rows:
    """The rows of one lane, each a list of taken stretches; a lane never grows beyond `most` rows."""

    def __init__(self, most: int = 12) -> None:
        self.most = most
        self.taken: list[list[tuple[float, float]]] = [[]]

    def __len__(self) -> int:
        return len(self.taken)

    def is_free(self, row: int, start: float, end: float) -> bool:
        return all(end <= left or right <= start for left, right in self.taken[row])

    def place(self, start: float, end: float) -> int:
        """The first row with room, a new one where there is none, and past the limit the emptiest."""
        row = next((row for row in range(len(self.taken)) if self.is_free(row, start, end)), None)
        if row is None and len(self.taken) < self.most:
            self.taken.append([])
            row = len(self.taken) - 1
        if row is None:
            row = min(range(len(self.taken)), key=lambda index: len(self.taken[index]))
        self.taken[row].append((start, end))
        return row

    def take(self, row: int, start: float, end: float) -> bool:
        """Take a stretch of a row if it is free; whether it was."""
        if free := self.is_free(row, start, end):
            self.taken[row].append((start, end))
        return free
