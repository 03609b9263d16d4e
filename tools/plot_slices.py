#!/usr/bin/python3
"""Draws slices through one organ of a run: fields as colours, cells as circles, at chosen times.

usage: /usr/bin/python3 tools/plot_slices.py RUN_FOLDER --organ NAME --fields NAME... [--times DAYS...] [--by type|state]
       [--bare FIELD...] [--output PICTURE]

One row of panels per field, one column per time (nearest snapshot; default: the last). Every slice is the layer that cuts
most cells; --bare names fields to be drawn without cells. Needs python3-h5py and python3-matplotlib.
"""

import argparse
import configparser
import glob
import os
import sys

import h5py
import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend must be chosen first)
from matplotlib.collections import PatchCollection  # noqa: E402
from matplotlib.lines import Line2D  # noqa: E402
from matplotlib.patches import Circle  # noqa: E402

# Told apart by colour-blind readers (Okabe and Ito).
COLOURS = ["#D55E00", "#56B4E9", "#F0E442", "#CC79A7", "#009E73", "#E69F00", "#FFFFFF"]
CORPSE = "#222222"
STATES = ["epithelial", "hybrid", "mesenchymal"]


def cell_types(folder):
    """Names of the case's cell types, in the order of their numbers."""
    case = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",), interpolation=None)
    with open(os.path.join(folder, "case.ini"), encoding="utf-8") as file:
        case.read_string("[top]\n" + file.read())
    names = [section.split(".")[1] for section in case.sections() if section.startswith("cell.")]
    return list(dict.fromkeys(names))


def snapshots_at(folder, days):
    """The snapshots nearest to the times, or the last one."""
    paths = sorted(glob.glob(os.path.join(folder, "snapshots", "[0-9]*.h5")))
    if not paths:
        sys.exit(f"{folder} holds no snapshot. Set output.snapshot_every, or wait for the first.")
    if not days:
        return paths[-1:]
    times = []
    for path in paths:
        with h5py.File(path) as file:
            times.append(float(file.attrs["time_h"]) / 24)
    return [paths[int(np.argmin(np.abs(np.array(times) - day)))] for day in days]


class Slice:
    """One organ in one snapshot."""

    def __init__(self, path, organ):
        with h5py.File(path) as file:
            if organ not in file["organs"]:
                sys.exit(f"{path} has no organ '{organ}'. It has: {', '.join(file['organs'])}.")
            group = file[f"organs/{organ}"]
            self.days = float(file.attrs["time_h"]) / 24
            self.spacing = [float(group.attrs[f"spacing_{axis}_um"]) for axis in "xyz"]
            origin = [float(group.attrs[f"scene_{axis}_um"]) for axis in "xyz"]
            self.fields = {name: data[:] for name, data in group["fields"].items()}
            self.units = {name: data.attrs.get("unit", b"") for name, data in group["fields"].items()}
            self.place = group["cells/position"][:].reshape(-1, 3) - origin
            self.radius, self.state, self.fate, self.type = (
                group[f"cells/{name}"][:] for name in ("radius", "state", "fate", "type"))
        layers = next(iter(self.fields.values())).shape[0]
        self.depths = (np.arange(layers) + 0.5) * self.spacing[2]
        self.layer = int(np.argmax([np.sum(np.abs(self.place[:, 2] - depth) < self.radius) for depth in self.depths]))

    def unit(self, field):
        unit = self.units[field]
        return unit.decode() if isinstance(unit, bytes) else str(unit)


def draw(axes, seen, field, limits, by, with_cells):
    values = seen.fields[field][seen.layer]
    width, height = values.shape[1] * seen.spacing[0], values.shape[0] * seen.spacing[1]
    image = axes.imshow(values, origin="lower", extent=(0, width, 0, height), cmap="cividis", vmin=limits[0],
                        vmax=limits[1])
    reach = seen.radius**2 - (seen.place[:, 2] - seen.depths[seen.layer]) ** 2
    kind = seen.type if by == "type" else seen.state
    for i, colour in enumerate(COLOURS + [CORPSE] if with_cells else []):
        dead = seen.fate >= 2
        chosen = (reach > 0) & (dead if colour == CORPSE else ~dead & (kind % len(COLOURS) == i))
        circles = [Circle(xy, r) for xy, r in zip(seen.place[chosen, :2], np.sqrt(reach[chosen]), strict=True)]
        axes.add_collection(PatchCollection(circles, facecolor=colour, edgecolor="black", linewidth=0.3))
    axes.set(xlim=(0, width), ylim=(0, height))
    return image


def legend_of(seen, names, by):
    kinds = [set((s.type if by == "type" else s.state)[s.fate < 2].tolist()) for s in seen]
    there = sorted(set().union(*kinds))
    marks = [(names[i], COLOURS[i % len(COLOURS)]) for i in there]
    if any((s.fate >= 2).any() for s in seen):
        marks.append(("dead", CORPSE))
    return [Line2D([], [], marker="o", ls="", markerfacecolor=colour, markeredgecolor="black", label=name)
            for name, colour in marks]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--organ", required=True)
    parser.add_argument("--fields", nargs="+", required=True, help="'ecm' is the matrix")
    parser.add_argument("--times", nargs="+", type=float, default=[], help="days")
    parser.add_argument("--by", choices=("type", "state"), default="type", help="what the cells' colours mean")
    parser.add_argument("--bare", nargs="*", default=[], help="fields to be drawn without cells")
    parser.add_argument("--flat", action="store_true", help="the panels of all fields in one row")
    parser.add_argument("--output", help="picture to write (default: slices.png in the run's folder)")
    words = parser.parse_args()
    seen = [Slice(path, words.organ) for path in snapshots_at(words.folder, words.times)]
    missing = [field for field in words.fields if field not in seen[0].fields]
    if missing:
        sys.exit(f"{words.organ} has no field '{missing[0]}'. It has: {', '.join(seen[0].fields)}.")
    shape = (1, len(words.fields) * len(seen)) if words.flat else (len(words.fields), len(seen))
    figure, panels = plt.subplots(*shape, figsize=(3.7 * shape[1] + 0.3, 3.1 * shape[0] + 0.2), squeeze=False,
                                  constrained_layout=True)
    panels = panels.reshape(len(words.fields), len(seen))
    for row, field in zip(panels, words.fields, strict=True):
        limits = (min(s.fields[field][s.layer].min() for s in seen), max(s.fields[field][s.layer].max() for s in seen))
        for axes, s in zip(row, seen, strict=True):
            image = draw(axes, s, field, limits, words.by, field not in words.bare)
            axes.set_title(f"{field}, day {s.days:.3g}", fontsize=10)
            axes.set_xlabel("x [µm]")
        row[0].set_ylabel("y [µm]")
        unit = seen[0].unit(field)
        figure.colorbar(image, ax=list(row), label="density" if field == "ecm" else f"{field} [{unit}]", shrink=0.85)
    names = cell_types(words.folder) if words.by == "type" else STATES
    handles = legend_of(seen, names, words.by)
    if handles:
        panels[0, 0].legend(handles=handles, loc="lower left", fontsize=7, framealpha=0.85, borderpad=0.3)
    figure.savefig(words.output or os.path.join(words.folder, "slices.png"), dpi=90)


if __name__ == "__main__":
    main()
