"""One event, one line: no text from outside can begin a line of its own."""

import logging


class OneLine(logging.Formatter):
    """`time level logger message`, with control characters of the message escaped; a traceback keeps its lines."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the standard library's name
        line = super().formatMessage(record)
        return "".join(char if char.isprintable() else repr(char)[1:-1] for char in line)
