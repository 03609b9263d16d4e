"""What the run cost."""

from __future__ import annotations

from ..blocks import Cell, Section, facts, note, table
from ..markup import Html, joined
from ..material import Material
from ..quantity import Quantity
from .time_spent import time_spent


def performance(material: Material) -> Section:
    """Times, ranks, solver work, and whatever else the summary says of it."""
    summary = material.run.summary
    if summary is None:
        return Section("performance", "Performance", note("Known when the run has ended."))
    run = summary["run"]
    wall = material.summary("run", "wall_s")
    pairs: list[tuple[str, Cell]] = [("Ranks", material.summary("run", "ranks")), ("Wall time [s]", wall)]
    if wall.value > 0:
        pairs.append(("Simulated hours per minute", material.summary("run", "simulated_h") / wall * 60))
    pairs += _history(material)
    parts = [facts(pairs), _organs(material, run.get("ranks_of_organs", {}))]
    parts += time_spent(material)
    return Section("performance", "Performance", joined(parts))


def _history(material: Material) -> list[tuple[str, Cell]]:
    history = material.run.history
    if history is None:
        return []
    newest = sorted((material.run.folder / "checkpoints").glob("*.h5"))[-1].name
    hours = Quantity(history["core_hours"], f"{{checkpoints/{newest}#core_hours}}")
    return [
        ("Core hours of all starts", hours),
        ("Starts of the program", Quantity(len(history["runs"]), f"{{checkpoints/{newest}#starts}}")),
    ]


def _organs(material: Material, ranks: dict[str, list[int]]) -> Html:
    rows: list[list[Cell]] = []
    for organ in material.organs:
        solves, iterations = (material.summary("organs", organ, name) for name in ("field_solves", "solver_iterations"))
        mean: Cell = iterations / solves if solves.value else "none"
        rows.append([organ, ", ".join(str(rank) for rank in ranks.get(organ, [])), solves, iterations, mean])
    return table(
        "Solver work by organ", ("organ", "on ranks", "field solves", "iterations", "iterations per solve"), rows
    )
