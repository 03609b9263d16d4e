"""Growth: living cells of every organ over time."""

from __future__ import annotations

from ..blocks import Cell, Section, figure, note, table
from ..figures.lines import Curve, draw_lines
from ..markup import Html
from ..material import Material
from ..thinning import thinned

MOST_ROWS = 40  #: of the table behind a figure


def growth(material: Material) -> Section:
    """Curves on a logarithmic scale."""
    columns = {organ: f"{organ}.living" for organ in material.organs}
    if not any(material.run.series[name].any() for name in columns.values()):
        return Section("growth", "Growth", note("No organ has had a living cell."))
    curves = [
        Curve(organ, material.looks[organ], list(material.run.series[name]), material.series(name))
        for organ, name in columns.items()
    ]
    words = "; ".join(f"{curve.name} {curve.values[0]} to {curve.values[-1]}" for curve in curves)
    drawing = draw_lines(
        "Living cells by organ",
        f"From the start to the last row: {words}.",
        (material.clock.units, material.times),
        curves,
        "living cells",
        is_log=True,
    )
    caption = (
        "All cell types, on a logarithmic scale. A curve begins where there is a cell, and ends where "
        "the last has died. "
        "Organs differ in dash and mark, too."
    )
    return Section(
        "growth", "Growth", figure("fig-growth", "Living cells by organ", caption, drawing, _numbers(material, columns))
    )


def _numbers(material: Material, columns: dict[str, str]) -> Html:
    rows: list[list[Cell]] = [
        [material.clock.of(material.series("time_h", row)), *(material.series(c, row) for c in columns.values())]
        for row in thinned(material.rows, MOST_ROWS)
    ]
    return table("Living cells by organ", (material.clock.unit, *columns), rows)
