"""Bytes of a feed to text: the byte-order mark goes first, then the HTTP header, then the XML declaration."""

import codecs
import re
from email.message import Message

# What Chinese sources call gb2312 or gbk is gb18030 in practice; what the web calls Latin-1 is Windows-1252.
_MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252", "shift_jis": "cp932"}
_KNOWN = {
    *(
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "gb18030",
        "big5",
        "big5hkscs",
        "cp932",
        "euc_jp",
        "euc_kr",
        "cp949",
    ),
    *(f"cp125{n}" for n in range(9)),
    *(f"iso8859-{n}" for n in range(2, 17)),
    *("koi8-r", "koi8-u", "iso2022_jp"),
}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BARE = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_DECLARATION = re.compile(rb"""^\s{0,64}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._-]{1,40})["']""")
_XML_DECLARATION = re.compile(r"^\s{0,64}<\?xml[^>]{0,300}\?>")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Undecodable(ValueError):
    """The bytes are in none of the encodings they could be in; the message names those that were tried."""


def decode(body: bytes, *, content_type: str) -> str:
    """The text, without byte-order mark, XML declaration and characters that XML forbids. Raises Undecodable."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _tidy(_decoded(body[len(mark) :], [name]))
    for start, name in _BARE:
        if body.startswith(start):
            return _tidy(_decoded(body, [name]))
    declared = _DECLARATION.match(body[:400])
    told = [_header_charset(content_type), declared.group(1).decode() if declared else "", "utf-8"]
    return _tidy(_decoded(body, [name for name in map(_codec, told) if name]))


def _decoded(body: bytes, names: list[str]) -> str:
    for name in dict.fromkeys(names):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    raise Undecodable(", ".join(dict.fromkeys(names)))


def _codec(name: str) -> str:
    """The codec for a name from outside, or "" for one that is no text encoding of the web."""
    try:
        found = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    found = _MEANT.get(found, found)
    return found if found in _KNOWN else ""


def _header_charset(content_type: str) -> str:
    message = Message()
    message["content-type"] = content_type.replace("\n", " ").replace("\r", " ")
    return str(message.get_content_charset("") or "")


def _tidy(text: str) -> str:
    return _NOT_IN_XML.sub("", _XML_DECLARATION.sub("", text, count=1))
