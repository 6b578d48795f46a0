"""The product's own feed: invented announcements, marked as such, so that a first visitor sees ingestion at work."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
NOTE_EN = "An invented example that comes with Campaign Timeline. It reports nothing that took place."
NOTE_ZH = "本条为随软件附带的虚构示例，并非真实事件。"


@dataclass(frozen=True, slots=True)
class Entry:
    """One invented announcement."""

    key: str
    language: str
    published: str
    title: str
    summary: str


ENTRIES = (
    Entry(
        "closing-review",
        "en",
        "2024-03-06T10:00:00+08:00",
        "[sample] Ministry of Public Security to review the campaign against organised crime on the internet",
        f"{NOTE_EN} The ministry would hold a review with the courts and the procuratorates.",
    ),
    Entry(
        "platform-rectification",
        "zh-Hans",
        "2023-11-20T09:30:00+08:00",
        "[示例] 中央网信办通报网络平台整治阶段性进展",
        f"{NOTE_ZH}通报称将继续督促网站平台落实主体责任。",
    ),
    Entry(
        "joint-supervision",
        "en",
        "2023-06-15T15:00:00+08:00",
        "[sample] Supreme People's Procuratorate and Ministry of Public Security jointly supervise a group of cases",
        f"{NOTE_EN} Both bodies would supervise cases of online fraud and online gambling.",
    ),
    Entry(
        "reporting-channel",
        "zh-Hans",
        "2022-12-08T08:00:00+08:00",
        "[示例] 公安部公布打击网络黑恶势力犯罪举报渠道",
        f"{NOTE_ZH}公告列出举报方式，不含任何个人信息。",
    ),
)


def atom(*, url: str) -> bytes:
    """The feed as Atom 1.0; `url` is its own address. The same bytes for the same address."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": "en"})
    _add(feed, "title", "Campaign Timeline: sample announcements (invented)")
    _add(feed, "id", "urn:campaign-timeline:sample-feed")
    _add(feed, "updated", max(entry.published for entry in ENTRIES))
    ET.SubElement(_add(feed, "author"), f"{{{ATOM}}}name").text = "Campaign Timeline"
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": url})
    for entry in ENTRIES:
        item = _add(feed, "entry")
        item.set(f"{{{XML}}}lang", entry.language)
        _add(item, "title", entry.title)
        _add(item, "id", f"urn:campaign-timeline:sample:{entry.key}")
        _add(item, "published", entry.published)
        _add(item, "updated", entry.published)
        _add(item, "summary", entry.summary)
        ET.SubElement(item, f"{{{ATOM}}}link", {"href": f"{url}?entry={entry.key}"})
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = text
    return element
