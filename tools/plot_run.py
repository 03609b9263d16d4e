#!/usr/bin/python3
"""Draws a run of Paget as one picture: growth in every organ, circulating cells, seeds, and slices with cells over oxygen.

usage: /usr/bin/python3 tools/plot_run.py RUN_FOLDER [--output PICTURE] [--field oxygen]

Needs python3-h5py and python3-matplotlib. Reads series.csv, events.csv and the snapshots; runs on an unfinished run, too.
"""

import argparse
import csv
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

STATES = ("epithelial", "hybrid", "mesenchymal")
STATE_COLOURS = ("#d62728", "#ffb000", "#8e44ad")
CORPSE = "#333333"


def read_table(path):
    """The columns of a CSV file as lists of text, by name."""
    with open(path, newline="") as file:
        rows = list(csv.reader(file))
    return {name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])}


def numbers(table, name):
    return np.array([float(value) for value in table[name]])


class Run:
    """The files of a run."""

    def __init__(self, folder):
        paths = [os.path.join(folder, name) for name in ("series.csv", "events.csv")]
        snapshots = sorted(glob.glob(os.path.join(folder, "snapshots", "[0-9]*.h5")))
        missing = [path for path in paths if not os.path.exists(path)]
        if missing or not snapshots:
            sys.exit(f"{folder} holds no run of Paget ({', '.join(missing) or 'no snapshot'} is missing)")
        self.series, self.events = (read_table(path) for path in paths)
        self.organs = [name[: -len(".living")] for name in self.series if name.endswith(".living")]
        primary = [name for name in self.series if name.endswith(".self_seeded_share")]
        self.primary = primary[0][: -len(".self_seeded_share")]
        self.snapshot = snapshots[-1]
        self.days = numbers(self.series, "time_h") / 24.0
        self.colours = {organ: f"C{i}" for i, organ in enumerate(self.organs)}


def draw_growth(axes, run):
    for organ in run.organs:
        living = numbers(run.series, organ + ".living")
        axes.plot(run.days, np.where(living > 0, living, np.nan), label=organ, color=run.colours[organ], lw=2)
    axes.set_yscale("log")
    axes.set(title="Living tumour cells", xlabel="time [days]", ylabel="cells")
    axes.legend(frameon=False)


def draw_blood(axes, run):
    expected = [name for name in run.series if name.startswith("blood.expected_in_")][0]
    volume = expected[len("blood.expected_in_"):-len("_ml")]
    axes.plot(run.days, numbers(run.series, "blood.flowing_cells"), label="flowing", color="#c0392b", lw=2)
    axes.plot(run.days, numbers(run.series, "blood.arrested_cells"), label="arrested in capillaries", color="#7f8c8d", lw=2)
    axes.plot(run.days, numbers(run.series, expected), label=f"expected in {volume} ml", color="#c0392b", ls=":")
    axes.set(title="Cells in the blood", xlabel="time [days]", ylabel="cells")
    axes.legend(frameon=False)


def draw_seeds(axes, run):
    """Cells that took root, by destination; those of the primary came home."""
    days = numbers(run.events, "time_h") / 24.0
    destinations, fates = np.array(run.events["destination"], dtype=str), np.array(run.events["fate"], dtype=str)
    for organ in run.organs:
        mine = np.sort(days[(destinations == organ) & (fates != "dies")])
        if len(mine) == 0:
            continue
        name = f"{organ} (self-seeding)" if organ == run.primary else organ
        axes.step(np.append(mine, run.days[-1]), np.append(np.arange(1, len(mine) + 1), len(mine)), where="post",
                  label=f"{name}: {len(mine)}", color=run.colours[organ], lw=2)
    axes.set(title="Seeds: arrived cells that grow or sleep", xlabel="time [days]", ylabel="seeds", xlim=(0, run.days[-1]))
    if axes.get_legend_handles_labels()[0]:
        axes.legend(frameon=False)
    else:
        axes.text(0.5, 0.5, "none", transform=axes.transAxes, ha="center", color="grey")


def draw_slice(axes, group, organ, field, limits):
    """The layer of the field that cuts most cells, and those cells, as large as it cuts them."""
    values = group[f"fields/{field}"][:]
    dx, dy, dz = (group.attrs[f"spacing_{axis}_um"] for axis in "xyz")
    origin = [group.attrs[f"scene_{axis}_um"] for axis in "xyz"]
    local = group["cells/position"][:].reshape(-1, 3) - origin
    radius, state, fate = (group[f"cells/{name}"][:] for name in ("radius", "state", "fate"))
    depths = (np.arange(values.shape[0]) + 0.5) * dz
    layer = int(np.argmax([np.sum(np.abs(local[:, 2] - depth) < radius) for depth in depths]))
    width, height = values.shape[2] * dx, values.shape[1] * dy
    image = axes.imshow(values[layer], origin="lower", extent=(0, width, 0, height), cmap="viridis",
                        vmin=limits[0], vmax=limits[1])
    reach = radius**2 - (local[:, 2] - depths[layer]) ** 2
    for i, colour in enumerate((*STATE_COLOURS, CORPSE)):
        chosen = (reach > 0) & ((fate >= 2) if i == 3 else (fate < 2) & (state == i))
        circles = [Circle(xy, r) for xy, r in zip(local[chosen, :2], np.sqrt(reach[chosen]))]
        axes.add_collection(PatchCollection(circles, facecolor=colour, edgecolor="white", linewidth=0.3))
    axes.set(title=f"{organ}: {len(local)} cells", xlabel="x [µm]", xlim=(0, width), ylim=(0, height))
    return image


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--output", help="picture to write (default: overview.png in the run's folder)")
    parser.add_argument("--field", default="oxygen")
    options = parser.parse_args()
    run = Run(options.folder)
    columns = max(3, len(run.organs))
    figure = plt.figure(figsize=(4.4 * columns, 9), constrained_layout=True)
    top, bottom = figure.subfigures(2, 1)
    for axes, draw in zip(top.subplots(1, 3), (draw_growth, draw_blood, draw_seeds)):
        draw(axes, run)
        axes.spines[["top", "right"]].set_visible(False)
    with h5py.File(run.snapshot) as file:
        fields = [file[f"organs/{organ}/fields/{options.field}"] for organ in run.organs]
        limits = (min(f[:].min() for f in fields), max(f[:].max() for f in fields))
        unit = fields[0].attrs.get("unit", b"")
        unit = unit.decode() if isinstance(unit, bytes) else unit
        all_axes = np.atleast_1d(bottom.subplots(1, len(run.organs)))
        for axes, organ in zip(all_axes, run.organs):
            image = draw_slice(axes, file[f"organs/{organ}"], organ, options.field, limits)
        bottom.colorbar(image, ax=list(all_axes), label=f"{options.field} [{unit}]", shrink=0.8)
        bottom.suptitle(f"Slices through the tissue after {file.attrs['time_h'] / 24:.3g} days")
    handles = [Line2D([], [], marker="o", ls="", color=colour, label=name)
               for name, colour in zip((*STATES, "dead"), (*STATE_COLOURS, CORPSE))]
    all_axes[0].legend(handles=handles, loc="lower left", fontsize="small", framealpha=0.8)
    picture = options.output or os.path.join(options.folder, "overview.png")
    figure.savefig(picture, dpi=110)
    print(f"{picture}: {len(run.days)} rows, {len(run.events['cell'])} arrivals, {run.snapshot}")


main()
