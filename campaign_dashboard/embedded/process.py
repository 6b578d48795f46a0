"""Starting a child that cannot outlive us, and stopping it with all that it started.

On Linux the kernel sends the child a signal when its parent dies (PR_SET_PDEATHSIG). Elsewhere, and for grandchildren,
a watchdog waits on a pipe whose other end only the parent holds; see `watchdog.py`.
"""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
# Loaded here because importing or linking after fork() in a threaded parent can hang the child.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class User:
    """Whom a server runs as."""

    uid: int
    gid: int


def server_user() -> User | None:
    """`nobody` when we are root, because PostgreSQL refuses root; None: stay who we are."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return User(uid=nobody.pw_uid, gid=nobody.pw_gid)


def private_folder(path: Path, user: User | None) -> Path:
    """Make `path`, readable by its server only."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    owner = user.uid if user else os.geteuid()
    if path.is_symlink() or path.stat().st_uid not in {owner, os.geteuid()}:
        raise PermissionError(f"{path} belongs to someone else; remove it or choose another VAR_DIR.")
    path.chmod(0o700)
    if user:
        os.chown(path, user.uid, user.gid)
    return path


def _die_with_parent(signum: int, parent: int) -> Callable[[], None]:
    def in_child() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)
            if os.getppid() != parent:  # it died between fork and prctl
                os._exit(1)

    return in_child


def spawn(
    command: Sequence[str | Path],
    *,
    log: IO[bytes] | int | None = None,
    user: User | None = None,
    env: Mapping[str, str] | None = None,
    on_parent_death: signal.Signals = signal.SIGTERM,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own, to be stopped when this process ends, however it ends."""
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT if log is not None else None,
        env=env,
        cwd=cwd,
        start_new_session=True,
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
        # Runs after the change of user, which would clear the signal.
        preexec_fn=_die_with_parent(on_parent_death, os.getpid()),  # noqa: PLW1509 - the child only makes one system call
    )


def stop(child: subprocess.Popen[bytes], *, signum: signal.Signals = signal.SIGTERM, patience: float = 10) -> None:
    """Ask `child` to end, wait, then end it and every process of its session."""
    if child.poll() is None:
        child.send_signal(signum)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait(5)
    kill_group(child.pid)


def kill_group(leader: int) -> None:
    """End whatever is left of a child's process group; nothing left is fine."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def wait_until(ready: Callable[[], bool], child: subprocess.Popen[bytes], *, seconds: float) -> bool:
    """Whether `ready` came true while `child` lived and the time lasted; the child is ended when not."""
    deadline = time.monotonic() + seconds
    try:
        while time.monotonic() < deadline and child.poll() is None:
            if ready():
                return True
            time.sleep(0.03)
    except BaseException:  # Ctrl-C while it starts: nobody else knows this child yet
        stop(child, patience=1)
        raise
    stop(child, patience=1)
    return False
