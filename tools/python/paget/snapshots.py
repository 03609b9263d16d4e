"""Snapshots: everything that pictures need at some times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import overload

from .case import Case
from .errors import OutOfRange, no_such
from .hdf5 import open_hdf5
from .tissue import Tissue


class Snapshot(Mapping[str, Tissue]):
    """One time: organs by name, in the case's order. Opening it reads nothing."""

    def __init__(self, path: Path, case: Case) -> None:
        self.path = path
        self._case = case

    @cached_property
    def time_h(self) -> float:
        """Simulated hours."""
        with open_hdf5(self.path) as file:
            return float(file.attrs["time_h"])

    @property
    def number(self) -> int:
        """12 of 000012.h5."""
        return int(self.path.stem)

    @cached_property
    def _organs(self) -> dict[str, Tissue]:
        with open_hdf5(self.path) as file:
            there = set(file["organs"])
        names = [name for name in self._case.names("organ") if name in there]
        return {name: Tissue(self.path, name, self._case) for name in names or sorted(there)}

    def __getitem__(self, organ: str) -> Tissue:
        if organ not in self._organs:
            raise no_such(str(self.path), "organ", organ, self._organs)
        return self._organs[organ]

    def __iter__(self) -> Iterator[str]:
        return iter(self._organs)

    def __len__(self) -> int:
        return len(self._organs)

    def __repr__(self) -> str:
        return f"Snapshot({str(self.path)!r})"


class Snapshots(Sequence[Snapshot]):
    """The snapshots of a run that there were when it was asked, by time."""

    def __init__(self, folder: Path, case: Case) -> None:
        paths = sorted(path for path in folder.glob("*.h5") if re.fullmatch(r"\d+", path.stem))
        self._snapshots = [Snapshot(path, case) for path in paths]

    @overload
    def __getitem__(self, index: int) -> Snapshot:
        ...

    @overload
    def __getitem__(self, index: slice) -> list[Snapshot]:
        ...

    def __getitem__(self, index: int | slice) -> Snapshot | list[Snapshot]:
        if not isinstance(index, slice) and not -len(self) <= index < len(self):
            raise OutOfRange(f"the run has no snapshot {index} ({_numbers(len(self))}).")
        return self._snapshots[index]

    def __len__(self) -> int:
        return len(self._snapshots)

    def times_h(self) -> list[float]:
        """Simulated hours of all."""
        return [snapshot.time_h for snapshot in self._snapshots]

    def at(self, time_h: float) -> Snapshot:
        """The one nearest in time. Raises OutOfRange, an IndexError, if there is none."""
        if not self._snapshots:
            raise OutOfRange("the run has no snapshot (there are none yet).")
        return min(self._snapshots, key=lambda snapshot: abs(snapshot.time_h - time_h))


def _numbers(count: int) -> str:
    return f"they are numbered 0 to {count - 1}" if count else "there are none yet"
