#!/usr/bin/python3
"""Draws vessels that grow, with the cells of a tumour between them, at a few times, and sizes over time.

usage: /usr/bin/python3 tools/plot_vessels.py RUN_FOLDER [--without OTHER_RUN ...] [--names TEXT ...] [--output PICTURE]

Above: snapshots seen along y; vessels of the start are grey, grown ones red where blood flows and orange where it does
not yet, tip cells are black; cells are dots, blue where they live. Below: living cells of this run and of others, and
lengths of vessels. Needs python3-h5py and python3-matplotlib. For the first organ whose vessels grow.
"""

import argparse
import csv
import glob
import os

import h5py
import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend must be chosen first)
from matplotlib.collections import LineCollection  # noqa: E402

LIVING_FATES = 2  # cycling and dormant come first


def read_series(folder):
    with open(os.path.join(folder, "series.csv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}


def organ_that_grows(series):
    return next(name.split(".")[0] for name in series if name.endswith(".vessels.tips"))


class Scene:
    """One organ in one snapshot, in its own coordinates."""

    def __init__(self, path, organ):
        with h5py.File(path) as file:
            self.hours = float(file.attrs["time_h"])
            group = file["organs"][organ]
            origin = np.array([group.attrs[f"scene_{axis}_um"] for axis in "xyz"])
            spacing = np.array([group.attrs[f"spacing_{axis}_um"] for axis in "xyz"])
            self.size = spacing * np.array(group["fields/ecm"].shape[::-1])
            vessels = group["vessels"]
            self.lines = vessels["position"][...].reshape(-1, 2, 3) - origin
            self.radius = vessels["radius"][...]
            self.flowing = vessels["flowing"][...] > 0
            self.grown = vessels["grown"][...] > 0
            self.tips = vessels["tips"][...].reshape(-1, 3) - origin
            self.cells = group["cells/position"][...].reshape(-1, 3) - origin
            self.alive = group["cells/fate"][...] < LIVING_FATES


def draw_scene(axes, scene):
    for alive, colour in ((True, "#7da7d9"), (False, "#555555")):
        cells = scene.cells[scene.alive == alive]
        axes.scatter(cells[:, 0], cells[:, 2], s=5, color=colour, linewidths=0, alpha=0.5)
    kinds = ((~scene.grown, "#999999"), (scene.grown & ~scene.flowing, "#f0a030"), (scene.grown & scene.flowing, "#c00000"))
    for chosen, colour in kinds:
        axes.add_collection(LineCollection(scene.lines[chosen][:, :, [0, 2]], colors=colour,
                                           linewidths=0.35 * scene.radius[chosen]))
    axes.scatter(scene.tips[:, 0], scene.tips[:, 2], s=9, color="black", zorder=3)
    axes.set(xlim=(0, scene.size[0]), ylim=(0, scene.size[2]), aspect="equal", xlabel="x, µm",
             title=f"day {scene.hours / 24:.3g}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--without", nargs="*", default=[], help="run folders to compare with")
    parser.add_argument("--names", nargs="*", default=[], help="what this run and the others are called")
    parser.add_argument("--output", default="vessels.png")
    options = parser.parse_args()
    series = read_series(options.folder)
    organ = organ_that_grows(series)
    files = sorted(glob.glob(os.path.join(options.folder, "snapshots", "[0-9]*.h5")))
    shown = [files[round(i * (len(files) - 1) / 3)] for i in (1, 2, 3)] if len(files) > 3 else files[-3:]
    figure = plt.figure(figsize=(12, 7.2), constrained_layout=True)
    above, below = figure.subfigures(2, 1, height_ratios=(1.25, 1))
    scenes = above.subplots(1, len(shown), squeeze=False)[0]
    for axes, path in zip(scenes, shown):
        draw_scene(axes, Scene(path, organ))
    scenes[0].set_ylabel("z, µm")
    cells, lengths = below.subplots(1, 2)
    names = options.names or [os.path.basename(os.path.normpath(f)) for f in (options.folder, *options.without)]
    for name, folder in zip(names, (options.folder, *options.without)):
        other = read_series(folder)
        cells.plot(other["time_h"] / 24, other[organ + ".living"], label=name)
    cells.set(xlabel="days", ylabel="living cells", ylim=(0, None))
    cells.legend(frameon=False)
    days = series["time_h"] / 24
    for column, name in (("length_um", "all vessels"), ("flowing_um", "with flow")):
        lengths.plot(days, 1e-3 * series[f"{organ}.vessels.{column}"], label=name)
    lengths.set(xlabel="days", ylabel="length, mm", ylim=(0, None))
    lengths.legend(frameon=False)
    figure.savefig(options.output, dpi=130)


if __name__ == "__main__":
    main()
