#!/usr/bin/python3
"""Draws vessels that grow, with the cells of a tumour between them, at a few times, and sizes over time.

usage: /usr/bin/python3 tools/plot_vessels.py RUN_FOLDER [--without OTHER_RUN ...] [--names TEXT ...] [--output PICTURE]

Above: snapshots seen along y; vessels of the start are grey, grown ones red where blood flows and orange where it does
not yet, tip cells are black; cells are dots, blue where they live. Below: living cells of this run and of others, and
lengths of vessels. Needs python3-h5py, python3-pandas and python3-matplotlib. For the first organ whose vessels grow.
"""

import argparse
import os
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend must be chosen first)
from matplotlib.collections import LineCollection  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "python"))
import paget  # noqa: E402 (its folder must be known first)

LIVING_FATES = ("cycling", "dormant")


def open_run(folder):
    try:
        run = paget.Run(folder)
        run.series  # so that what is wrong with it is told here
    except paget.RunError as error:
        sys.exit(str(error))
    return run


def organ_that_grows(run):
    for name in run.series:
        if name.endswith(".vessels.tips"):
            return name.split(".")[0]
    sys.exit(f"In {run.folder} no organ's vessels grow, so there is nothing to draw. Give the case an "
             "organ.<organ>.angiogenesis.field; vessels that stay as they are can be seen in ParaView.")


class Scene:
    """One organ in one snapshot, in its own coordinates."""

    def __init__(self, snapshot, organ):
        tissue = snapshot[organ]
        self.hours = snapshot.time_h
        self.size = tissue.size_um
        vessels = tissue.vessels()
        self.lines = vessels.iloc[:, :6].to_numpy().reshape(-1, 2, 3)
        self.radius, self.flowing, self.grown = (vessels[name].to_numpy() for name in ("radius_um", "flowing", "grown"))
        self.tips = tissue.tip_cells()
        cells = tissue.cells(["x_um", "y_um", "z_um", "fate"])
        self.cells = cells.iloc[:, :3].to_numpy()
        self.alive = cells["fate"].isin(LIVING_FATES).to_numpy()


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
    names = options.names or [os.path.basename(os.path.normpath(f)) for f in (options.folder, *options.without)]
    if len(names) != 1 + len(options.without):
        parser.error("give a name for this run and one for each other")
    runs = [open_run(folder) for folder in (options.folder, *options.without)]
    series = runs[0].series
    organ = organ_that_grows(runs[0])
    snapshots = runs[0].snapshots
    if not snapshots:
        sys.exit(f"{options.folder} holds no snapshot. Set output.snapshot_every, or wait for the first.")
    last = len(snapshots) - 1
    shown = [snapshots[round(i * last / 3)] for i in (1, 2, 3)] if last > 2 else list(snapshots)
    figure = plt.figure(figsize=(12, 7.2), constrained_layout=True)
    above, below = figure.subfigures(2, 1, height_ratios=(1.25, 1))
    scenes = above.subplots(1, len(shown), squeeze=False)[0]
    for axes, snapshot in zip(scenes, shown):
        draw_scene(axes, Scene(snapshot, organ))
    scenes[0].set_ylabel("z, µm")
    cells, lengths = below.subplots(1, 2)
    for name, run in zip(names, runs):
        if organ + ".living" not in run.series:
            sys.exit(f"{run.folder} has no organ '{organ}' to compare with.")
        cells.plot(run.series["time_h"] / 24, run.series[organ + ".living"], label=name)
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
