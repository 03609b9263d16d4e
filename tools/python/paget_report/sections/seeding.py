"""Who seeded whom."""

from __future__ import annotations

from ..blocks import Cell, Drawing, Section, figure, note, table
from ..figures.seeding import Arrow, draw_tree
from ..markup import Html, joined
from ..material import Material
from ..quantity import total, words_for


def seeding(material: Material) -> Section:
    """The seeding tree with its table."""
    arrows = _arrows(material)
    if not arrows:
        return Section(
            "seeding", "Who seeded whom", note("No cell that left the blood has taken root in an organ of the case.")
        )
    home = total([arrow.seeds for arrow in arrows if arrow.is_home])
    words = " ".join(f"{a.source} to {a.target}: {a.seeds.value}." for a in arrows)
    caption = joined(
        (
            "Each arrow is a pair of organs, in order of its first seed: a cell that arrived and grew or fell "
            "asleep. Numbers are seeds until the last row. A thick lane has tumour. Dashed arrows lead to the "
            f"primary, the {material.run.primary}: self-seeding, ",
            home.html(),
            f" {words_for(home.value, 'seed')}.",
        )
    )
    homes = material.run.lineage.homes
    drawing = Drawing(
        *(
            draw_tree(
                f"tree-{name}", "Who seeded whom", words, material.clock.unit, material.looks, homes, arrows, width
            )
            for name, width in (("wide", 900.0), ("narrow", 360.0))
        )
    )
    told = figure("fig-seeding", "The seeding tree", caption, drawing, _numbers(material))
    return Section("seeding", "Who seeded whom", told)


def _arrows(material: Material) -> list[Arrow]:
    arrows = []
    for pair in material.seedings.itertuples():
        seeds = material.arrivals(pair.source, pair.destination, "grew") + material.arrivals(
            pair.source, pair.destination, "slept"
        )
        if seeds.value and pair.source in material.organs:
            arrows.append(
                Arrow(
                    pair.source,
                    pair.destination,
                    seeds,
                    material.clock.of(material.first_seed(pair.source, pair.destination)),
                    pair.destination == material.run.primary,
                )
            )
    return arrows


def _numbers(material: Material) -> Html:
    rows: list[list[Cell]] = []
    for pair in material.seedings.itertuples():
        rows.append(
            [
                f"{pair.source} → {pair.destination}",
                *(material.arrivals(pair.source, pair.destination, fate) for fate in ("grew", "slept", "died")),
            ]
        )
    return table("Arrivals by organ of departure and arrival", ("from → to", "grew", "fell asleep", "died"), rows)
