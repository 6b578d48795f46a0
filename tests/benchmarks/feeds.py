"""Feeds on loopback for the measurement of ingestion: `python -m tests.benchmarks.feeds PORT`.

/<number>             100 entries of Chinese text under an ETag; 304 when it is sent back
/<number>?etag=none   the same bytes without one
"""

import sys
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ENTRIES = 100


@cache
def feed(number: int) -> bytes:
    """The bytes of one feed; no two feeds share an entry."""
    entries = "".join(
        f"<entry><title>第{number}期第{entry}条：公安部通报打击网络黑恶势力犯罪阶段性进展</title>"
        f"<id>urn:bench:{number}:{entry}</id><link href='https://gazette.example/{number}/{entry}?utm_source=feed'/>"
        f"<published>2023-{1 + entry % 12:02}-{1 + entry % 28:02}T09:00:00+08:00</published>"
        f"<summary>各地公安机关会同网信、工信等部门持续开展专项整治，依法打掉一批团伙，第{entry}批案件正在办理。</summary></entry>"
        for entry in range(ENTRIES)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{number}</title><id>urn:bench:{number}</id>{entries}</feed>".encode()


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path, _, query = self.path.strip("/").partition("?")
        etag = f'"{path}"'
        if self.headers.get("If-None-Match") == etag and not query:
            self.send_response(304)
            self.end_headers()
            return
        body = feed(int(path)) if path.isdigit() else b"ok"
        self.send_response(200)
        self.send_header("Content-Type", "application/atom+xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if not query:
            self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        return


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
