"""Reads what a run of Paget wrote: ``run = paget.Run("runs/a")``.

Nothing is read before it is asked for, so a run of any size opens at once. Lengths are in micrometres, times in hours,
unless a name says otherwise. A run that is still going on, or that was killed, can be read as far as it has come.
docs/python.md shows how; docs/outputs.md says what the numbers mean.
"""

from .case import Case, Value
from .errors import CutOffFile, NoSuchName, NotARun, OtherFormat, OutOfRange, RunError, WrongValue
from .lineage import Lineage
from .run import Run
from .snapshots import Snapshot, Snapshots
from .status import Status
from .tables import Events, Table, Tracks
from .tissue import Tissue

__all__ = [
    "Case",
    "CutOffFile",
    "Events",
    "Lineage",
    "NoSuchName",
    "NotARun",
    "OtherFormat",
    "OutOfRange",
    "Run",
    "RunError",
    "Snapshot",
    "Snapshots",
    "Status",
    "Table",
    "Tissue",
    "Tracks",
    "Value",
    "WrongValue",
]
__version__ = "0.1.0"
