"""Where the time of a run went, from the performance report in summary.json (docs/outputs.md)."""

from __future__ import annotations

from typing import Any

from ..blocks import Cell, Drawing, figure, table
from ..figures.bars import Split, draw_splits
from ..markup import Html
from ..material import Material
from ..palette import LOST

_MOST = 12  #: bars; the table has all parts
_ENTRIES = (
    ("mean_s", "mean [s]"),
    ("max_s", "slowest rank [s]"),
    ("mpi_s", "in MPI [s]"),
    ("messages", "messages"),
    ("message_bytes", "bytes"),
    ("collectives", "collectives"),
    ("collective_bytes", "bytes in them"),
)
_Part = tuple[str, str, tuple[str, ...]]


def time_spent(material: Material) -> list[Html]:
    """A figure and a table; nothing where the summary has no such report, as those of earlier versions."""
    report = (material.run.summary or {}).get("performance")
    if not isinstance(report, dict) or not report.get("parts"):
        return []
    parts = _parts(report["parts"])
    splits = [_split(material, part) for part in parts]
    splits = sorted(splits, key=lambda split: -split.whole.value)[:_MOST]
    words = "; ".join(f"{split.name} {split.whole.value:.3g} s" for split in splits)
    drawing = Drawing(*(draw_splits(f"time-{name}", "Where the time went", words, splits, "s", width)
                        for name, width in (("wide", 900.0), ("narrow", 360.0))))  # fmt: skip
    caption = "Mean over the ranks that work on a part. Hatched: in MPI, which is sending, and waiting for others."
    return [
        figure("fig-time", "Where the time went", caption, drawing, _table(material, parts)),
        _scalars(material, report),
    ]


def _parts(parts: dict[str, dict[str, Any]]) -> list[_Part]:
    """Owner, name, and path in the summary of each part."""
    found: list[_Part] = []
    for name, content in parts.items():
        if name == "organs":
            found += [(organ, part, ("organs", organ, part)) for organ, of in content.items() for part in of]
        else:
            found.append(("", name, (name,)))
    return found


def _split(material: Material, part: _Part) -> Split:
    owner, name, path = part
    whole, hatched = (material.summary("performance", "parts", *path, entry) for entry in ("mean_s", "mpi_s"))
    colour = material.looks[owner].colour if owner in material.looks else LOST
    return Split(f"{owner} {name}".strip(), whole, hatched, colour)


def _table(material: Material, parts: list[_Part]) -> Html:
    rows: list[list[Cell]] = []
    for owner, name, path in parts:
        entries = [material.summary("performance", "parts", *path, entry) for entry, _ in _ENTRIES]
        rows.append([f"{owner} {name}".strip(), material.summary("performance", "parts", *path, "ranks"), *entries])
    return table("Time and messages by part", ("part", "ranks", *(head for _, head in _ENTRIES)), rows)


def _scalars(material: Material, report: dict[str, object]) -> Html:
    names = [name for name, value in report.items() if isinstance(value, (int, float)) and not isinstance(value, bool)]
    rows: list[list[Cell]] = [[name.replace("_", " "), material.summary("performance", name)] for name in names]
    return table("The performance report", ("entry", "value"), rows)
