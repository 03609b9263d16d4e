"""What a series says of communication: amounts per rank and step, and the laws that they follow."""

from __future__ import annotations

from typing import Optional

from .laws import PowerLaw, fit_power
from .measures import Row

#: Fitted: (amount, against what). Amounts are those of the coupling steps, without outputs and checkpoints.
LAWS = (
    ("step.message_bytes", "cut_faces_per_rank"),
    ("fields.message_bytes", "cut_faces_per_rank"),
    ("cells.message_bytes", "cut_faces_per_rank"),
    ("fields.message_bytes_of_busiest", "voxels_per_rank"),
    ("cells.message_bytes_of_busiest", "voxels_per_rank"),
    ("step.messages", "ranks"),
    ("step.messages_of_busiest", "ranks"),
    ("step.collectives", "ranks"),
    ("step.collective_bytes", "ranks"),
)


def surrounded(rows: list[Row]) -> list[Row]:
    """Members in which some rank has boxes on all its sides, so that its surface goes as volume^(2/3)."""
    return [row for row in rows if row["most_neighbours"] == 26]


def communication_laws(rows: list[Row]) -> list[PowerLaw]:
    """Of members on several ranks. Against the volume of a box: of surrounded boxes only."""
    several = [row for row in rows if row["ranks"] > 1]
    laws: list[Optional[PowerLaw]] = []
    for amount, size in LAWS:
        chosen = surrounded(several) if size == "voxels_per_rank" else several
        laws.append(fit_power(amount, size, [row[size] for row in chosen], [row[amount] for row in chosen]))
    return [law for law in laws if law is not None]


def growing_parts(rows: list[Row]) -> list[str]:
    """Sentences on amounts of the busiest rank that grow with ranks among surrounded boxes: what should not be."""
    chosen = sorted(surrounded(rows), key=lambda row: int(row["ranks"]))
    if len({row["ranks"] for row in chosen}) < 2:
        return []
    first, last = chosen[0], chosen[-1]
    told = []
    for name in first:
        kind = name.split(".")[-1]
        if kind not in ("messages_of_busiest", "collectives", "collective_bytes") or name.startswith("step."):
            continue
        if last[name] > 1.1 * first[name] + 0.5:
            told.append(
                f"{name}: {first[name]:.4g} per rank and step on {first['ranks']} ranks, {last[name]:.4g} on "
                f"{last['ranks']}"
            )
    return told
