"""`manage.py password`: a fresh password for an account, printed once."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from campaign_dashboard import accounts
from campaign_dashboard.embedded import servers
from campaign_dashboard.embedded.postgres import CannotStart


class Command(BaseCommand):
    help = "Gives an account a fresh password and prints it. Works whether the product is running or not."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default=accounts.FIRST_EDITOR, help="the account (default: editor)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with servers.database(settings.VAR_DIR):
                password = accounts.reset_password(name=options["name"])
        except User.DoesNotExist:
            raise CommandError(f"There is no account named {options['name']}; nothing was changed.") from None
        except CannotStart as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"New password of {options['name']}: {password}")
