"""manage.py load_campaign FILE"""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from timeline.editorial.campaign_file import Loaded, WrongFile, load, read
from timeline.editorial.permissions import SYSTEM

HELP = """\
Load a campaign file (docs/campaign-file.md describes it).

The file is checked first. A wrong file is refused whole, with the place and the reason of every error; an error
that another one hides (a list that is none, an entry without its uid) is told once that one is put right.
A right file is loaded in one transaction: what it names is made or mended, and noted in the record of changes;
what it does not name stays, also what an editor entered in the browser. A second load changes nothing.
"""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the campaign file; - reads standard input")
        parser.add_argument("--check", action="store_true", help="only check the file; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["file"]
        try:
            data = read(_text(name))
            loaded = None if options["check"] else load(data=data, by=SYSTEM, now=timezone.now())
        except WrongFile as error:
            raise CommandError(_refusal(name, error)) from error
        if options["verbosity"]:
            self.stdout.write(_report(name, loaded) if loaded else f"{name} is a right campaign file.")


def _text(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.decode("utf-8")
    except OSError as error:
        raise CommandError(f"{name} could not be read: {error.strerror}. Nothing was loaded.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not UTF-8 text (byte {error.start}). Nothing was loaded.") from error


def _refusal(name: str, error: WrongFile) -> str:
    count = len(error.problems)
    lines = "\n".join(f"  {problem}" for problem in error.problems)
    return (
        f"{name} has {count} error{'' if count == 1 else 's'}; nothing was loaded.\n{lines}\n"
        "Correct the file and load it again."
    )


def _report(name: str, loaded: Loaded) -> str:
    if loaded.nothing_to_change:
        return f"{loaded.slug}: nothing to change; revision {loaded.revision}."
    parts = [
        f"{word} " + ", ".join(_counted(count, noun) for noun, count in sorted(counts.items()))
        for word, counts in (("made", loaded.made), ("mended", loaded.mended))
        if counts
    ]
    return f"{loaded.slug}: {'; '.join(parts)}; revision {loaded.revision}."


def _counted(count: int, noun: str) -> str:
    if count == 1:
        return f"1 {noun}"
    return f"{count} {noun[:-1]}ies" if noun.endswith("y") else f"{count} {noun}s"
