"""gzip and deflate in bounded steps, so that a small answer cannot become a large one before it is counted."""

import zlib
from collections.abc import Iterator

STEP = 64 * 1024
ENCODINGS = ("gzip", "x-gzip", "deflate")


class Damaged(ValueError):
    """The packed bytes are not what they claim to be."""


class Inflater:
    """One packed body, a piece at a time; gzip may hold several members."""

    def __init__(self, encoding: str) -> None:
        self._gzip = "gzip" in encoding
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16 if self._gzip else zlib.MAX_WBITS)
        self._begun = False

    @property
    def complete(self) -> bool:
        return self._inflate.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The next pieces, each of at most STEP bytes. Raises Damaged."""
        if self._inflate.eof:
            data = self._next_member(data)
        while data or not self._begun:
            part = self._step(data)
            if part:
                yield part
            data = self._inflate.unconsumed_tail
            if self._inflate.eof:
                data = self._next_member(self._inflate.unused_data)
            elif len(part) == STEP and not data:
                yield from self._pending()

    def _pending(self) -> Iterator[bytes]:
        while part := self._step(b""):
            yield part

    def _step(self, data: bytes) -> bytes:
        try:
            part = self._inflate.decompress(data, STEP)
        except zlib.error as error:
            if self._begun or self._gzip:
                raise Damaged(str(error)) from error
            self._begun, self._inflate = True, zlib.decompressobj(-zlib.MAX_WBITS)  # deflate without a header
            return self._step(data)
        self._begun = True
        return part

    def _next_member(self, data: bytes) -> bytes:
        data = data.lstrip(b"\x00")
        if data and self._gzip:
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        elif data:
            raise Damaged("bytes after the end")
        return data
