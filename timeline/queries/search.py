"""One search over all public campaigns: campaigns, milestones, updates, departments, topics; both languages.

Every word must be found in the same thing. Each kind gives at most `MOST` hits, and says so where there were more.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from timeline.models import Campaign, Department, DepartmentName, Milestone, Topic, Update
from timeline.queries.barred import is_barred
from timeline.queries.directory import load_directory
from timeline.queries.labels import label
from timeline.queries.predicates import words_of
from timeline.queries.text import UNDETERMINED, order_of, reading_language, speaking, title_text, when_or_none
from timeline.values.filters import MAX_TEXT
from timeline.values.pages import Hit, SearchResults
from timeline.values.terms import LANGUAGES
from timeline.values.view import Text

MOST = 20
BEFORE, LENGTH = 40, 160


def search(q: str, *, language: str) -> SearchResults:
    """What is found for the words of `q` (at most 200 characters are read), campaigns first; six queries."""
    q = " ".join(q.replace("\x00", " ").split())[:MAX_TEXT]
    words = words_of(q)
    if not words:
        return SearchResults(q="", hits=(), capped=())
    language = reading_language(language)
    hits: list[Hit] = []
    capped = []
    with speaking(language):
        for kind, find in _KINDS.items():
            found = find(words, language)
            hits += found[:MOST]
            capped += [kind] if len(found) > MOST else []
    return SearchResults(q=q, hits=tuple(hits), capped=tuple(capped))


def _campaigns(words: list[str], language: str) -> list[Hit]:
    rows = Campaign.published.filter(_everywhere(words, _localized("title", "summary"))).order_by("slug")
    return [
        _hit("campaign", row.title, row.summary, words, language, campaign=row, uid=row.slug, when=row.start)
        for row in rows[: MOST + 1]
    ]


def _departments(words: list[str], language: str) -> list[Hit]:
    condition = Q()
    for word in words:
        named = DepartmentName.published.filter(department=OuterRef("pk"), text__icontains=word)
        condition &= Q(Exists(named)) | Q(abbreviation__icontains=word)
    pks = list(Department.published.filter(condition).order_by("slug").values_list("pk", flat=True)[: MOST + 1])
    directory = load_directory(pks) if pks else None
    made = []
    for pk in pks:
        assert directory is not None
        others = " · ".join(name.text for name in directory.names.get(pk, ()))
        made.append(
            Hit(
                kind="department",
                kind_label=label("noun", "department", language),
                title=directory.name(pk, language),
                snippet=_snippet({UNDETERMINED: others}, words, language),
                campaign="",
                campaign_title=None,
                uid=directory.bodies[pk].slug,
                when=None,
            )
        )
    return made


def _topics(words: list[str], language: str) -> list[Hit]:
    public = Topic.published.select_related("campaign").filter(
        _everywhere(words, (*_localized("title", "summary"), *(f"aliases__{tag}" for tag in LANGUAGES)))
    )
    return [
        _hit(
            "topic",
            row.title,
            {**_aliases(row.aliases), **row.summary},
            words,
            language,
            campaign=row.campaign,
            uid=row.uid,
        )
        for row in public.order_by("campaign", "position", "pk")[: MOST + 1]
    ]


def _milestones(words: list[str], language: str) -> list[Hit]:
    rows = Milestone.published.filter(_everywhere(words, _localized("title", "summary"))).select_related("campaign")
    return [
        _hit("milestone", row.title, row.summary, words, language, campaign=row.campaign, uid=row.uid, when=row.when)
        for row in _latest(rows)
    ]


def _updates(words: list[str], language: str) -> list[Hit]:
    rows = Update.published.filter(_everywhere(words, ("title", "summary", "publisher")))
    return [
        _hit(
            "update",
            {row.language or UNDETERMINED: row.title},
            {row.language or UNDETERMINED: row.summary},
            words,
            language,
            campaign=row.campaign,
            uid=str(row.uid),
            when=row.published_on,
            url="" if row.unlinkable else row.url,
        )
        for row in _latest(rows.select_related("campaign").annotate(unlinkable=is_barred()))
    ]


_KINDS = {
    "campaign": _campaigns,
    "department": _departments,
    "topic": _topics,
    "milestone": _milestones,
    "update": _updates,
}


def _latest(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by(F("earliest").desc(nulls_last=True), "-pk")[: MOST + 1]


def _localized(*fields: str) -> tuple[str, ...]:
    return tuple(f"{field}__{language}" for field in fields for language in LANGUAGES)


def _everywhere(words: Iterable[str], columns: Iterable[str]) -> Q:
    """Every word in one column or another."""
    columns = tuple(columns)
    found = Q()
    for word in words:
        one = Q()
        for column in columns:
            one |= Q(**{f"{column}__icontains": word})
        found &= one
    return found


def _aliases(aliases: Mapping[str, list[str]]) -> dict[str, str]:
    return {language: " · ".join(words) for language, words in aliases.items()}


def _hit(
    kind: str,
    title: Mapping[str, str],
    passages: Mapping[str, str],
    words: list[str],
    language: str,
    *,
    campaign: Campaign,
    uid: str,
    when: str = "",
    url: str = "",
) -> Hit:
    own = kind == "campaign"
    return Hit(
        kind=kind,
        kind_label=label("noun", kind, language),
        title=title_text(title, language, fallback=uid),
        snippet=_snippet(passages, words, language),
        campaign=campaign.slug,
        campaign_title=None if own else title_text(campaign.title, language, fallback=campaign.slug),
        uid=uid,
        when=when_or_none(when, language),
        url=url,
    )


def _snippet(passages: Mapping[str, str], words: list[str], language: str) -> Text | None:
    """The passage around the first word that is found, the reader's language first; None where none holds one."""
    tags = sorted(passages, key=lambda tag: order_of(language).index(tag) if tag in order_of(language) else len(tag))
    for tag in tags:
        text = " ".join(passages[tag].split())
        folded = text.casefold()
        at = min((place for word in words if (place := folded.find(word.casefold())) >= 0), default=-1)
        if at >= 0:
            return Text(_cut(text, at), tag)
    return None


def _cut(text: str, at: int) -> str:
    start = max(0, at - BEFORE)
    end = min(len(text), start + LENGTH)
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
