"""Clones: who took over, and which of them travelled."""

from __future__ import annotations

import pandas as pd

from ..blocks import Cell, Drawing, Section, figure, note, table
from ..figures.muller import Band, draw_muller
from ..markup import Html, joined
from ..material import Material
from ..palette import COLOURS
from ..quantity import words_for

_MOST = 7  #: clones with a band of their own
_MOST_OTHERS = 60  #: that are drawn one by one
_GREYS = ("#CFCFCF", "#BDBDBD")
_Key = tuple[str, int]


def clones(material: Material) -> Section:
    """A Muller plot of the whole body, and one of each organ that was seeded."""
    times = material.clone_times
    if len(times) < 2:
        return Section(
            "clones",
            "Clones",
            note(
                "Clones over time need at least two snapshots (this run has "
                f"{len(times)} so far). Set output.snapshot_every."
            ),
        )
    if material.clones.empty:
        return Section("clones", "Clones", note("No snapshot has a living tumour cell."))
    chosen = _largest(material.clones)
    parts = [_whole_body(material, times, chosen)]
    parts += [_organ(material, times, chosen, organ) for organ in material.organs if _is_seeded(material, organ)]
    return Section("clones", "Clones", joined(parts))


def _largest(clones: pd.DataFrame) -> list[_Key]:
    """The clones that had the most cells at any time, and the largest of those that travelled, by home and number."""
    sizes = clones.groupby(["home", "clone", "time_h"])["cells"].sum().groupby(["home", "clone"]).max()
    travelled = clones[clones["travelled"]].groupby(["home", "clone"])["cells"].max().sort_values(ascending=False)
    largest = list(sizes.sort_values(ascending=False).index)
    more = [key for key in travelled.index if key not in largest[: _MOST - 3]][:3]
    return [*[key for key in largest if key not in more][: _MOST - len(more)], *more]


def _bands(clones: pd.DataFrame, times: list[float], chosen: list[_Key], several_homes: bool) -> list[Band]:
    keys = list(zip(clones["home"], clones["clone"]))
    bands = []
    for i, key in enumerate(chosen):
        mine = clones[[k == key for k in keys]]
        name = f"clone {key[1]}" + (f" ({key[0] or 'home ?'})" if several_homes else "")
        bands.append(_band(name, COLOURS[i % len(COLOURS)], mine, times))
    bands += _others(clones[[k not in chosen for k in keys]], times)
    return [band for band in bands if any(band.cells)]


def _others(clones: pd.DataFrame, times: list[float]) -> list[Band]:
    """In two greys, the largest first; the smallest of many together."""
    sizes = clones.groupby(["home", "clone"])["cells"].max().sort_values(ascending=False)
    order = {key: min(i, _MOST_OTHERS) for i, key in enumerate(sizes.index)}
    places = pd.Series([order[key] for key in zip(clones["home"], clones["clone"])], index=clones.index, dtype="int64")
    latest = clones["time_h"] == clones["time_h"].max()
    middle = places[latest].repeat(clones.loc[latest, "cells"]).sort_values()
    bands = []
    for place, rows in clones.groupby(places):
        label = f"{len(order)} others" if place == middle.iloc[len(middle) // 2] else ""
        name = "smaller clones" if place == _MOST_OTHERS else f"clone {rows['clone'].iloc[0]}"
        bands.append(_band(name, _GREYS[place % 2], rows, times, name if len(order) <= 3 else label))
    return bands


def _band(name: str, colour: str, rows: pd.DataFrame, times: list[float], label: str | None = None) -> Band:
    def cells(part: pd.DataFrame) -> list[int]:
        by_time = part.groupby("time_h")["cells"].sum()
        return [int(by_time.get(time, 0)) for time in times]

    return Band(name, name if label is None else label, colour, cells(rows), cells(rows[rows["travelled"]]))


def _whole_body(material: Material, times: list[float], chosen: list[_Key]) -> Html:
    words = (
        "Shares of its living tumour cells. A clone is a founder with its descendants; "
        "hatched is what came through the blood, or descends from such cells. Between snapshots the plot is straight."
    )
    return figure(
        "fig-clones",
        "The whole body",
        words,
        _drawing("clones", "Clones of the whole body", material.clones, material, times, chosen, 380),
        _numbers(material, chosen),
    )


def _organ(material: Material, times: list[float], chosen: list[_Key], organ: str) -> Html:
    here = material.clones[material.clones["organ"] == organ]
    drawing = _drawing(f"clones-{organ}", f"Clones in the {organ}", here, material, times, chosen, 240)
    return figure(
        f"fig-clones-{organ}",
        f"The {organ}",
        "Of the same clones, those that settled here.",
        drawing,
        _organ_numbers(material, organ),
    )


def _drawing(
    id: str, title: str, clones: pd.DataFrame, material: Material, times: list[float], chosen: list[_Key], height: float
) -> Drawing:
    bands = _bands(clones, times, chosen, len(material.run.lineage.homes) > 1)
    told = (
        f"{b.name} {b.cells[-1]} {words_for(b.cells[-1], 'cell')}, {b.travelled[-1]} through the blood"
        for b in bands[:_MOST]
    )
    words = "At the end: " + "; ".join(told)
    at = material.clock.units, [material.clock(time) for time in times]
    return Drawing(
        draw_muller(f"{id}-wide", title, words, at, bands, 900, height),
        draw_muller(f"{id}-narrow", title, words, at, bands, 360, min(height, 300)),
    )


def _is_seeded(material: Material, organ: str) -> bool:
    """Whether it has cells that travelled, and none that were founded there."""
    here = material.clones[material.clones["organ"] == organ]
    return bool(len(here)) and organ not in material.run.lineage.homes


def _numbers(material: Material, chosen: list[_Key]) -> Html:
    last, rows = material.snapshots[-1], []
    for home, clone in chosen:
        row: list[Cell] = [
            f"{clone}" + (f" ({home or 'home unknown, travelled'})" if len(material.run.lineage.homes) > 1 else "")
        ]
        for organ in material.organs:
            table_ = material.clones
            mine = table_[
                (table_["time_h"] == last.time_h)
                & (table_["organ"] == organ)
                & (table_["home"] == home)
                & (table_["clone"] == clone)
            ]
            what = f"clone={clone}" + _journeys(material, home, organ)
            row.append(material.cells(last, organ, what, int(mine["cells"].sum())))
        rows.append(row)
    return table(
        "Living tumour cells of the largest clones at the last snapshot, by organ", ("clone", *material.organs), rows
    )


def _journeys(material: Material, home: str, organ: str) -> str:
    """Where several organs have founders, a number alone does not name a clone."""
    if len(material.run.lineage.homes) == 1:
        return ""
    return "&travelled=no" if home == organ else "&travelled=yes" if home == "" else "&travelled=none"


def _organ_numbers(material: Material, organ: str) -> Html:
    last = material.snapshots[-1]
    here = material.clones[(material.clones["organ"] == organ) & (material.clones["time_h"] == last.time_h)]
    by_clone = here.groupby("clone")["cells"].sum().sort_values(ascending=False).head(20)
    rows: list[list[Cell]] = [
        [str(clone), material.cells(last, organ, f"clone={clone}", int(cells))] for clone, cells in by_clone.items()
    ]
    return table(
        f"Living tumour cells in the {organ} at the last snapshot, the largest clones first", ("clone", "cells"), rows
    )
