"""What has become of a member: done, or what happened instead."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import Any, Optional

from .series import Member

_SHOWN_LINES = 8


@dataclass(frozen=True)
class Outcome:
    """Of one member."""

    member: Member
    what: str  #: done, not run, or what went wrong
    summary: Optional[dict[str, Any]] = None  #: of a member that is done
    bytes_digest: str = ""  #: of series.csv

    @property
    def done(self) -> bool:
        return self.summary is not None

    def last_lines(self) -> str:
        try:
            with open(self.member.log, encoding="utf-8", errors="replace") as file:
                lines = [line.rstrip() for line in file if line.strip()]
        except OSError:
            return "    (no log)"
        return "\n".join("    | " + line[:160] for line in lines[-_SHOWN_LINES:]) or "    (its log is empty)"


def _exit_code(member: Member) -> Optional[int]:
    try:
        with open(member.path("exit_code"), encoding="ascii") as file:
            return int(file.read())
    except (OSError, ValueError):
        return None


def _reason(code: int) -> str:
    if code == 124:
        return "timed out"
    if code == 85:
        return "stopped early, before the end of the case (exit code 85)"
    if code < 0 or code > 128:
        return f"killed (signal {-code if code < 0 else code - 128})"
    return f"failed (exit code {code})"


def outcome_of(member: Member, slurm_state: str = "") -> Outcome:
    """From the files that it left; `slurm_state`: what SLURM says of its job, if it has one."""
    code = _exit_code(member)
    if slurm_state and code is None:
        return Outcome(member, slurm_state)
    if not os.path.isdir(member.folder):
        return Outcome(member, "not run")
    if code is None:
        return Outcome(member, "has not ended, or was ended from outside")
    if code != 0:
        return Outcome(member, _reason(code))
    return _read(member)


def _read(member: Member) -> Outcome:
    try:
        with open(os.path.join(member.run, "summary.json"), encoding="utf-8") as file:
            summary = json.load(file)
        with open(os.path.join(member.run, "series.csv"), "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        if summary["run"]["ranks"] != member.ranks:
            return Outcome(member, f"ran on {summary['run']['ranks']} ranks instead of {member.ranks}")
        summary["performance"]["parts"], summary["state_hash"]  # noqa: B018 (raises if they are missing)
    except (OSError, ValueError, KeyError) as error:
        return Outcome(member, f"ended well, but its results cannot be read ({type(error).__name__}: {error})")
    return Outcome(member, "done", summary, digest)


def different_bytes(outcomes: list[Outcome], kind: str) -> list[str]:
    """Names of members whose bytes differ from those of the first one with which they should be equal."""
    first: dict[int, Outcome] = {}
    different = []
    for outcome in outcomes:
        if outcome.summary is None:
            continue
        group = 0 if kind == "strong" else outcome.member.ranks
        other = first.setdefault(group, outcome)
        assert other.summary is not None
        for what, mine, its in (
            ("state_hash", outcome.summary["state_hash"], other.summary["state_hash"]),
            ("series.csv", outcome.bytes_digest[:16], other.bytes_digest[:16]),
        ):
            if mine != its:
                different.append(f"{outcome.member.name}: {what} {mine}, but {its} in {other.member.name}")
    return different
