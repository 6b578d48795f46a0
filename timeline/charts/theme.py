"""The colours of charts, by what they mean. static/css/tokens.css has the same values; a test holds the two together.

Within a theme no two names share a value, so that a drawn figure can be turned from one theme to the other by swapping
value for value, without asking the server again.
"""

from typing import Literal

Theme = Literal["light", "dark"]

# Okabe–Ito, darkened or lightened until every mark stands out from its paper by 3:1.
PALETTES: dict[Theme, dict[str, str]] = {
    "light": {
        "paper": "#ffffff",
        "ink": "#14181f",
        "ink-2": "#4a5361",
        "ink-3": "#636d7b",
        "line": "#d9dde3",
        "line-strong": "#828c9a",
        "accent": "#005e9e",
        "warn": "#7f4a00",
        "band": "#8d99a8",
        "launch": "#0072b2",
        "meeting": "#007a5a",
        "result": "#b34700",
        "legal": "#a3497a",
        "publicity": "#9a6700",
        "regional": "#2b7fb8",
        "closing": "#14181e",
    },
    "dark": {
        "paper": "#14171c",
        "ink": "#edf0f4",
        "ink-2": "#b7bfca",
        "ink-3": "#98a2b0",
        "line": "#2e343d",
        "line-strong": "#76808e",
        "accent": "#6cbdf0",
        "warn": "#f2b955",
        "band": "#6f7b8a",
        "launch": "#56b4e9",
        "meeting": "#2fc39a",
        "result": "#f0803c",
        "legal": "#d98ab8",
        "publicity": "#e6b13c",
        "regional": "#8fc8ee",
        "closing": "#edf0f5",
    },
}

FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'


def plain(text: str) -> str:
    """A text that Plotly shows as it is: no pseudo-HTML, no template field, no formula, one line."""
    escaped = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("$", "&#36;").replace("%{", "%&#123;")
