"""Slices of tissue: cells over a field."""

from __future__ import annotations

from paget import Snapshot

from ..blocks import Section, folded, note, table
from ..figures import pictures
from ..markup import Html, joined, tag
from ..material import Material
from ..quantity import Quantity, shown

Limits = tuple[Quantity, Quantity]


def tissue(material: Material) -> Section:
    """The last snapshot of every organ, and the primary at earlier times."""
    title = "Slices of tissue"
    if not material.snapshots or material.field is None:
        return Section("tissue", title, note("The run has no snapshot yet."))
    last = material.snapshots[-1]
    limits = _limits(material)
    shots = "".join(_picture(material, last, organ, limits) for organ in material.organs if organ in last)
    parts = [_key(material, limits), tag("div", Html(shots), class_="pictures")]
    earlier = _earlier(material.snapshots)
    if earlier:
        row = "".join(_picture(material, snapshot, material.run.primary, limits) for snapshot in earlier)
        parts += [tag("h3", f"The {material.run.primary} before"), tag("div", Html(row), class_="pictures")]
    parts.append(folded("The numbers behind these pictures", _numbers(material, last)))
    return Section("tissue", title, joined(parts))


def _earlier(snapshots: list[Snapshot]) -> list[Snapshot]:
    """The first, and two between it and the last."""
    n = len(snapshots) - 1
    return [snapshots[i] for i in sorted({0, n // 3, 2 * n // 3}) if i < n]


def _limits(material: Material) -> Limits:
    """The field's extremes over all organs of the last snapshot, one after the other in memory."""
    last, field = material.snapshots[-1], str(material.field)
    ends: dict[str, list[Quantity]] = {"min": [], "max": []}
    for organ, view in last.items():
        if field in view.fields:
            values = view.field(field)
            for name, found in ends.items():
                found.append(material.cells(last, organ, f"field={field}&{name}", float(getattr(values, name)())))
    return min(ends["min"], key=lambda end: end.value), max(ends["max"], key=lambda end: end.value)


def _unit(material: Material) -> str:
    unit = material.run.case.field_unit(str(material.field))
    return "" if unit == "1" else f" {unit}"


def _picture(material: Material, snapshot: Snapshot, organ: str, limits: Limits) -> Html:
    view = snapshot[organ]
    if material.field not in view.fields:
        return Html("")
    cells = material.cells(snapshot, organ, "all", view.cell_count)
    time = f"{material.clock.unit} {shown(material.clock(snapshot.time_h))}"
    words = (
        f"Slice through the {organ} at {time}: {material.field} in colour, cells in the whole organ: {view.cell_count}."
    )
    picture = pictures.slice_picture(
        view, material.run.lineage.tumour_types, str(material.field), (limits[0].value, limits[1].value)
    )
    image = tag("img", src=picture, alt=words)
    caption = tag(
        "figcaption",
        tag("strong", organ),
        f", {material.clock.unit} ",
        material.time_of(snapshot).html(),
        ". Cells in the whole piece: ",
        cells.html(),
        ". Bar: " f"{pictures.scale_bar_um(view)} µm.",
    )
    return tag("figure", image, caption, id=f"fig-slice-{organ}-{snapshot.number}", class_="picture")


def _key(material: Material, limits: Limits) -> Html:
    others = len(material.run.lineage.tumour_types) < len(material.run.case.names("cell"))
    chips = [
        tag(
            "span",
            tag("i", tag("i", style=f"background:{face};border-color:{rim}"), class_="chip"),
            name,
            class_="chip-line",
        )
        for name, face, rim in pictures.legend(others)
    ]
    bar = tag(
        "img", src=pictures.colour_bar("cividis"), alt="colours from low (dark blue) to high (yellow)", class_="bar"
    )
    ends = (
        tag("span", f"{material.field} ", limits[0].html(), f"{_unit(material)} "),
        bar,
        tag("span", " ", limits[1].html(), _unit(material)),
    )
    return tag("p", tag("span", *ends, class_="chip-line"), *chips, class_="key")


def _numbers(material: Material, last: Snapshot) -> Html:
    field = str(material.field)
    rows: list[list[str | Quantity]] = []
    for organ, view in last.items():
        if field not in view.fields:
            continue
        values = view.field(field)
        extremes = [
            material.cells(last, organ, f"field={field}&{name}", float(getattr(values, name)()))
            for name in ("min", "mean", "max")
        ]
        rows.append([organ, material.cells(last, organ, "all", view.cell_count), *extremes])
    caption = f"Cells (corpses too) and {field}{_unit(material)} in the last snapshot"
    return table(caption, ("organ", "cells", "lowest", "mean", "highest"), rows)
