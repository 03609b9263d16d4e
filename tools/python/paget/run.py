"""A run: the folder that `paget run --output=FOLDER` wrote."""

from __future__ import annotations

import json
import os
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from .case import Case
from .errors import CutOffFile, NotARun
from .hdf5 import open_hdf5
from .lineage import Lineage
from .series import read_series
from .snapshots import Snapshots
from .status import Status, status_of
from .tables import Events, Tracks

_SHARE = ".self_seeded_share"


class Run:
    """The results of one run, read when asked for and then kept. `refresh` forgets what was read, for runs that go on.

    Raises NotARun if the folder holds no run.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise NotARun(
                f"{folder} is no folder (a run of Paget is one). Give what was given to `paget run` as --output."
            )
        if not (self.folder / "case.ini").is_file():
            raise NotARun(
                f"{folder} holds no case.ini (so no run of Paget wrote into it). Give what was given to "
                "`paget run` as --output."
            )

    def __repr__(self) -> str:
        return f"Run({str(self.folder)!r})"

    def refresh(self) -> Run:
        """Forgets what was read, so that what has been written since is seen. Returns the run itself."""
        for name in ("case", "summary", "series", "snapshots", "lineage", "history", "status"):
            self.__dict__.pop(name, None)
        return self

    @cached_property
    def case(self) -> Case:
        """The values that were used, with units."""
        return Case.read(self.folder / "case.ini")

    @cached_property
    def summary(self) -> dict[str, Any] | None:
        """summary.json, or nothing while the run goes on, and after it was killed."""
        path = self.folder / "summary.json"
        try:
            content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise CutOffFile(
                f"{path} is no whole JSON: {error} (the numbers of the run cannot be read). Copy it again "
                "from the run's folder."
            ) from error
        return content

    @cached_property
    def status(self) -> Status:
        """Whether it has ended, goes on, or was killed."""
        return status_of(self.folder, self.summary)

    def is_over(self) -> bool:
        """Whether nothing writes its tables any more, and all that they should hold is known: it wrote its summary,
        which is still there, and whole.
        """
        try:
            return (self.folder / "summary.json").is_file() and self.summary is not None
        except CutOffFile:
            return False

    @cached_property
    def series(self) -> pd.DataFrame:
        """The time series, one row per time, from series.csv; ``attrs["units"]`` has the unit of every column."""
        # Whether it is over is asked first: a run that ends while its series is read is no run with a short series.
        is_over = self.is_over()
        end_h = self.summary["run"]["simulated_h"] if is_over and self.summary else None
        is_complete = is_over and self.status is Status.COMPLETE
        return read_series(self.folder / "series.csv", self.case, is_over, end_h if is_complete else None)

    @property
    def events(self) -> Events:
        """Cells that left the blood for an organ. Reads nothing until its rows are asked for."""
        return Events(self.folder / "events.csv", run=self)

    @property
    def tracks(self) -> Tracks:
        """Every cell at every `output.tracks_every`. Reads nothing until its rows are asked for."""
        return Tracks(self.folder / "tracks.csv", run=self)

    @cached_property
    def snapshots(self) -> Snapshots:
        """The snapshots that are there. Reads none of them."""
        return Snapshots(self.folder / "snapshots", self.case)

    @cached_property
    def lineage(self) -> Lineage:
        """Clones, founders, and who seeded whom."""
        return Lineage(self.case, self.snapshots, self.events)

    @property
    def organs(self) -> list[str]:
        """Resolved organs, in the case's order."""
        return self.case.names("organ")

    @property
    def primary(self) -> str:
        """The organ with the most founders (the first, if the run has not come to its first output)."""
        if self.summary is not None:
            return str(self.summary["primary"])
        shares = [str(name)[: -len(_SHARE)] for name in self.series if name.endswith(_SHARE)]
        return shares[0] if shares else self.organs[0]

    @cached_property
    def history(self) -> dict[str, Any] | None:
        """All starts of the program so far, from the newest checkpoint: core_hours and runs (each with began, version,
        ranks, hosts, wall_seconds, from_tick, to_tick; 60,000 ticks are an hour). Nothing without a checkpoint.
        """
        files = sorted((self.folder / "checkpoints").glob("*.h5"))
        if not files:
            return None
        with open_hdf5(files[-1]) as file:
            history: dict[str, Any] = json.loads(bytes(file["run/history"][...]))
        return history
