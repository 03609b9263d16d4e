"""Runs members here, one after the other."""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from typing import Callable

from .errors import ScalingError
from .outcomes import outcome_of
from .series import Member, Series

LAUNCH = "mpirun -n {ranks}"
_TIMED_OUT = 124  # as `timeout` says it


def command_of(series: Series, member: Member, launch: str) -> list[str]:
    words = [series.program, "run", series.case, f"--output={member.run}", "--overwrite", *member.words]
    if member.ranks == 1 and launch == LAUNCH:
        return words
    return [*shlex.split(launch.format(ranks=member.ranks)), *words]


def environment() -> dict[str, str]:
    """More ranks than cores are allowed, and yield to each other; libraries start no threads of their own."""
    return {
        "OMP_NUM_THREADS": "1",
        "OMPI_MCA_rmaps_base_oversubscribe": "1",
        "OMPI_MCA_mpi_yield_when_idle": "1",
        **os.environ,
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """mpirun takes its ranks with it when it is asked to end, not when it is killed."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run_member(series: Series, member: Member, launch: str) -> int:
    """Its exit code, which is also left in its folder."""
    os.makedirs(member.folder, exist_ok=True)
    if os.path.exists(member.path("exit_code")):
        os.remove(member.path("exit_code"))  # of an earlier try; if this one is interrupted there is none
    command = command_of(series, member, launch)
    with open(member.log, "w", encoding="utf-8") as log:
        log.write("+ " + shlex.join(command) + "\n")
        log.flush()
        try:
            process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment())
        except OSError as error:
            raise ScalingError(
                f"{command[0]} does not start: {error.strerror}. Say how ranks are started with "
                "--launch='... {ranks} ...'."
            ) from error
        try:
            code = process.wait(series.time_limit_s)
        except subprocess.TimeoutExpired:
            _end(process)
            code = _TIMED_OUT
        except BaseException:
            _end(process)
            raise
    with open(member.path("exit_code"), "w", encoding="ascii") as file:
        file.write(f"{code}\n")
    return code


def run_all(series: Series, launch: str, most: int, say: Callable[[str], None]) -> int:
    """The members that are not done, at most so many now; one that fails does not stop the others. Returns how many
    failed."""
    started = failed = 0
    for member in series.members():
        if started == most:
            break
        if outcome_of(member).done:
            say(f"{member.name}: done before")
            continue
        started += 1
        begin = time.monotonic()
        run_member(series, member, launch)
        outcome = outcome_of(member)
        say(f"{member.name}: {outcome.what}, {time.monotonic() - begin:.1f} s")
        if not outcome.done:
            failed += 1
            say(outcome.last_lines())
    return failed
