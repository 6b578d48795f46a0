"""`manage.py up`: the whole product from one command, until Ctrl-C."""

import os
import signal
import socket
import sys
import time
import urllib.request
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, connections

from campaign_dashboard import accounts
from campaign_dashboard.embedded import places, postgres, servers, valkey
from campaign_dashboard.embedded.postgres import CannotStart
from campaign_dashboard.embedded.supervisor import Child, Stopped, Supervisor
from campaign_dashboard.staticfiles import collect

SAMPLE_FEED = "/sample-feed.xml"
WAIT_FOR_BACKGROUND = 10  # seconds until the product is called ready without it
SHIPPED_CAMPAIGNS = settings.BASE_DIR / "timeline" / "data" / "campaigns"


class Command(BaseCommand):
    help = (
        "Starts everything and waits: the embedded PostgreSQL and Valkey (unless DATABASE_URL and REDIS_URL name "
        "others), web and live server, Celery worker and beat. Ctrl-C stops all of it. Settings: docs/operations.md."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--stop-with-parent", action="store_true", help="also stop when the process that started this one is gone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.began = time.monotonic()
        try:
            with servers.only_one(settings.VAR_DIR, address=settings.PUBLIC_URL):
                code = self._run(with_parent=options["stop_with_parent"])
        except CannotStart as error:
            raise CommandError(str(error)) from None
        if code:
            sys.exit(code)

    def _run(self, *, with_parent: bool) -> int:
        supervisor = Supervisor(logs=settings.VAR_DIR / "logs")
        try:
            with supervisor:
                _require_own_host()
                _require_free_ports()
                self._start_servers(supervisor)
                password = self._prepare()
                self._start_programs(supervisor)
                self._welcome(password)
                ended = supervisor.watch(with_parent=with_parent)
                if ended is not None:
                    self.stderr.write(_last_words(supervisor, ended))
                    return 1
                return 0
        except Stopped as stopped:
            self.stdout.write("\nStopped. Everything entered is kept in the database.")
            # Under `make run`, Ctrl-C is the ordinary end, which make would otherwise report as an error.
            return 130 if stopped.signum == signal.SIGINT and not with_parent else 0

    def _start_servers(self, supervisor: Supervisor) -> None:
        if servers.given("REDIS_URL"):
            if not valkey.answers(settings.REDIS_URL):
                raise CannotStart("The server that REDIS_URL names does not answer; start it or correct REDIS_URL.")
        else:
            with self._step("Valkey"), supervisor.open_log("valkey") as log:
                supervisor.adopt("valkey", valkey.start(settings.VAR_DIR, log=log))
        if servers.given("DATABASE_URL"):
            try:
                connection.ensure_connection()
            except OperationalError as error:
                reason = str(error).strip().splitlines()[0]
                raise CannotStart(
                    f"The database that DATABASE_URL names cannot be used: {reason}. Start it or correct DATABASE_URL."
                ) from None
        else:
            with self._step("PostgreSQL"), supervisor.open_log("postgres") as log:
                child = postgres.start(settings.VAR_DIR, log=log)
                supervisor.adopt("postgres", child, postgres.FAST_SHUTDOWN)

    def _prepare(self) -> str | None:
        """Bring database and static files to this version; returns the first editor's password at the first start."""
        from timeline.editorial.permissions import EDITORS

        with self._step("Database tables"):
            call_command("migrate", verbosity=0, interactive=False)
        with self._step("Style sheets and scripts"):
            collect()
        for path in sorted(SHIPPED_CAMPAIGNS.glob("*.json")):
            self._load(path)
        if "ensure_sample_source" in get_commands():
            with self._step("Sample feed"):
                call_command("ensure_sample_source", url=f"http://127.0.0.1:{settings.PORT}{SAMPLE_FEED}", verbosity=0)
        password = accounts.ensure_first_editor(group=EDITORS)
        connections.close_all()
        return password

    def _load(self, path: Path) -> None:
        """Load a shipped campaign once: what editors changed since must not be set back at each start."""
        from timeline.models import Campaign
        from timeline.models.campaign import FormerSlug

        there = Campaign.everything.filter(slug=path.stem).exists()
        if not there and not FormerSlug.everything.filter(slug=path.stem).exists():
            with self._step(f"Campaign {path.stem}"):
                call_command("load_campaign", str(path), verbosity=0)

    def _start_programs(self, supervisor: Supervisor) -> None:
        ours = programs(
            host=settings.HOST,
            port=settings.PORT,
            live_port=settings.LIVE_PORT,
            web_processes=settings.WEB_PROCESSES,
        )
        # What an earlier run left there would be taken for this run's worker and beat.
        for key in (settings.HEALTH_WORKER_KEY, settings.HEALTH_BEAT_KEY):
            cache.delete(key)
        for name, command in ours.items():
            supervisor.start(name, command)
        with self._step("Web, live events, worker, beat"):
            web, live = answering(settings.HOST, settings.PORT), answering(settings.HOST, settings.LIVE_PORT)
            if not supervisor.wait_for(lambda: web() and live(), seconds=90):
                ended = supervisor.ended()
                raise CannotStart(_last_words(supervisor, ended) if ended else "The web server did not answer in time.")
            ready = answering(settings.HOST, settings.PORT, "/readyz")
            is_seen = supervisor.wait_for(ready, seconds=WAIT_FOR_BACKGROUND)
        if not is_seen:
            self.stdout.write("  Worker or beat has not been seen yet; sources are fetched as soon as both are there.")

    def _welcome(self, password: str | None) -> None:
        told = password or "(as before; `make password` makes a new one)"
        given, home = servers.given("DATABASE_URL"), places.home(settings.VAR_DIR)
        data = f"in the database that DATABASE_URL names; logs in {settings.VAR_DIR / 'logs'}" if given else home
        self.stdout.write(
            f"\n  Campaign Timeline is ready after {time.monotonic() - self.began:.1f} s.\n\n"
            f"    Address   {settings.PUBLIC_URL}/\n"
            f"    Editor    {accounts.FIRST_EDITOR}\n"
            f"    Password  {told}\n"
            f"    Data      {data}\n"
            f"    Stop      Ctrl-C\n"
        )
        self.stdout.flush()

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        self.stdout.write(f"  {name} … ", ending="")
        self.stdout.flush()
        yield
        self.stdout.write(f"{time.monotonic() - began:.1f} s")
        self.stdout.flush()


def programs(*, host: str, port: int, live_port: int, web_processes: int) -> dict[str, list[str]]:
    """Our own long-running programs by name. Django under ASGI is several times slower, hence the two servers."""
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "campaign_dashboard", "--skip-checks"]
    web = [python, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    web += ["--workers", str(web_processes), "--blocking-threads", "2", "--no-ws", "--http", "1"]
    web += ["--workers-kill-timeout", "5", "--respawn-failed-workers", "--log-level", "warning"]
    live = [python, "-m", "uvicorn", "--host", host, "--port", str(live_port)]
    live += ["--timeout-graceful-shutdown", "1", "--no-access-log", "--log-level", "warning"]
    return {
        "web": [*web, "campaign_dashboard.wsgi:application"],
        "live": [*live, "campaign_dashboard.live:app"],
        "worker": [*celery, "worker", "--without-gossip", "--without-mingle", "--loglevel", "INFO"],
        "beat": [*celery, "beat", "--pidfile=", "--loglevel", "WARNING"],
    }


def _require_free_ports() -> None:
    for option, port in (("PORT", settings.PORT), ("LIVE_PORT", settings.LIVE_PORT)):
        with socket.socket(socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.HOST, port))
            except PermissionError:
                raise CannotStart(
                    f"Port {port} is not open to you; choose one above 1023, such as {option}=8000."
                ) from None
            except OSError as error:
                raise CannotStart(
                    f"Port {port} on {settings.HOST} cannot be used ({os.strerror(error.errno or 0).lower()}); stop "
                    f"the program that has it, or choose another: {option}={port + 100}."
                ) from None


def _require_own_host() -> None:
    remedy = "correct HOST; 127.0.0.1 is for this machine alone, 0.0.0.0 for every network it is in."
    try:
        family, kind, _proto, _name, address = socket.getaddrinfo(settings.HOST, 0, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.bind(address)
    except (socket.gaierror, UnicodeError):
        raise CannotStart(f"HOST={settings.HOST} is no address and no known name; {remedy}") from None
    except OSError:
        raise CannotStart(f"HOST={settings.HOST} is not an address of this machine; {remedy}") from None


def answering(host: str, port: int, path: str = "/healthz") -> Callable[[], bool]:
    """A question to ask again and again: does a server of ours answer there, and well?"""
    shown = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host  # noqa: S104

    def ready() -> bool:
        try:
            with urllib.request.urlopen(f"http://{shown}:{port}{path}", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    return ready


def _last_words(supervisor: Supervisor, child: Child) -> str:
    path = supervisor.log_path(child.name)
    lines = path.read_text(errors="replace").splitlines()[-12:] if path.exists() else []
    said = "\n".join(f"    {line}" for line in lines)
    return (
        f"The process '{child.name}' ended unexpectedly (status {child.process.returncode}), so everything was "
        f"stopped. Nothing that was saved is lost. Its last words, from {path}:\n{said}"
    )
