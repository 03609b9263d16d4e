"""CSV files of a run, read in pieces: events.csv and tracks.csv may be longer than memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np
import pandas as pd

from .errors import CutOffFile, NotARun, OtherFormat, WrongValue, choice
from .tissue import STATES

if TYPE_CHECKING:
    from .run import Run

COPY_AGAIN = "Copy it again from where the run wrote it."


class WholeLines(io.RawIOBase):
    """A file up to its last end of line: what follows is still being written."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._left = _end_of_last_line(self._file)
        self.is_whole = self._file.seek(0, io.SEEK_END) == self._left  #: whether no line is being written
        self._file.seek(0)

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer, as far as there are whole lines."""
        data = self._file.read(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()
        super().close()


def _end_of_last_line(file: io.BufferedReader) -> int:
    end = file.seek(0, io.SEEK_END)
    while end > 0:
        start = max(0, end - 65536)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def open_whole_lines(path: Path, is_over: bool = False) -> io.TextIOWrapper:
    """A text file without its unfinished last line. Raises NotARun if there is no such file, and CutOffFile if a run
    that is over left such a line.
    """
    try:
        lines = WholeLines(path)
    except FileNotFoundError:
        raise NotARun(
            f"{path} is not there (nothing of it can be read). See docs/outputs.md for when it is written."
        ) from None
    if is_over and not lines.is_whole:
        lines.close()
        raise CutOffFile(f"{path} ends within a line, though the run is over (the rest is missing). {COPY_AGAIN}")
    return io.TextIOWrapper(io.BufferedReader(lines), encoding="utf-8", newline="")


def unreadable(path: Path, kind_of: Callable[[str], Any]) -> CutOffFile:
    """What to raise for a table that pandas cannot read: names the line. `kind_of` tells numpy's type of a column."""
    fault = _first_fault(path, kind_of) or "holds something else than a table"
    return CutOffFile(f"{path} {fault} (it is not as the run wrote it). {COPY_AGAIN}")


def check_rows(frame: pd.DataFrame, path: Path, kind_of: Callable[[str], Any]) -> None:
    """Raises CutOffFile if rows had more or fewer entries than there are columns, which pandas takes without a word."""
    if not len(frame):
        return
    last = frame.iloc[:, -1]
    has_gap = last.isna().any() or (last.dtype == object and (last == "").any())
    # A gap alone may be a number that is none, as the run wrote it.
    if not isinstance(frame.index, pd.RangeIndex) or (has_gap and _first_fault(path, kind_of)):
        raise unreadable(path, kind_of)


def _first_fault(path: Path, kind_of: Callable[[str], Any]) -> str | None:
    with path.open("rb") as file:
        header: list[str] = []
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                return None  # it is being written
            try:
                entries = next(csv.reader([line.decode("utf-8")]), [])
            except (UnicodeDecodeError, csv.Error):
                return f"holds bytes that are no text in line {number}"
            header = header or entries
            if len(entries) != len(header):
                return f"has {len(entries)} entries instead of {len(header)} in line {number}"
            for name, entry in zip(header, entries if number > 1 else ()):
                if not _fits(entry, np.dtype(kind_of(name)).kind):
                    return f"has {entry[:40]!r} in line {number} as {name}, which is no number that can stand there"
    return None


def _fits(entry: str, kind: str) -> bool:
    try:
        if kind in "iuf":
            float(entry) if kind == "f" else int(entry)
    except ValueError:
        return False
    return True


class Filter(NamedTuple):
    """Conditions on rows, all of which must hold."""

    equal: tuple[tuple[str, tuple[Any, ...]], ...] = ()  #: columns and the values that they may have
    since_h: float | None = None
    until_h: float | None = None

    def of(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows that pass."""
        for column, values in self.equal:
            rows = rows[rows[column].isin(values)]
        if self.since_h is not None:
            rows = rows[rows["time_h"] >= self.since_h]
        return rows if self.until_h is None else rows[rows["time_h"] <= self.until_h]


def _values(chosen: Any) -> tuple[Any, ...]:
    """One or several, as Python's own: pandas takes numpy's for floating numbers, which cannot tell ids apart."""
    several = chosen if isinstance(chosen, Iterable) and not isinstance(chosen, str) else (chosen,)
    return tuple(value.item() if isinstance(value, np.generic) else value for value in several)


class Table:
    """Rows of a CSV file, in order of time. Nothing is read before rows are asked for; then a piece at a time."""

    columns: ClassVar[dict[str, str]] = {}  #: numpy's type of every column
    units: ClassVar[dict[str, str]] = {}
    rows_at_once: ClassVar[int] = 50_000

    def __init__(self, path: Path, chosen: Filter = Filter(), run: Run | None = None) -> None:
        self.path = path
        self._filter = chosen
        self._run = run

    def pieces(self) -> Iterator[pd.DataFrame]:
        """The chosen rows, as tables of at most `rows_at_once` rows. Raises CutOffFile where rows are missing or no
        good; that they are missing at the end of a run that is over shows when the end is reached.
        """
        is_over, count = self._run is not None and self._run.is_over(), 0
        with open_whole_lines(self.path, is_over) as file:
            for piece in self._read(file):
                count += len(piece)
                yield self._filter.of(piece)
                if self._filter.until_h is not None and (piece["time_h"] > self._filter.until_h).any():
                    return
        if is_over:
            self._check_end(count)

    def frame(self) -> pd.DataFrame:
        """All chosen rows as one table; ``attrs["units"]`` has the units of its columns."""
        pieces = list(self.pieces())
        empty = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in self.columns.items()})
        frame = pd.concat(pieces, ignore_index=True) if pieces else empty
        frame.attrs["units"] = dict(self.units)
        return frame

    def __iter__(self) -> Iterator[Any]:
        """The chosen rows one by one, as named tuples."""
        for piece in self.pieces():
            yield from piece.itertuples(index=False, name=type(self).__name__.rstrip("s"))

    def count(self) -> int:
        """How many rows are chosen."""
        return sum(len(piece) for piece in self.pieces())

    def _read(self, file: io.TextIOWrapper) -> Iterator[pd.DataFrame]:
        try:
            header = file.readline().rstrip("\r\n").split(",")
            if header == [""]:
                return
            self._check(header)
            yield from self._rows(file, header)
        except pd.errors.EmptyDataError:
            return  # there is the header only, as before the first event
        except (ValueError, OverflowError) as error:
            raise unreadable(self.path, self._kind_of) from error

    def _rows(self, file: io.TextIOWrapper, header: list[str]) -> Iterator[pd.DataFrame]:
        rows = pd.read_csv(
            file,
            names=header,
            dtype=self.columns,
            chunksize=self.rows_at_once,
            float_precision="round_trip",
            keep_default_na=False,
            na_values={"parent": [""]},
        )
        for piece in rows:
            check_rows(piece, self.path, self._kind_of)
            yield piece

    def _kind_of(self, column: str) -> str:
        return self.columns.get(column, "str")

    def _check_end(self, count: int) -> None:
        """Of a run that is over: whether that many rows are all. Unknown for tables in general."""

    def _check(self, header: list[str]) -> None:
        missing = [name for name in self.columns if name not in header]
        if missing:
            raise OtherFormat(
                f"{self.path} has no column {', '.join(missing)} (another version of Paget wrote it). "
                "Read it with the version of this package that came with that program."
            )

    def _narrowed(self, since_h: float | None, until_h: float | None, **equal: Any) -> Filter:
        more = [
            (name, _values(value))
            for name, value in equal.items()
            if value is not None
        ]
        later = [t for t in (since_h, self._filter.since_h) if t is not None]
        earlier = [t for t in (until_h, self._filter.until_h) if t is not None]
        return Filter((*self._filter.equal, *more), max(later, default=None), min(earlier, default=None))


ARRIVAL_FATES = ("grows", "sleeps", "dies")
_NO_ORGAN = "unresolved"  #: the source of a cell that set out from none of the organs


def _check_values(row: str, name: str, values: str | Iterable[str] | None, there: Iterable[str]) -> None:
    """Raises WrongValue if one of the values that rows are chosen by is none that they can have."""
    names = list(there)
    for value in (values,) if isinstance(values, str) else values or ():
        if value not in names:
            raise WrongValue(f"no {row} has {name} {value!r} ({choice(value, names)}).")


class Events(Table):
    """events.csv: every cell that left the blood for a resolved organ, one row each.

    Columns: time_h, cell (id), clone, source, destination, cluster_size, journeys, x_um, y_um, z_um (in the organ),
    fate ("grows", "sleeps", "dies"), self_seeding (whether the destination is the primary, as "yes" or "no").
    """

    columns = {
        "time_h": "float64",
        "cell": "uint64",
        "clone": "int64",
        "source": "str",
        "destination": "str",
        "cluster_size": "int64",
        "journeys": "int64",
        "x_um": "float64",
        "y_um": "float64",
        "z_um": "float64",
        "fate": "str",
        "self_seeding": "str",
    }
    units = {"time_h": "h", "cluster_size": "cells", "x_um": "um", "y_um": "um", "z_um": "um"}

    def where(
        self,
        *,
        fate: str | tuple[str, ...] | None = None,
        source: str | tuple[str, ...] | None = None,
        destination: str | tuple[str, ...] | None = None,
        clone: int | tuple[int, ...] | None = None,
        self_seeding: bool | None = None,
        since_h: float | None = None,
        until_h: float | None = None,
    ) -> Events:
        """Fewer events: those with all of these properties. Reads nothing yet; can be applied again. Raises WrongValue
        for what no event of the run can have.
        """
        _check_values("event", "fate", fate, ARRIVAL_FATES)
        if self._run is not None and (source is not None or destination is not None):
            _check_values("event", "source", source, (*self._run.organs, _NO_ORGAN))
            _check_values("event", "destination", destination, self._run.organs)
        if self_seeding is not None and not isinstance(self_seeding, (bool, np.bool_)):
            raise WrongValue(f"self_seeding is {self_seeding!r} (it must be True or False).")
        home = None if self_seeding is None else ("yes" if self_seeding else "no")
        return Events(
            self.path,
            self._narrowed(
                since_h, until_h, fate=fate, source=source, destination=destination, clone=clone, self_seeding=home
            ),
            self._run,
        )

    def seeds(self) -> Events:
        """Arrivals that grow or sleep."""
        return self.where(fate=("grows", "sleeps"))

    def _check_end(self, count: int) -> None:
        """Every arrival that the summary counts has its row."""
        organs = (self._run and self._run.summary or {}).get("organs", {})
        arrived = sum(organ.get("arrived", 0) for organ in organs.values())
        if count < arrived:
            raise CutOffFile(
                f"{self.path} has {count} of the {arrived} events that summary.json counts (the rest is missing). "
                f"{COPY_AGAIN}"
            )


class Tracks(Table):
    """tracks.csv: every cell in tissue at every `output.tracks_every`. Not there unless the case asks for it.

    Columns: time_h, organ, cell, parent (NaN for founders), type, state, fate, phase, x_um, y_um, z_um, radius_um,
    volume_um3, pressure. As ids have 64 bits, `parent` is text.
    """

    columns = {
        "time_h": "float64",
        "organ": "str",
        "cell": "uint64",
        "parent": "object",
        "type": "str",
        "state": "str",
        "fate": "str",
        "phase": "str",
        "x_um": "float64",
        "y_um": "float64",
        "z_um": "float64",
        "radius_um": "float64",
        "volume_um3": "float64",
        "pressure": "float64",
    }
    units = {
        "time_h": "h",
        "x_um": "um",
        "y_um": "um",
        "z_um": "um",
        "radius_um": "um",
        "volume_um3": "um3",
        "pressure": "1",
    }

    def where(
        self,
        *,
        organ: str | tuple[str, ...] | None = None,
        cell: int | tuple[int, ...] | None = None,
        type: str | tuple[str, ...] | None = None,
        state: str | tuple[str, ...] | None = None,
        since_h: float | None = None,
        until_h: float | None = None,
    ) -> Tracks:
        """Fewer rows: those with all of these properties. Reads nothing yet; can be applied again. Raises WrongValue
        for what no cell of the run can have.
        """
        if self._run is not None and (organ is not None or type is not None):
            _check_values("cell", "organ", organ, self._run.organs)
            _check_values("cell", "type", type, self._run.case.names("cell"))
        _check_values("cell", "state", state, STATES)
        chosen = self._narrowed(since_h, until_h, organ=organ, cell=cell, type=type, state=state)
        return Tracks(self.path, chosen, self._run)
