"""Starts the processes of the product, and stops all of them when one ends, when asked to, or when it dies itself."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from campaign_dashboard.embedded import watchdog
from campaign_dashboard.embedded.process import kill_group, spawn

LARGEST_LOG = 5_000_000


class Stopped(BaseException):
    """A signal asked the supervisor to stop; not an Exception, so that no handler on the way swallows it."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


@dataclass
class Child:
    """One running process and how to end it."""

    name: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals = signal.SIGTERM


@dataclass
class Supervisor:
    """Use as `with Supervisor(logs=...) as supervisor`; on leaving, nothing it started is left."""

    logs: Path
    children: list[Child] = field(default_factory=list)
    _watchdog: "subprocess.Popen[bytes] | None" = None
    _parent: int = field(default_factory=os.getppid)

    def __enter__(self) -> "Supervisor":
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, self._on_signal)
        self.logs.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-I", "-S", watchdog.__file__]
        self._watchdog = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
        return self

    def __exit__(self, *_: object) -> None:
        # From here a second Ctrl-C must not interrupt the stopping.
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, signal.SIG_IGN)
        self.stop_all()
        if self._watchdog and self._watchdog.stdin:
            self._tell("done")
            self._watchdog.stdin.close()
            self._watchdog.wait(5)

    def _on_signal(self, signum: int, _: FrameType | None) -> None:
        raise Stopped(signum)

    def start(self, name: str, command: Sequence[str | Path]) -> Child:
        """Start one of our own programs; its output goes to a log of its name."""
        with self.open_log(name) as log:
            return self.adopt(name, spawn(command, log=log))

    def adopt(
        self, name: str, process: "subprocess.Popen[bytes]", stop_signal: signal.Signals = signal.SIGTERM
    ) -> Child:
        """Take over a process that was started with `spawn`."""
        child = Child(name, process, stop_signal)
        self.children.append(child)
        self._tell(f"+{process.pid} {int(stop_signal)}")
        return child

    def _tell(self, line: str) -> None:
        if self._watchdog and self._watchdog.stdin:
            try:
                self._watchdog.stdin.write(line.encode() + b"\n")
                self._watchdog.stdin.flush()
            except BrokenPipeError:  # someone ended the watchdog; the children still end with us
                return

    def open_log(self, name: str) -> BinaryIO:
        """The log to append to; a large one is set aside first."""
        path = self.log_path(name)
        if path.exists() and path.stat().st_size > LARGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
        return path.open("ab")

    def log_path(self, name: str) -> Path:
        """Where the output of the child `name` goes."""
        return self.logs / f"{name}.log"

    def ended(self) -> Child | None:
        """A child that is no longer there."""
        return next((child for child in self.children if child.process.poll() is not None), None)

    def wait_for(self, ready: Callable[[], bool], *, seconds: float) -> bool:
        """Whether `ready` came true in time while every child lived."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.ended() is None:
            if ready():
                return True
            time.sleep(0.05)
        return False

    def watch(self, *, with_parent: bool = False) -> Child | None:
        """Wait until a child ends (which is returned), or, `with_parent`, until our parent is gone (None)."""
        while True:
            child = self.ended()
            if child is not None or (with_parent and os.getppid() != self._parent):
                return child
            time.sleep(0.25)

    def stop_all(self, *, patience: float = 15) -> None:
        """End every child, the servers (started first) after those that use them."""
        servers = [child for child in self.children if child.stop_signal is signal.SIGINT or child.name == "valkey"]
        users = [child for child in self.children if child not in servers]
        for group in (users, servers):
            for child in group:
                if child.process.poll() is None:
                    child.process.send_signal(child.stop_signal)
            deadline = time.monotonic() + patience
            for child in group:
                try:
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    child.process.kill()
                    child.process.wait(5)
                # A web server's worker or a pool's child that outlived its head.
                kill_group(child.process.pid)
        self.children.clear()
