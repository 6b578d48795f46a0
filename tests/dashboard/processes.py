"""Looking at real processes: which belong to a product's data folder, and whether they are gone."""

import time
from collections.abc import Iterable
from pathlib import Path

import psutil


def gone(pids: Iterable[int], *, seconds: float) -> bool:
    """Whether every process ended in time (one that only waits to be reaped has ended)."""
    deadline = time.monotonic() + seconds
    while any(map(_runs, pids)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def of_folder(var: Path) -> dict[int, str]:
    """Every running process whose VAR_DIR or arguments name `var`."""
    found = {}
    for process in psutil.process_iter():
        try:
            named = process.environ().get("VAR_DIR") == str(var) or any(str(var) in arg for arg in process.cmdline())
            if named and process.status() != psutil.STATUS_ZOMBIE:
                found[process.pid] = " ".join(process.cmdline())
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
