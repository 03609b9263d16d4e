"""The time series of a run as a table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from .case import Case
from .errors import CutOffFile, OtherFormat
from .tables import COPY_AGAIN, check_rows, open_whole_lines, unreadable
from .tissue import FATES, STATES

_EXTREMES = ("minimum", "mean", "maximum")
_SHARES = ("self_seeded_share", "niche")
_LENGTHS = ("length_um", "flowing_um", "collapsed_um")
_NUMBERS_OF_VESSELS = (
    "segments",
    "tips",
    "sprouts",
    "branches",
    "fusions",
    "starved",
    "regressed",
    "collapses",
)
_VESSELS = {
    **dict.fromkeys(_LENGTHS, "um"),
    "pressure_mmHg": "mmHg",
    "maturity": "1",
    **dict.fromkeys(_NUMBERS_OF_VESSELS, "1"),
}
# What the program counts in cells: docs/outputs.md. All else has its unit behind its name, or is not known here.
_OF_ORGANS = ("living", "founded", "born", "shed", "arrived", "recruited", "left")
_OF_TYPES = ("living", "dormant")
_OF_BLOOD = (
    "flowing_singles",
    "flowing_clusters",
    "flowing_cells",
    "arrested_cells",
    "lymph_cells",
    "shed",
    "extravasated",
    "extravasated_unresolved",
)
UNKNOWN = "unknown"  #: unit of a column that another version of Paget added


def read_series(path: Path, case: Case, is_over: bool = False, end_h: float | None = None) -> pd.DataFrame:
    """series.csv up to its last whole line. Counts are integers, all else is floating; ``attrs["units"]`` has units.

    Raises CutOffFile where a row is no good, where a run that is over left half a line, or where the last row comes
    before the end, if that is known.
    """

    def kind_of(name: str) -> type:
        return _type_of(name, unit_of(name, case))

    try:
        frame = _read(path, case, is_over)
    except (ValueError, OverflowError) as error:
        raise unreadable(path, kind_of) from error
    check_rows(frame, path, kind_of)
    last_h = float(frame["time_h"].iloc[-1]) if len(frame) else None
    if end_h is not None and (last_h is None or last_h < end_h * (1 - 1e-9)):
        raise CutOffFile(
            f"{path} " + ("has no row" if last_h is None else f"ends at {last_h:g} h") + f", but the run came to "
            f"{end_h:g} h, as summary.json says (the rows after that are missing). {COPY_AGAIN}"
        )
    return frame


def _read(path: Path, case: Case, is_over: bool) -> pd.DataFrame:
    with open_whole_lines(path, is_over) as file:
        header = file.readline().rstrip("\r\n").split(",")
        if header != [""] and header[0] != "time_h":
            raise OtherFormat(
                f"{path} does not begin with the column time_h (it is no time series of Paget, or its head "
                "is cut off). Copy it again from the run's folder."
            )
        names = header if header != [""] else ["time_h"]
        units = {name: unit_of(name, case) for name in names}
        frame = pd.read_csv(
            file, names=names, dtype={name: _type_of(name, units[name]) for name in names}, float_precision="round_trip"
        )
    frame.attrs["units"] = units
    return frame


def unit_of(column: str, case: Case) -> str:
    """The unit of a column of the time series, as the case writes it; "cells" for numbers of cells, "1" for other
    numbers, `UNKNOWN` for columns that this version does not know.
    """
    if column == "time_h":
        return "h"
    parts = column.split(".")
    last = parts[-1]
    if len(parts) == 3 and parts[1] == "vessels" and last in _VESSELS:
        return _VESSELS[last]
    if len(parts) == 2 and last in _SHARES:
        return "1"
    if len(parts) == 3 and (last.startswith(_EXTREMES) or last.startswith("at_")):
        return case.field_unit(parts[1])
    if _counts_cells(column, parts):
        return "cells"
    if last.endswith("_um"):
        return "um"
    return "um3" if last.endswith("_um3") else UNKNOWN


def _counts_cells(column: str, parts: list[str]) -> bool:
    if parts[0] == "blood":
        # The volume of a sample may have a dot.
        is_sample = column.startswith(("blood.expected_in_", "blood.drawn_in_"))
        return is_sample or parts[1] == "died" or parts[-1] in _OF_BLOOD
    if len(parts) == 2:
        return parts[1] in _OF_ORGANS
    last = parts[-1]
    is_state = parts[1] in STATES and last in FATES
    return len(parts) == 3 and (is_state or parts[1] == "died" or last in _OF_TYPES or last.startswith("in_"))


def _type_of(column: str, unit: str) -> type:
    """Numbers of things are whole. What is not known may be anything."""
    parts = column.split(".")
    is_count = unit == "cells" and ".expected_in_" not in column
    return np.int64 if is_count or (unit == "1" and parts[-1] in _NUMBERS_OF_VESSELS) else np.float64
