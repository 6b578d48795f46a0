#!/usr/bin/env python
"""The project's command line: `python manage.py help` lists what it can do."""

import os
import sys


def main() -> None:
    """Run one management command, and say in one sentence when the set-up itself is the problem."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this very check is for those who have an older one
        sys.exit(
            f"Campaign Timeline needs Python 3.11 or newer; this is {sys.version.split()[0]}. Install a newer one."
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_dashboard.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as missing:
        sys.exit(
            f"The required packages are not installed ({missing}). Run `make run`, which installs them into .venv."
        )
    from campaign_dashboard.env import SettingError

    try:
        execute_from_command_line(sys.argv)
    except SettingError as wrong:
        sys.exit(str(wrong))


if __name__ == "__main__":
    main()
