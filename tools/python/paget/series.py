"""The time series of a run as a table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from .case import Case
from .errors import OtherFormat
from .tables import open_whole_lines

_EXTREMES = ("minimum", "mean", "maximum")
_SHARES = ("self_seeded_share", "niche")


def read_series(path: Path, case: Case) -> pd.DataFrame:
    """series.csv up to its last whole line. Counts are integers, all else is floating; ``attrs["units"]`` has units."""
    with open_whole_lines(path) as file:
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
    """The unit of a column of the time series, as the case writes it; "cells" for counts."""
    if column == "time_h":
        return "h"
    parts = column.split(".")
    last = parts[-1]
    if last in _SHARES:
        return "1"
    if len(parts) == 3 and (last.startswith(_EXTREMES) or last.startswith("at_")):
        return case.field_unit(parts[1])
    if last.endswith("_um"):
        return "um"
    if last.endswith("_um3"):
        return "um3"
    return "cells"


def _type_of(column: str, unit: str) -> type:
    is_count = unit == "cells" and ".expected_in_" not in column
    return np.int64 if is_count else np.float64
