"""Numbers that belong to a person are masked before anything is stored where it could be shown."""

import re

MASK = "▇"
# An 18-digit identity number, a mainland mobile, a bank card: whole runs of digits only, so that a count of cases or a
# document number inside a longer run is left alone.
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:[1-9][0-9]{16}[0-9Xx]|(?:\+?86[ -]?)?1[3-9][0-9]{9}|[3-6][0-9]{15,18})(?![0-9A-Za-z])"
)


def mask(text: str) -> str:
    """`text` with such numbers as blocks of the same length."""
    return _NUMBERS.sub(lambda found: MASK * len(found.group()), text)
