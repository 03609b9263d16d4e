"""What a doctor could see: cells in a blood sample, and tumours from outside."""

from __future__ import annotations

from ..blocks import Cell, Section, figure, folded, note, table
from ..figures import pictures
from ..figures.lines import Curve, draw_lines
from ..markup import Html, joined, tag
from ..material import Material
from ..palette import Look
from ..quantity import Quantity
from ..thinning import thinned
from .growth import MOST_ROWS

_RED, _GREY = Look("#D55E00", "", "circle"), Look("#333333", "6 4", "square")


def biopsy(material: Material) -> Section:
    """Liquid biopsy, and the imaging view."""
    blood = (
        [_in_blood(material), _in_sample(material)]
        if material.has_journeys
        else [note("No cell has entered the blood.")]
    )
    parts = [tag("h3", "Liquid biopsy"), *blood, tag("h3", "Imaging view"), _imaging(material)]
    return Section("biopsy", "Liquid biopsy and imaging", joined(parts))


def _curve(material: Material, name: str, column: str, look: Look, as_dots: bool = False) -> Curve:
    return Curve(name, look, list(material.run.series[column]), material.series(column), as_dots)


def _in_blood(material: Material) -> Html:
    columns = {"flowing": "blood.flowing_cells", "arrested": "blood.arrested_cells"}
    curves = [_curve(material, name, column, look) for (name, column), look in zip(columns.items(), (_RED, _GREY))]
    words = "At the last row " + ", ".join(f"{curve.last.value} {curve.name}" for curve in curves) + "."
    drawing = draw_lines("Tumour cells in the blood", words, (material.clock.units, material.times), curves, "cells")
    return figure(
        "fig-blood",
        "Tumour cells in the blood",
        "Flowing, and arrested in capillaries.",
        drawing,
        _table(material, "Tumour cells in the blood", columns),
    )


def _in_sample(material: Material) -> Html:
    expected = material.sum_of("blood.expected_in_")[0]
    drawn = expected.replace("expected", "drawn", 1)
    volume = expected[len("blood.expected_in_") : -len("_ml")]
    curves = [_curve(material, "mean", expected, _RED), _curve(material, "drawn", drawn, _GREY, as_dots=True)]
    title, words = f"A sample of {volume} ml", "Tumour cells in it: the mean, and one draw at each time."
    drawing = draw_lines(title, words, (material.clock.units, material.times), curves, "cells")
    return figure(
        "fig-sample",
        title,
        words,
        drawing,
        _table(material, f"Tumour cells in {volume} ml of blood", {"mean": expected, "drawn": drawn}),
    )


def _table(material: Material, caption: str, columns: dict[str, str]) -> Html:
    rows = [
        [
            material.clock.of(material.series("time_h", row)),
            *(material.series(column, row) for column in columns.values()),
        ]
        for row in thinned(material.rows, MOST_ROWS)
    ]
    return table(caption, (material.clock.unit, *columns), rows)


def _imaging(material: Material) -> Html:
    if not material.snapshots:
        return note("The run has no snapshot yet.")
    last = material.snapshots[-1]
    if not any(volume.value for volume in material.tumour_volumes.values()):
        return note("The last snapshot has no living tumour cell.")
    types = material.run.lineage.tumour_types
    shots = "".join(_picture(material, organ, types) for organ in material.organs if organ in last)
    return joined(
        (
            note(
                "The organs from above at ",
                f"{material.clock.unit} ",
                material.time_of(last).html(),
                ", as a device would add up the living tumour "
                "on each line of sight, without its noise and limits. Each picture has a scale of its own, from black "
                "(none) to white.",
            ),
            tag("div", Html(shots), class_="pictures"),
            folded("The numbers behind these pictures", _sizes(material)),
        )
    )


def _picture(material: Material, organ: str, types: list[str]) -> Html:
    last = material.snapshots[-1]
    words = f"The {organ} from above: living tumour along each line of sight, white where there is most."
    thickness = pictures.tumour_thickness(last[organ], types)
    most = material.cells(last, organ, "thickness={}x{}".format(*thickness.shape), float(thickness.max()))
    image = tag("img", src=pictures.depth_picture(last[organ], thickness), alt=words)
    size = _diameter(material.tumour_volumes[organ])
    caption = tag(
        "figcaption",
        tag("strong", organ),
        ": as one ball it would measure ",
        size.html(),
        " µm. White: ",
        most.html(),
        " µm of tumour. " f"Bar: {pictures.scale_bar_um(last[organ])} µm.",
    )
    return tag("figure", image, caption, id=f"fig-imaging-{organ}", class_="picture")


def _diameter(volume: Quantity) -> Quantity:
    """Of the ball of the same volume, in um."""
    factor = 6 / 3.141592653589793
    return Quantity((factor * volume.value) ** (1 / 3), f"({volume.source} * {factor!r}) ** {1 / 3!r}")


def _sizes(material: Material) -> Html:
    rows: list[list[Cell]] = [
        [organ, volume * 1e-9, _diameter(volume)] for organ, volume in material.tumour_volumes.items()
    ]
    return table(
        "Living tumour by organ in the last snapshot, without the gaps between cells",
        ("organ", "volume [mm³]", "diameter as one ball [µm]"),
        rows,
    )
