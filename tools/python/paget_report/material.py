"""What the report is made of: a run up to the last row of its time series, as quantities."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd

from paget import Run, Snapshot
from paget.errors import no_such

from .clock import Clock, clock_for
from .palette import Look, looks_of
from .quantity import Quantity
from .thinning import thinned

_MOST_SNAPSHOTS = 60  #: that count clones


class Material:
    """A run, and where each of its numbers stands. All numbers are of one time: that of the last row of series.csv."""

    def __init__(self, run: Run, field: str | None = None) -> None:
        self.run = run
        self._field = field

    @property
    def organs(self) -> list[str]:
        """Resolved organs, in the case's order."""
        return self.run.organs

    @cached_property
    def looks(self) -> dict[str, Look]:
        """How each organ is drawn."""
        return looks_of(self.organs)

    @property
    def rows(self) -> int:
        """Rows of the time series so far."""
        return len(self.run.series)

    @property
    def time_h(self) -> float:
        """Simulated hours at the last row."""
        return float(self.run.series["time_h"].iloc[-1]) if self.rows else 0.0

    @cached_property
    def clock(self) -> Clock:
        """The unit of time that suits the planned length of the run."""
        return clock_for((self.run.case["run.end"].number or 0) / 60)

    @property
    def times(self) -> list[float]:
        """Times of the rows of the time series, in the clock's unit."""
        return [self.clock(hours) for hours in self.run.series["time_h"]]

    @property
    def has_journeys(self) -> bool:
        """Whether any cell has entered the blood."""
        return bool(self.run.series["blood.shed"].iloc[-1] > 0)

    @cached_property
    def snapshots(self) -> list[Snapshot]:
        """Those up to the last row."""
        return [snapshot for snapshot in self.run.snapshots if snapshot.time_h <= self.time_h]

    @cached_property
    def field(self) -> str | None:
        """The field that slices show: the one asked for, oxygen, the case's first, or the matrix. Raises NoSuchName if
        the one asked for is in no organ.
        """
        if not self.snapshots:
            # The case tells which fields there will be.
            self._check_field([*self.run.case.names("field"), "ecm"])
            return None
        there = {name: None for tissue in self.snapshots[-1].values() for name in tissue.fields}
        self._check_field(there)
        wanted = [self._field, "oxygen", *self.run.case.names("field"), "ecm"]
        return next((name for name in wanted if name in there), None)

    def _check_field(self, there: Iterable[str]) -> None:
        if self._field is not None and self._field not in there:
            raise no_such(str(self.run.folder), "field", self._field, there)

    def has(self, column: str) -> bool:
        """Whether the time series has a column."""
        return column in self.run.series

    def series(self, column: str, row: int | None = None) -> Quantity:
        """An entry of the time series; of its last row unless told."""
        row = self.rows - 1 if row is None else row
        return Quantity(self.run.series[column].iloc[row].item(), f"{{series.csv#{column}@{row}}}")

    def sum_of(self, prefix: str) -> list[str]:
        """Columns that begin so."""
        return [str(name) for name in self.run.series if str(name).startswith(prefix)]

    def summary(self, *path: str) -> Quantity:
        """An entry of summary.json. Raises KeyError where there is none."""
        value: Any = self.run.summary or {}
        for name in path:
            value = value[name]
        return Quantity(value, "{summary.json#" + "/".join(quote(name, safe="") for name in path) + "}")

    @cached_property
    def seedings(self) -> pd.DataFrame:
        """Who seeded whom, up to the last row."""
        return self.run.lineage.seedings(until_h=self.time_h)

    def arrivals(self, source: str, destination: str, outcome: str) -> Quantity:
        """Cells from one organ that arrived in another (or the same) and grew, slept or died."""
        table = self.seedings
        chosen = table[(table["source"] == source) & (table["destination"] == destination)]
        fate = {"grew": "grows", "slept": "sleeps", "died": "dies"}[outcome]
        return Quantity(
            int(chosen[outcome].sum()),
            f"{{events.csv#source={source}&destination={destination}&fate={fate}&until={self.time_h!r}}}",
        )

    def first_seed(self, source: str, destination: str) -> Quantity:
        """When the first cell from one organ took root in another (or the same), in hours."""
        table = self.seedings
        chosen = table[(table["source"] == source) & (table["destination"] == destination)]
        return Quantity(
            float(chosen["first_h"].iloc[0]), f"{{events.csv#first&source={source}&destination={destination}}}"
        )

    def time_of(self, snapshot: Snapshot) -> Quantity:
        """The time of a snapshot, in the clock's unit."""
        return self.clock.of(Quantity(snapshot.time_h, f"{{snapshots/{snapshot.path.name}#time_h}}"))

    def case(self, key: str) -> Quantity | str:
        """A value of the case: a quantity in the unit in which the program holds it, or text."""
        value = self.run.case[key].number
        if value is None:
            return self.run.case[key].text
        return Quantity(int(value) if value.is_integer() else value, f"{{case.ini#{key}}}")

    @cached_property
    def clones(self) -> pd.DataFrame:
        """Living tumour cells by clone, organ and time, at the times of `clone_times`."""
        return self.run.lineage.clones(self._clone_snapshots)

    @property
    def clone_times(self) -> list[float]:
        """Hours of snapshots at which clones are counted: all, or some spread evenly over many."""
        return [snapshot.time_h for snapshot in self._clone_snapshots]

    @property
    def _clone_snapshots(self) -> list[Snapshot]:
        return [self.snapshots[i] for i in thinned(len(self.snapshots), _MOST_SNAPSHOTS)]

    def cells(self, snapshot: Snapshot, organ: str, what: str, value: float) -> Quantity:
        """A number counted over the living tumour cells of an organ in a snapshot."""
        return Quantity(value, f"{{snapshots/{snapshot.path.name}#{organ}?{what}}}")

    @cached_property
    def tumour_volumes(self) -> dict[str, Quantity]:
        """Volume of the living tumour cells of each organ in the last snapshot, in um3."""
        volumes = {}
        for organ, tissue in self.snapshots[-1].items():
            cells = tissue.cells(["radius_um", "fate", "type"])
            living = cells[
                cells["fate"].isin(["cycling", "dormant"]) & cells["type"].isin(self.run.lineage.tumour_types)
            ]
            volume = float(np.sum(4 / 3 * np.pi * living["radius_um"].to_numpy() ** 3))
            volumes[organ] = self.cells(self.snapshots[-1], organ, "volume", volume)
        return volumes
