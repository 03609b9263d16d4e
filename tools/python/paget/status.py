"""Whether a run has ended, goes on, or was killed."""

from __future__ import annotations

import socket
from enum import Enum
from pathlib import Path
from typing import Any


class Status(Enum):
    """How far a run has come, as its files tell."""

    COMPLETE = "complete"  #: it came to its end
    STOPPED = "stopped early"  #: by a signal or a time limit, with whole outputs; it can go on
    RUNNING = "running"  #: a process holds the folder: it lives here, or on a machine of which nothing is known
    KILLED = "killed"  #: no process holds the folder, and nothing says that it ended


def status_of(folder: Path, summary: dict[str, Any] | None) -> Status:
    """Reads the lock and the summary of a run's folder."""
    if summary is not None:
        return Status.STOPPED if summary["run"]["stopped_early"] else Status.COMPLETE
    try:
        owner = _entries((folder / "lock").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Status.KILLED
    return Status.RUNNING if _may_live(owner) else Status.KILLED


def _entries(text: str) -> dict[str, str]:
    pairs = (line.split(" = ", 1) for line in text.splitlines() if " = " in line)
    return {key: value for key, value in pairs}


def _may_live(owner: dict[str, str]) -> bool:
    """Nothing is known of processes on other machines, so they may."""
    if owner.get("host") != socket.gethostname() or not Path("/proc/self/stat").exists():
        return True
    return _start_of(owner.get("process", "")) == owner.get("started", "")


def _start_of(process: str) -> str | None:
    """When a process of this machine started, in clock ticks; numbers of processes are used again. None without one."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return fields[19] if fields[0] != "Z" else None
