"""Numbers of the members that are done, as rows of one table."""

from __future__ import annotations

import csv
from typing import Any

from .outcomes import Outcome
from .series import Series

#: Parts of a step, in the order in which they are shown; an organ's are added up over organs.
STEP_PARTS = ("fields", "cells", "shedding", "arrivals", "blood", "accounts", "balance")
PARTS = (*STEP_PARTS, "outputs", "checkpoints")

Row = dict[str, Any]


def _uses(performance: dict[str, Any], part: str) -> list[dict[str, Any]]:
    parts = performance["parts"]
    organs = parts.get("organs", {})
    return [organ[part] for organ in organs.values() if part in organ] + ([parts[part]] if part in parts else [])


def row_of(series: Series, outcome: Outcome) -> Row:
    """One member. Times are wall time; amounts are per rank and step, those of outputs and checkpoints too."""
    assert outcome.summary is not None
    p = outcome.summary["performance"]
    ranks, steps = outcome.member.ranks, max(1, p["steps"])
    row: Row = {
        "member": outcome.member.name,
        "ranks": ranks,
        "repeat": outcome.member.repeat,
        "steps": steps,
        **series.sizes[str(ranks)],
        "wall_s": p["wall_s"],
        "mpi_share": p["mpi_share"],
        "load_imbalance": p["load_imbalance"],
        "peak_memory_max_mib": p["peak_memory_max_mib"],
    }
    for part in PARTS:
        uses = _uses(p, part)
        time_s = sum(use["mean_s"] * use["ranks"] for use in uses) / ranks
        row[f"{part}.s"] = time_s
        row[f"{part}.mpi_s"] = sum(use["mpi_s"] * use["ranks"] for use in uses) / ranks
        for name in ("messages", "message_bytes", "collectives", "collective_bytes"):
            row[f"{part}.{name}"] = sum(use[name] for use in uses) / ranks / steps
        for name in ("messages", "message_bytes"):
            row[f"{part}.{name}_of_busiest"] = sum(use.get(f"{name}_of_busiest_rank", 0) for use in uses) / steps
    for name in (
        "s",
        "messages",
        "message_bytes",
        "collectives",
        "collective_bytes",
        "messages_of_busiest",
        "message_bytes_of_busiest",
    ):
        row[f"step.{name}"] = sum(row[f"{part}.{name}"] for part in STEP_PARTS)
    return row


def write_csv(path: str, rows: list[Row]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
