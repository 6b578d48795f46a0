"""Ends the supervisor's children when the supervisor can no longer do it. Run as a program; imports almost nothing.

Its input is a pipe whose other end only the supervisor holds, and which says `+<group> <signal>` for each started
child. When the pipe closes without a `done`, the supervisor was killed: every group is asked to end, then ended.
This also reaches grandchildren (a web server's workers, a Celery pool), which the kernel's parent-death signal of
Linux does not, and it works where there is no such signal.
"""

import os
import signal
import sys
import time

PATIENCE = 8.0


def _signal(group: int, signum: int) -> bool:
    try:
        os.killpg(group, signum)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def main() -> None:
    """Read what was started until the pipe closes; then nothing of it may be left."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    groups: dict[int, int] = {}
    for line in sys.stdin:
        if line.strip() == "done":
            return
        group, signum = line[1:].split()
        groups[int(group)] = int(signum)
    for group, signum in groups.items():
        _signal(group, signum)
    deadline = time.monotonic() + PATIENCE
    while groups and time.monotonic() < deadline:
        time.sleep(0.1)
        groups = {group: signum for group, signum in groups.items() if _signal(group, 0)}
    for group in groups:
        _signal(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
