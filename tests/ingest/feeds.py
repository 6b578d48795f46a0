"""Feeds for tests: an Atom document of the titles given."""

from xml.sax.saxutils import escape


def atom(*titles: str, day: str = "2023-05-18") -> bytes:
    entries = "".join(
        f"<entry><title>{escape(title)}</title><id>urn:test:{escape(title)}</id>"
        f"<link href='https://gazette.example/{number}'/><published>{day}T09:00:00+08:00</published></entry>"
        for number, title in enumerate(titles)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Gazette</title><id>urn:test</id>{entries}</feed>".encode()
