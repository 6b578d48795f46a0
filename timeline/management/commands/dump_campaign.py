"""manage.py dump_campaign SLUG [-o FILE]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline.editorial.campaign_file import dump, problems_of, write
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
        data = dump(campaign)
        self._put(write(data), options["output"])
        if problems := problems_of(data):
            lines = "\n".join(f"  {problem}" for problem in problems)
            raise CommandError(f"The file was written, but it would not load back before this is corrected:\n{lines}")
        if options["output"]:
            self.stdout.write(f"{campaign.slug} is in {options['output']}.")

    def _put(self, text: str, path: str | None) -> None:
        if not path:
            self.stdout.write(text, ending="")
            return
        try:
            Path(path).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise CommandError(f"{path} could not be written: {error.strerror}.") from error
