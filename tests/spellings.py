"""One address in every spelling that a reader's browser takes to the same page."""

SPELLINGS = (
    "http://spam.example/page?id=1",
    "https://spam.example/page?id=1",
    "http://www.spam.example/page?id=1",
    "http://SPAM.Example/page?id=1",
    "HTTPS://WWW.spam.example/page?id=1",
    "http://spam.example:80/page?id=1",
    "https://spam.example:443/page?id=1",
    "http://spam.example/page?id=1#part-2",
    "http://spam.example./page?id=1",
)
