"""manage.py dump_campaign SLUG [-o FILE]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline.editorial.campaign_file import dump, write
from timeline.models import Campaign


class Command(BaseCommand):
    help = (
        "Write a campaign as a campaign file (docs/campaign-file.md), to standard output or to a file. "
        "Loading it into an empty database gives the same campaign; dumping that gives the same file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the campaign's name in its address")
        parser.add_argument("-o", "--output", metavar="FILE", help="write here instead of standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = Campaign.everything.filter(slug=options["slug"]).first()
        if campaign is None:
            known = ", ".join(Campaign.everything.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no campaign “{options['slug']}”. There are: {known}.")
        text = write(dump(campaign))
        if not options["output"]:
            self.stdout.write(text, ending="")
            return
        try:
            Path(options["output"]).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise CommandError(f"{options['output']} could not be written: {error.strerror}.") from error
        self.stdout.write(f"{campaign.slug} is in {options['output']}.")
