"""The rows that the measurements give, and the table that they make."""

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: ours, the limit beside it, and how many times the limit ours is. A count has no limit."""

    what: str
    ours: float
    unit: str
    limit: float | None = None
    named: str = ""

    @property
    def ratio(self) -> str:
        if not self.limit:
            return "–"
        found = self.ours / self.limit
        return f"{found:.0f} ×" if found >= 100 else f"{found:.2g} ×"


def seconds(act: Callable[..., object], *given: object, **named: object) -> float:
    """How long `act` took."""
    began = time.perf_counter()
    act(*given, **named)
    return time.perf_counter() - began


def median(times: Iterable[float]) -> float:
    return statistics.median(times)


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which `share` of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def markdown(parts: Mapping[str, Iterable[Row]]) -> str:
    """The rows of every part as one table, the way docs/performance.md shows it."""
    lines = ["| what | ours | unit | limit | ours / limit | the limit is |", "|---|--:|---|--:|--:|---|"]
    for title, rows in parts.items():
        lines.append(f"| **{title}** | | | | | |")
        for row in rows:
            limit = _number(row.limit) if row.limit else "–"
            lines.append(f"| {row.what} | {_number(row.ours)} | {row.unit} | {limit} | {row.ratio} | {row.named} |")
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
