"""Addresses that must not be linked, however they are spelled: those of `do_not_link` documents."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from timeline.models import Document
from timeline.values import addresses

_BARRED = Document.published.filter(do_not_link=True).exclude(address_key="")


def is_barred() -> Exists:
    """An annotation for rows with an `address_key`: whether the row's address must not be linked."""
    return Exists(_BARRED.filter(address_key=OuterRef("address_key")))


def barred_among(urls: Iterable[str]) -> frozenset[str]:
    """Those of `urls` that must not be linked; one query."""
    keys = {url: addresses.key(url) for url in urls}
    barred = set(_BARRED.filter(address_key__in=set(keys.values())).values_list("address_key", flat=True))
    return frozenset(url for url, key in keys.items() if key in barred)
