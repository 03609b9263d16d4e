"""The command tools/scaling."""

from __future__ import annotations

import argparse
import math
import os
import shlex
import sys

from .collecting import collect
from .errors import ScalingError
from .series import Series, plan, read_series
from .slurm import submit_all, wait_for_all
from .starting import LAUNCH, run_all

_HELP = """Strong- and weak-scaling series of Paget: writes, runs or submits, and collects them.

A series lives in a folder of its own, in three steps:

  tools/scaling strong inputs/breast.ini out/a --ranks=1,2,4,8 --repeats=3     writes the series, checks every member
  tools/scaling run out/a                                                      runs what is not done yet, here
  tools/scaling submit out/a --sbatch='--partition=long'                       or: a job of SLURM for each
  tools/scaling collect out/a                                                  tables, laws, pictures

strong  the same case on more and more ranks. All members must give the same bytes (state hash, series.csv); it is checked.
weak    the case grows with the ranks: with n times the ranks of the first member, the box of every organ has n times
        the volume, and founders.count and residents.* are n times as many. Nothing else is changed. Founders are packed
        into one ball in the organ's middle, which does not spread evenly over ranks: use residents for even work.

Words behind -- go to paget:  tools/scaling weak CASE out/b --ranks=8,64 -- --run.end='12 min'
`run` and `submit` can be repeated: members that are done are not run again, those that failed are. The same `strong` or
`weak` with more ranks or repeats extends a series. A member that fails is named, with the last lines of its log, and the
others go on. docs/scaling.md says what is measured and how laws are fitted."""


def _whole(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from 1 on")
    return number


def _ranks(text: str) -> list[int]:
    return [_whole(part) for part in text.split(",")]


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.0 < seconds < math.inf:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of seconds above 0")
    return seconds


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tools/scaling", description=_HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for kind in ("strong", "weak"):
        sub = commands.add_parser(kind, help=f"write a {kind}-scaling series")
        sub.add_argument("case", help="case file")
        sub.add_argument("folder", help="folder of the series, new or to be extended")
        sub.add_argument("--ranks", type=_ranks, required=True, help="numbers of ranks, as 1,2,4,8")
        sub.add_argument("--repeats", type=_whole, default=1, help="runs of each (default 1; times are the best of them)")
        sub.add_argument(
            "--time-limit", type=_seconds, default=3600.0, help="seconds after which a member is ended (3600)"
        )
        sub.add_argument(
            "--axes",
            default="xyz",
            choices=["x", "y", "z", "xy", "xz", "yz", "xyz"],
            help="along which a weak series may enlarge boxes (xyz; xy for two dimensions)",
        )
        sub.add_argument(
            "--paget", default=os.environ.get("PAGET", "paget"), help="the program (default: $PAGET, or paget)"
        )
    run = commands.add_parser("run", help="run the members of a series here, one after the other")
    run.add_argument("folder")
    run.add_argument("--launch", default=LAUNCH, help=f"what starts ranks (default: '{LAUNCH}', without for one rank)")
    run.add_argument("--most", type=_whole, default=10**9, help="end after so many members; the next `run` goes on")
    submit = commands.add_parser("submit", help="submit the members of a series to SLURM")
    submit.add_argument("folder")
    submit.add_argument("--sbatch", default="", help="more words for sbatch, as '--partition=long --nodes=2'")
    submit.add_argument("--wait", action="store_true", help="until all jobs have ended")
    result = commands.add_parser("collect", help="check, tabulate, fit and draw what is done")
    result.add_argument("folder")
    result.add_argument(
        "--farthest",
        type=float,
        default=0.0,
        help="extrapolate the time law to so many ranks (default: 16 times the most)",
    )
    return parser


def _jobs_folder() -> str:
    """The job scripts' folder: beside tools/ in the sources, and where they are installed."""
    here = os.path.dirname(os.path.realpath(__file__))
    for up in (("..", "..", ".."), ("..", ".."), ("..", "..", "..", "..", "share", "paget")):
        folder = os.path.normpath(os.path.join(here, *up, "jobs"))
        if os.path.exists(os.path.join(folder, "paget_job.sh")):
            return folder
    raise ScalingError(
        "jobs/paget_job.sh is not beside these tools (it says how ranks are started under SLURM). Use the "
        "tools of a source tree or of an installation."
    )


def _say(text: str) -> None:
    try:
        print(text, flush=True)
    except BrokenPipeError:  # who listened (`| head`) has gone; the work goes on
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _write(options: argparse.Namespace, words: list[str]) -> int:
    series = plan(
        options.command,
        options.case,
        options.folder,
        words,
        options.ranks,
        options.repeats,
        options.axes,
        options.time_limit,
        options.paget,
    )
    for ranks in series.ranks:
        size = series.sizes[str(ranks)]
        idle = f", {size['idle_ranks']:.0f} ranks have no work" if size["idle_ranks"] else ""
        _say(
            f"{ranks:6d} ranks: {size['voxels']:.0f} voxels, {size['cells_at_start']:.0f} cells at the start, "
            f"{size['voxels_per_rank']:.0f} voxels per rank{idle} " + shlex.join(series.larger[str(ranks)])
        )
    count = len(series.members())
    members = "1 member" if count == 1 else f"{count} members"
    _say(f"{members} in {series.folder}. Next: tools/scaling run {options.folder}, or submit")
    return 0


def _act(options: argparse.Namespace, words: list[str]) -> int:
    if options.command in ("strong", "weak"):
        return _write(options, words)
    series: Series = read_series(options.folder)
    if options.command == "run":
        return 1 if run_all(series, options.launch, options.most, _say) else 0
    if options.command == "submit":
        submit_all(series, shlex.split(options.sbatch), _jobs_folder(), _say)
        if options.wait:
            wait_for_all(series, _say)
        return 0
    return collect(series, options.farthest or 16.0 * series.ranks[-1], _say)


def main(words: list[str] | None = None) -> int:
    """Exit codes: 0 well, 1 members failed, are missing, or their bytes differ, 2 wrong input."""
    given = list(sys.argv[1:] if words is None else words)
    behind = []
    if "--" in given:
        behind = given[given.index("--") + 1 :]
        given = given[: given.index("--")]
    try:
        return _act(_parser().parse_args(given), behind)
    except ScalingError as error:
        print(f"tools/scaling: {error}", file=sys.stderr)
        return 2
