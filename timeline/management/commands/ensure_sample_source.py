"""`manage.py ensure_sample_source`: watch the product's own sample feed, so that a first proposal arrives by itself."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from timeline.editorial.inputs import InvalidInput
from timeline.editorial.permissions import SYSTEM
from timeline.editorial.sources import Watch, create_source, edit_source
from timeline.models import Campaign, Source

NAME, UID = "Sample feed", "sample-feed"  # the uid is made of the name
INTERVAL = 60


class Command(BaseCommand):
    help = (
        "Makes the source that watches this installation's own sample feed, once; a later call only moves it to a new "
        "address. FETCH_ALLOW must name the feed's host and port. Paused, it stays paused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--url", required=True, help="where the feed is, such as http://127.0.0.1:8000/sample-feed.xml"
        )
        parser.add_argument("--campaign", help="slug of the campaign it is for (default: the first published one)")

    def handle(self, *args: Any, **options: Any) -> None:
        url, slug = options["url"], options["campaign"]
        campaign = (
            Campaign.everything.filter(**({"slug": slug} if slug else {"state": "published"})).order_by("pk").first()
        )
        if campaign is None and slug:
            raise CommandError(f"There is no campaign {slug!r}; `manage.py load_campaign` brings one in.")
        try:
            said = self._ensure(campaign, url) if campaign else "There is no published campaign yet; nothing was made."
        except InvalidInput as error:
            raise CommandError(f"The sample source could not be kept ({error.field}): {error}") from None
        if options["verbosity"]:
            self.stdout.write(said)

    def _ensure(self, campaign: Campaign, url: str) -> str:
        now = timezone.now()
        watch = Watch(
            url=url,
            name=NAME,
            publisher="Campaign Timeline (invented sample)",
            timezone="Asia/Shanghai",
            interval_seconds=INTERVAL,
        )
        source = Source.everything.filter(uid=UID).first()
        if source is None:
            create_source(campaign=campaign, watch=watch, by=SYSTEM, now=now)
            return f"The sample feed at {url} is now watched for {campaign.slug}."
        if source.url == url:
            return f"The sample feed at {url} is watched already."
        edit_source(source=source, version=source.version, watch=watch, by=SYSTEM, now=now, why="the feed moved")
        return f"The sample feed moved to {url}."
