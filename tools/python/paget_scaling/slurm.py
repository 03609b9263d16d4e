"""Submits members as jobs of SLURM, and asks what has become of them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import time
from typing import Callable

from .errors import ScalingError
from .outcomes import outcome_of
from .series import Member, Series

_UNDER_WAY = {"PENDING", "RUNNING", "CONFIGURING", "COMPLETING", "SUSPENDED", "REQUEUED"}

_SCRIPT = """#!/bin/bash
# Written by tools/scaling: one member of a series. Lines of your own (module load ...) go into {preamble}.
#SBATCH --job-name={name}
#SBATCH --ntasks={ranks}
#SBATCH --time={minutes}
#SBATCH --no-requeue
#SBATCH --output={log}
set -u
rm -f {exit_code}
if [ -e {preamble} ]; then . {preamble}; fi
. {jobs}/paget_job.sh || exit 1
export OMP_NUM_THREADS=${{OMP_NUM_THREADS:-1}}
read -r -a launch <<<"$(launcher)"
${{launch[@]+"${{launch[@]}}"}} {command}
code=$?
echo $code >{exit_code}
exit $code
"""


class _Refused(Exception):
    """SLURM's own words."""


def _ask(*words: str) -> str:
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    except OSError as error:
        raise ScalingError(
            f"{words[0]} does not start ({error.strerror}): SLURM is not here. Run the series locally: "
            "tools/scaling run FOLDER"
        ) from error
    if done.returncode != 0:
        raise _Refused(done.stderr.strip())
    return done.stdout


def script_of(series: Series, member: Member, jobs: str) -> str:
    command = [series.program, "run", series.case, f"--output={member.run}", "--overwrite", *member.words]
    quoted = {
        name: shlex.quote(path)
        for name, path in {
            "preamble": os.path.join(series.folder, "preamble.sh"),
            "exit_code": member.path("exit_code"),
            "jobs": jobs,
        }.items()
    }
    return _SCRIPT.format(
        name=f"scaling-{member.name}",
        ranks=member.ranks,
        log=member.log,
        minutes=max(1, round(series.time_limit_s / 60 + 0.5)),
        command=shlex.join(command),
        **quoted,
    )


def _job_of(member: Member) -> str:
    try:
        with open(member.path("job"), encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return ""


def state_of(member: Member) -> str:
    """What SLURM says of the member's job: empty if it has none."""
    job = _job_of(member)
    if not job:
        return ""
    try:
        match = re.search(r"JobState=(\w+)", _ask("scontrol", "-o", "show", "job", job))
    except _Refused:
        return f"SLURM knows no job {job} any more, and it left no exit code"
    return f"{match[1]} (job {job})" if match else ""


def _is_under_way(state: str) -> bool:
    return state.split(" ")[0] in _UNDER_WAY


def submit_all(series: Series, words: list[str], jobs: str, say: Callable[[str], None]) -> None:
    """A job each for all members that are neither done nor under way."""
    for member in series.members():
        state = state_of(member)
        if _is_under_way(state) or outcome_of(member).done:
            say(f"{member.name}: {'done before' if not _is_under_way(state) else state}")
            continue
        os.makedirs(member.folder, exist_ok=True)
        if os.path.exists(member.path("exit_code")):
            os.remove(member.path("exit_code"))
        script = member.path("job.sbatch")
        with open(script, "w", encoding="utf-8") as file:
            file.write(script_of(series, member, jobs))
        say(f"{member.name}: {_submit(member, words, script)}")


def _submit(member: Member, words: list[str], script: str) -> str:
    """What became of it. A job that SLURM does not take is a member that failed."""
    try:
        job = _ask("sbatch", "--parsable", *words, script).strip().split(";")[0]
    except _Refused as refusal:
        _leave(member, "log", f"{refusal}\n")
        _leave(member, "exit_code", "1\n")
        return f"not taken: {refusal}"
    _leave(member, "job", job + "\n")
    return f"job {job}"


def _leave(member: Member, name: str, text: str) -> None:
    with open(member.path(name), "w", encoding="utf-8") as file:
        file.write(text)


def wait_for_all(series: Series, say: Callable[[str], None], every_s: float = 5.0) -> None:
    """Until no job of the series is under way."""
    waiting = {member.name: member for member in series.members()}
    while waiting:
        for member in list(waiting.values()):
            state = state_of(member)
            if not _is_under_way(state):
                say(f"{member.name}: {outcome_of(member, state).what}")
                del waiting[member.name]
        if waiting:
            time.sleep(every_s)
